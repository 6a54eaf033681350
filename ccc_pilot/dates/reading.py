"""Dates read as the people here write them: 250512, 12/5, 12 maj 2025, 25–26/2, nov/dec, 202201-202406."""

import re
from datetime import date
from typing import Any

from ccc_pilot.dates.spans import MONTHS, DateSpan, Precision, add_months, month_end

_MONTH_NUMBER = {
    form: number
    for names in MONTHS.values()
    for number, name in enumerate(names, 1)
    for form in (name.lower(), name.lower()[:3], f"{name.lower()[:3]}.")
} | {"sept": 9, "sept.": 9, "okt.": 10}
_SEASON_NUMBER = {
    form: number
    for number, forms in enumerate(
        ("våren vår spring", "sommaren sommar summer", "hösten höst autumn fall", "vintern vinter winter")
    )
    for form in forms.split()
}
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_NAME = "(?P<name>" + "|".join(re.escape(n) for n in sorted(_MONTH_NUMBER, key=len, reverse=True)) + ")"
# Each form a point in time is written in, with its precision; the first that gives a day of the calendar wins.
_FORMS: tuple[tuple[str, Precision], ...] = (
    (rf"{_YEAR}-(?P<m>\d\d?)-(?P<d>\d\d?)", "day"),
    (rf"{_YEAR}(?P<m>\d\d)(?P<d>\d\d)", "day"),
    (r"(?P<yy>\d\d)(?P<m>\d\d)(?P<d>\d\d)", "day"),
    (rf"{_YEAR}-?(?P<m>\d\d)", "month"),
    (_YEAR, "year"),
    (rf"(?P<d>\d\d?)/(?P<m>\d\d?)(?:[ /-]{_YEAR})?", "day"),
    (rf"(?P<d>\d\d?)\.? {_NAME}(?:,? {_YEAR})?", "day"),
    (rf"{_NAME} (?P<d>\d\d?)(?:,? {_YEAR})?", "day"),
    (rf"{_NAME}(?: {_YEAR})?", "month"),
    (rf"(?P<season>{'|'.join(_SEASON_NUMBER)})(?: {_YEAR})?", "season"),
    (rf"(?:q|kvartal )(?P<q>[1-4])(?: {_YEAR})?", "range"),
    (rf"{_YEAR}[ -]?q(?P<q>[1-4])", "range"),
    (rf"{_YEAR}[ -]?h(?P<h>[12])", "range"),
)
_LEAD = re.compile(r"^(?:(?:senast|no later than|by|latest|during|under|den|the|i|in) )+")
_PART = re.compile(r"(?P<part>första delen av|början av|early|sista delen av|slutet av|end of|late) (?P<month>.+)")
_EARLY = ("första delen av", "början av", "early")


class BadDate(ValueError):
    """A text that is no date. ``code`` says why: "unreadable", "no_such_day" or "year_missing"."""

    def __init__(self, code: str, text: str):
        super().__init__(f"{code}: {text[:80]}")
        self.code = code


def _months(year: int, first: int, count: int) -> tuple[date, date]:
    start = date(year, first, 1)
    return start, month_end(add_months(start, count - 1))


def _bounds(found: dict[str, Any], precision: Precision, year: int) -> tuple[date, date]:
    month = _MONTH_NUMBER[found["name"]] if found.get("name") else int(found.get("m") or 1)
    if precision == "day":
        day = date(year, month, int(found["d"]))
        return day, day
    if precision == "season":
        return _months(year, 3 + 3 * _SEASON_NUMBER[found["season"]], 3)
    if found.get("q"):
        return _months(year, 3 * int(found["q"]) - 2, 3)
    if found.get("h"):
        return _months(year, 6 * int(found["h"]) - 5, 6)
    return _months(year, month, 12 if precision == "year" else 1)


def _point(text: str, year: int | None) -> DateSpan:
    code = "unreadable"
    for form, precision in _FORMS:
        if not (match := re.fullmatch(form, text, re.ASCII)):
            continue
        found = match.groupdict()
        own = found.get("y") or (found.get("yy") and "20" + found["yy"]) or year
        if own is None:
            raise BadDate("year_missing", text)
        try:
            return DateSpan(*_bounds(found, precision, int(own)), precision)
        except ValueError:
            code = "no_such_day"
    raise BadDate(code, text)


def _part(text: str, year: int | None) -> DateSpan:
    if not (match := _PART.fullmatch(text)):
        return _point(text, year)
    month = _point(match["month"], year)
    if match["part"] in _EARLY:
        return DateSpan(month.start, month.start.replace(day=15), "range")
    return DateSpan(month.start.replace(day=16), month.end, "range")


def _pair(left: str, right: str, year: int | None) -> DateSpan:
    if re.fullmatch(r"\d\d?", left, re.ASCII):  # "25-26/2": the left day borrows the right one's month
        left = re.sub(r"^\d+", left, right)
    try:
        last = _point(right, None)
        first = _point(left, last.start.year)
        if first.start > last.start:
            first = _point(left, last.start.year - 1)
    except BadDate as fault:
        if fault.code != "year_missing":
            raise
        first = _point(left, year)
        last = _point(right, first.start.year)
        if last.end < first.start:  # "december - januari" runs into the next year
            last = _point(right, first.start.year + 1)
    if last.end < first.start:
        raise BadDate("no_such_day", f"{left}-{right}")
    precision = first.precision if first.precision == last.precision != "day" else "range"
    return DateSpan(first.start, last.end, precision)


def parse_span(raw: str, default_year: int | None) -> DateSpan:
    """Read a date as the sources write them; ``default_year`` completes a text without a year (None: such a text is refused).

    A month, a season, a year, "nov/dec" or "25–26/2" gives its first and last day; "senast februari 2014" the same as "februari 2014".
    Six digits are a day (YYMMDD) where there is such a day, else a month (YYYYMM). Raises ``BadDate``.
    """
    text = _LEAD.sub("", " ".join(re.sub("[–—−]", "-", raw).lower().split()))
    if len(text) > 60:
        raise BadDate("unreadable", text)
    try:
        found = _part(text, default_year)
    except BadDate as fault:
        found = _split(text, default_year, fault)
    return DateSpan(found.start, found.end, found.precision, raw)


def _split(text: str, year: int | None, fault: BadDate) -> DateSpan:
    for cut in re.finditer(r" ?(?:-|/|(?<= )(?:till|to)(?= )) ?", text):
        try:
            return _pair(text[: cut.start()], text[cut.end() :], year)
        except BadDate as other:
            fault = other if fault.code == "unreadable" else fault
    raise fault


def parse_day(text: str, today: date) -> date:
    """Read one day as typed into a form: 250512, 2025-05-12, 12/5, 12/5 2025, 12 maj 2025, 12 May 2025.

    Without a year it is the year of ``today``; month names are read in both languages. Raises ``BadDate``.
    """
    found = _point(_LEAD.sub("", " ".join(text.lower().split())), today.year)
    if found.precision != "day":
        raise BadDate("unreadable", text)
    return found.start
