"""What evidence is told of answers, and tells them: who bears one, whose links are not shown yet, and that an answer has other proofs now.

The roof hands this in to the room of evidence, which knows no answers.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy import and_, or_, select

from ccc_pilot.assessment import answers, stages
from ccc_pilot.assessment.models import AssessmentAnswer, AssessmentRound
from ccc_pilot.assessment.stages import BEFORE, Stage
from ccc_pilot.assessment.states import MOVES, Act, State
from ccc_pilot.db import db
from ccc_pilot.evidence.neighbours import Hides, Neighbours
from ccc_pilot.people.doors import Current

# Answers that are not frozen: those of a round before it is handed in, and those opened again for clarification.
_LIVE = or_(
    AssessmentRound.stage.in_(BEFORE),
    and_(AssessmentRound.stage == Stage.CLARIFICATION, AssessmentAnswer.reopened.is_(True)),
)


def unsettle(object_keys: Collection[str], actor_id: int) -> None:
    """Make drafts of the verified and approved answers with these keys ("edition:point@region"), since their evidence changed.

    What is frozen stays as it is. The round is held before the answer, as by those who write answers, so that nobody verifies what is being
    changed meanwhile.
    """
    wanted = {tuple(key.rsplit("@", 1)) for key in object_keys if "@" in key}
    points = sorted({point for point, _region in wanted})
    rounds = sorted({answer.round_id for answer in _live(points) if (answer.point_key, answer.region) in wanted})
    for number in rounds:
        db.session.get_one(AssessmentRound, number, with_for_update={"read": True}, populate_existing=True)
    for answer in _live(points, hold=True) if rounds else ():
        if (answer.point_key, answer.region) in wanted and answer.state in MOVES[Act.UNSETTLE].sources:
            _unsettle(answer, actor_id)


def _live(points: Collection[str], *, hold: bool = False) -> list[AssessmentAnswer]:
    statement = (
        select(AssessmentAnswer)
        .join(AssessmentRound, AssessmentRound.id == AssessmentAnswer.round_id)
        .where(AssessmentAnswer.point_key.in_(points), _LIVE)
        .order_by(AssessmentAnswer.id)
    )
    if hold:
        statement = statement.with_for_update(of=AssessmentAnswer).execution_options(populate_existing=True)
    return list(db.session.scalars(statement)) if points else []


def _unsettle(answer: AssessmentAnswer, actor_id: int) -> None:
    before = answers.Before(State(answer.state), answer.score)
    answer.state = MOVES[Act.UNSETTLE].to
    answer.verified_by_id = answer.approved_by_id = answer.approved_at = None
    answers.record(answer, before, Act.UNSETTLE, actor_id)


def bearers(object_keys: Collection[str]) -> Mapping[str, frozenset[int]]:
    """Return who scored or wrote the answers with these keys, in rounds that are not frozen: they do not judge the evidence. One query."""
    points, found = {key.rpartition("@")[0] for key in object_keys if "@" in key}, defaultdict[str, set[int | None]](set)
    table = AssessmentAnswer
    if not points:
        return {}
    rows = select(table.point_key, table.region, table.scored_by_id, table.written_by_id).join(table.round)
    for point, region, *persons in db.session.execute(rows.where(table.point_key.in_(points), _LIVE)):
        found[f"{point}@{region}"] |= set(persons)
    return {key: frozenset(one for one in found[key] if one is not None) for key in object_keys if key in found}


def hiding(who: Current, day: date) -> Hides:
    """Return what tells of a key and the moment at which it was linked whether ``who`` may not know of it yet.

    While the regions of a round answer on their own, what a region links to its answers is known to those alone who link or judge there.
    """
    open_ones = [one for one in _unrevealed() if not _is_revealed(one, day)]

    def hides(key: str, at: datetime) -> bool:
        point, _at, region = key.rpartition("@")
        if not open_ones or who.may("evidence.write", region) or who.may("evidence.accept", region):
            return False
        edition = point.partition(":")[0]
        return any(one.edition_key == edition and region in one.region_keys and at >= one.opened_at for one in open_ones)

    return hides


def _unrevealed() -> list[AssessmentRound]:
    table = AssessmentRound
    return list(db.session.scalars(select(table).where(table.independent.is_(True), table.revealed_at.is_(None))))


def _is_revealed(round_: AssessmentRound, day: date) -> bool:
    return stages.is_revealed(independent=round_.independent, revealed=False, due=round_.due, today=day)


NEIGHBOURS = Neighbours(changed=unsettle, bearers=bearers, hiding=hiding)
