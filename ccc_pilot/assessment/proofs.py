"""The evidence of answers: what is linked to them, and whether it is all that a point asks for."""

from collections.abc import Mapping, Sequence

from ccc_pilot.catalogue.standard_records import Point
from ccc_pilot.evidence import reading
from ccc_pilot.evidence.reading import Proof
from ccc_pilot.evidence.rules import LinkState
from ccc_pilot.people.doors import Current

Linked = tuple[Proof, ...]

NOT_YET = frozenset({LinkState.SUGGESTED, LinkState.REJECTED})


def of(object_keys: Sequence[str], who: Current | None = None) -> Mapping[str, Linked]:
    """Return what is linked to each of these answers, by their key "edition:point@region", as ``who`` may read it."""
    found = reading.for_objects(object_keys, who) if object_keys else {}
    return {key: tuple(proof for proof in linked if proof.state not in NOT_YET) for key, linked in found.items()}


def missing(point: Point, linked: Linked) -> list[str]:
    """Return the kinds of evidence that ``point`` asks for without exception and that are not linked and valid, as many as it asks for.

    That a second person has accepted it is asked for later, when the round is handed in.
    """
    valid = [proof.kind for proof in linked if not proof.expired]
    return [need.kind for need in point.requires if need.mandatory and valid.count(need.kind) < need.min_count]
