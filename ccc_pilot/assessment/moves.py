"""Taking a round from stage to stage: its guards are asked, what outside bodies decided is recorded, and handing in freezes it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select, update

from ccc_pilot import journal
from ccc_pilot.assessment import network, ready, scope, sight, snapshots, stages, states, words
from ccc_pilot.assessment.models import AssessmentAnswer, AssessmentRound, OutsideDecision, RoundTransition
from ccc_pilot.assessment.stages import Case, Move, Stage
from ccc_pilot.assessment.states import State
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import Refused
from ccc_pilot.i18n import gettext as _

# What a guard needs to know of the round, asked only where the move has that guard.
KNOWN: dict[str, tuple[str, Callable[[AssessmentRound, date], Any]]] = {
    "revealed": ("revealed", lambda round_, day: sight.is_revealed(round_, day)),
    "settled": ("unsettled", lambda round_, day: network.unsettled(round_)),
    "ready": ("blocking", lambda round_, day: ready.blocking(round_, day)),
    "answered": ("unanswered", lambda round_, day: unanswered(round_)),
}


def move(
    *, round_: AssessmentRound, to: str, version: int, actor_id: int, day: date, reason: str | None = None, points: Sequence[str] = (),
    when: date | None = None, decided_on: date | None = None, body: str | None = None, verdict: str | None = None,
) -> AssessmentRound:  # fmt: skip
    """Take a round to the stage ``to`` if every guard on the way holds on ``day``; handing in freezes it.

    ``points`` are the ids of points to open again, ``when`` the new due date or the day of the visit or plan, ``decided_on``, ``body``
    and ``verdict`` what an outside body decided. Raises ``Refused`` with the field.
    """
    db.session.refresh(round_, with_for_update=True)
    if version != round_.version:
        raise Refused(words.REFUSALS["stage"])
    reason = (reason or "").strip()
    given = {
        "reason": reason, "points": tuple(points), "day": when, "decided_on": decided_on, "body": body or "",
        "verdict": verdict if verdict in stages.VERDICTS else "",
    }  # fmt: skip
    before = Stage(round_.stage)
    try:
        taken = stages.check(before, _stage(to), _case(round_, _stage(to), day, given))
    except states.Broken as broken:
        raise Refused(words.refusal(broken), {"day": "when"}.get(broken.field, broken.field)) from broken
    _enter(round_, taken, given, actor_id)
    db.session.add(
        RoundTransition(round_id=round_.id, at=utc_now(), person_id=actor_id, stage_from=before, stage_to=taken.to, reason=reason)
    )
    journal.write("assessment.round_moved", round_.key, actor_id=actor_id, stage=[before, taken.to], reason=reason)
    return round_


def _stage(name: str) -> Stage:
    if name not in set(Stage):
        raise Refused(words.REFUSALS["stage"])
    return Stage(name)


def _case(round_: AssessmentRound, to: Stage, day: date, given: dict[str, Any]) -> Case:
    guards = next((one.guards for one in stages.moves_from(Stage(round_.stage)) if one.to == to), ())
    asked = {name: ask(round_, day) for guard, (name, ask) in KNOWN.items() if guard in guards}
    return Case(today=day, visit=round_.visit, **asked, **given)


def _enter(round_: AssessmentRound, taken: Move, given: dict[str, Any], actor_id: int) -> None:
    round_.stage, round_.version = taken.to, round_.version + 1
    if "decision" in taken.guards:
        _decide(round_, taken.to, given, actor_id)
    if taken.to in stages.FREEZES:
        _freeze(round_, actor_id)
    if taken.to == Stage.CLARIFICATION:
        _reopen(round_, given["points"])
    if taken.to == Stage.OPEN and taken.source == Stage.NO_GO:
        round_.due, round_.frozen_at, round_.frozen_by_id = given["day"], None, None
    if taken.to == Stage.VISIT_SCHEDULED:
        round_.visit = given["day"]
    if taken.to == Stage.PLAN_DUE:
        round_.plan_due = given["day"]


def _decide(round_: AssessmentRound, stage: Stage, given: dict[str, Any], actor_id: int) -> None:
    row = OutsideDecision(
        round_id=round_.id, stage=stage, body=given["body"].strip(), decided_on=given["decided_on"], verdict=given["verdict"],
        text=given["reason"], person_id=actor_id, at=utc_now(),
    )  # fmt: skip
    db.session.add(row)
    journal.write(
        "assessment.outside_decision", round_.key, actor_id=actor_id, stage=stage, body=row.body, due=row.decided_on,
        verdict=row.verdict, text=row.text,
    )  # fmt: skip


def _freeze(round_: AssessmentRound, actor_id: int) -> None:
    db.session.execute(update(AssessmentAnswer).where(AssessmentAnswer.round_id == round_.id).values(reopened=False))
    kept = snapshots.take(round_, actor_id)
    round_.frozen_at, round_.frozen_by_id = kept.at, actor_id
    journal.write("assessment.frozen", round_.key, actor_id=actor_id, hash=kept.hash)


def _reopen(round_: AssessmentRound, slugs: Sequence[str]) -> None:
    known = {point.key for point in scope.points(round_)}
    keys = [round_.point_key(slug) for slug in slugs]
    if strange := [slug for slug, key in zip(slugs, keys, strict=True) if key not in known]:
        raise Refused(_("There is no point called %(names)s in this round.", names=", ".join(strange)), "points")
    rows = AssessmentAnswer.round_id == round_.id, AssessmentAnswer.point_key.in_(keys)
    db.session.execute(update(AssessmentAnswer).where(*rows).values(reopened=True))


def unanswered(round_: AssessmentRound) -> int:
    """Return how many answers that were opened again are not approved yet."""
    waiting = (
        AssessmentAnswer.round_id == round_.id, AssessmentAnswer.reopened.is_(True), AssessmentAnswer.state != State.APPROVED,
    )  # fmt: skip
    return db.session.scalar(select(func.count()).select_from(AssessmentAnswer).where(*waiting)) or 0


def transitions(round_: AssessmentRound) -> list[RoundTransition]:
    """Return the moves a round has taken, newest first."""
    found = select(RoundTransition).where(RoundTransition.round_id == round_.id).order_by(RoundTransition.id.desc())
    return list(db.session.scalars(found))


def decisions(round_: AssessmentRound) -> list[OutsideDecision]:
    """Return what outside bodies decided on a round, newest first."""
    found = select(OutsideDecision).where(OutsideDecision.round_id == round_.id).order_by(OutsideDecision.id.desc())
    return list(db.session.scalars(found))
