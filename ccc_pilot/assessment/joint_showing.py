"""What the network's pages show: each point with the regions' scores in their order and the network's own."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from ccc_pilot.assessment import scope, words
from ccc_pilot.assessment.models import AssessmentRound
from ccc_pilot.assessment.network import Joint
from ccc_pilot.assessment.showing import slug
from ccc_pilot.assessment.words import Standing
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.policy import NETWORK


@dataclass(frozen=True, slots=True)
class View:
    """A region's score and what it says."""

    region: str
    score: Standing
    note: str


@dataclass(frozen=True, slots=True)
class Row:
    """A point: the regions' views in their order, the network's score, and how it stands between them."""

    number: str
    title: str
    core: bool
    url: str
    views: list[View]
    score: Standing
    standing: Standing


def rows(round_: AssessmentRound, joints: Iterable[Joint]) -> list[Row]:
    """Return the points ready to be shown."""
    return [row(round_, one) for one in joints]


def row(round_: AssessmentRound, one: Joint) -> Row:
    """Return one point ready to be shown."""
    point, scale = one.across.point, scope.edition_of(round_).scale
    views = [
        View(region, words.score(scale, fact.score), fact.na_reason or fact.note)
        for region in round_.region_keys
        if (fact := one.across.facts.get(region))
    ]
    url = url_for("assessment.answer", number=round_.id, region=NETWORK, slug=slug(point.key))
    return Row(
        point.official or point.number,
        str(point.text),
        bool(point.core),
        url,
        views,
        words.score(scale, one.score),
        _standing(one),
    )


def _standing(one: Joint) -> Standing:
    if one.outdated:
        return Standing("risk", "refresh", _("A region has changed since"))
    if one.decided:
        return Standing("done", "circle-check", _("Agreed"))
    if one.across.disputed:
        return Standing("risk", "alert-triangle", _("To be talked over"))
    return (
        Standing("idle", "circle-minus", _("Lowest of the regions"))
        if one.across.lowest
        else Standing("idle", "circle-dashed", "–")
    )
