"""A region's answers as a file, and a file that comes back: looked over, taken in, undone."""

from functools import partial
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for

from ccc_pilot.assessment import imports, scope, sheet_showing, sheets, showing, sight
from ccc_pilot.assessment.blueprint import blueprint
from ccc_pilot.assessment.models import AssessmentRound
from ccc_pilot.assessment.result_models import AssessmentSheet
from ccc_pilot.errors import NotFound
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import ngettext, today
from ccc_pilot.office import csv, roundtrip_files, spreadsheets
from ccc_pilot.office.roundtrip import Layout, Row
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.people.policy import NETWORK
from ccc_pilot.web.access import may
from ccc_pilot.web.downloads import download
from ccc_pilot.web.sheet_forms import SheetForm, TakeForm

SHEET = "/<int:number>/<region>/sheets/<int:sheet>"


@blueprint.get("/<int:number>/<region>/answers.xlsx")
@may("assessment.export", region="region")
def export_xlsx(number: int, region: str) -> Any:
    """The region's answers, all or those of the chapters asked for, as a workbook to fill in and send back; for all jointly, of every region seen."""
    round_ = sight.round_(pilots.chosen(), number)
    layout, rows = _out(round_, region)
    write = partial(roundtrip_files.write_workbook, layout, rows, title=f"{round_.title} {today()}", author=me().name)
    return download(write, name=_name(round_, region, "xlsx"), mimetype=spreadsheets.MIMETYPE)


@blueprint.get("/<int:number>/<region>/answers.csv")
@may("assessment.export", region="region")
def export_csv(number: int, region: str) -> Response:
    """The region's answers as CSV."""
    round_ = sight.round_(pilots.chosen(), number)
    return download(
        partial(roundtrip_files.write_csv, *_out(round_, region)), name=_name(round_, region, "csv"), mimetype=csv.MIMETYPE
    )


def _out(round_: AssessmentRound, region: str) -> tuple[Layout, list[Row]]:
    seen = [one for one in sight.regions(round_, me(), today()) if region in {NETWORK, one}]
    shorts = {one.key: one.short for one in sight.places(round_)}
    found, chapters = scope.edition_of(round_), [round_.point_key(slug) for slug in request.args.getlist("chapter")]
    if not {chapter.key for chapter in found.chapters}.issuperset(chapters):
        raise NotFound
    return sheets.layout(found), sheets.with_names(sheets.rows(round_, seen, chapters), shorts)


def _name(round_: AssessmentRound, region: str, ending: str) -> str:
    return "-".join([_("answers"), str(round_.id), region, *request.args.getlist("chapter"), f"{today()}.{ending}"])


@blueprint.get("/<int:number>/<region>/sheets")
@may("assessment.answer", region="region")
def sheets_in(number: int, region: str) -> str:
    """Where a sheet is sent in, and what was sent in before."""
    return _page(sight.round_(pilots.chosen(), number), region, SheetForm(formdata=None))


def _page(round_: AssessmentRound, region: str, form: SheetForm) -> str:
    return render_template(
        "assessment/sheets_in.html", round=round_, region=region, regions=sight.places(round_), form=form,
        chapters=showing.chapters(round_), recent=imports.recent(round_, region, me().person_id),
    )  # fmt: skip


@blueprint.post("/<int:number>/<region>/sheets")
@may("assessment.answer", region="region")
def look_over(number: int, region: str) -> Any:
    """Take a sheet and compare it; nothing is changed yet."""
    round_, form = sight.round_(pilots.chosen(), number), SheetForm()
    if form.carries_out(form.looked_over_by(imports.look_over), round_=round_, region=region, actor_id=me().person_id):
        return redirect(url_for("assessment.sheet", number=number, region=region, sheet=form.result.id))
    return _page(round_, region, form), 422


@blueprint.get(SHEET)
@may("assessment.answer", region="region")
def sheet(number: int, region: str, sheet: int) -> str:
    """What differs between a sheet and the answers as they stand now."""
    round_ = sight.round_(pilots.chosen(), number)
    return _sheet(round_, imports.of(round_, region, sheet, me().person_id), TakeForm(formdata=None))


def _sheet(round_: AssessmentRound, found: AssessmentSheet, form: TakeForm) -> str:
    return render_template(
        "assessment/sheet.html", round=round_, region=found.region, regions=sight.places(round_), sheet=found, form=form,
        told=sheet_showing.told(round_, found), chosen=form.chosen,
    )  # fmt: skip


@blueprint.post(f"{SHEET}/take")
@may("assessment.answer", region="region")
def take_sheet(number: int, region: str, sheet: int) -> Any:
    """Take in what was changed in a sheet."""
    round_ = sight.round_(pilots.chosen(), number)
    found, form = imports.of(round_, region, sheet, me().person_id), TakeForm()
    if form.carries_out(imports.take, sheet=found, **form.given(), actor_id=me().person_id):
        n = len(form.result.taken)
        flash(ngettext("%(num)d answer was changed.", "%(num)d answers were changed.", n), "done")
        return redirect(url_for("assessment.sheet", number=number, region=region, sheet=sheet))
    return _sheet(round_, found, form), 422


@blueprint.post(f"{SHEET}/undo")
@may("assessment.answer", region="region")
def undo_sheet(number: int, region: str, sheet: int) -> Any:
    """Write back what stood there before a sheet was taken in."""
    round_ = sight.round_(pilots.chosen(), number)
    found, form = imports.of(round_, region, sheet, me().person_id), TakeForm()
    if form.carries_out(imports.undo, sheet=found, actor_id=me().person_id):
        flash(ngettext("%(num)d answer was restored.", "%(num)d answers were restored.", form.result), "done")
        return redirect(url_for("assessment.sheet", number=number, region=region, sheet=sheet))
    return _sheet(round_, found, form), 422
