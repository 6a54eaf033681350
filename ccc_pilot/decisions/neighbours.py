"""What the room asks of rooms that it may not know: titles of linked things, what has begun, what a region's milestones tell.

The roof hands in functions of a room above; without them a link shows its key, nothing counts as begun and no text is filled in.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ccc_pilot.people.models import Pilot

Titles = Callable[[Iterable[str]], Mapping[str, tuple[str, str]]]
Started = Callable[[Iterable[str]], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Prefill:
    """What a region's milestones tell since a day: what was done, what comes next, what is at risk. One line each, Markdown."""

    done: str = ""
    coming: str = ""
    risks: str = ""

    def __bool__(self) -> bool:
        return bool(self.done or self.coming or self.risks)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """``titles``: title and address by key. ``started``: those of the keys that have begun (a decision's own key: something that came of it has).
    ``made``: title and address of what came of a decision, by its key. ``find``: the key of what a person
    names (an id, a key, an address), or an empty text. ``prefill``: pilot, region, since, until."""

    titles: Titles = lambda keys: {}
    started: Started = lambda keys: frozenset()
    made: Callable[[str], Sequence[tuple[str, str]]] = lambda key: ()
    find: Callable[[Pilot, str], str] = lambda pilot, text: ""
    prefill: Callable[[Pilot, str, date | None, date], Prefill] = lambda pilot, region, since, until: Prefill()
