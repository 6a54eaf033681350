"""Opening a round: an edition of standards is laid before the regions of a pilot."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import insert

from ccc_pilot import journal
from ccc_pilot.assessment import scope
from ccc_pilot.assessment.models import AssessmentAnswer, AssessmentRound
from ccc_pilot.assessment.stages import Stage
from ccc_pilot.catalogue.editions import edition
from ccc_pilot.dates import add_months, utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people import pilots
from ccc_pilot.people.models import Pilot
from ccc_pilot.people.policy import NETWORK

MONTHS = 6  # of self-assessment after the start; source: the accreditation manual as quoted in the project's chapter on it
DESIGNATIONS = ("", "CC", "CCC", "NET")
MODES = REGIONS, AS_ONE = ("regions", "network")  # each region answers for itself, or the network gives a single answer


def open_round(
    *, pilot: Pilot, title: str, edition_key: str, designation: str = "", start: date, due: date | None = None,
    index_year: int | None = None, independent: bool = True, mode: str = REGIONS, actor_id: int | None,
    regions: Sequence[str] | None = None, demo: bool = False,
) -> AssessmentRound:  # fmt: skip
    """Open a round on an edition: one empty answer per region and point. ``due`` is ``MONTHS`` after the start unless told.

    ``designation`` chooses the points (empty: all), ``regions`` are those of the pilot unless told; ``mode`` of ``MODES``: where the
    network answers as one, there is nobody to be independent of. Raises ``Refused`` with the field.
    """
    due = due or add_months(start, MONTHS)
    if due <= start:
        raise Refused(_("The round must be due after it starts."), "due")
    if mode not in MODES:
        raise Refused(_("Choose one of the alternatives."), "mode")
    keys = [NETWORK] if mode == AS_ONE else list(regions or (region.key for region in pilots.regions(pilot)))
    round_ = AssessmentRound(
        pilot_id=pilot.id, title=title.strip(), edition_key=edition_key, designation=designation, region_keys=keys, independent=independent and mode == REGIONS,
        index_year=index_year, start=start, due=due, first_due=due, stage=Stage.OPEN, demo=demo, opened_at=utc_now(), opened_by_id=actor_id,
    )  # fmt: skip
    rows = _rows(round_, keys)
    db.session.add(round_)
    db.session.flush()
    db.session.execute(insert(AssessmentAnswer), [{**row, "round_id": round_.id} for row in rows])
    journal.write(
        "assessment.round_opened", round_.key, actor_id=actor_id, edition=edition_key, title=round_.title, due=due, rows=len(rows)
    )
    return round_


def _rows(round_: AssessmentRound, regions: Sequence[str]) -> list[dict[str, object]]:
    try:
        points = scope.asked(edition(round_.edition_key), round_.designation)
    except KeyError as missing:
        raise Refused(_("There is no such edition."), "edition_key") from missing
    if not points:
        raise Refused(_("No point of this edition applies to the designation."), "designation")
    return [
        {"region": region, "point_key": point.key, "chapter_key": point.chapter, "position": position}
        for region in regions
        for position, point in enumerate(points)
    ]
