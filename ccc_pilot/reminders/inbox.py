"""The program's own inbox: what a person was told and has not yet seen, as far as it is still true."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select, update

from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import NotFound
from ccc_pilot.reminders import sources
from ccc_pilot.reminders.deadlines import Deadline
from ccc_pilot.reminders.models import Reminder
from ccc_pilot.reminders.rules import Why

MOST = 300
GLANCED_AT = 100


@dataclass(frozen=True, slots=True)
class Notice:
    """A reminder in the inbox with what it is about. ``days``: until it is due, below 0 when it is late."""

    id: int
    deadline: Deadline
    days: int
    why: Why

    @property
    def is_late(self) -> bool:
        """Whether its date has passed; nobody is late with what was only said to them."""
        return self.days < 0 and not self.deadline.told


def of(person_id: int, day: date) -> list[Notice]:
    """Return what the person has not yet seen and is still true, what has most weight first; one for each thing. A query a room."""
    return _true(_unseen(person_id, MOST), day)


def glance(person_id: int, day: date) -> tuple[list[Notice], bool]:
    """Return the same of the ``GLANCED_AT`` newest reminders alone, and whether there are older ones: for a page about much else."""
    rows = _unseen(person_id, GLANCED_AT + 1)
    return _true(rows[:GLANCED_AT], day), len(rows) > GLANCED_AT


def _unseen(person_id: int, most: int) -> Sequence[Row[int, str, date, str]]:
    return db.session.execute(
        select(Reminder.id, Reminder.object_key, Reminder.due, Reminder.why)
        .where(Reminder.receiver == f"person:{person_id}", Reminder.channel == "inbox", Reminder.state == "shown")
        .order_by(Reminder.id.desc())
        .limit(most)
    ).all()


def _true(rows: Sequence[Row[int, str, date, str]], day: date) -> list[Notice]:
    still = sources.open_ones({row.object_key for row in rows})
    return sorted(true_of(rows, still, day).values(), key=weight)


def true_of(rows: Iterable[Any], still: Mapping[str, Deadline], day: date) -> dict[int, Notice]:
    """Return what is still true of ``rows`` by row: one for each thing, the newest that tells its date as it is now.

    ``rows``: reminders (or their id, object_key, due and why), the newest first; ``still``: what is open, by key. A date that was
    moved and moved back is told by the row of before.
    """
    told: dict[str, Notice] = {}
    for row in rows:
        deadline = still.get(row.object_key)
        if deadline is not None and deadline.due == row.due and row.object_key not in told:
            told[row.object_key] = Notice(row.id, deadline, (row.due - day).days, Why(row.why))
    return {notice.id: notice for notice in told.values()}


def weight(notice: Notice) -> tuple[bool, bool, bool, int, bool, str]:
    """Sort by consequence: what is late before what is to come, late reports first of all, then by date; past an assumed date comes last."""
    deadline, late = notice.deadline, notice.is_late
    report = not deadline.reporting
    return (late and deadline.assumed, not late, late and report, notice.days, report, deadline.object)


def see(*, number: int, person_id: int) -> None:
    """Let the reminder ``number`` and older ones of the same thing be seen by the person. Raises ``NotFound`` for another's."""
    row = db.session.get(Reminder, number)
    if row is None or row.receiver != f"person:{person_id}" or row.channel != "inbox":
        raise NotFound
    _see(person_id, Reminder.object_key == row.object_key)


def see_all(*, person_id: int, up_to: int) -> int:
    """Let all reminders up to the number ``up_to`` (the newest that was shown) be seen; returns how many."""
    return _see(person_id, Reminder.id <= up_to)


def _see(person_id: int, condition: object) -> int:
    mine = (Reminder.receiver == f"person:{person_id}", Reminder.channel == "inbox", Reminder.state == "shown")
    seen = update(Reminder).where(*mine, condition).values(state="seen", seen_at=utc_now())  # type: ignore[arg-type]
    return int(db.session.execute(seen).rowcount)  # type: ignore[attr-defined]
