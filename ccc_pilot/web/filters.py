"""Filters of the templates: days, moments, numbers and percents as people here write them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import Flask
from flask_babel import format_datetime
from markupsafe import Markup

from ccc_pilot.dates import DateSpan, format_day, format_span
from ccc_pilot.i18n import gettext, language, local, today
from ccc_pilot.web import markdown

THIN = "\u202f"
NO_BREAK = "\u00a0"
BLANK = "–"


def day(value: date | None) -> str:
    """Return "12 maj 2025" / "12 May 2025"; a dash for no date."""
    return format_day(value, language()) if value else BLANK


def iso(value: date | None) -> str:
    """Return "2025-05-12"; a dash for no date."""
    return value.isoformat() if value else BLANK


def moment(value: datetime | None) -> str:
    """Return the local time of a moment: "12 maj 2025 08:14"."""
    return f"{day(local(value).date())} {format_datetime(value, 'HH:mm')}" if value else BLANK


def clock(value: datetime | None) -> str:
    """Return the local time of a moment: "08:14" today, with its day before it else; a dash for None."""
    return format_datetime(value, "HH:mm") if value and local(value).date() == today() else moment(value)


def percent(value: float | None) -> str:
    """Return "62 %" with a no-break space; a dash where nothing is known."""
    return BLANK if value is None else f"{number(round(value))}{NO_BREAK}%"


def share(value: Decimal | None) -> str:
    """Return "66,7 %" with one decimal; a dash where nothing is known."""
    return BLANK if value is None else f"{number(Decimal(f'{value:.1f}'))}{NO_BREAK}%"


def number(value: float | Decimal | None) -> str:
    """Return 6 171 570 with thin spaces and a decimal comma in Swedish, 6,171,570 in English; a dash for None."""
    if value is None:
        return BLANK
    text = f"{value:,}"
    return text.replace(",", THIN).replace(".", ",") if language() == "sv" else text


def kronor(amount: int | None) -> str:
    """Return "6 171 570 kr" ("SEK 6,171,570" in English); that it is not known, for None: unknown is not zero."""
    if amount is None:
        return gettext("not known")
    return f"{number(amount)}{NO_BREAK}kr" if language() == "sv" else f"SEK{NO_BREAK}{number(amount)}"


def ago(value: date | None) -> str:
    """Return "in 3 days", "today", "2 days late" counted from today."""
    if value is None:
        return BLANK
    days = (value - today()).days
    if days == 0:
        return gettext("today")
    return gettext("in %(n)s d", n=days) if days > 0 else gettext("%(n)s d ago", n=-days)


def span(value: DateSpan | None) -> str:
    """Return a span of days as it is known: "april 2025", "25–26 februari 2025"."""
    return format_span(value, language()) if value else BLANK


def md(text: str | None) -> Markup:
    """Render a user's Markdown to safe HTML."""
    return markdown.render(text or "")


FILTERS: dict[str, Any] = {
    "day": day,
    "iso": iso,
    "moment": moment,
    "clock": clock,
    "percent": percent,
    "share": share,
    "number": number,
    "kronor": kronor,
    "ago": ago,
    "span": span,
    "md": md,
}


def init_app(app: Flask) -> None:
    """Give the templates of ``app`` the filters."""
    app.jinja_env.filters.update(FILTERS)
