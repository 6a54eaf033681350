"""What evidence tells and asks of rooms that it may not know: that a thing's proofs are others now, who bears it, what is not shown yet.

The roof hands in functions of a room above; without them nobody is told, bears anything or hides it.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask import current_app

from ccc_pilot.people.doors import Current

HANDED_IN = "ccc_evidence_neighbours"
Hides = Callable[[str, datetime], bool]


def _none(keys: Collection[str]) -> Mapping[str, Collection[int]]:
    return {}


@dataclass(frozen=True, slots=True)
class Neighbours:
    """``changed``: the things with these keys have other proofs than before, through whom (a person's id); it is done within the
    transaction that changed them. ``bearers``: the ids of those who claim the things with these keys, and so do not judge what proves
    them. ``hiding``: for a reader and a day, tells of a key and the moment at which it was linked whether the reader may not know of it.
    """

    changed: Callable[[Collection[str], int], None] = lambda keys, actor_id: None
    bearers: Callable[[Collection[str]], Mapping[str, Collection[int]]] = _none
    hiding: Callable[[Current, date], Hides] = lambda who, day: lambda key, at: False


def neighbours() -> Neighbours:
    """Return what the roof has handed in."""
    found: Neighbours = current_app.extensions.get(HANDED_IN) or Neighbours()
    return found
