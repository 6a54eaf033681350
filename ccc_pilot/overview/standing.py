"""The picture of the start page: figures with the way to their rows, the nearest milestones, and what waits for the one who looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import contains_eager

from ccc_pilot.db import db
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import ngettext
from ccc_pilot.overview import recent, waiting
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import Current
from ccc_pilot.people.models import Pilot
from ccc_pilot.progress import cells, listing, loading, showing
from ccc_pilot.progress.models import MilestoneLine, MilestoneRow
from ccc_pilot.progress.narrowing import Query
from ccc_pilot.progress.rules import JOINT, OPEN, Counts

NEAREST = 8


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its words and the way to the rows behind it."""

    label: str
    value: str
    text: str
    url: str
    parts: Sequence[tuple[str, float]] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """What the start page shows. ``waiting`` is None for those who change nothing; ``own`` is the key of the one region they act for."""

    figures: list[Figure]
    late: list[cells.Shown]
    near: list[cells.Shown]
    regions: tuple[pilots.Region, ...]
    waiting: waiting.Waiting | None
    latest: recent.Change | None
    own: str


def picture(pilot: Pilot, who: Current, day: date) -> Picture:
    """Return the picture of ``pilot`` on ``day`` for ``who``: their own region's milestones first."""
    own = who.regions[0] if len(who.regions) == 1 else ""
    regions = pilots.regions(pilot)
    late, near = _nearest(pilot, who, day, own)
    counts = listing.counts(pilot, day)
    figures = [figure(_("Milestones"), "", counts)]
    figures += [figure(region.short, region.key, counts) for region in regions]
    report = _next_report(pilot, day)
    latest = recent.changes(pilot, most=1)
    return Picture(
        [*figures, report] if report else figures, late, near, regions, waiting.for_me(pilot, who, day, counts),
        latest[0] if latest else None, own,
    )  # fmt: skip


def figure(label: str, region: str, counts: dict[str, Counts]) -> Figure:
    """Return how many are done, with the way to the rows; a ``region``'s (empty: all) are its own and the joint ones, as in the list."""
    counted = listing.of_region(counts, region)
    whole = counted.in_play or 1
    parts = [
        ("done", 100 * counted.done / whole), ("go", 100 * (counted.ongoing + counted.claimed) / whole), ("risk", 100 * counted.at_risk / whole),
    ]  # fmt: skip
    value = _("%(done)s of %(total)s", done=counted.done, total=counted.in_play) if counted.in_play else "–"
    text = ", ".join([_("done"), *showing.sentence(counted).split(", ")[1:]])
    if not region:
        text += ". " + _("Counted in each region, with those that recur.")
    return Figure(label, value, text, showing.address(Query(region=region)), parts)


def _nearest(pilot: Pilot, who: Current, day: date, region: str) -> tuple[list[cells.Shown], list[cells.Shown]]:
    """The lines that are late, oldest first, and those that come next."""
    row, reach = MilestoneRow, _of(region)
    late, near = listing.nearest(
        pilot, day, [row.due < day, row.assumed.is_(False), *reach], [row.due >= day, *reach], most=NEAREST
    )
    regions, found = pilots.regions(pilot), listing.by_ids(pilot, {*late, *near})
    looks = cells.Looks(regions, who, day)
    shown = {number: looks.line(line) for number, line in found.items()}
    return [shown[number] for number in late if number in shown], [shown[number] for number in near if number in shown]


def _of(region: str) -> list[ColumnElement[bool]]:
    return [MilestoneRow.region.in_([region, JOINT])] if region else []


def _next_report(pilot: Pilot, day: date) -> Figure | None:
    """The nearest date by which something is to be reported."""
    row = db.session.scalar(
        select(MilestoneRow)
        .join(MilestoneRow.line)
        .options(contains_eager(MilestoneRow.line))
        .where(MilestoneRow.pilot_id == pilot.id, MilestoneLine.reporting.is_(True))
        .where(MilestoneRow.status.in_(OPEN), MilestoneRow.due >= day)
        .order_by(MilestoneRow.due, MilestoneLine.position, MilestoneRow.id)
        .limit(1)
    )
    if row is None or row.due is None:
        return None
    days = (row.due - day).days
    value = ngettext("in %(num)s day", "in %(num)s days", days) if days else _("today")
    return Figure(
        _("Next report"), value, str(loading.item(row.line.key).title),
        url_for("progress.show", plan=row.line.plan_key, slug=row.line.slug),
    )  # fmt: skip
