"""What is going to be told in the coming days: to whom, when and why, as the ladders stand now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from ccc_pilot.db import db
from ccc_pilot.people.models import Person
from ccc_pilot.reminders import choices, ladders, rules, sources, staff
from ccc_pilot.reminders.deadlines import Deadline
from ccc_pilot.reminders.rules import Ladder, Step, Why

DAYS = 30


@dataclass(frozen=True, slots=True)
class Coming:
    """A step that is going to be told on ``step.day``: of what, and to whom for which reason."""

    step: Step
    deadline: Deadline
    people: tuple[tuple[str, Why], ...]


def coming(day: date, *, by_kind: Mapping[str, Ladder] | None = None, days: int = DAYS) -> list[Coming]:
    """Return the steps told from ``day`` on for ``days`` days, by day; ``by_kind``: the ladders to try instead of those that stand."""
    trying = {**ladders.current(), **(by_kind or {})}
    last = day + timedelta(days=days)
    there, chosen, names = staff.on(day), choices.everybodys(day), _names()
    first, far = rules.window(list(trying.values()), day, 0)
    found = []
    for deadline in sources.near(first, far + timedelta(days=days)):
        for step in rules.told_between(deadline.due, trying[deadline.kind], day, last, assumed=deadline.assumed):
            told = there.told(deadline, escalated=step.is_escalation)
            people = tuple(
                (names[one.person_id], one.why) for one in told if chosen.step_for(one.person_id, deadline.object, step) == step
            )
            if people:
                found.append(Coming(step, deadline, people))
    return sorted(found, key=lambda one: (one.step.day, one.deadline.due, one.deadline.object))


def _names() -> dict[int, str]:
    return {person.id: person.name for person in db.session.scalars(select(Person))}
