"""Where a plan stands: what the guards of its steps look at, and the results C10–C12, read with few queries however many actions there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from flask import url_for
from sqlalchemy import ColumnElement, func, or_, select

from ccc_pilot.db import db
from ccc_pilot.i18n import local
from ccc_pilot.improvement import naming, proving, rules
from ccc_pilot.improvement.machine import OPEN, PlanFacts, PlanState, State, Verdict
from ccc_pilot.improvement.models import Action, ActionLink, ImprovementPlan, PlanGap, PlanReviewer, PlanStep
from ccc_pilot.improvement.review_models import Review
from ccc_pilot.improvement.rules import Coverage, Health, Line, Need, Share
from ccc_pilot.people.models import Pilot

LIVE = Action.state != State.CANCELLED


def facts(pilot: Pilot, plan: ImprovementPlan, *, reference: str = "", reason: str = "") -> PlanFacts:
    """Return what the guards of ``plan`` look at, as it stands now."""
    regions = {region.organisation_key for region in pilot.regions}
    return PlanFacts(
        actions=_count(plan, LIVE), unanswered=len(coverage(plan).open), incomplete=_count(plan, LIVE, is_incomplete()),
        disagreeing=frozenset(regions - agreed(plan).keys()), unreviewed=_count(plan, LIVE, Action.review != Verdict.ACCEPTED),
        drafts=_count(plan, LIVE, Action.review == Verdict.NONE) if plan.state == PlanState.RCC_REVIEW else 0,
        approvals=len(approvals(plan)), quorum=plan.quorum, reference=reference, reason=reason,
    )  # fmt: skip


def _count(plan: ImprovementPlan, *conditions: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count(Action.id)).where(Action.plan_id == plan.id, *conditions)) or 0


def is_incomplete() -> ColumnElement[bool]:
    """Whether an action lacks responsible, date, goal or proof."""
    nobody = Action.post_key.is_(None) & Action.owner_id.is_(None) & (Action.owner_words == "")
    return or_(nobody, Action.due.is_(None), Action.goal == "", (Action.proof == "") & ~proving.is_proved())


def agreed(plan: ImprovementPlan) -> dict[str, PlanStep]:
    """Return the regions that agree with the version now worked on, each with its agreement."""
    statement = select(PlanStep).where(PlanStep.plan_id == plan.id, PlanStep.number == plan.number, PlanStep.region != "")
    return {step.region: step for step in db.session.scalars(statement.where(PlanStep.stands.is_(True)).order_by(PlanStep.id))}


def reviewers(plan: ImprovementPlan) -> list[int]:
    """Return the ids of the persons who are named to review ``plan``."""
    return list(
        db.session.scalars(select(PlanReviewer.person_id).where(PlanReviewer.plan_id == plan.id).order_by(PlanReviewer.person_id))
    )


def approvals(plan: ImprovementPlan) -> list[int]:
    """Return the ids of the reviewers whose yes to the plan as a whole stands; only those of the named ones where some are named."""
    statement = select(Review.person_id).distinct().where(
        Review.plan_id == plan.id, Review.action_id.is_(None), Review.number == plan.number, Review.stands.is_(True),
        Review.verdict == Verdict.ACCEPTED,
    )  # fmt: skip
    named = reviewers(plan)
    return [number for number in db.session.scalars(statement) if not named or number in named]


def gaps(plan: ImprovementPlan) -> Sequence[PlanGap]:
    """Return the gaps and findings that the plan must answer, core ones first."""
    return db.session.scalars(select(PlanGap).where(PlanGap.plan_id == plan.id).order_by(PlanGap.core.desc(), PlanGap.key)).all()


def answered(plan: ImprovementPlan) -> dict[str, list[tuple[int, int]]]:
    """Return the keys that actions which are not cancelled come from, each with those actions' (id, number)."""
    statement = select(ActionLink.key, Action.id, Action.number).join(Action, Action.id == ActionLink.action_id)
    found: dict[str, list[tuple[int, int]]] = {}
    for key, number, code in db.session.execute(statement.where(Action.plan_id == plan.id, LIVE, ActionLink.kind == "origin")):
        found.setdefault(key, []).append((number, code))
    return found


def coverage(plan: ImprovementPlan) -> Coverage:
    """Return C10 of ``plan``."""
    needs = [Need(gap.key, gap.core, bool(gap.risk_decision)) for gap in gaps(plan)]
    return rules.coverage(needs, answered(plan))


@dataclass(frozen=True, slots=True)
class Results:
    """C10–C12 of a plan: as a whole, and C11 by region and by who is responsible."""

    coverage: Coverage
    health: Health
    by_region: dict[str, Health]
    by_owner: dict[str, Health]
    effect: Share
    without_effect: int


def results(plan: ImprovementPlan, today: date) -> Results:
    """Return C10–C12 of ``plan`` on the day ``today``."""
    lines = list(_lines(plan))
    return Results(
        coverage(plan), rules.health(lines, today), rules.health_by(lines, "region", today), rules.health_by(lines, "owner", today),
        rules.effects(lines), sum(line.state == State.EFFECT_CHECKED and line.effect == "not_met" for line in lines),
    )  # fmt: skip


def _lines(plan: ImprovementPlan) -> list[Line]:
    columns = (
        Action.state, Action.region, Action.post_key, Action.owner_id, Action.owner_words, Action.due, Action.first_due,
        Action.claimed_on, Action.updated_at, Action.shifts, Action.indicator, Action.effect,
    )  # fmt: skip
    found = db.session.execute(select(*columns).where(Action.plan_id == plan.id).order_by(Action.number))
    return [
        Line(
            state, region, f"post:{post}" if post else f"person:{person}" if person else words, due, first, done, local(touched).date(),
            shifts, bool(indicator), effect,
        )
        for state, region, post, person, words, due, first, done, touched, shifts, indicator, effect in found
    ]  # fmt: skip


class Acted(NamedTuple):
    """An action as other rooms show it beside what it comes from. ``open``: it is not settled yet."""

    title: str
    url: str
    owner: str
    due: date | None
    open: bool


def actions_below(prefix: str) -> dict[str, tuple[Acted, ...]]:
    """Return the actions of all plans, not cancelled, that come from what has keys that begin with ``prefix`` ("gap:3:"), by key."""
    return _acted(ActionLink.key.startswith(prefix, autoescape=True))


def actions_at(key: str) -> tuple[Acted, ...]:
    """Return the actions of all plans, not cancelled, that come from the gap, finding or decision ``key``."""
    return _acted(ActionLink.key == key).get(key, ())


def _acted(where: ColumnElement[bool]) -> dict[str, tuple[Acted, ...]]:
    asked = select(ActionLink.key, Action).join(Action, Action.id == ActionLink.action_id).order_by(Action.id)
    rows = db.session.execute(asked.where(ActionLink.kind == "origin", where, LIVE)).all()
    known, found = naming.names([action for _key, action in rows], ()), dict[str, tuple[Acted, ...]]()
    for key, action in rows:
        url = url_for("improvement.show", action_id=action.id)
        told = Acted(f"{action.code} {action.title}", url, known.owner(action), action.due, action.state in OPEN)
        found[key] = (*found.get(key, ()), told)
    return found
