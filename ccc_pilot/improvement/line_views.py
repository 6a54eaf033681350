"""One row of the table, changed where it stands: who, by when, how it goes and the next step, without leaving the table."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, url_for

from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.improvement import consequences, in_place, naming, reading, showing
from ccc_pilot.improvement.blueprint import blueprint
from ccc_pilot.improvement.line_forms import LineForm
from ccc_pilot.improvement.models import Action
from ccc_pilot.improvement.views import choices
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may
from ccc_pilot.web.htmx import is_partial


@blueprint.get("/actions/<int:action_id>/report")
@may("improvement.propose")
def report(action_id: int) -> Any:
    """The small form of one row: in the table itself, or as a page where there is no script."""
    action = reading.action(pilots.chosen(), action_id)
    if not showing.may_change(action, me()):
        return redirect(url_for("improvement.show", action_id=action_id))
    form = _of(LineForm(formdata=None, obj=action), action)
    form.text.data = ""
    return line(action, form.recall(url_for("improvement.send_report", action_id=action_id)))


def _of(form: LineForm, action: Action) -> LineForm:
    """The form with what this reader may change of the action as it stands."""
    edits, reports = reading.may_edit(me(), action), reading.may_report(me(), action)
    steps = [(step.name, step.words) for step in showing.steps(action, me()) if set(step.asks) <= {"text"}]
    return form.of(action, choices().owners if edits else (), steps, edits=edits, reports=reports)


@blueprint.post("/actions/<int:action_id>/report")
@may("improvement.propose")
def send_report(action_id: int) -> Any:
    """Save what was changed of an action in its row."""
    action = reading.action(pilots.chosen(), action_id)
    form, before = _of(LineForm(obj=action), action), consequences.stand(action.plan)
    if not form.carries_out(in_place.save, target=action, who=me(), **form.given()):
        return line(action, form), 422
    told = consequences.happened(before, action.plan, pilots.regions(pilots.chosen()))
    if is_partial():
        return line(action, saved=True, told=told)
    flash(_("Saved."), "done")
    for sentence in told:
        flash(sentence, "risk")
    return redirect(url_for("improvement.show", action_id=action_id))


def line(action: Action, form: LineForm | None = None, *, saved: bool = False, told: Sequence[str] = ()) -> str:
    """Return the row of an action, with its small form: as a part of the table, or as a page. ``told``: what saving it withdrew."""
    known = naming.names([action], pilots.regions(pilots.chosen()))
    row = showing.row(action, known, action.plan, me(), today())
    template = "improvement/_row.html" if is_partial() else "improvement/report.html"
    return render_template(template, row=row, plan=action.plan, form=form, saved=saved, told=told)
