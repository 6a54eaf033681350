"""What a table is before it is a file: columns with a kind, and rows of plain values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

Value = str | int | date | datetime | None


class Kind(StrEnum):
    """What a column holds. A percent is a whole number from 0 to 100; a moment is naive: the clock on the wall where the pilot is."""

    TEXT = "text"
    WHOLE = "whole"
    PERCENT = "percent"
    DAY = "day"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, kind and width in characters."""

    title: str
    kind: Kind = Kind.TEXT
    width: int = 12


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a name; ``rows`` are gone through once, each as long as ``columns``, None where nothing is known."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
