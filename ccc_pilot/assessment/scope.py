"""Which points a round asks for: those of its edition that apply to the designation sought, in their order."""

from collections.abc import Mapping

from ccc_pilot.assessment.models import AssessmentRound
from ccc_pilot.catalogue.editions import edition
from ccc_pilot.catalogue.standard_records import Edition, Point
from ccc_pilot.errors import NotFound


def edition_of(round_: AssessmentRound) -> Edition:
    """Return the edition that a round answers. Raises ``NotFound`` where it is no longer there."""
    try:
        return edition(round_.edition_key)
    except KeyError as missing:
        raise NotFound from missing


def points(round_: AssessmentRound) -> tuple[Point, ...]:
    """Return the points that a round asks for, in order."""
    return asked(edition_of(round_), round_.designation)


def asked(found: Edition, designation: str) -> tuple[Point, ...]:
    """Return the points of an edition that apply to ``designation``; all of them where none is sought."""
    return tuple(found.points_for(designation) if designation else found.points)


def point(round_: AssessmentRound, slug: str) -> Point:
    """Return one of the round's points by its id within the edition. Raises ``NotFound``."""
    try:
        return edition_of(round_).point(round_.point_key(slug))
    except KeyError as missing:
        raise NotFound from missing


def values(found: Edition) -> Mapping[str, int | None]:
    """Return the value of each code of the edition's scale; None for not applicable."""
    return {level.code: level.value for level in found.scale.levels}


def na_codes(round_: AssessmentRound) -> tuple[str, ...]:
    """Return the codes of the round's scale that say that a point does not apply."""
    return tuple(code for code, value in values(edition_of(round_)).items() if value is None)
