"""The picture of the start page: figures with the way to their rows, the nearest milestones, and what waits for the one who looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ccc_pilot.i18n import gettext as _
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import Current
from ccc_pilot.people.models import Pilot
from ccc_pilot.progress import listing, showing
from ccc_pilot.progress.listing import Query
from ccc_pilot.progress.rules import Counts

NEAREST = 8


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its words and the way to the rows behind it."""

    label: str
    value: str
    text: str
    url: str
    parts: Sequence[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Picture:
    """What the start page shows."""

    figures: list[Figure]
    late: list[showing.Shown]
    near: list[showing.Shown]
    regions: tuple[pilots.Region, ...]


def picture(pilot: Pilot, who: Current, day: date) -> Picture:
    """Return the picture of ``pilot`` on ``day`` for ``who``: their own region's milestones first."""
    own = who.regions[0] if len(who.regions) == 1 else ""
    regions = pilots.regions(pilot)

    def nearest(status: str) -> list[showing.Shown]:
        found = listing.lines(pilot, Query(status=status, region=own, sort="due", size=NEAREST), day)
        return [showing.shown(line, regions, who, day) for line in found.lines]

    counts = listing.counts(pilot, day)
    figures = [_figure(_("Milestones"), "", counts.get("", Counts()))]
    figures += [_figure(str(region.name), region.key, counts.get(region.key, Counts())) for region in regions]
    return Picture(figures, nearest("late"), nearest("soon"), regions)


def _figure(label: str, region: str, counts: Counts) -> Figure:
    whole = counts.in_play or 1
    parts = [
        ("done", 100 * counts.done / whole), ("go", 100 * (counts.ongoing + counts.claimed) / whole), ("risk", 100 * counts.at_risk / whole),
    ]  # fmt: skip
    value = _("%(done)s of %(total)s", done=counts.done, total=counts.in_play) if counts.in_play else "–"
    text = ", ".join([_("done"), *showing.sentence(counts).split(", ")[1:]])
    return Figure(label, value, text, showing.address(Query(region=region)), parts)
