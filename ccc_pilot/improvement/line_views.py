"""One row of the table, changed where it stands: how the action goes, without leaving the table."""

from typing import Any

from flask import flash, redirect, render_template, url_for

from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.improvement import naming, reading, service, showing
from ccc_pilot.improvement.blueprint import blueprint
from ccc_pilot.improvement.forms import ReportForm
from ccc_pilot.improvement.models import Action
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may
from ccc_pilot.web.htmx import is_partial


@blueprint.get("/actions/<int:action_id>/report")
@may("improvement.propose")
def report(action_id: int) -> Any:
    """The small form of one row: in the table itself, or as a page where there is no script."""
    action = reading.action(pilots.chosen(), action_id)
    if not reading.may_report(me(), action):
        return redirect(url_for("improvement.show", action_id=action_id))
    form = ReportForm(formdata=None, obj=action).of(action)
    form.text.data = ""
    return line(action, form.recall(url_for("improvement.send_report", action_id=action_id)))


@blueprint.post("/actions/<int:action_id>/report")
@may("improvement.propose")
def send_report(action_id: int) -> Any:
    """Save how an action goes."""
    action = reading.action(pilots.chosen(), action_id)
    form = ReportForm(obj=action).of(action)
    if not form.carries_out(service.report, target=action, who=me(), **form.given()):
        return line(action, form), 422
    if is_partial():
        return line(action, saved=True)
    flash(_("Saved."), "done")
    return redirect(url_for("improvement.show", action_id=action_id))


def line(action: Action, form: ReportForm | None = None, *, saved: bool = False) -> str:
    """Return the row of an action, with its small form: as a part of the table, or as a page."""
    known = naming.names([action], pilots.regions(pilots.chosen()))
    row = showing.row(action, known, action.plan, me(), today())
    template = "improvement/_row.html" if is_partial() else "improvement/report.html"
    return render_template(template, row=row, plan=action.plan, form=form, saved=saved)
