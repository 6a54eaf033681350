"""Cells of a sheet that goes out and comes back: what stands in them, how two are compared, and what one says when it is read. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from ccc_pilot.dates.reading import BadDate, parse_day
from ccc_pilot.office.csv import safe
from ccc_pilot.office.tables import Kind

LONGEST_CELL = 32_767  # of Excel
CHOICES_TOLD = 12  # of a cell that says none of them
SIGNS = 10  # of a fingerprint: forty bits
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_GUARD = re.compile(r"""(?:\A|(?<=[;,|"\t\r\n]))'(?=\s*[=+\-@＝＋－＠]|[\t\r\n])""")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet that comes back. ``titles`` are its headings in every language, the one in use first.

    ``editable``: what is changed here is read back. ``choices``: what may stand in it, each code with its words in every language, the one
    in use first; an empty cell means none. ``longest``: characters a text may have.
    """

    key: str
    titles: tuple[str, ...]
    kind: Kind = Kind.TEXT
    width: int = 12
    editable: bool = False
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    longest: int = LONGEST_CELL


def shown(column: Column, value: Any) -> str:
    """Return ``value`` as it stands in a cell of ``column``, as plain text, cut to what a cell holds."""
    return words(column, value)[:LONGEST_CELL]


def words(column: Column, value: Any) -> str:
    """Return ``value`` as plain text."""
    if value is None or value == "":
        return ""
    if column.choices:
        return column.choices[value][0] if value in column.choices else ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return plain(str(value))


def plain(text: str) -> str:
    """Return ``text`` as every cell holds it: one kind of line end, no control signs, no space around it."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def fingerprint(column: Column, value: Any, say: Callable[[Column, Any], str] = shown) -> str:
    """Return what stands for a value of ``column`` in a row's mark; ``say`` gives its text, as it goes out or whole."""
    return print_of(str(value) if column.choices and value is not None else say(column, value))


def print_of(text: str) -> str:
    """Return the fingerprint of a text; texts that only differ by a guard against formulas have the same."""
    return sha256(safe(text).encode()).hexdigest()[:SIGNS]


class Fault(ValueError):
    """A cell that cannot be taken in. ``code``: "choice", "long", "cut", "day" or "whole"; ``about``: what the words for it need."""

    def __init__(self, code: str, about: str = ""):
        super().__init__(code)
        self.code, self.about = code, about


def value_of(column: Column, cell: Any, today: date) -> Any:
    """Return what ``cell`` of a file says, as a feature stores it; None for an empty one that is no text. Raises ``Fault``."""
    text = plain(text_of(cell))
    if column.choices:
        return _choice(column, text)
    if column.kind is Kind.DAY:
        return _day(cell, text, today)
    if column.kind in {Kind.WHOLE, Kind.PERCENT}:
        return _whole(text)
    if len(text) > column.longest:
        raise Fault("long", str(column.longest))
    return unguarded(text)


def text_of(cell: Any) -> str:
    """Return a cell that was read as text: a day as 2025-05-12, a whole number without decimals."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def unguarded(text: str) -> str:
    """Return ``text`` without the apostrophes that ``csv.safe`` puts before what could be read as a formula."""
    return _GUARD.sub("", text)


def _choice(column: Column, text: str) -> str | None:
    if not text:
        return None
    for code, said in column.choices.items():
        if text.casefold() in {code.casefold(), *(word.casefold() for word in said)}:
            return code
    some = [said[0] for said in column.choices.values()]
    raise Fault("choice", ", ".join(some[:CHOICES_TOLD]) + (" …" if len(some) > CHOICES_TOLD else ""))


def _day(cell: Any, text: str, today: date) -> date | None:
    if isinstance(cell, date):
        return cell.date() if isinstance(cell, datetime) else cell
    try:
        return parse_day(text, today) if text else None
    except BadDate:
        raise Fault("day") from None


def _whole(text: str) -> int | None:
    digits = text.replace(" ", "").replace("\u00a0", "").removesuffix("%")
    if not digits:
        return None
    if not re.fullmatch(r"-?\d{1,9}", digits, re.ASCII):
        raise Fault("whole")
    return int(digits)


def place_of(row: int, column: int) -> str:
    """Return the name of a cell as spreadsheets have it: (6, 2) is "C7"."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
