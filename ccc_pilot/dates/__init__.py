"""Days, fuzzy dates and the clock: read as the people here write them, written as they read them."""

from ccc_pilot.dates.clock import steady_seconds, today, utc_now
from ccc_pilot.dates.reading import BadDate, parse_day, parse_span
from ccc_pilot.dates.spans import DateSpan, Precision, add_months, format_day, format_dense, format_span, month_end, weekday
from ccc_pilot.dates.workdays import Hint, free_day, is_free_day, weekend_hint

__all__ = [
    "BadDate",
    "DateSpan",
    "Hint",
    "Precision",
    "add_months",
    "format_day",
    "format_dense",
    "format_span",
    "free_day",
    "is_free_day",
    "month_end",
    "parse_day",
    "parse_span",
    "steady_seconds",
    "today",
    "utc_now",
    "weekday",
    "weekend_hint",
]
