"""Lists that go out as a sheet and come back changed: what is compared, cell by cell, and what follows. Pure.

Each row carries a mark: its key, its version and a fingerprint of every cell that may be changed, as it was when the sheet went out. So
it does not matter how the sheet was sorted, filtered or cut, and "before", "mine" and "now" are compared without keeping the sheet here.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import Any

from ccc_pilot.office.sheet_cells import (
    LONGEST_CELL,
    Column,
    Fault,
    fingerprint,
    place_of,
    plain,
    print_of,
    text_of,
    value_of,
    words,
)  # fmt: skip

FRESH = "new:"
HEADINGS_WITHIN = 30  # rows: people write titles above
_MARK = re.compile(r"(?P<key>\S+) v(?P<version>\d{1,9})(?P<prints>(?: [a-z][a-z0-9_]*=[0-9a-f]{10})*)")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its key (without spaces), the version of what it shows, and its cells by column; None or "" where nothing is."""

    key: str
    version: int
    cells: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Layout:
    """What goes out: a name for the sheet, its columns (not the mark's) and the lines of the guidance that lies beside it."""

    name: str
    columns: tuple[Column, ...]
    mark_titles: tuple[str, ...]
    guidance_name: str = ""
    guidance: tuple[str, ...] = ()

    @property
    def editable(self) -> tuple[Column, ...]:
        """The columns that are read back."""
        return tuple(column for column in self.columns if column.editable)


class State(StrEnum):
    """How a cell that came back stands to the one before and the one now."""

    UNCHANGED = "unchanged"
    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that somebody changed: here (``mine``), in the pilot since (``now``), or both; values as the feature stores them.

    ``before``: its fingerprint when the sheet went out; ``place``: where it stands in the file ("C7"); ``fault``: why it cannot be
    taken in.
    """

    row: str
    column: str
    state: State
    mine: Any
    now: Any
    version: int
    before: str
    place: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a row's mark tells: which row it is, at which version it went out, and its cells' fingerprints then."""

    key: str
    version: int
    prints: Mapping[str, str]


def mark(row: Row, layout: Layout) -> str:
    """Return the text of a row's mark."""
    prints = (f" {column.key}={fingerprint(column, row.cells.get(column.key))}" for column in layout.editable)
    return f"{row.key} v{row.version}{''.join(prints)}"


def read_mark(text: object) -> Mark | None:
    """Return what the mark ``text`` tells, or None where it is none."""
    found = _MARK.fullmatch(str(text or "").strip())
    if not found:
        return None
    prints = dict(part.split("=") for part in found["prints"].split())
    return Mark(found["key"], int(found["version"]), prints)


def compare(column: Column, before: str, cell: Any, now: Any, today: date) -> tuple[State, Any]:
    """Compare a cell that came back with its fingerprint ``before`` and the value ``now``; return how it stands and what it says.

    Where the cell was not touched, nothing about it can be wrong. Raises ``Fault`` where it was and cannot be taken in.
    """
    current = fingerprint(column, now)
    untouched = not column.choices and print_of(plain(text_of(cell))) == before
    if untouched:
        return (State.UNCHANGED, now) if before == current else (State.THEIRS, plain(text_of(cell)))
    mine = value_of(column, cell, today)
    wrote = fingerprint(column, mine, words)
    if wrote in {before, current}:
        return (State.UNCHANGED, now) if wrote == current else (State.THEIRS, mine)
    if isinstance(now, str) and len(now) > LONGEST_CELL:
        raise Fault("cut")
    return (State.MINE if current == before else State.BOTH), mine


@dataclass(frozen=True, slots=True)
class Comeback:
    """What came back: the cells that somebody changed, and the rows that could not be placed.

    ``rows``: how many were read; ``strange``: places of marks that are none, or of rows that are not there (any more); ``doubled``: places
    of rows that stand more than once: none of them is taken in; ``columns``: the editable columns that were there. ``fresh``: the filled
    cells of rows that have no mark at all, under the key "new:<row>"; they are among the strange ones, for those who take in no new rows.
    """

    cells: tuple[Cell, ...]
    rows: int
    strange: tuple[str, ...]
    doubled: tuple[str, ...]
    columns: tuple[str, ...]
    fresh: tuple[Cell, ...] = ()

    def of(self, state: State) -> list[Cell]:
        """Return the cells in this state."""
        return [cell for cell in self.cells if cell.state is state]


