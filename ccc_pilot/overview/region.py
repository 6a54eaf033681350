"""The page of one region (or of what is joint): who leads, what is late, next, at risk and to be approved, and what the others did."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_

from ccc_pilot.errors import NotFound
from ccc_pilot.i18n import gettext as _
from ccc_pilot.overview import recent, standing, tasks
from ccc_pilot.overview.recent import Change
from ccc_pilot.overview.standing import Figure
from ccc_pilot.overview.tasks import Task
from ccc_pilot.people import leads, pilots
from ccc_pilot.people.doors import Current
from ccc_pilot.people.models import Pilot
from ccc_pilot.progress import listing, showing
from ccc_pilot.progress.models import MilestoneRow
from ccc_pilot.progress.narrowing import Query
from ccc_pilot.progress.rules import JOINT, Counts, Status

MOST = 6
AHEAD_DAYS = 30
LATELY_DAYS = 14
LATELY_MOST = 10


@dataclass(frozen=True, slots=True)
class Box:
    """Some of a region's rows under a heading; ``url`` lists them all, ``nothing`` is said where there are none."""

    key: str
    title: str
    nothing: str
    url: str
    rows: list[Task]


@dataclass(frozen=True, slots=True)
class RegionPage:
    """What the page of a region shows; the joint page has no others."""

    lead: leads.Part
    figures: list[Figure]
    boxes: list[Box]
    others: list[Change]
    regions: tuple[pilots.Region, ...]


def page(pilot: Pilot, key: str, who: Current, day: date) -> RegionPage:
    """Return the page of the region ``key`` (``JOINT``: of what is joint) on ``day``. Raises ``NotFound``."""
    lead = next((part for part in leads.parts(pilot, day) if part.key == key), None)
    if lead is None:
        raise NotFound
    counts = listing.counts(pilot, day)
    regions = pilots.regions(pilot)
    others = [region.key for region in regions if region.key != key]
    return RegionPage(
        lead, _figures(key, counts), _boxes(pilot, key, who, day),
        recent.changes(pilot, most=LATELY_MOST, regions=others, days=LATELY_DAYS), regions,
    )  # fmt: skip


def _figures(key: str, counts: dict[str, Counts]) -> list[Figure]:
    mine = listing.of_region(counts, key)
    told = (
        (_("Late"), mine.late, _("past their date"), "late"),
        (_("Past assumed date"), mine.late_assumed, _("nobody has confirmed the date"), "late_assumed"),
        (_("At risk"), mine.at_risk, "", "at_risk"),
        (_("To be approved"), mine.claimed, _("by the lead project manager"), "claimed"),
    )
    links = [Figure(label, str(n), text, showing.address(Query(region=key, status=status))) for label, n, text, status in told]
    return [standing.figure(_("Milestones"), key, counts), *links]


def _boxes(pilot: Pilot, key: str, who: Current, day: date) -> list[Box]:
    def box(name: str, title: str, nothing: str, query: Query, condition: ColumnElement[bool]) -> Box:
        here = MilestoneRow.region.in_([key, JOINT])
        found = tasks.find(pilot, who, day, and_(here, condition), most=MOST, first=lambda row: (~row.assumed, row.region == key))
        return Box(name, title, nothing, showing.address(query), found)

    late = _("Late, oldest first") if key == JOINT else _("Late, the region's own first")
    past, ahead = (Query(region=key, within=days, sort="due") for days in (0, AHEAD_DAYS))
    risk, claimed = (Query(region=key, status=status, sort="due") for status in (Status.AT_RISK, Status.CLAIMED))
    return [
        box("late", late, _("Nothing is late."), past, tasks.late(day)),
        box("ahead", _("Due within 30 days"), _("Nothing is due within 30 days."), ahead, tasks.ahead(day, AHEAD_DAYS)),
        box("risk", _("At risk"), _("Nothing is at risk."), risk, MilestoneRow.status == Status.AT_RISK),
        box("claimed", _("To be approved"), _("Nothing waits for approval."), claimed, MilestoneRow.status == Status.CLAIMED),
    ]
