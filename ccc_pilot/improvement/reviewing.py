"""The RCC's review: a word on each action and on the plan as a whole. Nobody reviews what they wrote, and reviewers change no action."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import selectinload

from ccc_pilot import journal
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import Forbidden, Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.improvement import amending, machine, proving, reading, rules, service, standing, steering
from ccc_pilot.improvement.machine import PlanState, Verdict
from ccc_pilot.improvement.models import Action, ActionChange, ImprovementPlan
from ccc_pilot.improvement.review_models import Review
from ccc_pilot.improvement.words import MISSING_WORDS, Standing, review_standing
from ccc_pilot.people.doors import Current
from ccc_pilot.people.models import Person, Pilot

VERDICTS = (Verdict.ACCEPTED, Verdict.RETURNED)
QUEUE_PAGE = 10


def review(
    *, pilot: Pilot, target: Action, who: Current, version: int, verdict: str, missing: Sequence[str] = (), comment: str = ""
) -> Action:
    """Accept an action (``verdict`` accepted) or return it, saying what is ``missing`` (of ``rules.MISSING``) or a ``comment``.

    When it was the last one and enough reviewers say yes to the whole, the plan is accepted. Raises ``Forbidden``, ``Refused`` (also
    when the action was changed after it was read).
    """
    amending.lock(target.plan)
    db.session.refresh(target, with_for_update={"of": Action})
    if target.version != version:
        raise Refused(_("It was changed after you opened it. Read what it says now, then send again."))
    _may(target.plan, who, verdict, missing, comment)
    if not target.review:
        raise Refused(_("It is not complete yet and has not gone to review."))
    if reading.has_written(who.person_id, target) or target.owner_id == who.person_id:
        raise Refused(_("You wrote this or are responsible for it; somebody else reviews it."))
    _keep(target.plan, who, verdict, missing, comment, seen=target.version, action_id=target.id)
    before, target.review = target.review, verdict
    text = told(verdict, missing, comment)
    service.record(target, who.person_id, "review", [["review", before, verdict]], text=text)
    steering.settle(pilot, target.plan, who)
    return target


def review_plan(
    *,
    pilot: Pilot,
    plan: ImprovementPlan,
    who: Current,
    version: int,
    verdict: str,
    missing: Sequence[str] = (),
    comment: str = "",
) -> ImprovementPlan:
    """Say yes to the plan as a whole, or return it with a comment. One return is enough; yes is said by as many as the plan asks for."""
    steering.hold(plan, version)
    _may(plan, who, verdict, missing, comment)
    if _wrote_in(plan, who.person_id):
        raise Refused(_("You have written in this plan; somebody else reviews it."))
    _keep(plan, who, verdict, missing, comment, seen=plan.version, action_id=None)
    journal.write(
        "improvement.plan_reviewed", f"improvement-plan:{plan.id}", actor_id=who.person_id, verdict=verdict, text=comment.strip(),
        number=plan.number,
    )  # fmt: skip
    if verdict == Verdict.RETURNED:
        steering.turn_back(pilot, plan, who, told(verdict, missing, comment))
    elif not steering.settle(pilot, plan, who):
        plan.version += 1
    return plan


def _may(plan: ImprovementPlan, who: Current, verdict: str, missing: Sequence[str], comment: str) -> None:
    named = standing.reviewers(plan)
    if not who.may("improvement.review") or (named and who.person_id not in named):
        raise Forbidden
    if plan.state != PlanState.RCC_REVIEW:
        raise Refused(_("The plan is not in review."))
    if verdict not in VERDICTS:
        raise Refused(_("Accept or return it."), "verdict")
    if verdict == Verdict.RETURNED and not (missing or comment.strip()):
        raise Refused(_("Tick what is missing or write what you ask for."), "comment")
    if set(missing) - set(rules.MISSING):
        raise Refused(_("Tick what is missing or write what you ask for."), "missing")


def _wrote_in(plan: ImprovementPlan, person_id: int) -> bool:
    edits = select(ActionChange.id).join(Action, Action.id == ActionChange.action_id).where(Action.plan_id == plan.id)
    return (
        db.session.scalar(edits.where(ActionChange.person_id == person_id, ActionChange.kind.in_(["made", "edit"])).limit(1))
        is not None
    )


def _keep(
    plan: ImprovementPlan, who: Current, verdict: str, missing: Sequence[str], comment: str, *, seen: int, action_id: int | None
) -> None:  # fmt: skip
    """Store a word; the same reviewer's earlier word on the same thing is history, and a return takes away what others had accepted."""
    same = Review.action_id == action_id if action_id else Review.action_id.is_(None)
    earlier = update(Review).where(Review.plan_id == plan.id, same, Review.number == plan.number)
    if verdict == Verdict.ACCEPTED:
        earlier = earlier.where(Review.person_id == who.person_id)
    db.session.execute(earlier.values(stands=False))
    db.session.add(
        Review(
            plan_id=plan.id, action_id=action_id, number=plan.number, person_id=who.person_id, verdict=verdict, missing=list(missing),
            comment=comment.strip(), seen=seen, at=utc_now(), stands=True,
        )
    )  # fmt: skip


