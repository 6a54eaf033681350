"""The steps of a plan: the regions agree, the RCC reviews, RSL adopts, it is sent, it is in force, it is followed up."""

from collections.abc import Sequence

from sqlalchemy import delete, insert, select, update

from ccc_pilot import journal
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import Forbidden, NotFound, Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.improvement import amending, comparing, machine, standing, words
from ccc_pilot.improvement.machine import IN_WRITING, Broken, PlanState, State, Verdict
from ccc_pilot.improvement.models import Action, ImprovementPlan, PlanReviewer, PlanStep, PlanVersion
from ccc_pilot.improvement.review_models import Review
from ccc_pilot.people.doors import Current
from ccc_pilot.people.models import Person, Pilot

BY_REVIEW = frozenset({"return", "accept", "agree"})  # steps that come of what reviewers and regions say, never by a button alone


def agree(*, pilot: Pilot, plan: ImprovementPlan, region: str, who: Current, version: int) -> ImprovementPlan:
    """Let a region agree with the plan; when all of them do, the plan goes on. Raises ``Forbidden`` or ``Refused``."""
    hold(plan, version)
    if region not in {one.organisation_key for one in pilot.regions}:
        raise NotFound
    if not who.may("improvement.write", region):
        raise Forbidden
    if plan.state not in IN_WRITING:
        raise Refused(words.REFUSALS["no_such_move"])
    if region not in standing.agreed(plan):
        amending.step(plan, plan.state, who.person_id, region=region)
        db.session.flush()
    if not standing.facts(pilot, plan).disagreeing:
        _go(pilot, plan, "agree", who)
    return plan


def take(
    *, pilot: Pilot, plan: ImprovementPlan, step: str, who: Current, version: int, reference: str = "", text: str = ""
) -> ImprovementPlan:
    """Let a plan take a ``step`` of ``machine.PLAN_MOVES`` that one person may take, with what it asks for.

    Raises ``NotFound`` for other steps, ``Forbidden``, ``Refused`` with the field at fault.
    """
    hold(plan, version)
    way = machine.PLAN_MOVES.get(step)
    if way is None or step in BY_REVIEW:
        raise NotFound
    if not who.may(way.right):
        raise Forbidden
    return _go(pilot, plan, step, who, reference=reference, text=text)


def _go(pilot: Pilot, plan: ImprovementPlan, step: str, who: Current, *, reference: str = "", text: str = "") -> ImprovementPlan:
    try:
        after = machine.move_plan(plan.state, step, standing.facts(pilot, plan, reference=reference, reason=text))
    except Broken as broken:
        raise Refused(words.refusal(broken), broken.field or None) from broken
    amending.step(plan, after, who.person_id, reference=reference.strip(), text=text.strip())
    if step == "submit":
        _send_to_review(plan)
    elif step == "adopt":
        _keep_version(plan, who.person_id, reference.strip())
    elif step == "reopen":
        db.session.execute(update(PlanStep).where(PlanStep.plan_id == plan.id, PlanStep.region != "").values(stands=False))
    return plan


def settle(pilot: Pilot, plan: ImprovementPlan, who: Current) -> bool:
    """Accept the plan if all its actions are accepted and enough reviewers say yes to the whole; returns whether it was."""
    db.session.flush()
    told = standing.facts(pilot, plan)
    if plan.state != PlanState.RCC_REVIEW or told.unreviewed or told.approvals < max(1, told.quorum):
        return False
    _go(pilot, plan, "accept", who)
    return True


def turn_back(pilot: Pilot, plan: ImprovementPlan, who: Current, comment: str) -> None:
    """Return the plan as a whole to those who write it."""
    _go(pilot, plan, "return", who, text=comment)
    db.session.execute(update(PlanStep).where(PlanStep.plan_id == plan.id, PlanStep.region != "").values(stands=False))


def _send_to_review(plan: ImprovementPlan) -> None:
    """What is not accepted yet waits for review; what was said of the whole before is history."""
    waiting = update(Action).where(Action.plan_id == plan.id, Action.state != State.CANCELLED, Action.review != Verdict.ACCEPTED)
    db.session.execute(waiting.values(review=Verdict.WAITING))
    whole = update(Review).where(Review.plan_id == plan.id, Review.action_id.is_(None))
    db.session.execute(whole.values(stands=False))


def _keep_version(plan: ImprovementPlan, actor_id: int, decision: str) -> None:
    db.session.add(
        PlanVersion(
            plan_id=plan.id,
            number=plan.number,
            at=utc_now(),
            person_id=actor_id,
            decision=decision,
            content=comparing.content(plan),
        )
    )


def name_reviewers(*, plan: ImprovementPlan, persons: Sequence[int], quorum: int, version: int, who: Current) -> None:
    """Name who reviews the plan, and how many of them must say yes to the whole. Raises ``Refused`` where these cannot be as many."""
    hold(plan, version)
    if persons and quorum > len(set(persons)):
        raise Refused(_("More must say yes than are named."), "quorum")
    db.session.execute(delete(PlanReviewer).where(PlanReviewer.plan_id == plan.id))
    if persons:
        db.session.execute(insert(PlanReviewer), [{"plan_id": plan.id, "person_id": number} for number in sorted(set(persons))])
    plan.quorum, plan.version = quorum, plan.version + 1
    plan.updated_at, plan.updated_by_id = utc_now(), who.person_id
    names = db.session.scalars(select(Person.name).where(Person.id.in_(persons)).order_by(Person.name)) if persons else ()
    journal.write(
        "improvement.reviewers", f"improvement-plan:{plan.id}", actor_id=who.person_id, name=", ".join(names), quorum=quorum
    )  # fmt: skip


def hold(plan: ImprovementPlan, version: int) -> None:
    """Hold ``plan`` and refuse to go on where it was changed after the page was shown. Raises ``Refused``."""
    amending.lock(plan)
    if plan.version != version:
        raise Refused(_("The plan was changed after you opened the page. Look at how it stands now, then send again."))
