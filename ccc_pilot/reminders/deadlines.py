"""What a room tells of its deadlines, so that reminders need not know how it keeps them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ccc_pilot.i18n import Text


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something open that is due: ``object`` is its key, ``region`` whose it is, ``role`` the owner's role (or ``person_id`` the owner).

    ``reporting``: one's own duty to report, which nobody opts out of. ``assumed``: nobody has confirmed the date. ``followed``: who leads
    the region is told too, not the owner alone. ``everywhere``: those with the role in any region own it. ``read``: what one must be
    allowed in its region beside what its kind demands. ``version`` and ``changed`` tell how often and when it was last changed.
    ``or_role`` owns it where nobody with ``role`` may see to it; those in ``but`` may not, as it is their own work that is judged.
    ``endpoint`` and ``args`` lead to its page; ``ref`` is its short name there. ``told``: it is no task with a date but something that was
    said to one on ``due``; nobody is late with it, and nobody else is told.
    """

    object: str
    kind: str
    title: Text
    region: str
    pilot_id: int
    due: date
    role: str
    ref: str
    endpoint: str
    args: tuple[tuple[str, str], ...]
    person_id: int | None = None
    reporting: bool = False
    assumed: bool = False
    followed: bool = True
    everywhere: bool = False
    read: str = ""
    told: bool = False
    or_role: str = ""
    but: frozenset[int] = frozenset()
    version: int = 1
    changed: datetime | None = None


Ask = Callable[[Iterable[str]], Mapping[str, Deadline]]


@dataclass(frozen=True, slots=True)
class Source:
    """A room's deadlines of one kind. ``near(first, last)`` yields the open ones due from–to; ``open_ones(keys)`` those of ``keys`` still open;
    kinds that are asked for in one go share it.

    ``in_calendars``: whether they stand in calendars too; what is only to be seen to soon does not.
    """

    kind: str
    title: Any
    near: Callable[[date, date], Iterator[Deadline]]
    open_ones: Ask
    in_calendars: bool = True


def kind_of(object_key: str) -> str:
    """Return the source's kind that an object's key begins with: "milestone" of "milestone:12"."""
    return object_key.partition(":")[0]


def number_of(object_key: str) -> int:
    """Return the number in an object's key: 12 of "milestone:12"."""
    return int(object_key.partition(":")[2])
