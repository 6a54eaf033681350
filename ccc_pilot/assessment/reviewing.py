"""Peer review: for a time a peer sees a round as it was frozen, and gives scores and notes of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from ccc_pilot import journal
from ccc_pilot.assessment import comparison, scope, snapshots
from ccc_pilot.assessment.comparison import Peers
from ccc_pilot.assessment.fact_records import Yardstick
from ccc_pilot.assessment.models import AssessmentRound, RoundSnapshot
from ccc_pilot.assessment.review_models import PeerAnswer, PeerReview
from ccc_pilot.catalogue.standard_records import Point
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import Conflict, NotFound, Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.models import Holding, Person
from ccc_pilot.people.policy import Role


@dataclass(frozen=True, slots=True)
class Frozen:
    """A round as it was handed in: ``network`` holds the network's answer by point, ``regions`` the regions' by point and region."""

    network: Mapping[str, Mapping[str, Any]]
    regions: Mapping[str, Mapping[str, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Compared:
    """A point with the network's frozen score, the peer's, and by how many steps the peer scores higher (None: one of them has none)."""

    point: Point
    own: str | None
    peer: str | None
    steps: int | None
    note: str


def peers(day: date) -> list[Person]:
    """Return those who hold a post as peer reviewer on ``day``, by name."""
    held = db.session.scalars(
        select(Holding)
        .options(joinedload(Holding.person))
        .where(Holding.post.has(role=Role.PEER_REVIEWER), Holding.approved.is_(True), Holding.since <= day)
        .where(or_(Holding.until.is_(None), Holding.until >= day))
    )
    return sorted({one.person.id: one.person for one in held}.values(), key=lambda person: person.name)


def open_review(*, round_: AssessmentRound, person_id: int, since: date, until: date, actor_id: int, day: date) -> PeerReview:
    """Let a peer review a round, as it was last frozen, from ``since`` to ``until`` (both included). Raises ``Refused`` with the field."""
    kept = next(iter(snapshots.of(round_)), None)
    if kept is None or round_.frozen_at is None:
        raise Refused(_("A round is reviewed as it was handed in; this one is not frozen yet."))
    if person_id not in {person.id for person in peers(day)}:
        raise Refused(_("Choose somebody who holds a post as peer reviewer."), "person_id")
    if until < since:
        raise Refused(_("The last day lies before the first."), "until")
    review = PeerReview(
        round_id=round_.id, snapshot_id=kept.id, person_id=person_id, since=since, until=until, at=utc_now(), by_id=actor_id
    )
    db.session.add(review)
    db.session.flush()
    _tell(review, round_.key, actor_id, "opened")
    return review


def mine(person_id: int, day: date) -> list[tuple[PeerReview, AssessmentRound]]:
    """Return the reviews that a peer may work on or read on ``day``, newest first."""
    found = db.session.execute(
        select(PeerReview, AssessmentRound)
        .join(AssessmentRound, AssessmentRound.id == PeerReview.round_id)
        .where(PeerReview.person_id == person_id, PeerReview.since <= day, PeerReview.until >= day)
        .order_by(PeerReview.id.desc())
    )
    return [(review, round_) for review, round_ in found]


def own(number: int, person_id: int, day: date) -> tuple[PeerReview, AssessmentRound]:
    """Return a peer's own review and its round. Raises ``NotFound`` before its first day and after its last."""
    review = db.session.get(PeerReview, number)
    if review is None or review.person_id != person_id or not review.since <= day <= review.until:
        raise NotFound
    return review, db.session.get_one(AssessmentRound, review.round_id)


def of(round_: AssessmentRound) -> list[tuple[PeerReview, str]]:
    """Return a round's reviews with the peers' names, oldest first."""
    rows = select(PeerReview, Person.name).join(Person, Person.id == PeerReview.person_id)
    return [
        (review, name)
        for review, name in db.session.execute(rows.where(PeerReview.round_id == round_.id).order_by(PeerReview.id))
    ]


def declare(*, review: PeerReview, actor_id: int) -> PeerReview:
    """Declare to have no conflict of interest and to keep what is read to oneself; asked for before anything is seen."""
    review.declared_at = review.declared_at or utc_now()
    _tell(review, f"round:{review.round_id}", actor_id, "declared")
    return review


def finish(*, review: PeerReview, actor_id: int) -> PeerReview:
    """Say that the review is done; nothing more is written in it."""
    review.finished_at = review.finished_at or utc_now()
    _tell(review, f"round:{review.round_id}", actor_id, "finished")
    return review


def frozen(review: PeerReview) -> Frozen:
    """Return the round as the peer sees it: from the snapshot, never from what was changed since. Raises ``NotFound`` until declared."""
    if review.declared_at is None:
        raise NotFound
    told = snapshots.read(db.session.get_one(RoundSnapshot, review.snapshot_id))
    regions: dict[str, dict[str, Any]] = {}
    for row in told["answers"]:
        regions.setdefault(row["point_key"], {})[row["region"]] = row
    return Frozen({row["point_key"]: row for row in told["network"]}, regions)


def answers(review: PeerReview) -> dict[str, PeerAnswer]:
    """Return what a peer has said, by point."""
    return {row.point_key: row for row in db.session.scalars(select(PeerAnswer).where(PeerAnswer.review_id == review.id))}


def score(
    *, review: PeerReview, point: Point, score: str | None, note: str, question: str, version: int, actor_id: int
) -> PeerAnswer:
    """Keep a peer's own score, note and question on a point; ``version`` is that of what was shown (0: nothing yet).

    Raises ``Refused`` once the review is finished, or ``Conflict``.
    """
    db.session.refresh(review, with_for_update=True)
    if review.finished_at is not None or review.declared_at is None:
        raise Refused(_("The review is finished, so nothing was changed."))
    row = answers(review).get(point.key) or PeerAnswer(review_id=review.id, point_key=point.key, version=0, note="", question="")
    mine = {"score": score, "note": note.strip(), "question": question.strip()}
    if row.version != version:
        raise Conflict(theirs={name: getattr(row, name) for name in mine}, mine=mine, version=row.version, at=row.updated_at)
    row.score, row.note, row.question = score, note.strip(), question.strip()
    row.version, row.updated_at = row.version + 1, utc_now()
    db.session.add(row)
    journal.write("assessment.peer_answer", point.key, actor_id=actor_id, review=review.id, score=score, version=row.version)
    return row


def compare(round_: AssessmentRound, review: PeerReview, said: Mapping[str, PeerAnswer]) -> tuple[list[Compared], Peers]:
    """Return each point that the peer scored beside the network's frozen score, and how often they agree."""
    told = snapshots.read(db.session.get_one(RoundSnapshot, review.snapshot_id))
    own_scores = {row["point_key"]: row["score"] for row in told["network"]}
    stick = Yardstick.of(scope.edition_of(round_).scale)
    found = [
        Compared(
            point,
            own_scores.get(point.key),
            row.score,
            comparison.difference(own_scores.get(point.key), row.score, stick),
            row.note,
        )
        for point in scope.points(round_)
        if (row := said.get(point.key)) and row.score is not None
    ]
    return found, comparison.peers(_pairs(found), stick)


def _pairs(found: Sequence[Compared]) -> list[tuple[str | None, str | None]]:
    return [(one.own, one.peer) for one in found]


def _tell(review: PeerReview, key: str, actor_id: int, verdict: str) -> None:
    journal.write(
        "assessment.review",
        key,
        actor_id=actor_id,
        person=review.person_id,
        since=review.since,
        until=review.until,
        verdict=verdict,
    )
