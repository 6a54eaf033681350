"""The open actions of a plan by phase of PDSA, as columns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from ccc_pilot.db import db
from ccc_pilot.improvement import listing
from ccc_pilot.improvement.listing import Query
from ccc_pilot.improvement.machine import OPEN, Phase
from ccc_pilot.improvement.models import Action, ImprovementPlan
from ccc_pilot.improvement.words import PHASE_WORDS

MOST = 60


@dataclass(frozen=True, slots=True)
class Column:
    """A phase with its first actions by date, and how many there are in all; ``others``: (value, words) of the phases to go to."""

    phase: str
    title: Any
    actions: Sequence[Action]
    total: int
    others: list[tuple[str, Any]]


def columns(plan: ImprovementPlan, query: Query, today: date, me: int) -> list[Column]:
    """Return the board of the open actions that ``query`` asks for (its own phase is left aside)."""
    asked = replace(query, phase="")
    conditions = [Action.plan_id == plan.id, Action.state.in_(OPEN), *listing.wanted(asked, today, me)]
    counted = dict(db.session.execute(select(Action.phase, func.count()).where(*conditions).group_by(Action.phase)).all())
    return [_column(phase, conditions, counted.get(phase, 0)) for phase in Phase]


def _column(phase: Phase, conditions: list[Any], total: int) -> Column:
    statement = select(Action).where(*conditions, Action.phase == phase).options(selectinload(Action.links))
    found = db.session.scalars(statement.order_by(Action.due.asc().nulls_last(), Action.number).limit(MOST)).all()
    round_ = [*Phase, *Phase][list(Phase).index(phase) + 1 :][: len(Phase) - 1]  # the next turn of the wheel first
    others = [(str(other), PHASE_WORDS[other]) for other in round_]
    return Column(str(phase), PHASE_WORDS[phase], found, total, others)
