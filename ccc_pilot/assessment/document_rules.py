"""When a document that is asked for beside the points is complete, and what it lacks. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class DocumentState(StrEnum):
    """Where a document stands, as the one who gathers them says."""

    MISSING = "missing"
    UNDER_WAY = "under_way"
    READY = "ready"
    NOT_NEEDED = "not_needed"


class Proof(Protocol):
    """What is read of a piece of evidence: whether it is accepted and in force, and whether its last day has passed."""

    @property
    def valid(self) -> bool:
        """Accepted by a second person, and in force."""

    @property
    def expired(self) -> bool:
        """Past its last day."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a document stands: ``english`` is whether it is in English or has an English summary ("yes", "no"), empty while nobody has said."""

    state: DocumentState
    english: str = ""
    reason: str = ""


def lacks(standing: Standing, proofs: Iterable[Proof]) -> tuple[str, ...]:
    """Return what a document lacks to be complete: "reason" (not needed, but not said why), or of "file", "accepted", "expired", "english",
    "language" (nobody has said whether it is in English), "ready". Nothing: it is complete.

    Source: the accreditation programme asks for these documents in English or with an English summary.
    """
    if standing.state == DocumentState.NOT_NEEDED:
        return () if standing.reason.strip() else ("reason",)
    found = list(proofs)
    missing = []
    if not any(proof.valid for proof in found):
        in_force = [proof for proof in found if not proof.expired]
        missing.append("file" if not found else "accepted" if in_force else "expired")
    if standing.english != "yes":
        missing.append("english" if standing.english else "language")
    if standing.state != DocumentState.READY:
        missing.append("ready")
    return tuple(missing)
