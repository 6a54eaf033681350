"""What people do with an answer: write it, propose it, verify it, approve it, send it back."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import inspect, select

from ccc_pilot import journal
from ccc_pilot.assessment import proofs, reveal, scope, stages, states, words
from ccc_pilot.assessment.models import AnswerChange, AssessmentAnswer, AssessmentRound
from ccc_pilot.assessment.stages import Stage
from ccc_pilot.assessment.states import Act, Case, State
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import Conflict, NotFound, Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.models import Person

LONGEST = 10_000
CONTENT = ("score", "na_reason", "note", "summary_en", "pdca", "absence", "improvement")


@dataclass(frozen=True, slots=True)
class Before:
    """How an answer stood before a step."""

    state: State
    score: str | None


def answer(round_: AssessmentRound, region: str, slug: str) -> AssessmentAnswer:
    """Return a region's answer on a point of ``round_``. Raises ``NotFound``."""
    found = db.session.scalar(
        select(AssessmentAnswer).where(
            AssessmentAnswer.round_id == round_.id, AssessmentAnswer.region == region,
            AssessmentAnswer.point_key == round_.point_key(slug),
        )
    )  # fmt: skip
    if found is None:
        raise NotFound
    return found


def write(*, target: AssessmentAnswer, version: int, actor_id: int, propose: bool = False, **content: Any) -> AssessmentAnswer:
    """Write an answer: those of the fields ``CONTENT`` that are given; with ``propose`` it is handed in at once.

    ``score`` is a code of the edition's scale or None, ``version`` the one that the form was based on. A change of what was handed in,
    verified or approved makes a draft of it again. Raises ``Refused`` with the field, or ``Conflict`` when somebody else saved first.
    """
    round_ = _guard(target, version, content, propose=propose)
    before = Before(State(target.state), target.score)
    if "score" in content and content["score"] not in {None, *scope.values(scope.edition_of(round_))}:
        raise Refused(_("Choose one of the alternatives."), "score")
    changed = {name: value for name, value in content.items() if value != getattr(target, name)}
    if changed:
        _take(Act.WRITE, target, actor_id)
        _fill(target, changed, actor_id)
    if propose:
        _take(Act.PROPOSE, target, actor_id)
    if changed or propose:
        record(target, before, Act.PROPOSE if propose else Act.WRITE, actor_id)
    if propose:
        reveal.if_all_are_in(round_)
    return target


def _fill(target: AssessmentAnswer, changed: dict[str, Any], actor_id: int) -> None:
    if "score" in changed:
        target.scored_by_id = actor_id
    for name, value in changed.items():
        setattr(target, name, value)
    target.written_by_id = actor_id
    target.verified_by_id = target.approved_by_id = target.approved_at = None


def verify(*, target: AssessmentAnswer, comment: str, version: int, actor_id: int) -> AssessmentAnswer:
    """Say that an answer holds; not by the one who scored or wrote it. Raises ``Refused`` or ``Conflict``."""
    return _step(Act.VERIFY, target, comment, version, actor_id)


def approve(*, target: AssessmentAnswer, comment: str, version: int, actor_id: int) -> AssessmentAnswer:
    """Let a verified answer stand as the region's. Raises ``Refused`` or ``Conflict``."""
    return _step(Act.APPROVE, target, comment, version, actor_id)


def send_back(*, target: AssessmentAnswer, comment: str, version: int, actor_id: int) -> AssessmentAnswer:
    """Return an answer to those who wrote it, with a ``comment`` that says what is missing. Raises ``Refused`` or ``Conflict``."""
    return _step(Act.RETURN, target, comment, version, actor_id)


def _step(act: Act, target: AssessmentAnswer, comment: str, version: int, actor_id: int) -> AssessmentAnswer:
    comment = comment.strip()
    _guard(target, version, {"comment": comment})
    before = Before(State(target.state), target.score)
    _take(act, target, actor_id, comment)
    if act == Act.VERIFY:
        target.verified_by_id = actor_id
    if act == Act.APPROVE:
        target.approved_by_id, target.approved_at = actor_id, utc_now()
    record(target, before, act, actor_id, comment)
    return target


def _guard(target: AssessmentAnswer, version: int, mine: dict[str, Any], *, propose: bool = False) -> AssessmentRound:
    """Hold the round and the answer; refuse where nothing may be written now, or what somebody else saved would be written over."""
    kept = inspect(target).identity  # not target.id, which would be read once more before it is held
    assert kept is not None  # an answer is made with its round
    mine_is = AssessmentAnswer.id == kept[0]
    its_round = select(AssessmentAnswer.round_id).where(mine_is).scalar_subquery()
    held = select(AssessmentRound).where(AssessmentRound.id == its_round).with_for_update(read=not propose)
    round_ = db.session.scalars(held, execution_options={"populate_existing": True}).one()
    db.session.refresh(target, with_for_update={"of": AssessmentAnswer})
    if not stages.may_write(Stage(round_.stage), reopened=target.reopened):
        raise Refused(_("The round is closed for answers just now, so nothing was changed."))
    if target.version == version:
        return round_
    by = db.session.get(Person, target.updated_by_id) if target.updated_by_id else None
    theirs = {name: getattr(target, name, "") for name in mine}
    raise Conflict(
        theirs=theirs,
        mine=mine,
        version=target.version,
        by=by.name if by else "",
        at=target.updated_at,
        adds=frozenset({"comment"}),
    )


def _take(act: Act, target: AssessmentAnswer, actor_id: int, comment: str = "") -> None:
    try:
        target.state = states.after(act, _case(act, target, actor_id, comment))
    except states.Broken as broken:
        raise Refused(_unproved(target) if broken.code == "proved" else words.refusal(broken), broken.field) from broken


def _unproved(target: AssessmentAnswer) -> str:
    found = scope.edition_of(target.round)
    kinds = proofs.missing(found.point(target.point_key), proofs.of([target.object_key])[target.object_key])
    return words.unproved([str(found.kinds[kind].title) if kind in found.kinds else kind for kind in kinds])


def _case(act: Act, target: AssessmentAnswer, actor_id: int, comment: str) -> Case:
    found = scope.edition_of(target.round)
    linked = proofs.of([target.object_key])[target.object_key] if states.looks_at_evidence(act) else ()
    point = found.point(target.point_key)
    return Case(
        State(target.state), scored=target.score is not None, na_reason=target.na_reason, comment=comment, by=actor_id,
        is_na=target.score is not None and scope.values(found)[target.score] is None,
        shown=bool(target.note.strip()) or bool(linked), proved=bool(target.absence.strip()) or not proofs.missing(point, linked),
        writers=frozenset(person for person in (target.scored_by_id, target.written_by_id) if person is not None),
    )  # fmt: skip


def record(target: AssessmentAnswer, before: Before, act: Act, actor_id: int, comment: str = "") -> None:
    """Write a step that was taken into the answer's history and the journal."""
    target.version += 1
    target.updated_at, target.updated_by_id = utc_now(), actor_id
    db.session.add(
        AnswerChange(
            answer_id=target.id, at=target.updated_at, person_id=actor_id, act=act, state_from=before.state, state_to=target.state,
            score_from=before.score, score_to=target.score, note=target.note, comment=comment,
        )
    )  # fmt: skip
    journal.write(
        "assessment.answer", target.object_key, actor_id=actor_id, region=target.region, round=target.round_id,
        state=[before.state, target.state], version=target.version,
    )  # fmt: skip
