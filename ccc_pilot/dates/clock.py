"""The clock: the only place that asks what time it is."""

import time
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def utc_now() -> datetime:
    """Return the moment, aware, in UTC."""
    return datetime.now(UTC)


def today(timezone: str) -> date:
    """Return the day it is in ``timezone`` (an IANA name, such as "Europe/Stockholm")."""
    return utc_now().astimezone(ZoneInfo(timezone)).date()


def steady_seconds() -> float:
    """Return seconds that only grow: setting the clock does not touch them, and the sleep of the computer counts where the system tells it."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()
