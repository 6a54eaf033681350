"""What each region is behind with, for the page of those who lead."""

from ccc_pilot.i18n import today
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.people.leads import Late
from ccc_pilot.progress import cells, listing
from ccc_pilot.progress.narrowing import Query

MOST = 12


def behind() -> dict[str, list[Late]]:
    """Return the late milestones of the pilot that is looked at, oldest first, by region key (``JOINT`` for joint ones)."""
    pilot, day, who = pilots.chosen(), today(), me()
    looks = cells.Looks(pilots.regions(pilot), who, day)
    late: dict[str, list[Late]] = {}
    for status in ("late", "late_assumed"):
        for line in listing.lines(pilot, Query(status=status, sort="due", size=200), day).lines:
            shown = looks.line(line)
            for cell in shown.cells:
                if (
                    cell
                    and cell.standing.css in {"late", "risk"}
                    and cell.row.due
                    and cell.row.due < day
                    and len(late.get(cell.region, ())) < MOST
                ):
                    late.setdefault(cell.region, []).append(Late(shown.title, shown.url, cell.standing.word))
    return late
