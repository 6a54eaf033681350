"""Lines with their cells side by side, as the matrix shows them to one reader on one day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from ccc_pilot.catalogue import ROLES, load_plans
from ccc_pilot.i18n import Text, language
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.doors import Current
from ccc_pilot.people.pilots import Region
from ccc_pilot.progress.listing import Line
from ccc_pilot.progress.models import MilestoneRow
from ccc_pilot.progress.rules import JOINT, days_late, slip_days
from ccc_pilot.progress.words import Standing, standing_of
from ccc_pilot.web.addresses import path_to


@dataclass(frozen=True, slots=True)
class Cell:
    """One region's cell of a line (or the joint one, as wide as all regions); ``label`` says what a click on it does."""

    region: str
    short: str
    row: MilestoneRow
    standing: Standing
    slip: int
    edit_url: str | None
    label: str
    span: int = 1

    @property
    def pick(self) -> str:
        """How the cell is named when it is chosen with others: its row and the version it is chosen at ("12.3")."""
        return f"{self.row.id}.{self.row.version}"


@dataclass(frozen=True, slots=True)
class Shown:
    """A line as the matrix shows it."""

    line: Line
    title: str
    url: str
    owner: str
    phase: str
    due: date | None
    due_last: date | None
    assumed: bool
    cells: list[Cell | None]

    @property
    def picks(self) -> str:
        """The picks of all its cells that the reader may change."""
        return " ".join(cell.pick for cell in self.cells if cell and cell.edit_url)


class Looks:
    """How lines are shown to ``who`` on the day ``today``: what many cells share is put into words once for a whole page."""

    def __init__(self, regions: Sequence[Region], who: Current, today: date):
        self._today, self._language = today, language()
        self._regions = [(region.key, region.short, 1) for region in regions]
        self._joint = [(JOINT, _("Joint"), len(regions))]
        self._label = _("%(status)s. Update %(title)s, %(region)s")
        self._may, self._standing = cache(partial(who.may, "milestone.progress")), cache(standing_of)
        self._owner, self._phase = cache(self._owner_words), cache(self._phase_words)

    def line(self, line: Line) -> Shown:
        """Return a line with its cells in the regions' order; a region without an answer is None."""
        item, dues, there = line.item, line.dues, line.cells
        name = item.title.in_(self._language)
        title = f"{name} · {line.period}" if line.occurrence else name
        places = self._joint if JOINT in there else self._regions
        return Shown(
            line, title, path_to("progress.show", plan=line.plan_key, slug=line.slug),
            self._owner(item.owner_role), self._phase(line.plan_key, item.phase),
            dues[0] if dues else None, dues[-1] if len(dues) > 1 else None, any(row.assumed for row in there.values()),
            [self._cell(line, title, there[key], short, span) if key in there else None for key, short, span in places],
        )  # fmt: skip

    def _cell(self, line: Line, title: str, row: MilestoneRow, short: str, span: int) -> Cell:
        shown = self._standing(row.status, row.percent, days_late(row.status, row.due, self._today), row.assumed)
        may = self._may(row.region)
        return Cell(
            row.region, short, row, shown, slip_days(row.first_due, row.due),
            path_to("progress.edit", plan=line.plan_key, slug=line.slug, region=row.region) if may else None,
            self._label % {"status": f"{shown.word} {shown.detail}".strip(), "title": title, "region": short}, span,
        )  # fmt: skip

    def _owner_words(self, role: str) -> str:
        return ROLES.get(role, Text()).in_(self._language)

    def _phase_words(self, plan_key: str, phase: str) -> str:
        return next((each.title.in_(self._language) for each in load_plans()[plan_key].phases if each.id == phase), "")


def shown(line: Line, regions: Sequence[Region], who: Current, today: date) -> Shown:
    """Return one line as it is shown; several are shown with the same ``Looks``."""
    return Looks(regions, who, today).line(line)
