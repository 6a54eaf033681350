"""A round as it was frozen: every answer, the network's and the decisions behind, in a fixed form whose hash anybody can work out again."""

import hashlib
import json
from typing import Any

from sqlalchemy import select

from ccc_pilot.assessment import documents, network
from ccc_pilot.assessment.models import AssessmentAnswer, AssessmentRound, RoundSnapshot
from ccc_pilot.assessment.network import Joint
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db

SEAL = "ccc_pilot.assessment.1"
KEPT = ("point_key", "region", "score", "na_reason", "note", "summary_en", "pdca", "absence", "improvement", "state", "version")


def take(round_: AssessmentRound, actor_id: int | None) -> RoundSnapshot:
    """Keep a round as it stands, within the transaction now open; returns what was kept, with its hash."""
    db.session.flush()
    told = {
        "seal": SEAL,
        "round": _round(round_),
        "answers": _answers(round_),
        "documents": documents.kept(round_),
        "network": [_joint(one) for one in network.joints(round_)],
    }
    content = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    kept = RoundSnapshot(round_id=round_.id, at=utc_now(), person_id=actor_id, content=content, hash=digest(content))
    db.session.add(kept)
    db.session.flush()
    return kept


def digest(content: str) -> str:
    """Return the SHA-256 of a snapshot's content."""
    return hashlib.sha256(content.encode()).hexdigest()


def of(round_: AssessmentRound) -> list[RoundSnapshot]:
    """Return a round's snapshots, newest first."""
    found = select(RoundSnapshot).where(RoundSnapshot.round_id == round_.id).order_by(RoundSnapshot.id.desc())
    return list(db.session.scalars(found))


def is_whole(kept: RoundSnapshot) -> bool:
    """Whether a snapshot is as it was taken."""
    return digest(kept.content) == kept.hash


def read(kept: RoundSnapshot) -> dict[str, Any]:
    """Return what a snapshot holds: "round", "answers" (one per point and region) and "network" (one per point); since
    documents are asked for, "documents" too."""
    return dict(json.loads(kept.content))


def _round(round_: AssessmentRound) -> dict[str, Any]:
    names = ("id", "title", "edition_key", "designation", "region_keys", "index_year")
    return {name: getattr(round_, name) for name in names} | {"start": round_.start.isoformat(), "due": round_.due.isoformat()}


def _answers(round_: AssessmentRound) -> list[dict[str, Any]]:
    found = db.session.execute(
        select(*(getattr(AssessmentAnswer, name) for name in KEPT))
        .where(AssessmentAnswer.round_id == round_.id)
        .order_by(AssessmentAnswer.position, AssessmentAnswer.region)
    )
    return [dict(zip(KEPT, row, strict=True)) for row in found]


def _joint(one: Joint) -> dict[str, Any]:
    told = one.decided
    return {
        "point_key": one.across.point.key, "score": one.score, "rule": told.rule if told else network.LOWEST,
        "reason": told.reason if told else "", "agreed": told.agreed if told else [], "dissent": told.dissent if told else "",
    }  # fmt: skip
