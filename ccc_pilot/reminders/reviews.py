"""What waits for somebody else's word: actions that are said to be done, and plans that lie with the RCC for review."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from ccc_pilot.db import db
from ccc_pilot.i18n import Text, local
from ccc_pilot.improvement import standing
from ccc_pilot.improvement.machine import PlanState, State, Verdict
from ccc_pilot.improvement.models import Action, ImprovementPlan, PlanStep
from ccc_pilot.people.policy import NETWORK, Role
from ccc_pilot.reminders.deadlines import Deadline, number_of

VERIFY_WITHIN, REVIEW_WITHIN = timedelta(days=7), timedelta(days=14)  # the project's own proposal


def verifications_near(first: date, last: date) -> Iterator[Deadline]:
    """Yield the actions that are said to be done and should be verified from ``first`` to ``last``: a week after that was said."""
    return _verifications(_claimed().where(Action.claimed_on.between(first - VERIFY_WITHIN, last - VERIFY_WITHIN)))


def open_verifications(keys: Iterable[str]) -> Mapping[str, Deadline]:
    """Return those of the actions ``keys`` that still wait to be verified, by key."""
    numbers = [number_of(key) for key in keys]
    return {one.object: one for one in _verifications(_claimed().where(Action.id.in_(numbers)))}


def _claimed() -> Select[Action]:
    waits = Action.state == State.DONE_CLAIMED, Action.claimed_on.is_not(None)
    return select(Action).options(joinedload(Action.plan)).where(*waits).order_by(Action.id)


def _verifications(statement: Select[Action]) -> Iterator[Deadline]:
    for row in db.session.scalars(statement):
        assert row.claimed_on is not None  # so it was asked
        yield Deadline(
            f"verify:{row.id}", "claim", Text(row.title), row.region, row.plan.pilot_id, row.claimed_on + VERIFY_WITHIN, Role.RCC_REVIEWER,
            row.code, "improvement.show", (("action_id", str(row.id)),), followed=False, everywhere=True, read="improvement.read", version=row.version,
            changed=row.updated_at, or_role=Role.HEAD_LEAD, but=frozenset(one for one in (row.owner_id, row.claimed_by_id) if one is not None),
        )  # fmt: skip


def plans_near(first: date, last: date) -> Iterator[Deadline]:
    """Yield the reviews of plans that are due from ``first`` to ``last``: two weeks after the plan came to the RCC."""
    return (one for one in _plans(_in_review()) if first <= one.due <= last)


def open_plans(keys: Iterable[str]) -> Mapping[str, Deadline]:
    """Return those of the reviews ``keys`` that are still waited for, by key."""
    wanted = set(keys)
    numbers = {number_of(key.partition("@")[0]) for key in wanted}
    return {one.object: one for one in _plans(_in_review().where(ImprovementPlan.id.in_(numbers))) if one.object in wanted}


def _in_review() -> Select[Any]:
    came, waiting = PlanStep, Action
    since = (
        select(func.max(came.at))
        .where(came.plan_id == ImprovementPlan.id, came.state_to == PlanState.RCC_REVIEW)
        .scalar_subquery()
    )
    waits = waiting.plan_id == ImprovementPlan.id, waiting.review == Verdict.WAITING, waiting.state != State.CANCELLED
    left = select(func.count(waiting.id)).where(*waits).scalar_subquery()
    lies_there = ImprovementPlan.state == PlanState.RCC_REVIEW
    return select(ImprovementPlan, since, left).where(lies_there).order_by(ImprovementPlan.id)


def _plans(statement: Select[Any]) -> Iterator[Deadline]:
    for plan, since, left in db.session.execute(statement):
        named, said_yes = standing.reviewers(plan), standing.approvals(plan)
        waited_for: list[int | None] = [*(number for number in named if left or number not in said_yes)] if named else [None]
        title = Text(
            f"Granska {plan.title}" + (f" ({left} åtgärder väntar)" if left else ""),
            f"Review {plan.title}" + (f" ({left} actions wait)" if left else ""),
        )
        for number in waited_for:
            yield Deadline(
                f"plan:{plan.id}@{number or ''}", "claim", title, NETWORK, plan.pilot_id,
                local(since or plan.updated_at or plan.created_at).date() + REVIEW_WITHIN, Role.RCC_REVIEWER, plan.title, "improvement.review",
                (("plan_id", str(plan.id)),), person_id=number, followed=False, everywhere=True, read="improvement.review", version=plan.version,
                changed=plan.updated_at,
            )  # fmt: skip
