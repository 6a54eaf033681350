"""Who sees whose answers. Until a round is revealed, a region's answers are seen by those alone who answer or verify them.

Everything that reads answers for a page asks here first, and reads only the regions it is given.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from ccc_pilot.assessment import stages
from ccc_pilot.assessment.models import AssessmentRound
from ccc_pilot.db import db
from ccc_pilot.errors import NotFound
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import Current
from ccc_pilot.people.models import Pilot
from ccc_pilot.people.pilots import Region
from ccc_pilot.people.policy import NETWORK


def is_revealed(round_: AssessmentRound, day: date) -> bool:
    """Whether the regions see one another on ``day``."""
    return stages.is_revealed(independent=round_.independent, revealed=round_.revealed_at is not None, due=round_.due, today=day)


def regions(round_: AssessmentRound, who: Current, day: date) -> tuple[str, ...]:
    """Return the regions whose answers ``who`` sees on ``day``, in the round's order."""
    if is_revealed(round_, day):
        return tuple(region for region in round_.region_keys if who.may("assessment.read", region))
    own = (
        region for region in round_.region_keys if who.may("assessment.answer", region) or who.may("assessment.verify", region)
    )
    return tuple(own)


def places(round_: AssessmentRound) -> tuple[Region, ...]:
    """Return what answers a round, in its fixed order: regions, or the network as one."""
    pilot = pilots.chosen()
    told = pilots.places(pilot) if NETWORK in round_.region_keys else pilots.regions(pilot)
    return tuple(place for place in told if place.key in round_.region_keys)


def rounds(pilot: Pilot) -> Sequence[AssessmentRound]:
    """Return the pilot's rounds, newest first. One query."""
    found = select(AssessmentRound).where(AssessmentRound.pilot_id == pilot.id).order_by(AssessmentRound.id.desc())
    return db.session.scalars(found).all()


def round_(pilot: Pilot, number: int) -> AssessmentRound:
    """Return a round of the pilot's. Raises ``NotFound``."""
    found = db.session.get(AssessmentRound, number)
    if found is None or found.pilot_id != pilot.id:
        raise NotFound
    return found
