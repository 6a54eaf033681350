"""A plan's workbook in tests: taken out, changed cell by cell, sent back, looked over, taken in."""

import io
from typing import Any

from flask import current_app

from ccc_pilot.db import transaction
from ccc_pilot.improvement import coming_back, listing, workbook_showing, workbooks
from ccc_pilot.improvement.listing import Query
from ccc_pilot.improvement.models import Action, ImprovementPlan
from ccc_pilot.improvement.sheet_models import PlanWorkbook
from ccc_pilot.office import sheets_in
from ccc_pilot.office.roundtrip_files import write_csv, write_workbook
from ccc_pilot.office.sheets_in import Sheet
from ccc_pilot.people import pilots
from tests.factories import pilot
from tests.improvement.acting import RO, TODAY, acting


def layout(plan: ImprovementPlan) -> Any:
    return workbooks.layout(pilot(), plan, pilots.regions(pilot()))


def rows(plan: ImprovementPlan) -> list[Action]:
    return list(listing.every(plan, Query(), TODAY, 0))


def out(plan: ImprovementPlan, *, as_csv: bool = False) -> list[list[Any]]:
    """The sheet as a file holds it."""
    target = io.BytesIO()
    if as_csv:
        write_csv(layout(plan), workbooks.rows(rows(plan)), target)
    else:
        write_workbook(layout(plan), workbooks.rows(rows(plan)), target, title="t", author="a")
    return [list(row) for row in sheets_in.read(target.getvalue())[0].rows]


def put(sheet: list[list[Any]], code: str, heading: str, text: Any) -> None:
    column, at = sheet[0].index(heading), sheet[0].index("Nummer")
    next(row for row in sheet if row[at] == code)[column] = text


def look_over(plan: ImprovementPlan, sheet: list[list[Any]], by: str = RO) -> PlanWorkbook:
    file = (Sheet("Plan", tuple(tuple(row) for row in sheet)),)
    with transaction():
        return coming_back.look_over(plan=plan, layout=layout(plan), file=file, file_name="plan.xlsx", who=acting(by))


def take_in(plan: ImprovementPlan, workbook: PlanWorkbook, by: str = RO, **chosen: str) -> PlanWorkbook:
    with transaction():
        return coming_back.take(plan=plan, layout=layout(plan), workbook=workbook, chosen=chosen, who=acting(by))


def told(plan: ImprovementPlan, workbook: PlanWorkbook, by: str = RO) -> workbook_showing.Told:
    with current_app.test_request_context():
        return workbook_showing.told(plan, layout(plan), workbook, acting(by), pilots.regions(pilot()))
