"""How long whole files of a round take: the workbook out and in again, one that is too long, and the dossier with its evidence."""

import io
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import TYPE_CHECKING, Any

from bench.assessment_data import FILES
from bench.data import surroundings
from bench.servers import Client

if TYPE_CHECKING:
    from bench.assessment import Side

TIMES = 5
EXCEL, EXCEL_SECONDS = "Excel of all regions", 0.4
CHANGED = 10  # every tenth answer of the file that comes back
TOO_LONG = 100_000  # rows


def tell(sides: Sequence["Side"]) -> None:
    """Print how long each file takes: the median of some times, after one that warms up."""
    print("| seconds |" + "".join(f" {side.regions} regions |" for side in sides) + " aim |")
    print("|---|" + "---|" * (len(sides) + 1))
    for name, measure in (
        (EXCEL, _excel),
        ("Excel of one region comes back without edits and is looked over", _unchanged),
        ("it comes back with every tenth answer changed and is looked over", _changed),
        ("what was changed is taken in", _taken_in),
        (f"a file of {TOO_LONG:,} rows is refused", _too_long),
    ):
        found = [_measured(measure, side) for side in sides]
        print(f"| {name} |" + "".join(f" {one:.2f} |" for one in found) + f" {_aim(name, found[0])} |", flush=True)
    told = [_dossier(side) for side in sides]
    print(f"| dossier with {FILES} files; MB of memory |" + "".join(f" {one} |" for one in told) + " |", flush=True)


def _aim(name: str, smallest: float) -> str:
    return f"≤ {EXCEL_SECONDS}: {'met' if smallest <= EXCEL_SECONDS else '**not met**'}" if name == EXCEL else ""


def _measured(measure: Callable[["Side", Client], Callable[[], object]], side: "Side") -> float:
    client, times = Client(side.product), []
    for _turn in range(TIMES + 1):
        call = measure(side, client)
        began = time.perf_counter()
        call()
        times.append(time.perf_counter() - began)
    return median(times[1:])


def _excel(side: "Side", client: Client) -> Callable[[], object]:
    return lambda: _fetched(client, f"{side.path}/sosr/answers.xlsx")


def _fetched(client: Client, path: str) -> bytes:
    status, body = client.fetch(path)
    assert status == 200, f"{path} was answered with {status}"
    return body


def _unchanged(side: "Side", client: Client) -> Callable[[], object]:
    data = _fetched(client, f"{side.path}/ro/answers.xlsx")
    return lambda: _sent(side, client, data)


def _changed(side: "Side", client: Client) -> Callable[[], object]:
    data = _edited(side, client)
    return lambda: _sent(side, client, data)


def _taken_in(side: "Side", client: Client) -> Callable[[], object]:
    where = f"{_sent(side, client, _edited(side, client))}/take"
    return lambda: _expect(302, *client.fetch(where, {"csrf_token": side.product.token}))


def _too_long(side: "Side", client: Client) -> Callable[[], object]:
    data = _workbook([["x", n, "y"] for n in range(TOO_LONG)])
    return lambda: _sent(side, client, data, answered=422)


def _sent(side: "Side", client: Client, data: bytes, answered: int = 302) -> str:
    _expect(answered, *client.upload(f"{side.path}/ro/sheets", {"csrf_token": side.product.token}, "svar.xlsx", data))
    return client.location


def _expect(wanted: int, status: int, body: bytes) -> None:
    assert status == wanted, f"answered with {status}: {body[:500]!r}"


def _edited(side: "Side", client: Client) -> bytes:
    """Return the region's workbook as somebody sends it who has written a new reason in every tenth row."""
    from ccc_pilot.office import sheets_in

    rows = sheets_in.read(_fetched(client, f"{side.path}/ro/answers.xlsx"))[0].rows
    note = [str(cell) for cell in rows[0]].index("Motivering")
    reason = f"Ny motivering {time.time()}"
    return _workbook([[*row[:note], reason, *row[note + 1 :]] if n and n % CHANGED == 0 else row for n, row in enumerate(rows)])


def _workbook(rows: Sequence[Sequence[Any]]) -> bytes:
    from xlsxwriter import Workbook

    target = io.BytesIO()
    with Workbook(target, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for n, row in enumerate(rows):
            sheet.write_row(n, 0, ["" if cell is None else cell for cell in row])
    return target.getvalue()


def _dossier(side: "Side") -> str:
    """Let a process of its own write the dossier, as the worker in the background does; returns seconds and megabytes."""
    command = [sys.executable, "-m", "bench.assessment_dossier", str(side.number)]
    return subprocess.check_output(command, cwd=side.folder, env=surroundings(side.folder), text=True).strip()
