"""The program's own inbox: what a person was told and has not yet seen, as far as it is still true."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, update

from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import NotFound
from ccc_pilot.reminders import sources
from ccc_pilot.reminders.deadlines import Deadline
from ccc_pilot.reminders.models import Reminder
from ccc_pilot.reminders.rules import Why

MOST = 300


@dataclass(frozen=True, slots=True)
class Notice:
    """A reminder in the inbox with what it is about. ``days``: until it is due, below 0 when it is late."""

    id: int
    deadline: Deadline
    days: int
    why: Why


def of(person_id: int, day: date) -> list[Notice]:
    """Return what the person has not yet seen and is still true, what has most weight first; one for each thing. A query a room."""
    rows = db.session.scalars(
        select(Reminder)
        .where(Reminder.receiver == f"person:{person_id}", Reminder.channel == "inbox", Reminder.state == "shown")
        .order_by(Reminder.id.desc())
        .limit(MOST)
    ).all()
    return sorted(_true(rows, day), key=weight)


def _true(rows: Iterable[Reminder], day: date) -> list[Notice]:
    newest: dict[str, Reminder] = {}
    for row in rows:
        newest.setdefault(row.object_key, row)
    still = sources.open_ones(newest)
    return [
        Notice(row.id, still[key], (row.due - day).days, Why(row.why))
        for key, row in newest.items()
        if key in still and still[key].due == row.due
    ]


def weight(notice: Notice) -> tuple[bool, bool, bool, int, bool, str]:
    """Sort by consequence: what is late before what is to come, late reports first of all, then by date; past an assumed date comes last."""
    deadline, late = notice.deadline, notice.days < 0
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
