"""An old plan in a spreadsheet goes in: sent, matched, looked over, taken in."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from ccc_pilot.i18n import ngettext, today
from ccc_pilot.improvement import consequences, fields, reading, taking_in
from ccc_pilot.improvement.blueprint import blueprint
from ccc_pilot.improvement.fields import FIELD_WORDS
from ccc_pilot.improvement.matching import Read
from ccc_pilot.improvement.models import ImprovementPlan
from ccc_pilot.improvement.sheet_forms import FAULT_WORDS, MatchForm, SheetForm
from ccc_pilot.improvement.sheet_models import PlanSheet
from ccc_pilot.improvement.views import choices, tell
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may


@blueprint.get("/plans/<int:plan_id>/sheets")
@may("improvement.propose")
def sheets(plan_id: int) -> str:
    """Where a spreadsheet is sent in."""
    return render_template("improvement/sheets.html", plan=reading.plan(pilots.chosen(), plan_id), form=SheetForm(formdata=None))


@blueprint.post("/plans/<int:plan_id>/sheets")
@may("improvement.propose")
def send_sheet(plan_id: int) -> Any:
    """Take a spreadsheet and guess its columns; nothing is taken in yet."""
    plan, form = reading.plan(pilots.chosen(), plan_id), SheetForm()
    if form.carries_out(taking_in.look_over, plan=plan, data=form.data_of_file(), name=form.name_of_file(), who=me()):
        return redirect(url_for("improvement.sheet", plan_id=plan_id, number=form.result.id))
    return render_template("improvement/sheets.html", plan=plan, form=form), 422


@blueprint.get("/plans/<int:plan_id>/sheets/<int:number>")
@may("improvement.propose")
def sheet(plan_id: int, number: int) -> str:
    """Which column is which field, and what the rows would become."""
    plan = reading.plan(pilots.chosen(), plan_id)
    return looked_over(plan, taking_in.of(plan, number, me().person_id), MatchForm(formdata=None))


def looked_over(plan: ImprovementPlan, found: PlanSheet, form: MatchForm) -> str:
    """Return the page on which a sheet is looked over."""
    rows, regions = _rows(plan, found), pilots.regions(pilots.chosen())
    touched = {row.given["region"] for row in rows}
    own = {column["key"]: column["title"] for column in plan.columns}
    return render_template(
        "improvement/sheet.html", plan=plan, sheet=found, form=form, headings=found.rows[found.head], rows=rows[:50], total=len(rows),
        wrong=sum(bool(row.faults) for row in rows), usual=_usual(), regions=choices().regions, fault_words=FAULT_WORDS,
        follows=[] if found.taken_at else consequences.to_come(plan, touched, 0, regions),
        words={**FIELD_WORDS, **own}, fields=[*fields.PLAIN, "tags", *own],
    )  # fmt: skip


def _rows(plan: ImprovementPlan, found: PlanSheet) -> list[Read]:
    return taking_in.preview(plan, found, dict(choices().regions), _usual(), today())


def _usual() -> str:
    """The region of rows that name none: the one that was chosen, else the first that is one's own."""
    regions = [key for key, _words in choices().regions]
    asked = request.values.get("region", "")
    return asked if asked in regions else regions[0] if regions else ""


@blueprint.post("/plans/<int:plan_id>/sheets/<int:number>")
@may("improvement.propose")
def match_sheet(plan_id: int, number: int) -> Any:
    """Say which column is which field, and see what the rows would become."""
    plan, form = reading.plan(pilots.chosen(), plan_id), MatchForm()
    found = taking_in.of(plan, number, me().person_id)
    if form.carries_out(taking_in.match, sheet=found, mapping=request.form.getlist("field")):
        return redirect(url_for("improvement.sheet", plan_id=plan_id, number=number, region=_usual()))
    return looked_over(plan, found, form), 422


@blueprint.post("/plans/<int:plan_id>/sheets/<int:number>/take-in")
@may("improvement.propose")
def take_in_sheet(plan_id: int, number: int) -> Any:
    """Make actions of all rows, or of none where anything is wrong."""
    plan, form = reading.plan(pilots.chosen(), plan_id), MatchForm()
    found, before = taking_in.of(plan, number, me().person_id), consequences.stand(plan)
    if form.carries_out(taking_in.take_in, plan=plan, sheet=found, rows=_rows(plan, found), who=me()):
        flash(ngettext("%(num)s action was taken in.", "%(num)s actions were taken in.", len(found.made)), "done")
        tell(before, plan)
        return redirect(url_for("improvement.index", plan=plan_id))
    return looked_over(plan, found, form), 422