class NotOurs(ValueError):
    """A file in which no sheet has the mark's column: it did not go out from here, or the column was taken away."""


def come_back(
    sheets: Iterable[Sequence[Sequence[Any]]], layout: Layout, now: Mapping[str, Row], *, today: date, say: Callable[[Fault], str]
) -> Comeback:
    """Compare a file's sheets with the rows as they stand ``now`` (by key). The first sheet with marks counts.

    ``say`` puts a fault into words. Raises ``NotOurs``.
    """
    for rows in sheets:
        if found := headings(rows, layout):
            return _compared(
                rows,
                *found,
                layout,
                now,
                lambda *parts: _row(*parts, today=today, say=say),
                lambda *parts: _fresh(*parts, today=today, say=say),
            )
    raise NotOurs


def _compared(
    rows: Sequence[Sequence[Any]], at: int, where: Mapping[str, int], layout: Layout, now: Mapping[str, Row],
    compare_row: Callable[..., list[Cell]], fresh_row: Callable[..., list[Cell]],
) -> Comeback:  # fmt: skip
    columns = [column for column in layout.editable if column.key in where]
    marks = [(n, read_mark(_at(row, where[""]))) for n, row in enumerate(rows[at + 1 :], at + 1) if any(map(text_of, row))]
    times = Counter(found.key for _n, found in marks if found)
    known = [(n, found) for n, found in marks if found and found.key in now]
    told = (compare_row(found, n, rows[n], where, columns, now[found.key]) for n, found in known if times[found.key] == 1)
    return Comeback(
        tuple(chain.from_iterable(told)), len(marks),
        tuple(place_of(n, where[""]) for n, found in marks if not found or found.key not in now),
        tuple(place_of(n, where[""]) for n, found in known if times[found.key] > 1),
        tuple(column.key for column in columns),
        tuple(chain.from_iterable(fresh_row(n, rows[n], where, columns) for n, _found in marks if not text_of(_at(rows[n], where[""])).strip())),
    )  # fmt: skip


def _row(
    found: Mark, n: int, given: Sequence[Any], where: Mapping[str, int], columns: Iterable[Column], row: Row, *, today: date,
    say: Callable[[Fault], str],
) -> list[Cell]:  # fmt: skip
    told = []
    for column in columns:
        if column.key not in found.prints:
            continue
        now, cell, fault = row.cells.get(column.key), _at(given, where[column.key]), ""
        try:
            state, mine = compare(column, found.prints[column.key], cell, now, today)
        except Fault as wrong:
            state, mine, fault = State.INVALID, plain(text_of(cell)), say(wrong)
        if state is not State.UNCHANGED:
            before = found.prints[column.key]
            told.append(Cell(row.key, column.key, state, mine, now, row.version, before, place_of(n, where[column.key]), fault))
    return told


def _fresh(
    n: int, given: Sequence[Any], where: Mapping[str, int], columns: Iterable[Column], *, today: date, say: Callable[[Fault], str]
) -> list[Cell]:
    """The filled cells of a row that went out from nowhere."""
    told = []
    for column in columns:
        cell, fault = _at(given, where[column.key]), ""
        if not plain(text_of(cell)).strip():
            continue
        try:
            state, mine = State.MINE, value_of(column, cell, today)
        except Fault as wrong:
            state, mine, fault = State.INVALID, plain(text_of(cell)), say(wrong)
        told.append(Cell(f"{FRESH}{n + 1}", column.key, state, mine, None, 0, "", place_of(n, where[column.key]), fault))
    return told


def _at(row: Sequence[Any], n: int) -> Any:
    return row[n] if n < len(row) else None


def headings(rows: Sequence[Sequence[Any]], layout: Layout) -> tuple[int, dict[str, int]] | None:
    """Return the row of the headings and where each column stands (the mark's under ""), or None where there is no mark's column."""
    titles = {title.casefold(): column.key for column in layout.columns for title in column.titles}
    titles |= {title.casefold(): "" for title in layout.mark_titles}
    for at, row in enumerate(rows[:HEADINGS_WITHIN]):
        found = {titles[name]: n for n, cell in enumerate(row) if (name := text_of(cell).strip().casefold()) in titles}
        if "" in found:
            return at, found
    return None
