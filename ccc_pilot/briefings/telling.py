"""A snapshot as its sections read it: words in a language, days as people write them, and the way from a number to its rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from ccc_pilot.briefings import rules
from ccc_pilot.briefings.rules import Difference
from ccc_pilot.dates import format_day
from ccc_pilot.i18n import gettext as _
from ccc_pilot.office.blocks import Run
from ccc_pilot.progress.models import period_of
from ccc_pilot.progress.rules import JOINT, Status
from ccc_pilot.progress.words import STATUS_WORDS

Address = Callable[..., str]


def nowhere(_what: str, **_more: Any) -> str:
    """The address of nothing: files lead to no pages."""
    return ""


@dataclass(frozen=True, slots=True)
class Row:
    """A milestone in a region (or jointly) as it stood; ``id`` is its key for links."""

    id: str
    plan: str
    slug: str
    title: str
    region: str
    status: str
    percent: int
    due: str | None
    first: str | None
    assumed: bool
    comment: str
    reporting: bool
    recurs: bool
    source: str


@dataclass(frozen=True)
class Told:
    """A snapshot told in ``language``. ``address(what, **more)`` gives the address of a page, or nothing (see ``nowhere``)."""

    snapshot: Mapping[str, Any]
    language: str
    address: Address = nowhere

    @cached_property
    def day(self) -> date:
        """The day on which it is frozen."""
        return date.fromisoformat(self.snapshot["cut_off"])

    @cached_property
    def meeting_day(self) -> date:
        """The day of the meeting."""
        return date.fromisoformat(self.snapshot["meeting"]["day"])

    @cached_property
    def meeting(self) -> str:
        """The meeting as people here name it: "RSL 250512"."""
        return f"{self.snapshot['meeting']['short']} {self.meeting_day:%y%m%d}"

    @cached_property
    def shorts(self) -> dict[str, str]:
        """The short names of the regions; what is joint is called so."""
        return {one["key"]: one["short"] if one["key"] != JOINT else _("Joint") for one in self.snapshot["regions"]}

    @cached_property
    def rows(self) -> dict[str, Row]:
        """The milestones by id, in the order of the plans."""
        return {
            name: self._row(name, row) for name, row in self.snapshot["rows"].items() if row["item"] in self.snapshot["items"]
        }

    def _row(self, name: str, row: Mapping[str, Any]) -> Row:
        item = self.snapshot["items"][row["item"]]
        status, percent, due = row["standing"]
        title = self.word(item) + (f" · {period_of(row['occurrence'])}" if row["occurrence"] else "")
        slug = f"{item['id']}~{row['occurrence']}" if row["occurrence"] else item["id"]
        return Row(
            name, row["plan"], slug, title, row["region"], status, percent, due, row["first"], row["assumed"], row["comment"],
            row["reporting"], row["recurs"], item["source"],
        )  # fmt: skip

    @cached_property
    def counted(self) -> list[Row]:
        """The rows that are counted: all but those of recurring milestones, which have a list of their own."""
        return [row for row in self.rows.values() if not row.recurs]

    @cached_property
    def difference(self) -> Difference:
        """What has happened to the milestones since the last meeting; nothing where there was none."""
        before = self.snapshot["before"]
        if before is None:
            return Difference()
        now = {name: row["standing"] for name, row in self.snapshot["rows"].items()}
        return rules.difference(before["rows"], now, whole=before["whole"])

    def word(self, both: Mapping[str, str]) -> str:
        """Return the text of {"sv", "en"} in the language, else in the other one."""
        first, second = (both["sv"], both["en"]) if self.language == "sv" else (both["en"], both["sv"])
        return first or second

    def date(self, day: str | None) -> str:
        """Return "12 maj 2025"; a dash for no day."""
        return format_day(date.fromisoformat(day), self.language) if day else "–"

    def status(self, row: Row) -> str:
        """Return where a row stands in words; late wins over what was chosen."""
        if rules.is_late(row.status, row.due, self.day):
            return _("Past assumed date") if row.assumed else _("Overdue")
        return str(STATUS_WORDS[Status(row.status)])

    def region(self, key: str) -> str:
        """Return a region's short name."""
        return self.shorts.get(key, key)

    def link(self, text: str, what: str, **more: Any) -> Run:
        """Return ``text`` as it leads to a page."""
        return Run(text, href=self.address(what, **more))

    def row_link(self, row: Row) -> Run:
        """Return a milestone's title as it leads to its page."""
        return self.link(row.title, "progress.show", plan=row.plan, slug=row.slug)

    def number(self, count: int, **narrowed: Any) -> Run:
        """Return a number as it leads to the milestones that it counts."""
        return self.counted_link(str(count), **narrowed)

    def counted_link(self, text: str, **narrowed: Any) -> Run:
        """Return ``text`` as it leads to the milestones that it counts, and no others."""
        return self.link(text, "progress.index", **narrowed, counted=1)
