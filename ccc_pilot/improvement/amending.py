"""What becomes of a plan when one of its actions is changed: reviews and agreements that no longer fit, and the next version."""

from collections.abc import Sequence

from sqlalchemy import inspect, update

from ccc_pilot import journal, said
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.improvement import proving
from ccc_pilot.improvement.machine import ADOPTED, PlanState, Verdict
from ccc_pilot.improvement.models import Action, ImprovementPlan, PlanStep
from ccc_pilot.improvement.review_models import Review
from ccc_pilot.people.policy import NETWORK


def lock(plan: ImprovementPlan) -> None:
    """Read ``plan`` anew and hold it. Whoever changes actions and the plan holds the plan first, so that two wait instead of crossing."""
    db.session.refresh(plan, with_for_update=True)


def opens(plan: ImprovementPlan, changed: Action, actor_id: int) -> None:
    """Open ``plan`` for a change of what one action says; see ``open_all``."""
    open_all(plan, [changed], actor_id)


def open_all(plan: ImprovementPlan, changed: Sequence[Action], actor_id: int) -> None:
    """Open ``plan``, which is held, for a change of what the actions ``changed`` say, wherever it stands.

    In an adopted plan the change begins the next version; what the regions had agreed to or the RCC had accepted no longer stands for
    what is changed. In a plan that is in review an action waits for review once it is complete, as all had to be when the plan was sent
    there; until then it is a draft in it, or stays sent back. Raises ``Refused`` for a plan that is closed.
    """
    if plan.state == PlanState.CLOSED:
        raise Refused(_("The plan is closed; nothing in it is changed any more."))
    if not changed:
        return
    regions = {region for action in changed for region in _regions(action)}  # read before anything is flushed
    _unsettle(changed)
    names = ", ".join(action.code for action in changed[:5]) + (" …" if len(changed) > 5 else "")
    if plan.state in ADOPTED:
        plan.number += 1
        step(plan, PlanState.DRAFT, actor_id, text=said.code("changed-adopted", names))
    elif plan.state == PlanState.REGIONAL_AGREED:
        step(plan, PlanState.DRAFT, actor_id, text=said.code("changed", names))
    elif plan.state == PlanState.ACCEPTED_BY_RCC:
        step(plan, PlanState.RCC_REVIEW, actor_id, text=said.code("changed", names))
    if plan.state in {PlanState.DRAFT, PlanState.RETURNED}:
        _withdraw(plan, regions)
        for action in changed:
            action.review = Verdict.NONE  # it waits for review when the plan is sent there
    else:
        ask(changed)


def ask(changed: Sequence[Action]) -> None:
    """Let those of the actions that are complete wait for review in a plan that is there; the others are sent back still, or drafts."""
    proved = proving.proved([action.key for action in changed if action.id is not None])
    for action in changed:
        before = Verdict.RETURNED if action.review == Verdict.RETURNED else Verdict.NONE
        action.review = before if proving.lacking(action, action.key in proved) else Verdict.WAITING


def _regions(changed: Action) -> list[str]:
    """Whose an action is, and whose it was before this change."""
    return [changed.region, *filter(None, inspect(changed).attrs.region.history.deleted or ())]


def _unsettle(changed: Sequence[Action]) -> None:
    """What was said of the actions before is history now."""
    ids = [action.id for action in changed if action.id is not None]
    if ids:
        standing = update(Review).where(Review.action_id.in_(ids), Review.stands.is_(True))
        db.session.execute(standing.values(stands=False), execution_options={"synchronize_session": False})


def _withdraw(plan: ImprovementPlan, regions: set[str]) -> None:
    """What a region had agreed to is no longer what the plan says there; a joint action concerns all of them, one that is moved both."""
    given = update(PlanStep).where(PlanStep.plan_id == plan.id, PlanStep.number == plan.number, PlanStep.region != "")
    own = given if NETWORK in regions else given.where(PlanStep.region.in_(regions))
    db.session.execute(own.values(stands=False))


def step(plan: ImprovementPlan, to: str, actor_id: int | None, *, text: str = "", reference: str = "", region: str = "") -> None:
    """Let ``plan`` come to the state ``to``, and write that down; with ``region`` that region agrees and the plan stays where it is."""
    db.session.add(
        PlanStep(
            plan_id=plan.id, number=plan.number, state_from=plan.state, state_to=to, region=region, reference=reference, text=text,
            at=utc_now(), person_id=actor_id, stands=True,
        )
    )  # fmt: skip
    journal.write(
        "improvement.plan", f"improvement-plan:{plan.id}", actor_id=actor_id, region=region or None, state=[plan.state, to],
        number=plan.number, reference=reference, text=text,
    )  # fmt: skip
    plan.state = to
    plan.version += 1
    plan.updated_at, plan.updated_by_id = utc_now(), actor_id
