"""What people have chosen of their reminders: the hour and the weekdays of the mail, kinds they do without, what rests until later."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache

from sqlalchemy import select

from ccc_pilot.db import db
from ccc_pilot.reminders.models import ReminderChoice, Snooze
from ccc_pilot.reminders.rules import Step


@cache
def usual() -> ReminderChoice:
    """Return what holds for those who have chosen nothing; it is never stored."""
    return ReminderChoice(person_id=0, hour=7, weekdays="01234", muted=[], version=0)


@dataclass(frozen=True)
class Choices:
    """Everybody's choices on a day: kinds done without by person, and until when each (person, object) rests."""

    day: date
    muted: dict[int, frozenset[str]] = field(default_factory=dict)
    rests: dict[tuple[int, str], date] = field(default_factory=dict)

    def is_muted(self, person_id: int, kind: str) -> bool:
        """Whether the person does without mails of ``kind``."""
        return kind in self.muted.get(person_id, frozenset())

    def step_for(self, person_id: int, object_key: str, step: Step) -> Step | None:
        """Return the step as it is for the person: None while the thing rests, and a step of its own on the day it comes back."""
        until = self.rests.get((person_id, object_key))
        if until is None or step.day > until:
            return step
        return Step(f"z{until.isoformat()}", until) if until <= self.day else None


def everybodys(day: date) -> Choices:
    """Return everybody's choices as they hold on ``day``. Two queries."""
    muted = {row.person_id: frozenset(row.muted) for row in db.session.scalars(select(ReminderChoice))}
    rests: dict[tuple[int, str], date] = {}
    for row in db.session.scalars(select(Snooze).order_by(Snooze.id)):
        rests[row.person_id, row.object_key] = row.until
    return Choices(day, muted, rests)


def of(person_id: int) -> ReminderChoice:
    """Return the person's choices, or the defaults."""
    return db.session.get(ReminderChoice, person_id) or usual()
