"""What the pages of peer review show: the frozen round with the peer's scores, and the peers' scores beside the round's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import url_for

from ccc_pilot.assessment import listing, reviewing, scope, words
from ccc_pilot.assessment.comparison import Peers
from ccc_pilot.assessment.models import AssessmentRound
from ccc_pilot.assessment.review_models import PeerReview
from ccc_pilot.assessment.showing import slug
from ccc_pilot.assessment.words import Standing
from ccc_pilot.catalogue.standard_records import Point
from ccc_pilot.people.pilots import Region


@dataclass(frozen=True, slots=True)
class Line:
    """A point with the network's frozen score and the peer's own; ``order`` is its place in the edition."""

    number: str
    title: str
    core: bool
    order: int
    url: str
    own: Standing
    peer: Standing
    note: str


@dataclass(frozen=True, slots=True)
class Group:
    """A chapter of them."""

    title: str
    lines: list[Line]
    scored: int


def groups(review: PeerReview, round_: AssessmentRound) -> list[Group]:
    """Return the round as it was frozen, by chapter, with the peer's own scores."""
    found, frozen, said = scope.edition_of(round_), reviewing.frozen(review), reviewing.answers(review)
    told = []
    for chapter in found.chapters:
        lines = [
            Line(
                point.official or point.number, str(point.text), bool(point.core), point.order,
                url_for("assessment.peer_point", review=review.id, slug=slug(point.key)),
                words.score(found.scale, frozen.network[point.key]["score"]),
                words.score(found.scale, said[point.key].score if point.key in said else None), said[point.key].note if point.key in said else "",
            )
            for point in chapter.points
            if point.key in frozen.network
        ]  # fmt: skip
        if lines:
            scored = sum(said[point.key].score is not None for point in chapter.points if point.key in said)
            told.append(Group(f"{chapter.number} {chapter.title}", lines, scored))
    return told


def point(review: PeerReview, round_: AssessmentRound, point: Point, regions: Iterable[Region]) -> dict[str, Any]:
    """Return what the peer sees of a point: the regions' frozen answers in their order, the network's, and its neighbours."""
    scale, frozen = scope.edition_of(round_).scale, reviewing.frozen(review)
    told = frozen.regions.get(point.key, {})
    before, after = listing.neighbours(round_, point)
    return {
        "views": [(region, words.score(scale, told[region.key]["score"]), told[region.key]) for region in regions if region.key in told],
        "network": frozen.network[point.key], "network_score": words.score(scale, frozen.network[point.key]["score"]),
        "before": before, "after": after,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Side:
    """A review beside the round: who, from when to when, how often they agree, and the points on which they do not."""

    review: PeerReview
    name: str
    peers: Peers
    rows: list[tuple[str, str, Standing, Standing, int | None, str]]


def compared(round_: AssessmentRound) -> list[Side]:
    """Return each review of a round beside its own scores: (number, title, own, peer, steps, note) of the points they differ on."""
    scale = scope.edition_of(round_).scale
    told = []
    for review, name in reviewing.of(round_):
        found, peers = reviewing.compare(round_, review, reviewing.answers(review))
        rows = [
            (one.point.official or one.point.number, str(one.point.text), words.score(scale, one.own), words.score(scale, one.peer), one.steps, one.note)
            for one in found
            if one.own != one.peer
        ]  # fmt: skip
        told.append(Side(review, name, peers, rows))
    return told
