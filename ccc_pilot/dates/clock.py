"""The clock: the only place that asks what time it is."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def utc_now() -> datetime:
    """Return the moment, aware, in UTC."""
    return datetime.now(UTC)


def today(timezone: str) -> date:
    """Return the day it is in ``timezone`` (an IANA name, such as "Europe/Stockholm")."""
    return utc_now().astimezone(ZoneInfo(timezone)).date()
