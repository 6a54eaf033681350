"""Who answers what by when: chapters or points of a region given to those who answer there, and what lies on each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload

from ccc_pilot import journal
from ccc_pilot.assessment import pace, scope
from ccc_pilot.assessment.models import AssessmentAnswer, AssessmentRound
from ccc_pilot.assessment.pace import Load, Task
from ccc_pilot.assessment.stages import WRITTEN_IN
from ccc_pilot.assessment.states import IN, State
from ccc_pilot.assessment.talk_models import AssessmentAssignment
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import NotFound, Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.doors import region_of
from ccc_pilot.people.models import Holding, Person, Pilot, Post
from ccc_pilot.people.policy import MATRIX, NETWORK


class Given(NamedTuple):
    """An assignment: the number of its row, the region, the key of a chapter or point, who, and until when."""

    id: int
    region: str
    scope_key: str
    person_id: int
    name: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Mine:
    """A point that waits for somebody, with the day until which (None: the round's)."""

    round: AssessmentRound
    answer: AssessmentAnswer
    due: date


def able(region: str, day: date) -> list[Person]:
    """Return those who answer for ``region`` on ``day`` by the posts they hold, by name; for the network, those of all regions. One query."""
    roles = list(MATRIX["assessment.answer"])
    held = db.session.scalars(
        select(Holding)
        .join(Holding.post)
        .options(joinedload(Holding.post).joinedload(Post.organisation), joinedload(Holding.person))
        .where(Post.role.in_(roles), Holding.approved.is_(True), Holding.since <= day)
        .where(or_(Holding.until.is_(None), Holding.until >= day))
    )
    people = {one.person.id: one.person for one in held if region in {NETWORK, region_of(one.post)} and one.person.active}
    return sorted(people.values(), key=lambda person: person.name)


def assign(
    *, round_: AssessmentRound, region: str, part: str, person_id: int, due: date | None, actor_id: int, day: date
) -> AssessmentAssignment:
    """Give a chapter or a point (``part``: its id) of a region to somebody who answers there, by ``due`` (None: the round's day).

    Given to them already: only the day is told anew. Raises ``Refused`` with the field.
    """
    key = round_.point_key(part)
    if key not in _parts(round_):
        raise Refused(_("There is no such chapter or point in this round."), "part")
    if person_id not in {person.id for person in able(region, day)}:
        raise Refused(_("Choose somebody who answers for the region."), "person_id")
    if due and due > round_.due:
        raise Refused(_("That is after the round is due."), "due")
    db.session.refresh(round_, with_for_update=True)
    row = db.session.scalar(
        select(AssessmentAssignment).where(*_of(round_), AssessmentAssignment.region == region,
        AssessmentAssignment.scope_key == key, AssessmentAssignment.person_id == person_id)
    )  # fmt: skip
    row = row or AssessmentAssignment(round_id=round_.id, region=region, scope_key=key, person_id=person_id)
    row.due, row.at, row.by_id = due, utc_now(), actor_id
    db.session.add(row)
    journal.write(
        "assessment.assigned", key, actor_id=actor_id, region=region, round=round_.id, person=person_id, due=due, verdict="given"
    )
    return row


def take_away(*, round_: AssessmentRound, region: str, number: int, actor_id: int) -> None:
    """Take an assignment away; it is kept out of sight. Raises ``NotFound``."""
    row = db.session.get(AssessmentAssignment, number, with_for_update=True)
    if row is None or row.round_id != round_.id or row.region != region or row.removed_at is not None:
        raise NotFound
    row.removed_at = utc_now()
    journal.write(
        "assessment.assigned", row.scope_key, actor_id=actor_id, region=region, round=round_.id, person=row.person_id, due=row.due,
        verdict="taken away",
    )  # fmt: skip


def given(round_: AssessmentRound, region: str | None = None) -> list[Given]:
    """Return what is given to whom in a round (in one region, if told), by day and part. One query."""
    table = AssessmentAssignment
    statement = (
        select(table.id, table.region, table.scope_key, table.person_id, Person.name, table.due)
        .join(Person, Person.id == table.person_id)
        .where(*_of(round_))
        .order_by(table.due.is_(None), table.due, table.scope_key, Person.name)
    )
    if region is not None:
        statement = statement.where(table.region == region)
    return [Given(*row) for row in db.session.execute(statement)]


def workload(round_: AssessmentRound, day: date) -> list[Load]:
    """Return how many points lie on each person and region, how many are due within two weeks and how many are late. Two queries."""
    rows = select(AssessmentAnswer).where(AssessmentAnswer.round_id == round_.id, AssessmentAnswer.state.not_in(IN))
    waiting = list(db.session.scalars(rows))
    tasks = [
        Task(one.name, one.region, one.due or round_.due)
        for one in given(round_)
        for answer in waiting
        if answer.region == one.region and one.scope_key in {answer.point_key, answer.chapter_key}
    ]
    return pace.workload(tasks, day)


def mine(pilot: Pilot, person_id: int, regions: Sequence[str]) -> list[Mine]:
    """Return the points that wait for a person in the open rounds of a pilot: what is given to them, and what was returned in their
    ``regions``; the nearest day first. Two queries.
    """
    table = AssessmentAssignment
    own = {
        (row.round_id, row.region, row.scope_key): row.due
        for row in db.session.scalars(select(table).where(table.person_id == person_id, table.removed_at.is_(None)))
    }
    found = db.session.execute(
        select(AssessmentAnswer, AssessmentRound)
        .join(AssessmentRound, AssessmentRound.id == AssessmentAnswer.round_id)
        .where(AssessmentRound.pilot_id == pilot.id, AssessmentRound.stage.in_(WRITTEN_IN), AssessmentAnswer.region.in_(regions))
        .where(AssessmentAnswer.state.not_in(IN))
        .order_by(AssessmentRound.id, AssessmentAnswer.position)
    )
    told = [one for answer, round_ in found if (one := _mine(round_, answer, own))]
    return sorted(told, key=lambda one: one.due)


def is_mine(pilot: Pilot, person_id: int, regions: Sequence[str]) -> ColumnElement[bool]:
    """Return what holds for the answers of ``mine``, as a condition for a question that only counts them."""
    table, given_to = AssessmentAnswer, AssessmentAssignment
    round_ = select(AssessmentRound.id).where(AssessmentRound.pilot_id == pilot.id, AssessmentRound.stage.in_(WRITTEN_IN))
    own = select(given_to.id).where(
        given_to.person_id == person_id, given_to.removed_at.is_(None), given_to.round_id == table.round_id,
        given_to.region == table.region, given_to.scope_key.in_([table.point_key, table.chapter_key]),
    )  # fmt: skip
    waits = and_(table.round_id.in_(round_), table.region.in_(regions), table.state.not_in(IN))
    return and_(waits, or_(table.state == State.RETURNED, own.exists()))


def _mine(round_: AssessmentRound, answer: AssessmentAnswer, own: dict[tuple[int, str, str], date | None]) -> Mine | None:
    keys = [(round_.id, answer.region, key) for key in (answer.point_key, answer.chapter_key)]
    days = [own[key] or round_.due for key in keys if key in own]
    if days or answer.state == State.RETURNED:
        return Mine(round_, answer, min(days, default=round_.due))
    return None


def _of(round_: AssessmentRound) -> tuple[ColumnElement[bool], ...]:
    return AssessmentAssignment.round_id == round_.id, AssessmentAssignment.removed_at.is_(None)


def _parts(round_: AssessmentRound) -> frozenset[str]:
    points = scope.points(round_)
    return frozenset(point.key for point in points) | frozenset(point.chapter for point in points)
