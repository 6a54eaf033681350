"""What a sheet that came back differs in, ready to be shown."""

from dataclasses import dataclass, field
from typing import Any

from flask import url_for
from sqlalchemy import select

from ccc_pilot.assessment import imports, scope, stages
from ccc_pilot.assessment.models import AssessmentAnswer, AssessmentRound
from ccc_pilot.assessment.result_models import AssessmentSheet
from ccc_pilot.assessment.sheets import layout
from ccc_pilot.assessment.states import State as AnswerState
from ccc_pilot.db import db
from ccc_pilot.office.roundtrip import State
from ccc_pilot.office.sheet_cells import shown

BACK_TO_DRAFT = frozenset({AnswerState.PROPOSED, AnswerState.VERIFIED, AnswerState.APPROVED})


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that differs: where it is, both texts, and the name of the choice where one is to be made."""

    name: str
    url: str
    point: str
    column: str
    now: str
    mine: str
    place: str
    fault: str


@dataclass(frozen=True, slots=True)
class Told:
    """The differences by how they stand. ``drafts``: how many answers become drafts again; ``open``: answers may be changed now."""

    mine: list[Difference] = field(default_factory=list)
    theirs: list[Difference] = field(default_factory=list)
    both: list[Difference] = field(default_factory=list)
    invalid: list[Difference] = field(default_factory=list)
    drafts: int = 0
    open: bool = True


def told(round_: AssessmentRound, sheet: AssessmentSheet) -> Told:
    """Return how a sheet differs from the answers as they stand now. One query."""
    columns = {column.key: column for column in layout(scope.edition_of(round_)).columns}
    points = {point.key: point for point in scope.points(round_)}
    ids = {cell["answer"] for cell in sheet.cells}
    answers = {one.id: one for one in db.session.scalars(select(AssessmentAnswer).where(AssessmentAnswer.id.in_(ids)))}
    found: dict[State, list[Difference]] = {state: [] for state in State}
    back: set[int] = set()
    for cell in sheet.cells:
        answer = answers.get(cell["answer"])
        if answer is None:
            continue
        column, now = columns[cell["column"]], getattr(answer, cell["column"])
        state, point = imports.standing(column, cell, now), points.get(answer.point_key)
        found[state].append(
            _difference(round_, answer, column, cell, now, (point.official or point.number) if point else answer.slug)
        )
        if state in {State.MINE, State.BOTH} and answer.state in BACK_TO_DRAFT:
            back.add(answer.id)
    writable = stages.Stage(round_.stage) in stages.WRITTEN_IN or any(answer.reopened for answer in answers.values())
    return Told(found[State.MINE], found[State.THEIRS], found[State.BOTH], found[State.INVALID], len(back), writable)


def _difference(
    round_: AssessmentRound, answer: AssessmentAnswer, column: Any, cell: dict[str, Any], now: Any, number: str
) -> Difference:  # fmt: skip
    return Difference(
        f"take.{answer.id}.{column.key}", url_for("assessment.answer", number=round_.id, region=answer.region, slug=answer.slug), number,
        column.titles[0], shown(column, now), cell["mine"] if cell["fault"] else shown(column, cell["mine"]), cell["place"], cell["fault"],
    )  # fmt: skip
