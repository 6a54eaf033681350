"""The page of a plan's own columns."""

from typing import Any

from flask import flash, redirect, render_template, url_for

from ccc_pilot.i18n import gettext as _
from ccc_pilot.improvement import columns as choosing
from ccc_pilot.improvement import reading
from ccc_pilot.improvement.blueprint import blueprint
from ccc_pilot.improvement.column_forms import ColumnsForm
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may


@blueprint.get("/plans/<int:plan_id>/columns")
@may("improvement.steer")
def columns(plan_id: int) -> str:
    """The plan's own columns."""
    plan = reading.plan(pilots.chosen(), plan_id)
    return render_template("improvement/columns.html", plan=plan, form=ColumnsForm.blank(plan))


@blueprint.post("/plans/<int:plan_id>/columns")
@may("improvement.steer")
def choose_columns(plan_id: int) -> Any:
    """Let the plan have other columns."""
    plan, form = reading.plan(pilots.chosen(), plan_id), ColumnsForm()
    if form.carries_out(choosing.choose, plan=plan, who=me(), **form.given()):
        flash(_("The columns stand in the table, the forms and the files."), "done")
        return redirect(url_for("improvement.index", plan=plan_id))
    return render_template("improvement/columns.html", plan=plan, form=form.renewed(plan.version)), 422
