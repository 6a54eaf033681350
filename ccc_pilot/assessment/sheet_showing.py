"""What a sheet that came back differs in, ready to be shown."""

from dataclasses import dataclass

from flask import url_for
from sqlalchemy import select

from ccc_pilot.assessment import imports, scope, stages
from ccc_pilot.assessment.models import AssessmentAnswer, AssessmentRound
from ccc_pilot.assessment.result_models import AssessmentSheet
from ccc_pilot.assessment.states import State as AnswerState
from ccc_pilot.db import db
from ccc_pilot.office import comebacks

BACK_TO_DRAFT = frozenset({AnswerState.PROPOSED, AnswerState.VERIFIED, AnswerState.APPROVED})


@dataclass(frozen=True, slots=True)
class Told:
    """What differs. ``drafts``: how many answers become drafts again; ``open``: answers may be changed now."""

    cells: comebacks.Told
    drafts: int
    open: bool


def told(round_: AssessmentRound, sheet: AssessmentSheet) -> Told:
    """Return how a sheet differs from the answers as they stand now. One query."""
    ids = {int(cell["row"]) for cell in sheet.cells}
    answers = {str(one.id): one for one in db.session.scalars(select(AssessmentAnswer).where(AssessmentAnswer.id.in_(ids)))}
    points = {point.key: point for point in scope.points(round_)}

    def place(row: str) -> tuple[str, str]:
        answer = answers[row]
        point = points.get(answer.point_key)
        url = url_for("assessment.answer", number=round_.id, region=answer.region, slug=answer.slug)
        return (point.official or point.number) if point else answer.slug, url

    found = comebacks.told(sheet.cells, imports.columns(sheet), imports.contents(answers), place)
    writable = stages.Stage(round_.stage) in stages.WRITTEN_IN or any(answer.reopened for answer in answers.values())
    return Told(found, sum(answers[row].state in BACK_TO_DRAFT for row in found.rows), writable)
