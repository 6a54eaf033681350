"""Rows of a sheet as they are stored: cells keep their kind, days are marked as such."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from ccc_pilot.office.sheets_in import Cell, Limits

LIMITS = Limits(megabytes=10, sheets=30, rows=6_000, columns=100, cells=200_000, seconds=30)
Rows = list[list[Any]]


def packed(rows: Iterable[Sequence[Cell]]) -> Rows:
    """Return ``rows`` in a form that JSON keeps, empty cells at the end of a row and empty rows at the end of the sheet left out."""
    found = [_trimmed([_packed(cell) for cell in row]) for row in rows]
    while found and not found[-1]:
        found.pop()
    return found


def _trimmed(row: list[Any]) -> list[Any]:
    while row and row[-1] in (None, ""):
        row.pop()
    return row


def _packed(cell: Cell) -> Any:
    if isinstance(cell, datetime):
        return {"moment": cell.isoformat()}
    if isinstance(cell, date):
        return {"day": cell.isoformat()}
    return cell.replace("\0", "") if isinstance(cell, str) else cell


def unpacked(row: Iterable[Any]) -> list[Any]:
    """Return a stored row with its days as days."""
    return [_unpacked(cell) for cell in row]


def _unpacked(cell: Any) -> Any:
    if isinstance(cell, dict):
        return date.fromisoformat(cell["day"]) if "day" in cell else datetime.fromisoformat(cell["moment"])
    return cell
