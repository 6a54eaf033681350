"""Spans of days, arithmetic in months, and dates in words."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

Precision = Literal["day", "range", "month", "year", "season"]

MONTHS = {
    "sv": [
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
WEEKDAYS = {
    "sv": ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
SEASONS = {"sv": ["våren", "sommaren", "hösten", "vintern"], "en": ["spring", "summer", "autumn", "winter"]}


@dataclass(frozen=True, slots=True)
class DateSpan:
    """From ``start`` to ``end`` (both included); what counts for a deadline is ``end``. ``raw`` is the source's own wording."""

    start: date
    end: date
    precision: Precision = "day"
    raw: str = ""


def month_end(day: date) -> date:
    """Return the last day of the month of ``day``."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def add_months(day: date, months: int) -> date:
    """Return the same day of the month ``months`` later (or earlier), clipped to that month's end: 31 January + 1 is 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def format_day(day: date, language: str) -> str:
    """Return the day in words: "12 maj 2025" or "12 May 2025"."""
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"


def format_dense(day: date) -> str:
    """Return the day for dense tables: "2025-05-12"."""
    return day.isoformat()


def weekday(day: date, language: str) -> str:
    """Return the name of the weekday: "fredag" or "Friday"."""
    return WEEKDAYS[language][day.weekday()]


def format_span(span: DateSpan, language: str) -> str:
    """Return the span in words, no finer than it is known: "25–26 februari 2025", "november–december 2025", "våren 2025", "2024"."""
    first, last = span.start, span.end
    if span.precision == "season" and add_months(first, 3) > last:
        return f"{SEASONS[language][first.month // 3 - 1]} {first.year}"
    coarseness = {"year": 2, "month": 1, "season": 1}.get(span.precision, 0)
    left, right = (format_day(day, language).split()[coarseness:] for day in (first, last))
    if left == right:
        return " ".join(right)
    shared = 0 if left[-1] != right[-1] else 2 if left[-2:-1] == right[-2:-1] else 1
    dash = "–" if len(left) - shared == 1 or coarseness else " – "
    return " ".join(left[: len(left) - shared]) + dash + " ".join(right)
