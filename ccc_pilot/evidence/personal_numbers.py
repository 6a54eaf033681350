"""Swedish personal identity numbers in a text: evidence holds no patient data, so such a number is a warning. Pure.

Source: Folkbokföringslagen (1991:481) 18 §: birth date, three digits and a check digit; coordination numbers add 60 to the day.
"""

import re
from datetime import date

NUMBER = re.compile(r"(?<!\d)(19|20)?(\d{2})(\d{2})(\d{2})[-+\u2010-\u2013]?(\d{3})(\d)(?![\d])(?!-\d)")
COORDINATION_DAYS = 60


def found(text: str) -> list[str]:
    """Return what in ``text`` is, by date and check digit, a personal identity or coordination number, as it stands there."""
    return [match.group() for match in NUMBER.finditer(text) if _is_real(match)]


def _is_real(match: re.Match[str]) -> bool:
    century, year, month, day, serial, check = match.groups()
    number = int(day)
    born = number - COORDINATION_DAYS if number > COORDINATION_DAYS else number
    return _is_day(int(f"{century or 20}{year}"), int(month), born) and luhn(f"{year}{month}{day}{serial}") == int(check)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def luhn(digits: str) -> int:
    """Return the check digit of ``digits`` by the method that doubles every other digit from the left."""
    doubled = (int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(digits))
    return -sum(value - 9 if value > 9 else value for value in doubled) % 10
