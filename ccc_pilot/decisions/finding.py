"""A meeting, a point or a decision by its number; the bodies that meet; a decision's chain."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from ccc_pilot.db import db
from ccc_pilot.decisions.models import AgendaPoint, Decision, Meeting
from ccc_pilot.errors import NotFound
from ccc_pilot.people.models import Body, Organisation, Pilot

LONGEST_CHAIN = 50


def meeting(pilot: Pilot, meeting_id: int) -> Meeting:
    """Return a meeting of ``pilot`` with its points and attendance. Raises ``NotFound``."""
    found = db.session.scalar(
        select(Meeting)
        .options(selectinload(Meeting.points), selectinload(Meeting.attendance))
        .where(Meeting.id == meeting_id, Meeting.pilot_id == pilot.id)
    )
    if found is None:
        raise NotFound
    return found


def point(found: Meeting, point_id: int) -> AgendaPoint:
    """Return a point of the meeting ``found``. Raises ``NotFound``."""
    chosen = next((one for one in found.points if one.id == point_id), None)
    if chosen is None:
        raise NotFound
    return chosen


def decision(pilot: Pilot, decision_id: int) -> Decision:
    """Return a decision or proposal of ``pilot``. Raises ``NotFound``."""
    found = db.session.scalar(
        select(Decision)
        .options(
            joinedload(Decision.meeting),
            selectinload(Decision.links),
            selectinload(Decision.sums),
            selectinload(Decision.registrations),
        )
        .where(Decision.id == decision_id, Decision.pilot_id == pilot.id)
    )
    if found is None:
        raise NotFound
    return found


def decisions_at(meeting_id: int) -> Sequence[Decision]:
    """Return what was proposed and decided at a meeting, in the order of the paragraphs."""
    return db.session.scalars(
        select(Decision)
        .where(Decision.meeting_id == meeting_id)
        .order_by(Decision.paragraph.is_(None), Decision.paragraph, Decision.correction, Decision.id)
    ).all()


def bodies() -> dict[str, Body]:
    """Return the bodies that meet, by key, in the order of their names."""
    return {body.key: body for body in db.session.scalars(select(Body).order_by(Body.name_sv, Body.key))}


def organisations() -> Sequence[Organisation]:
    """Return the organisations, by their short names."""
    return db.session.scalars(select(Organisation).order_by(Organisation.short)).all()


@dataclass(frozen=True, slots=True)
class Chain:
    """What a decision goes on from (oldest first), what goes on from it, what it replaces and what replaces it."""

    before: list[Decision]
    after: list[Decision]
    replaces: list[Decision]
    replaced_by: list[Decision]


def chain(found: Decision) -> Chain:
    """Return the decisions that ``found`` hangs together with: over the bodies, and over its corrections."""
    return Chain(
        _back(found, "follows_id")[::-1],
        list(db.session.scalars(select(Decision).where(Decision.follows_id == found.id).order_by(Decision.day, Decision.id))),
        _back(found, "supersedes_id"),
        list(db.session.scalars(select(Decision).where(Decision.supersedes_id == found.id).order_by(Decision.id))),
    )


def _back(found: Decision, by: str) -> list[Decision]:
    trail: list[Decision] = []
    number = getattr(found, by)
    while number is not None and len(trail) < LONGEST_CHAIN and number not in {one.id for one in trail}:
        one = db.session.get(Decision, number)
        assert one is not None  # a foreign key says so
        trail.append(one)
        number = getattr(one, by)
    return trail
