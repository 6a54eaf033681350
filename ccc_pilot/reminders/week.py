"""Five minutes this week: what one person has to see to, across all kinds, what has most weight first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ccc_pilot.reminders import choices, inbox, sources, staff
from ccc_pilot.reminders.deadlines import Deadline
from ccc_pilot.reminders.inbox import Notice
from ccc_pilot.reminders.rules import Why

AHEAD_DAYS = 7
FIRST = 7
EARLIEST = date(2015, 1, 1)  # nothing is due before


@dataclass(frozen=True, slots=True)
class Week:
    """The rows of the page, those that rest until a later day, and how many there are in all; ``assumed``: of these so many are past a date
    that is only assumed.
    """

    rows: Sequence[Notice]
    resting: Sequence[tuple[Deadline, date]]
    total: int
    assumed: int


def of(person_id: int, day: date, *, most: int | None = FIRST) -> Week:
    """Return what the person is to see to within a week of ``day``, and all that is late; at most ``most`` rows (None: all).

    What is past a date that is only assumed comes last.
    """
    there, chosen = staff.on(day), choices.everybodys(day)
    found, resting = [], []
    for deadline in sources.near(EARLIEST, day + timedelta(days=AHEAD_DAYS)):
        mine = _mine(there, deadline, person_id)
        until = chosen.rests.get((person_id, deadline.object))
        if mine is not None and until is not None and until > day:
            resting.append((deadline, until))
        elif mine is not None:
            found.append(Notice(0, deadline, (deadline.due - day).days, mine))
    found.sort(key=inbox.weight)
    assumed = sum(one.is_late and one.deadline.assumed for one in found)
    return Week(found[:most], resting, len(found), assumed)


def _mine(there: staff.Staff, deadline: Deadline, person_id: int) -> Why | None:
    return next((told.why for told in there.told(deadline, escalated=False) if told.person_id == person_id), None)
