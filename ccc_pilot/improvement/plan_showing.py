"""From a plan to what its page shows: its way through the states, the steps that may be taken, what still stands in the way."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from sqlalchemy import select

from ccc_pilot import said
from ccc_pilot.db import db
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import ngettext
from ccc_pilot.improvement import machine, standing, steering
from ccc_pilot.improvement.machine import IN_WRITING, PlanFacts, PlanState
from ccc_pilot.improvement.models import ImprovementPlan, PlanStep
from ccc_pilot.improvement.rules import Health
from ccc_pilot.improvement.words import PLAN_MOVE_WORDS, PLAN_WORDS, Standing, plan_standing, refusal
from ccc_pilot.people.doors import Current
from ccc_pilot.people.models import Person
from ccc_pilot.people.pilots import Region

WAY = (
    PlanState.DRAFT, PlanState.REGIONAL_AGREED, PlanState.RCC_REVIEW, PlanState.ACCEPTED_BY_RCC, PlanState.ADOPTED_BY_RSL, PlanState.SENT,
    PlanState.ACCEPTED, PlanState.ACTIVE, PlanState.FOLLOW_UP_REPORTED, PlanState.CLOSED,
)  # fmt: skip
BEFORE = {PlanState.RETURNED: PlanState.RCC_REVIEW, PlanState.RETURNED_BY_BODY: PlanState.SENT}
ASKS = {
    "adopt": ("reference",), "send": ("reference",), "body_accepts": ("reference",), "body_returns": ("reference", "text"),
    "report": ("reference",), "reopen": ("text",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stage:
    """A state on the plan's way: passed, the one it is in, or still to come."""

    words: str
    css: str
    current: bool


def way(plan: ImprovementPlan) -> list[Stage]:
    """Return the plan's way through its states; a plan that was returned stands where it was returned from."""
    at = WAY.index(BEFORE.get(PlanState(plan.state), PlanState(plan.state)))
    return [
        Stage(str(PLAN_WORDS[state]), "done" if i < at else "go" if i == at else "idle", i == at) for i, state in enumerate(WAY)
    ]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the plan that may be taken: where it is sent, and the fields that it asks for."""

    name: str
    words: str
    url: str
    asks: tuple[str, ...]
    hindrance: str = ""


def steps(plan: ImprovementPlan, who: Current, facts: PlanFacts) -> list[Step]:
    """Return the steps that ``who`` may take with ``plan`` as it stands, but for those that come of reviews and agreements.

    Each with what stands in its way by ``facts``, as a sentence (empty where nothing does).
    """
    return [
        Step(
            name,
            str(PLAN_MOVE_WORDS[name]),
            url_for("improvement.take_step", plan_id=plan.id, step=name),
            ASKS.get(name, ()),
            _hindrance(plan.state, name, facts),
        )
        for name, move in machine.PLAN_MOVES.items()
        if plan.state in move.sources and name not in steering.BY_REVIEW and who.may(move.right)
    ]


def _hindrance(state: str, name: str, facts: PlanFacts) -> str:
    """Say what stands in the way of a step, all that its form asks for being told."""
    try:
        machine.move_plan(state, name, replace(facts, reference="-", reason="-"))
    except machine.Broken as broken:
        return str(refusal(broken))
    return ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Whether a region agrees, who said so and when, and where one may say so for it (None: not theirs, or not now)."""

    region: str
    by: str
    at: Any
    url: str | None


def agreements(plan: ImprovementPlan, regions: Sequence[Region], who: Current) -> list[Agreement]:
    """Return what each region says of the version now worked on."""
    agreed = standing.agreed(plan)
    names = _names(step.person_id for step in agreed.values())
    return [
        Agreement(
            region.short, names.get(agreed[region.key].person_id or 0, "") if region.key in agreed else "",
            agreed[region.key].at if region.key in agreed else None,
            url_for("improvement.agree", plan_id=plan.id, region=region.key)
            if plan.state in IN_WRITING and region.key not in agreed and who.may("improvement.write", region.key)
            else None,
        )
        for region in regions
    ]  # fmt: skip


def _names(numbers: Any) -> dict[int, str]:
    wanted = {number for number in numbers if number}
    return dict(db.session.execute(select(Person.id, Person.name).where(Person.id.in_(wanted))).all()) if wanted else {}


def obstacles(plan: ImprovementPlan, facts: PlanFacts) -> list[tuple[str, str]]:
    """Return what stands in the way of the next step, each in words and with the address of the rows."""
    table = url_for("improvement.index", plan=plan.id)
    told: list[tuple[str, str]] = []
    if plan.state in {*IN_WRITING, PlanState.REGIONAL_AGREED}:
        if facts.incomplete:
            text = ngettext(
                "%(num)s action lacks responsible, date, goal or proof",
                "%(num)s actions lack responsible, date, goal or proof",
                facts.incomplete,
            )
            told.append((text, f"{table}&standing=incomplete"))
        if facts.unanswered:
            text = ngettext("%(num)s gap has no action", "%(num)s gaps have no action", facts.unanswered)
            told.append((text, url_for("improvement.gaps", plan_id=plan.id)))
        if not facts.actions:
            told.append((_("The plan has no actions yet."), table))
    if plan.state == PlanState.RCC_REVIEW:
        if facts.drafts:
            text = ngettext(
                "%(num)s action was added or changed in review and is not complete: it is reviewed when it has responsible, date, goal and proof",
                "%(num)s actions were added or changed in review and are not complete: they are reviewed when they have responsible, date, goal and proof",
                facts.drafts,
            )
            told.append((text, f"{table}&review=draft"))
        if waiting := facts.unreviewed - facts.drafts:
            text = ngettext("%(num)s action is not accepted", "%(num)s actions are not accepted", waiting)
            told.append((text, f"{table}&review=waiting"))
        if facts.approvals < facts.quorum:
            told.append((_("%(n)s of %(quorum)s reviewers say yes to the whole", n=facts.approvals, quorum=facts.quorum), ""))
    return told


@dataclass(frozen=True, slots=True)
class Told:
    """A step that was taken, ready to be read."""

    at: Any
    by: str
    number: int
    standing: Standing
    text: str
    reference: str


def history(plan: ImprovementPlan, regions: Sequence[Region]) -> list[Told]:
    """Return the steps that the plan has taken, newest first."""
    shorts = {region.key: region.short for region in regions}
    statement = (
        select(PlanStep, Person.name).outerjoin(Person, Person.id == PlanStep.person_id).where(PlanStep.plan_id == plan.id)
    )
    return [
        Told(
            step.at, name or "", step.number,
            Standing("done", "check", _("%(region)s agrees", region=shorts.get(step.region, step.region))) if step.region else plan_standing(step.state_to),
            said.in_words(step.text) if step.stands or not step.region else _("no longer: something was changed"), step.reference,
        )
        for step, name in db.session.execute(statement.order_by(PlanStep.id.desc()))
    ]  # fmt: skip


def rows(parts: Mapping[str, Health], name: Callable[[str], str]) -> list[tuple[str, Health]]:
    """Return C11 part by part, each part called by its ``name``."""
    return [(name(key), health) for key, health in parts.items()]
