"""A meeting, a point or a decision by its number; the bodies that meet; a decision's chain."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from ccc_pilot.db import db
from ccc_pilot.decisions.models import AgendaPoint, Decision, Meeting
from ccc_pilot.decisions.rules import DecisionState
from ccc_pilot.errors import NotFound
from ccc_pilot.people.models import Body, Organisation, Pilot

LONGEST_CHAIN = 50
MOST_OTHERS = 300


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


def others(pilot: Pilot, but: Decision | None = None) -> list[tuple[int, str]]:
    """Return the decisions and proposals that another may go on from, latest first: (id, body, day and number or matter); ``but``: not this one."""
    statement = (
        select(Decision, Body.short, Body.name_sv)
        .outerjoin(Body, Body.key == Decision.body_key)
        .where(Decision.pilot_id == pilot.id, Decision.status != DecisionState.SUPERSEDED)
        .order_by(Decision.day.is_(None), Decision.day.desc(), Decision.id.desc())
        .limit(MOST_OTHERS)
    )
    found = {row.id: _label(row, short or name or row.decider) for row, short, name in db.session.execute(statement)}
    if but is not None and but.follows_id is not None and but.follows_id not in found:
        kept = db.session.get_one(Decision, but.follows_id)
        found[kept.id] = _label(kept, kept.decider)
    return [(number, label) for number, label in found.items() if but is None or number != but.id]


def _label(row: Decision, body: str) -> str:
    day = row.day.isoformat() if row.day and row.precision == "day" else ""
    return " · ".join(filter(None, (row.number or f"{body} {day}".strip(), row.title)))


@dataclass(frozen=True, slots=True)
class Chain:
    """What a decision goes on from (oldest first), all that goes on from it, what it replaces and what replaces it (in their order)."""

    before: list[Decision]
    after: list[Decision]
    replaces: list[Decision]
    replaced_by: list[Decision]


def chain(found: Decision) -> Chain:
    """Return the decisions that ``found`` hangs together with: over the bodies, and over its corrections.

    What goes on from an entry that was corrected goes on from the correction too.
    """
    replaces, replaced_by = _back(found, "supersedes_id"), _on([found], Decision.supersedes_id)
    family = [found, *replaces, *replaced_by]
    after = [one for one in _on(family, Decision.follows_id) if one not in family]
    return Chain(_back(found, "follows_id")[::-1], after, replaces, replaced_by)


def comes_before(earlier: int, found: Decision) -> bool:
    """Whether ``found`` goes on, directly or through others, from the decision with the id ``earlier``, or is it."""
    return earlier == found.id or earlier in {one.id for one in _back(found, "follows_id")}


def _on(begun: Sequence[Decision], column: InstrumentedAttribute[int | None]) -> list[Decision]:
    """What leads on from ``begun`` by ``column``, step by step."""
    trail: list[Decision] = []
    front = list(begun)
    while front and len(trail) < LONGEST_CHAIN:
        known = {one.id for one in (*begun, *trail)}
        statement = select(Decision).where(column.in_([one.id for one in front])).order_by(Decision.day, Decision.id)
        front = [one for one in db.session.scalars(statement) if one.id not in known]
        trail += front
    return trail


def _back(found: Decision, by: str) -> list[Decision]:
    trail: list[Decision] = []
    number = getattr(found, by)
    while number is not None and len(trail) < LONGEST_CHAIN and number not in {one.id for one in trail}:
        one = db.session.get(Decision, number)
        assert one is not None  # a foreign key says so
        trail.append(one)
        number = getattr(one, by)
    return trail
