"""Answers of an earlier round beside those of a new one: laid there by what the points were called before or by a crosswalk, and judged."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from ccc_pilot import journal
from ccc_pilot.assessment import answers, scope, sight
from ccc_pilot.assessment.models import AssessmentAnswer, AssessmentRound
from ccc_pilot.assessment.states import State
from ccc_pilot.assessment.talk_models import CarriedAnswer
from ccc_pilot.catalogue import crosswalks
from ccc_pilot.catalogue.standard_records import Point
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import NotFound, Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.people.models import Pilot

SAME = "same"
TEXTS = ("na_reason", "note", "summary_en", "pdca", "absence", "improvement")


class Verdict(StrEnum):
    """What becomes of an earlier answer."""

    STILL_TRUE = "still_true"
    RENEW = "renew"
    NOT_RELEVANT = "not_relevant"


class Carried(NamedTuple):
    """An earlier answer beside the new one it may serve."""

    id: int
    relation: str
    verdict: str
    answer: AssessmentAnswer
    source: AssessmentAnswer


def carry(*, round_: AssessmentRound, source_id: int, actor_id: int) -> int:
    """Lay the scored answers of an earlier round beside those of ``round_``, region by region, and return how many. Where the network
    answers as one in either round, all that was answered before is laid there.

    A point takes those of itself, of what it was called before, and of what a crosswalk says belongs to it. Laid there already: not
    again. While the regions of the earlier round answer on their own, nothing is taken from it: who sees the new one need not see it.
    Raises ``Refused`` with the field.
    """
    db.session.refresh(round_, with_for_update=True)
    source = db.session.get(AssessmentRound, source_id)
    if source is None or source.id == round_.id or source.pilot_id != round_.pilot_id:
        raise Refused(_("Choose an earlier round."), "source_id")
    if not sight.is_revealed(source, today()):
        raise Refused(
            _("The regions do not yet see one another's answers in that round, so they cannot be brought along."), "source_id"
        )
    before = {(row.region, row.point_key): row.id for row in _scored(source)}
    there = {tuple(row) for row in db.session.execute(_laid(round_))}
    rows = [
        CarriedAnswer(answer_id=answer.id, source_id=before[place, key], relation=relation)
        for answer in db.session.scalars(select(AssessmentAnswer).where(AssessmentAnswer.round_id == round_.id))
        for key, relation in _kin(scope.edition_of(round_).point(answer.point_key))
        for place in (source.region_keys if round_.joint or source.joint else (answer.region,))
        if (place, key) in before and (answer.id, before[place, key]) not in there
    ]
    db.session.add_all(rows)
    round_.source_id = source.id
    journal.write("assessment.carried", round_.key, actor_id=actor_id, edition=source.edition_key, rows=len(rows))
    return len(rows)


def sources(round_: AssessmentRound, day: date) -> list[AssessmentRound]:
    """Return the rounds from which answers may be brought along to ``round_`` on ``day``, newest first: others of the pilot's, revealed."""
    return [
        one
        for one in sight.rounds(db.session.get_one(Pilot, round_.pilot_id))
        if one.id != round_.id and sight.is_revealed(one, day)
    ]


def _scored(round_: AssessmentRound) -> Iterable[AssessmentAnswer]:
    return db.session.scalars(
        select(AssessmentAnswer).where(AssessmentAnswer.round_id == round_.id, AssessmentAnswer.score.is_not(None))
    )


def _laid(round_: AssessmentRound):  # type: ignore[no-untyped-def]
    return (
        select(CarriedAnswer.answer_id, CarriedAnswer.source_id)
        .join(AssessmentAnswer, AssessmentAnswer.id == CarriedAnswer.answer_id)
        .where(AssessmentAnswer.round_id == round_.id)
    )


def _kin(point: Point) -> Iterator[tuple[str, str]]:
    """Yield the keys of the points whose answers may serve ``point``, each once, with how they are related."""
    told: Mapping[str, str] = {
        **{relation.other: relation.kind for relation in crosswalks.related(point.key)},
        **dict.fromkeys(point.was, "was"),
        point.key: SAME,
    }
    yield from told.items()


def waiting(round_: AssessmentRound) -> dict[str, int]:
    """Return how many earlier answers wait to be judged, by region. One query."""
    rows = db.session.execute(
        select(AssessmentAnswer.region, func.count())
        .join(CarriedAnswer, CarriedAnswer.answer_id == AssessmentAnswer.id)
        .where(AssessmentAnswer.round_id == round_.id, CarriedAnswer.verdict == "")
        .group_by(AssessmentAnswer.region)
    )
    return {row[0]: row[1] for row in rows}


def triage(round_: AssessmentRound, region: str) -> list[Carried]:
    """Return the earlier answers beside those of a region: those not judged yet first, in the order of the points. One query."""
    now, before = aliased(AssessmentAnswer), aliased(AssessmentAnswer)
    rows = db.session.execute(
        select(CarriedAnswer.id, CarriedAnswer.relation, CarriedAnswer.verdict, now, before)
        .join(now, now.id == CarriedAnswer.answer_id)
        .join(before, before.id == CarriedAnswer.source_id)
        .where(now.round_id == round_.id, now.region == region)
        .order_by(CarriedAnswer.verdict != "", now.position, CarriedAnswer.id)
    )
    return [Carried(*row) for row in rows]


def judge(*, round_: AssessmentRound, region: str, number: int, verdict: str, actor_id: int) -> CarriedAnswer:
    """Say what becomes of an earlier answer. Still true: its score and texts become a draft of the new one, where nothing is written yet.

    Raises ``NotFound`` or ``Refused``.
    """
    row = db.session.get(CarriedAnswer, number, with_for_update=True)
    target = db.session.get_one(AssessmentAnswer, row.answer_id) if row else None
    if row is None or target is None or (target.round_id, target.region) != (round_.id, region):
        raise NotFound
    if verdict not in set(Verdict):
        raise Refused(_("Choose one of the alternatives."), "verdict")
    if verdict == Verdict.STILL_TRUE:
        _take_over(round_, target, db.session.get_one(AssessmentAnswer, row.source_id), actor_id)
    row.verdict, row.judged_at, row.judged_by_id = verdict, utc_now(), actor_id
    journal.write("assessment.triaged", target.object_key, actor_id=actor_id, region=region, round=round_.id, verdict=verdict)
    return row


def _take_over(round_: AssessmentRound, target: AssessmentAnswer, source: AssessmentAnswer, actor_id: int) -> None:
    if target.state != State.EMPTY:
        raise Refused(_("The new answer has been begun already; open it and take over what still holds."))
    known = source.score in scope.values(scope.edition_of(round_))
    content = {name: getattr(source, name) for name in TEXTS} | {"score": source.score if known else None}
    answers.write(target=target, version=target.version, actor_id=actor_id, **content)
