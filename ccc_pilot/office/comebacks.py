"""A sheet that came back, from the look at it to the taking in: what is kept of each changed cell, how it stands now, what is taken.

A kept cell is a plain dictionary (row, column, mine, before, place, fault), so that a feature stores it as it likes. Between the look and
the taking in others may go on writing: how a cell stands is asked anew each time.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ccc_pilot.errors import Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.office.roundtrip import FRESH, Comeback, Layout, NotOurs, Row, State, come_back
from ccc_pilot.office.roundtrip_files import say
from ccc_pilot.office.sheet_cells import Column, fingerprint, shown, words
from ccc_pilot.office.sheets_in import Sheet
from ccc_pilot.office.tables import Kind

MINE, THEIRS = "mine", "theirs"
UNPLACED_SHOWN = 50
Kept = Mapping[str, Any]
Values = Mapping[str, Mapping[str, Any]]  # by row, then by column: what is stored now


def look_over(file: Sequence[Sheet], layout: Layout, now: Iterable[Row]) -> Comeback:
    """Compare the sheets of a ``file`` with the rows as they stand ``now``. Raises ``Refused`` at the field ``file`` where none is ours."""
    try:
        return come_back((one.rows for one in file), layout, {row.key: row for row in now}, today=today(), say=say)
    except NotOurs:
        names = ", ".join(one.name for one in file)[:200]
        raise Refused(
            _("No sheet of the file has the column “%(column)s”. The file has: %(names)s. Take out the workbook again and fill in that one.",
              column=layout.mark_titles[0], names=names), "file",
        ) from None  # fmt: skip


def cells(found: Comeback, *, fresh: bool = False) -> list[dict[str, Any]]:
    """Return what is kept of the changed cells; with ``fresh`` also the cells of rows that are new."""
    return [
        {
            "row": cell.row, "column": cell.column, "mine": cell.mine.isoformat() if isinstance(cell.mine, date) else cell.mine,
            "place": cell.place, "before": cell.before, "fault": cell.fault,
        }
        for cell in (*found.cells, *(found.fresh if fresh else ()))
    ]  # fmt: skip


def is_fresh(cell: Kept) -> bool:
    """Whether a kept cell stands in a row that is new."""
    return str(cell["row"]).startswith(FRESH)


def unplaced(found: Comeback, *, fresh: bool = False) -> list[str]:
    """Return the places of rows that could not be placed, at most ``UNPLACED_SHOWN``; with ``fresh`` those that are new are not among them."""
    new = {row_of(cell.place) for cell in found.fresh} if fresh else set()
    return [*(place for place in found.strange if row_of(place) not in new), *found.doubled][:UNPLACED_SHOWN]


def row_of(place: str) -> str:
    """Return the row of a place in a sheet: "7" of "C7"."""
    return place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def standing(column: Column, cell: Kept, now: Any) -> State:
    """Return how a kept cell stands to the value ``now``: it may have been changed since it was looked over."""
    if cell["fault"]:
        return State.INVALID
    current, wrote = fingerprint(column, now), fingerprint(column, cell["mine"], words)
    if wrote == current:
        return State.UNCHANGED
    if wrote == cell["before"]:
        return State.THEIRS
    return State.MINE if current == cell["before"] else State.BOTH


def value(column: Column, cell: Kept) -> Any:
    """Return what a kept cell says, as the feature stores it."""
    mine = cell["mine"]
    return date.fromisoformat(mine) if column.kind is Kind.DAY and mine else mine


def wanted(
    kept: Iterable[Kept], columns: Mapping[str, Column], now: Values, chosen: Mapping[str, str]
) -> dict[str, dict[str, Any]]:
    """Return what is to be written, by row and column: what is mine, and of what both changed that which is ``chosen`` ("row.column").

    Rows that are no longer among ``now`` are left out.
    """
    told: dict[str, dict[str, Any]] = {}
    for cell in kept:
        row, column = cell["row"], columns.get(cell["column"])
        if column is None or row not in now:
            continue
        state = standing(column, cell, now[row][column.key])
        if state is State.MINE or (state is State.BOTH and chosen.get(f"{row}.{column.key}") == MINE):
            told.setdefault(row, {})[column.key] = value(column, cell)
    return told


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that differs: where it is, both texts, and the name of the choice where one is to be made."""

    name: str
    url: str
    row: str
    column: str
    now: str
    mine: str
    place: str
    fault: str


@dataclass(frozen=True, slots=True)
class Told:
    """The differences by how they stand; ``rows``: the rows that would be written."""

    mine: list[Difference] = field(default_factory=list)
    theirs: list[Difference] = field(default_factory=list)
    both: list[Difference] = field(default_factory=list)
    invalid: list[Difference] = field(default_factory=list)
    rows: frozenset[str] = frozenset()


def told(
    kept: Iterable[Kept], columns: Mapping[str, Column], now: Values, place: Callable[[str], tuple[str, str]],
    hindered: Mapping[str, str] | None = None,
) -> Told:  # fmt: skip
    """Return how a sheet differs from what is stored ``now``. ``place``: the name and the address of a row.

    ``hindered``: cells ("row.column") that the feature's own rules refuse, each with the reason; they cannot be taken in.
    """
    found: dict[State, list[Difference]] = {state: [] for state in State}
    rows: set[str] = set()
    for cell in kept:
        row, column = cell["row"], columns.get(cell["column"])
        if column is None or row not in now:
            continue
        state, fault = standing(column, cell, now[row][column.key]), cell["fault"]
        if state in {State.MINE, State.BOTH} and (why := (hindered or {}).get(f"{row}.{column.key}", "")):
            state, fault = State.INVALID, why
        if state in {State.MINE, State.BOTH}:
            rows.add(row)
        name, url = place(row)
        found[state].append(
            Difference(
                f"take.{row}.{column.key}", url, name, column.titles[0], shown(column, now[row][column.key]),
                cell["mine"] if cell["fault"] else shown(column, cell["mine"]), cell["place"], fault,
            )
        )  # fmt: skip
    return Told(found[State.MINE], found[State.THEIRS], found[State.BOTH], found[State.INVALID], frozenset(rows))
