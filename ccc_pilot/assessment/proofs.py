"""The evidence of answers: what is linked to them, and whether it is all that a point asks for."""

from collections.abc import Mapping, Sequence
from typing import Any

from ccc_pilot.catalogue.standard_records import Point

Linked = tuple[Any, ...]


def of(object_keys: Sequence[str]) -> Mapping[str, Linked]:
    """Return what is linked to each of these answers, by their key "edition:point@region"."""
    return {}


def suffice(point: Point, linked: Linked) -> bool:
    """Whether all evidence that ``point`` asks for without exception is linked and valid, as many of each kind as it asks for."""
    valid = [proof.kind for proof in linked if not proof.expired and proof.state != "rejected"]
    return all(valid.count(need.kind) >= need.min_count for need in point.requires if need.mandatory)
