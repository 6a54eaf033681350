"""What waits for the one who looks: claims to approve and late joint ones for the head lead, what is late or near for a region's lead."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy import ColumnElement, and_, or_

from ccc_pilot.i18n import gettext as _
from ccc_pilot.overview import tasks
from ccc_pilot.overview.tasks import Task
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import Current
from ccc_pilot.people.models import Pilot
from ccc_pilot.progress import showing
from ccc_pilot.progress.models import MilestoneRow
from ccc_pilot.progress.narrowing import Query
from ccc_pilot.progress.rules import JOINT, SOON_DAYS, Counts, Status

MOST = 7


@dataclass(frozen=True, slots=True)
class Waiting:
    """The first rows that wait, how many there are in all, and where they are listed: (address, words)."""

    rows: list[Task]
    total: int
    lists: list[tuple[str, str]]


def for_me(pilot: Pilot, who: Current, day: date, counts: Mapping[str, Counts]) -> Waiting | None:
    """Return what waits for ``who``; None for those who report no progress. How many there are in all is in ``counts`` already."""
    if not who.may("milestone.progress"):
        return None
    if who.may("milestone.complete"):
        claims = showing.address(Query(status=Status.CLAIMED)), _("To be approved")
        joint = url_for("overview.region", region=JOINT), _("What is joint")
        total = counts[""].claimed + _late(counts.get(JOINT, Counts()))
        return _told(pilot, who, day, _to_settle(pilot, day), total, [claims, joint])
    own = who.access.regions("milestone.progress", (region.key for region in pilots.regions(pilot)))
    mine = and_(MilestoneRow.region.in_(own), or_(tasks.late(day), tasks.ahead(day, SOON_DAYS)))
    total = sum(_late(there) + there.soon for there in (counts.get(key, Counts()) for key in own))
    near = Query(region=own[0] if len(own) == 1 else "", within=SOON_DAYS, sort="due")
    return _told(pilot, who, day, [mine], total, [(showing.address(near), _("Show the list"))])


def _late(counted: Counts) -> int:
    return counted.late + counted.late_assumed


def _to_settle(pilot: Pilot, day: date) -> list[ColumnElement[bool]]:
    """What the head lead settles: claims, and late joint ones."""
    everywhere = [JOINT, *(region.key for region in pilots.regions(pilot))]
    claimed = and_(MilestoneRow.region.in_(everywhere), MilestoneRow.status == Status.CLAIMED)
    return [claimed, and_(MilestoneRow.region == JOINT, tasks.late(day))]


def _told(
    pilot: Pilot, who: Current, day: date, either: list[ColumnElement[bool]], total: int, lists: list[tuple[str, str]]
) -> Waiting:
    first = tasks.find(pilot, who, day, *either, most=MOST, first=lambda row: (row.status == Status.CLAIMED, ~row.assumed))
    return Waiting(first, total, lists)
