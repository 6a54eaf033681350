"""Days on which nobody works: weekends, Swedish public holidays and the three eves."""

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from ccc_pilot.dates.spans import weekday


class Hint(NamedTuple):
    """The working days nearest to a day on which nobody works, and the name of that day in Swedish and English."""

    name_sv: str
    name_en: str
    before: date
    after: date


def free_day(day: date, language: str) -> str | None:
    """Return why nobody works on ``day`` (a public holiday, one of the three eves, Saturday or Sunday), None for a working day.

    Midsummer Eve, Christmas Eve and New Year's Eve count as in the Swedish act on statutory time (1930:173, 2 §).
    """
    named = _holidays(day.year, language).get(day)
    return named or (weekday(day, language) if day.weekday() >= 5 else None)


@lru_cache(maxsize=64)
def _holidays(year: int, language: str) -> dict[date, str]:
    from holidays import country_holidays  # slow to import, seldom needed

    named = dict(country_holidays("SE", years=year, language={"en": "en_US"}.get(language, language)))
    midsummer = next(date(year, 6, day) for day in range(19, 26) if date(year, 6, day).weekday() == 4)
    eves = {midsummer: ("midsommarafton", "Midsummer Eve")}
    eves |= {date(year, 12, 24): ("julafton", "Christmas Eve"), date(year, 12, 31): ("nyårsafton", "New Year's Eve")}
    return named | {day: names[language == "en"] for day, names in eves.items()}


def is_free_day(day: date) -> bool:
    """Tell whether ``day`` is a Saturday, a Sunday, a Swedish public holiday or one of the three eves."""
    return free_day(day, "sv") is not None


def weekend_hint(day: date) -> Hint | None:
    """Return the nearest working days around a deadline that falls on a free day, else None. A hint only: the date is never moved."""
    name = free_day(day, "sv")
    if name is None:
        return None
    before, after = day, day
    while is_free_day(before):
        before -= timedelta(days=1)
    while is_free_day(after):
        after += timedelta(days=1)
    return Hint(name, free_day(day, "en") or "", before, after)
