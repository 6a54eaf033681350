"""A month of the calendar: whole weeks from Monday to Sunday, with their ISO numbers. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ccc_pilot.dates import add_months, month_end

WRITTEN = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Week:
    """A week: its ISO 8601 number and its seven days, Monday first."""

    number: int
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month, named by its first day."""

    first: date

    @property
    def last(self) -> date:
        """Its last day."""
        return month_end(self.first)

    @property
    def code(self) -> str:
        """As it stands in addresses: "2026-11"."""
        return f"{self.first:%Y-%m}"

    @property
    def before(self) -> "Month":
        """The month before."""
        return Month(add_months(self.first, -1))

    @property
    def after(self) -> "Month":
        """The month after."""
        return Month(add_months(self.first, 1))

    @property
    def weeks(self) -> tuple[Week, ...]:
        """The weeks that hold its days."""
        return tuple(self._weeks())

    def _weeks(self) -> Iterator[Week]:
        monday = self.first - timedelta(days=self.first.weekday())
        while monday <= self.last:
            yield Week(monday.isocalendar().week, tuple(monday + timedelta(days=n) for n in range(7)))
            monday += timedelta(days=7)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def month_from(text: str, today: date) -> Month:
    """Return the month that ``text`` ("2026-11") names; what names none (or one outside 2000–2099) is today's."""
    found = WRITTEN.fullmatch(text)
    return Month(date(int(found[1]), int(found[2]), 1) if found else today.replace(day=1))
