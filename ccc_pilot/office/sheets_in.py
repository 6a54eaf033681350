"""Sheets that people send in, xlsx or CSV, read in a process of its own within limits. Cells keep their kind and their place."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from ccc_pilot.office import apart, archives, refusing
from ccc_pilot.office.apart import Unreadable

Cell = str | int | float | bool | date | datetime | None
KINDS = "xlsx, csv"
DELIMITERS = ";\t,|"
LONGEST_CELL = 131_072


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read; ``megabytes`` of the file itself, ``memory`` (megabytes) of the process that reads it."""

    megabytes: int = 20
    sheets: int = 60
    rows: int = 20_000
    columns: int = 300
    cells: int = 1_000_000
    seconds: int = 30
    memory: int = 300


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's name and rows; row 1 of the sheet is ``rows[0]``, also where it is empty. Empty cells are None."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def read(data: bytes, *, limits: Limits | None = None, field: str | None = None) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook (xlsx, xlsm) or of a CSV file, told apart by what is in them.

    Formulas come as their last value, dates as dates. Raises ``errors.Refused`` at the form field ``field``, in words, for what is
    no such file, is locked, damaged or past ``limits``.
    """
    limits = limits or Limits()
    try:
        if not data:
            raise Unreadable("empty")
        if len(data) > limits.megabytes << 20:
            raise Unreadable("bytes", str(limits.megabytes))
        answer = apart.run("sheets", data, seconds=limits.seconds, megabytes=limits.memory, limits=asdict(limits))
    except Unreadable as fault:
        raise refusing.refused(fault, field) from fault
    return tuple(Sheet(name, tuple(tuple(map(_unpacked, row)) for row in rows)) for name, rows in json.loads(answer))


def read_here(data: bytes, limits: dict[str, int]) -> bytes:
    """Read ``data`` in this process and return the sheets as JSON. Raises ``Unreadable``."""
    bounds = Limits(**limits)
    sheets = _workbook(data, bounds) if data.startswith((b"PK", archives.OLD_OFFICE)) else _csv(data, bounds)
    return json.dumps([[name, [list(map(_packed, row)) for row in rows]] for name, rows in sheets], ensure_ascii=False).encode()


def _workbook(data: bytes, limits: Limits) -> Iterator[tuple[str, list[list[Any]]]]:
    if "xl/workbook.xml" not in archives.parts_of(data) and not data.startswith(archives.OLD_OFFICE):
        raise Unreadable("kind", KINDS)
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        if len(book.sheet_names) > limits.sheets:
            raise Unreadable("sheets", str(limits.sheets))
        left = limits.cells
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            left -= _measured(sheet, left, limits)
            yield name, sheet.to_python(skip_empty_area=False)
    except PasswordError:
        raise Unreadable("password") from None
    except (CalamineError, ValueError, OSError):
        raise Unreadable("broken") from None


def _measured(sheet: Any, left: int, limits: Limits) -> int:
    row, column = sheet.end or (-1, -1)
    cells = (row + 1) * (column + 1)
    _check(row + 1, column + 1, left - cells, limits)
    return cells


def _csv(data: bytes, limits: Limits) -> Iterator[tuple[str, list[list[str]]]]:
    text = decoded(data)
    csv.field_size_limit(LONGEST_CELL)
    rows: list[list[str]] = []
    left = limits.cells
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True):
            rows.append(row)
            left -= len(row)
            _check(len(rows), len(row), left, limits)
    except csv.Error:
        raise Unreadable("quotes") from None
    yield "csv", rows


def _check(rows: int, columns: int, left: int, limits: Limits) -> None:
    if rows > limits.rows:
        raise Unreadable("rows", str(limits.rows))
    if columns > limits.columns:
        raise Unreadable("columns", str(limits.columns))
    if left < 0:
        raise Unreadable("cells", str(limits.cells))


def decoded(data: bytes) -> str:
    """Return ``data`` as text: UTF-8 or UTF-16 with their marks, UTF-8 without, else as Windows writes Swedish. Raises ``Unreadable``."""
    for encoding in _encodings(data):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("text")


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    return () if b"\0" in data else ("utf-8-sig", "cp1252")


def _delimiter(text: str) -> str:
    """Return the sign between cells: the one that stands most evenly in the first lines; a semicolon where none does."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    return max(DELIMITERS, key=lambda sign: (min((line.count(sign) for line in lines), default=0), text[:20_000].count(sign)))


def _packed(cell: Any) -> Any:
    if isinstance(cell, datetime):
        whole = (cell.hour, cell.minute, cell.second, cell.microsecond) == (0, 0, 0, 0)
        return {"day": cell.date().isoformat()} if whole else {"moment": cell.isoformat()}
    if isinstance(cell, date):
        return {"day": cell.isoformat()}
    if isinstance(cell, time | timedelta):
        return str(cell)
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    return None if cell == "" else cell


def _unpacked(cell: Any) -> Cell:
    if isinstance(cell, dict):
        return date.fromisoformat(cell["day"]) if "day" in cell else datetime.fromisoformat(cell["moment"])
    return cell  # type: ignore[no-any-return]
