"""What the room asks of rooms that it may not know: how things are called that an action is linked to, and which one a person names.

The roof hands in functions of a room above; without them a link shows the words that were kept with it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ccc_pilot.people.models import Pilot


@dataclass(frozen=True, slots=True)
class Named:
    """A thing of another room: what it is called in short ("GOV-01.1", "RSL 250512 § 3"), its words, and its address (empty: none)."""

    short: str
    title: str
    url: str = ""


def _nothing(keys: Iterable[str]) -> Mapping[str, Named]:
    return {}


@dataclass(frozen=True, slots=True)
class Neighbours:
    """``named``: what the keys name; those that nobody knows are left out. ``find``: the key of what a person names (an id, a number, a
    key, the address of a page) or an empty text; the region is that of the action, where the name alone does not tell it.
    """

    named: Callable[[Iterable[str]], Mapping[str, Named]] = _nothing
    find: Callable[[Pilot, str, str], str] = lambda pilot, text, region: ""
