"""The facts that results are worked out from: one row per region and point of a round.

Ask ``sight.regions`` first which regions a reader may see; ``load`` gives whatever is asked for.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from ccc_pilot.assessment import scope
from ccc_pilot.assessment.fact_records import Fact
from ccc_pilot.assessment.models import AssessmentAnswer, AssessmentRound
from ccc_pilot.db import db
from ccc_pilot.evidence import counting, reading
from ccc_pilot.i18n import today

FIELDS = (  # of a fact, in its order; its proofs stand between state and pdca
    "region", "score", "na_reason", "note", "summary_en", "state", "pdca", "absence", "improvement", "version",
)  # fmt: skip


def load(round_: AssessmentRound, regions: Sequence[str], *, lean: bool = False) -> tuple[Fact, ...]:
    """Return the facts of these regions, region by region in their order and point by point. One query, and one for the evidence.

    ``lean``: the proofs are only to be counted (``evidence.counting.Counted``), which takes a tenth of the time.
    """
    known = {point.key: point for point in scope.points(round_)}
    columns = [getattr(AssessmentAnswer, name) for name in ("point_key", *FIELDS)]
    found = db.session.execute(
        select(*columns).where(AssessmentAnswer.round_id == round_.id, AssessmentAnswer.region.in_(regions))
        .order_by(AssessmentAnswer.region, AssessmentAnswer.position)
    ).all()  # fmt: skip
    rows = [row for row in found if row[0] in known]
    linked: Mapping[str, Sequence[Any]] = (
        _counted(round_) if lean else reading.for_objects([f"{row[0]}@{row[1]}" for row in rows])
    )
    told = (
        Fact(known[key], region, score, na_reason, note, summary_en, state, tuple(linked.get(f"{key}@{region}", ())), *rest)
        for key, region, score, na_reason, note, summary_en, state, *rest in rows
    )
    place = {region: n for n, region in enumerate(regions)}
    return tuple(sorted(told, key=lambda fact: place[fact.region]))


def _counted(round_: AssessmentRound) -> Mapping[str, Sequence[Any]]:
    return counting.below(f"{round_.edition_key}:", today())


def of_answers(round_: AssessmentRound, answers: Iterable[AssessmentAnswer]) -> list[Fact]:
    """Return the facts of answers at hand, without their evidence."""
    found = scope.edition_of(round_)
    return [Fact(point=found.point(one.point_key), **{name: getattr(one, name) for name in FIELDS}) for one in answers]
