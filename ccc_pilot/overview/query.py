"""From the address to the question: what the journal is narrowed to, and which day could not be read."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import url_for

from ccc_pilot.dates import BadDate, parse_day
from ccc_pilot.i18n import gettext as _
from ccc_pilot.overview.event_words import EVENT_WORDS, KIND_WORDS
from ccc_pilot.overview.trail import Wanted
from ccc_pilot.web.forms import clean

LARGEST = 2_000_000_000
FIRST_YEAR, LAST_YEAR = 2000, 2100


def wanted_from(given: Mapping[str, str], today: date) -> tuple[Wanted, dict[str, str]]:
    """Read the parameters of the journal's address; what cannot be meant is left out, so that an old link never fails.

    Returns with it a sentence for each day ("since", "until") that could not be read.
    """
    faults: dict[str, str] = {}
    event = given.get("event", "")
    wanted = Wanted(
        event=event if event in EVENT_WORDS or event in KIND_WORDS else "",
        person=_whole(given.get("person", "")),
        region=clean(given.get("region", ""))[:20],
        object=clean(given.get("object", ""))[:100],
        since=_day(given, "since", today, faults),
        until=_day(given, "until", today, faults),
        before=_whole(given.get("before", "")),
    )
    return wanted, faults


def address(wanted: Wanted) -> str:
    """Return the address of the journal's page that shows what is ``wanted``."""
    given: dict[str, Any] = {name: getattr(wanted, name) for name in Wanted.__dataclass_fields__}
    return url_for("overview.journal", **{name: value for name, value in given.items() if value not in (None, "")})


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 10 and int(text) <= LARGEST else None


def _day(given: Mapping[str, str], name: str, today: date, faults: dict[str, str]) -> date | None:
    typed = clean(given.get(name, ""))[:40]
    if not typed:
        return None
    try:
        day = parse_day(typed, today)
    except BadDate:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        faults[name] = _("%(text)s is not a date. Write it like 2025-05-12, 250512, 12/5 or 12 maj 2025.", text=typed)
        return None
    return day
