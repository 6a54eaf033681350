"""The plan as a workbook that goes out, is changed, and comes back: looked over, taken in, undone."""

from functools import partial
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for

from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import ngettext, today
from ccc_pilot.improvement import coming_back, consequences, listing, reading, showing, workbook_showing, workbooks
from ccc_pilot.improvement.blueprint import blueprint
from ccc_pilot.improvement.models import ImprovementPlan
from ccc_pilot.improvement.query import query_from
from ccc_pilot.improvement.sheet_models import PlanWorkbook
from ccc_pilot.improvement.views import tell
from ccc_pilot.office import csv, roundtrip_files, spreadsheets
from ccc_pilot.office.roundtrip import Layout
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may
from ccc_pilot.web.downloads import download
from ccc_pilot.web.sheet_forms import SheetForm, TakeForm


def _layout(plan: ImprovementPlan) -> Layout:
    pilot = pilots.chosen()
    return workbooks.layout(pilot, plan, pilots.regions(pilot))


def _rows(plan: ImprovementPlan) -> Any:
    return workbooks.rows(listing.every(plan, query_from(request.args), today(), me().person_id))


@blueprint.get("/plans/<int:plan_id>/workbook.xlsx")
@may("improvement.export")
def workbook_xlsx(plan_id: int) -> Response:
    """The actions that the address asks for, as a workbook that can be changed and sent back."""
    plan = reading.plan(pilots.chosen(), plan_id)
    write = partial(roundtrip_files.write_workbook, _layout(plan), _rows(plan), title=plan.title, author=me().name)
    return download(write, name=_name("xlsx"), mimetype=spreadsheets.MIMETYPE)


@blueprint.get("/plans/<int:plan_id>/workbook.csv")
@may("improvement.export")
def workbook_csv(plan_id: int) -> Response:
    """The same as CSV."""
    plan = reading.plan(pilots.chosen(), plan_id)
    return download(partial(roundtrip_files.write_csv, _layout(plan), _rows(plan)), name=_name("csv"), mimetype=csv.MIMETYPE)


def _name(ending: str) -> str:
    stem = _("improvement-plan-to-change")
    return f"{stem}-{today()}.{ending}"


@blueprint.get("/plans/<int:plan_id>/workbooks")
@may("improvement.propose")
def workbooks_in(plan_id: int) -> str:
    """Where the plan is taken out to be changed elsewhere, and sent back."""
    return _page(reading.plan(pilots.chosen(), plan_id), SheetForm(formdata=None))


def _page(plan: ImprovementPlan, form: SheetForm) -> str:
    given = showing.given(query_from(request.args))
    return render_template(
        "improvement/workbooks_in.html", plan=plan, form=form, recent=coming_back.recent(plan, me()), given=given,
        may_export=me().may("improvement.export"),
    )  # fmt: skip


@blueprint.post("/plans/<int:plan_id>/workbooks")
@may("improvement.propose")
def look_over_workbook(plan_id: int) -> Any:
    """Take a workbook and compare it; nothing is changed yet."""
    plan, form = reading.plan(pilots.chosen(), plan_id), SheetForm()
    if form.carries_out(form.looked_over_by(coming_back.look_over), plan=plan, layout=_layout(plan), who=me()):
        return redirect(url_for("improvement.workbook", plan_id=plan_id, number=form.result.id))
    return _page(plan, form), 422


@blueprint.get("/plans/<int:plan_id>/workbooks/<int:number>")
@may("improvement.propose")
def workbook(plan_id: int, number: int) -> str:
    """What differs between a workbook and the plan as it stands now."""
    plan = reading.plan(pilots.chosen(), plan_id)
    return _looked_over(plan, coming_back.of(plan, number, me()), TakeForm(formdata=None))


def _looked_over(plan: ImprovementPlan, found: PlanWorkbook, form: TakeForm) -> str:
    return render_template(
        "improvement/workbook.html", plan=plan, sheet=found, form=form, chosen=form.chosen,
        told=workbook_showing.told(plan, _layout(plan), found, me(), pilots.regions(pilots.chosen())),
    )  # fmt: skip


@blueprint.post("/plans/<int:plan_id>/workbooks/<int:number>/take")
@may("improvement.propose")
def take_workbook(plan_id: int, number: int) -> Any:
    """Take in what was changed in a workbook."""
    plan, form = reading.plan(pilots.chosen(), plan_id), TakeForm()
    found, before = coming_back.of(plan, number, me()), consequences.stand(plan)
    if form.carries_out(coming_back.take, plan=plan, layout=_layout(plan), workbook=found, **form.given(), who=me()):
        made = sum("made" in part for part in form.result.taken)
        if n := len(form.result.taken) - made:
            flash(ngettext("%(num)d action was changed.", "%(num)d actions were changed.", n), "done")
        if made:
            flash(ngettext("%(num)d new action.", "%(num)d new actions.", made), "done")
        tell(before, plan)
        return redirect(url_for("improvement.workbook", plan_id=plan_id, number=number))
    return _looked_over(plan, found, form), 422


@blueprint.post("/plans/<int:plan_id>/workbooks/<int:number>/undo")
@may("improvement.propose")
def undo_workbook(plan_id: int, number: int) -> Any:
    """Write back what stood there before a workbook was taken in."""
    plan, form = reading.plan(pilots.chosen(), plan_id), TakeForm()
    found, before = coming_back.of(plan, number, me()), consequences.stand(plan)
    if form.carries_out(coming_back.undo, plan=plan, workbook=found, who=me()):
        flash(ngettext("%(num)d action was restored.", "%(num)d actions were restored.", form.result), "done")
        tell(before, plan)
        return redirect(url_for("improvement.workbook", plan_id=plan_id, number=number))
    return _looked_over(plan, found, form), 422
