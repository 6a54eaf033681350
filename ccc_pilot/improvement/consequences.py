"""What a change of many actions withdraws: regions' agreements, the RCC's acceptances, the plan's own state; told before it and after it."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sqlalchemy import func, select

from ccc_pilot.db import db
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import ngettext
from ccc_pilot.improvement import standing
from ccc_pilot.improvement.machine import ADOPTED, PlanState, Verdict
from ccc_pilot.improvement.models import Action, ImprovementPlan
from ccc_pilot.people.pilots import Region
from ccc_pilot.people.policy import NETWORK


@dataclass(frozen=True, slots=True)
class Stand:
    """What a plan has behind it: the regions that agree, how many actions the RCC has accepted, its state and its version's number."""

    agreed: frozenset[str]
    accepted: int
    state: str
    number: int


def stand(plan: ImprovementPlan) -> Stand:
    """Return what ``plan`` has behind it now. Two queries."""
    accepted = select(func.count(Action.id)).where(Action.plan_id == plan.id, Action.review == Verdict.ACCEPTED)
    return Stand(frozenset(standing.agreed(plan)), db.session.scalar(accepted) or 0, plan.state, plan.number)


def to_come(plan: ImprovementPlan, touched: AbstractSet[str], accepted: int, regions: Sequence[Region]) -> list[str]:
    """Return in sentences what a change of what actions say withdraws; of what is only reported (percent, phase) nothing is withdrawn.

    ``touched``: the regions of those actions (a joint one concerns all of them); ``accepted``: how many of them the RCC has accepted.
    """
    told = []
    agreed = standing.agreed(plan) if touched and plan.state not in ADOPTED else {}
    lost = [region.short for region in regions if region.key in agreed and (region.key in touched or NETWORK in touched)]
    if lost and plan.state in {PlanState.DRAFT, PlanState.RETURNED, PlanState.REGIONAL_AGREED}:
        told.append(
            _(
                "What these have agreed to no longer stands when this is taken in: %(regions)s. They agree again.",
                regions=", ".join(lost),
            )
        )
    if accepted:
        told.append(
            ngettext(
                "%(num)s action that the RCC had accepted is reviewed again.",
                "%(num)s actions that the RCC had accepted are reviewed again.",
                accepted,
            )
        )
    return told + (_of_state(plan, plan.number + 1) if touched else [])


def _of_state(plan: ImprovementPlan, number: int) -> list[str]:
    if plan.state in ADOPTED:
        return [_("The plan is adopted: the changes begin version %(n)s.", n=number)]
    if plan.state == PlanState.ACCEPTED_BY_RCC:
        return [_("The RCC has accepted the plan: with this it goes back to its review.")]
    return [_("The plan becomes a draft again.")] if plan.state == PlanState.REGIONAL_AGREED else []


def happened(before: Stand, plan: ImprovementPlan, regions: Sequence[Region]) -> list[str]:
    """Return in sentences what was withdrawn since ``plan`` had ``before`` behind it; empty where nothing was."""
    now, shorts = stand(plan), {region.key: region.short for region in regions}
    told = []
    if now.number == before.number and (lost := before.agreed - now.agreed):
        names = ", ".join(short for key, short in shorts.items() if key in lost)
        told.append(
            _("What these had agreed to no longer stands: %(regions)s. They agree again on the plan's page.", regions=names)
        )
    if (again := before.accepted - now.accepted) > 0:
        told.append(
            ngettext(
                "%(num)s action that the RCC had accepted is no longer accepted.",
                "%(num)s actions that the RCC had accepted are no longer accepted.",
                again,
            )
        )
    return told + _moved(before, now)


def _moved(before: Stand, now: Stand) -> list[str]:
    if now.number > before.number:
        return [_("Version %(n)s has begun.", n=now.number)]
    if before.state == PlanState.REGIONAL_AGREED and now.state == PlanState.DRAFT:
        return [_("The plan is a draft again.")]
    if before.state == PlanState.ACCEPTED_BY_RCC and now.state == PlanState.RCC_REVIEW:
        return [_("The plan is in the RCC's review again.")]
    return []
