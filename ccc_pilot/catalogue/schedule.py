"""When an item of a plan is due. Pure: the plan's start and the window are arguments."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from ccc_pilot.catalogue.records import FREQUENCIES, Fixed, Item, Offset, PlanMonths, Recurrence
from ccc_pilot.dates import DateSpan, add_months, month_end


class Occurrence(NamedTuple):
    """One time that a recurring item is due: ``label`` ("2025-10", "2025-Q4", "2025-10--2026-03") is its lasting name within the item, fit for an address."""

    label: str
    period: DateSpan
    due: date


def span(item: Item, start: date | None) -> DateSpan | None:
    """Return the days that ``item`` covers in a plan that begins on ``start``; None if it is undated, recurring or waits for a start."""
    when = item.when
    if isinstance(when, Fixed):
        return when.span
    if start is None:
        return None
    if isinstance(when, Offset):
        day = add_months(start, when.months)
        return DateSpan(day, day, "day", when.raw)
    if isinstance(when, PlanMonths):
        first = start.replace(day=1)
        last = month_end(add_months(first, when.last - 1))
        return DateSpan(add_months(first, when.first - 1), last, "month", when.raw)
    return None


def due(item: Item, pilot_start: date | None) -> date | None:
    """Return the day by which ``item`` must be done: of a month or another span, its last day. None as in ``span``."""
    covered = span(item, pilot_start)
    return covered.end if covered else None


def occurrences(item: Item, start: date, end: date) -> tuple[Occurrence, ...]:
    """Return each time that a recurring ``item`` is due for a period that touches the days from ``start`` to ``end``; else nothing."""
    when = item.when
    if not isinstance(when, Recurrence) or end < start:
        return ()
    periods = [DateSpan(a + timedelta(days=1), b, "month") for a, b in pairwise(_period_ends(when, start.year - 2, end.year + 1))]
    touched = (period for period in periods if period.end >= start and period.start <= end)
    return tuple(Occurrence(_label(period), period, _due(when, period.end)) for period in touched)


def _period_ends(when: Recurrence, first_year: int, last_year: int) -> Iterator[date]:
    step = 12 // FREQUENCIES[when.freq]
    ends = when.period_ends or tuple((month, 28) for month in range(step, 13, step))
    for year in range(first_year, last_year + 1):
        for month, day in ends:
            calendar = not when.period_ends or (month, day) == (2, 28)
            yield month_end(date(year, month, 1)) if calendar else date(year, month, day)


def _due(when: Recurrence, period_end: date) -> date:
    if when.day is None:
        return period_end + timedelta(days=when.days_after)
    following = period_end.replace(day=1) + timedelta(days=32)
    return following.replace(day=min(when.day, month_end(following).day))


def _label(period: DateSpan) -> str:
    first, last = period.start, period.end
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months == 1:
        return f"{first:%Y-%m}"
    if first.year == last.year and first.month % months == 1:
        if months == 12:
            return str(first.year)
        if months in (3, 6):
            return f"{first.year}-{'Q' if months == 3 else 'H'}{last.month // months}"
    return f"{first:%Y-%m}--{last:%Y-%m}"