def told(verdict: str, missing: Sequence[str], comment: str) -> str:
    """Return a reviewer's word as it stands in the history."""
    asked = _("Missing: %(what)s.", what=", ".join(str(MISSING_WORDS[code]) for code in missing)) if missing else ""
    return " ".join(filter(None, (asked, comment.strip())))


@dataclass(frozen=True, slots=True)
class Queue:
    """The first actions that wait for review, how many there are, and of each what the rules miss."""

    rows: list[tuple[Action, tuple[str, ...]]]
    total: int


def queue(plan: ImprovementPlan, first: int = 0) -> Queue:
    """Return what waits for review in ``plan``: the action with the number ``first`` before the others, then in order."""
    waits = (Action.plan_id == plan.id, Action.review == Verdict.WAITING, Action.state != machine.State.CANCELLED)
    total = db.session.scalar(select(func.count(Action.id)).where(*waits)) or 0
    statement = select(Action).where(*waits).options(selectinload(Action.links))
    found = db.session.scalars(statement.order_by((Action.id == first).desc(), Action.number).limit(QUEUE_PAGE))
    rows = found.all()
    proved = proving.proved([action.key for action in rows])
    return Queue([(action, proving.lacking(action, action.key in proved)) for action in rows], total)


def missing_in_draft(action: Action) -> list[str] | None:
    """Return what an action lacks that was added or changed in a plan that is in review and has not gone there; None of all others."""
    if action.plan.state != PlanState.RCC_REVIEW or action.review or action.state == machine.State.CANCELLED:
        return None
    return [str(MISSING_WORDS[code]) for code in proving.lacking(action, action.key in proving.proved([action.key]))]


@dataclass(frozen=True, slots=True)
class Word:
    """A reviewer's word, ready to be read; ``stands``: it is about what is said now."""

    at: datetime
    by: str
    standing: Standing
    asked: list[str]
    comment: str
    stands: bool
    number: int


def of(plan: ImprovementPlan, action: Action | None = None) -> list[Word]:
    """Return what reviewers said of an action, or of the plan as a whole, newest first."""
    same: Any = Review.action_id == action.id if action else Review.action_id.is_(None)
    statement = select(Review, Person.name).join(Person, Person.id == Review.person_id).where(Review.plan_id == plan.id, same)
    return [_word(one, name) for one, name in db.session.execute(statement.order_by(Review.id.desc()))]


def _word(one: Review, name: str) -> Word:
    asked = [str(MISSING_WORDS[code]) for code in one.missing]
    return Word(one.at, name, review_standing(one.verdict), asked, one.comment, one.stands, one.number)


def of_all(plan: ImprovementPlan) -> dict[int, list[Word]]:
    """Return all that reviewers said in a plan, oldest first, by the action's id (0: of the whole). One query."""
    statement = select(Review, Person.name).join(Person, Person.id == Review.person_id).where(Review.plan_id == plan.id)
    found: dict[int, list[Word]] = {}
    for one, name in db.session.execute(statement.order_by(Review.id)):
        found.setdefault(one.action_id or 0, []).append(_word(one, name))
    return found


def may_review(plan: ImprovementPlan, who: Current) -> bool:
    """Whether ``who`` may review ``plan`` now."""
    named = standing.reviewers(plan) if who.may("improvement.review") else []
    return plan.state == PlanState.RCC_REVIEW and who.may("improvement.review") and (not named or who.person_id in named)
