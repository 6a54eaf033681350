"""How long whole files of a round take: the workbook out and in again, and the dossier with its evidence."""

import io
from collections.abc import Callable
from statistics import median
from typing import Any

from bench.assessment_sides import House, get, post, seconds

TIMES = 5
EXCEL_SECONDS = 0.4  # of all points in three regions
EXCEL = "Excel of all regions"
CHANGED = 10  # every tenth answer of the file that comes back
FILES = 500


def tell(houses: list[House]) -> None:
    """Print how long each file takes: the median of some times, after one that warms up."""
    print("| seconds |" + "".join(f" {house.regions} regions |" for house in houses) + " aim |")
    print("|---|" + "---|" * (len(houses) + 1))
    for name, measure in (
        (EXCEL, _excel),
        ("Excel of one region", _excel_of_one),
        ("it comes back without edits and is looked over", _unchanged),
        ("it comes back with every tenth answer changed and is looked over", _changed),
        ("what was changed is taken in", _taken_in),
        (f"dossier with {FILES} files", _dossier),
    ):
        found = [_measured(measure, house) for house in houses]
        print(f"| {name} |" + "".join(f" {one:.2f} |" for one in found) + f" {_aim(name, found[0])} |", flush=True)


def _aim(name: str, smallest: float) -> str:
    if name != EXCEL:
        return ""
    return f"≤ {EXCEL_SECONDS}: {'met' if smallest <= EXCEL_SECONDS else '**not met**'}"


def _measured(measure: Callable[[House], Callable[[], object]], house: House) -> float:
    times = [seconds(measure(house)) for _turn in range(TIMES + 1)]
    return median(times[1:])


def _excel(house: House) -> Callable[[], object]:
    return lambda: get(house.client, f"{house.path}/sosr/answers.xlsx")


def _excel_of_one(house: House) -> Callable[[], object]:
    return lambda: get(house.client, f"{house.path}/ro/answers.xlsx")


def _unchanged(house: House) -> Callable[[], object]:
    data = get(house.client, f"{house.path}/ro/answers.xlsx").data
    return lambda: _send(house, data)


def _changed(house: House) -> Callable[[], object]:
    data = _edited(house)
    return lambda: _send(house, data)


def _taken_in(house: House) -> Callable[[], object]:
    where = _send(house, _edited(house)).headers["Location"]
    return lambda: post(house.client, f"{where}/take", {})


def _send(house: House, data: bytes) -> Any:
    return post(house.client, f"{house.path}/ro/sheets", {"file": (io.BytesIO(data), "svar.xlsx")})


def _edited(house: House) -> bytes:
    """Return the region's workbook as somebody sends it who has written a new reason in every tenth row."""
    from xlsxwriter import Workbook

    from ccc_pilot.office import sheets_in

    house.saved += 1
    rows = sheets_in.read(get(house.client, f"{house.path}/ro/answers.xlsx").data)[0].rows
    note = [str(cell) for cell in rows[0]].index("Motivering")
    target = io.BytesIO()
    with Workbook(target, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for n, row in enumerate(rows):
            told = [*row[:note], f"Ny motivering {house.saved}", *row[note + 1 :]] if n and n % CHANGED == 0 else row
            sheet.write_row(n, 0, ["" if cell is None else cell for cell in told])
    return target.getvalue()


def _dossier(house: House) -> Callable[[], object]:
    from ccc_pilot.assessment import dossier
    from ccc_pilot.assessment.models import AssessmentRound
    from ccc_pilot.db import db
    from ccc_pilot.evidence.store import FOLDER, Store

    def write() -> None:
        with house.app.app_context():
            round_ = db.session.get_one(AssessmentRound, house.number)
            store = Store(house.app.extensions["ccc_settings"].data_dir / FOLDER)
            dossier.write(round_, round_.region_keys, store, io.BytesIO(), lambda percent, note: None)

    return write
