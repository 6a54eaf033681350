"""After the meeting: all its proposals become decisions, or are rejected, deferred or referred back, in one step."""

from typing import Any

from flask import flash, redirect, render_template, url_for

from ccc_pilot.decisions import finding, outcomes, recording
from ccc_pilot.decisions.blueprint import blueprint
from ccc_pilot.decisions.models import Meeting
from ccc_pilot.decisions.outcome_forms import OutcomesForm
from ccc_pilot.i18n import ngettext, today
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may


@blueprint.get("/meetings/<int:meeting_id>/outcomes")
@may("decision.record")
def settle_proposals(meeting_id: int) -> str:
    """The proposals of a meeting, each with what may become of it."""
    found = finding.meeting(pilots.chosen(), meeting_id)
    return _page(found, OutcomesForm.blank(outcomes.waiting(found)))


@blueprint.post("/meetings/<int:meeting_id>/outcomes")
@may("decision.record")
def record_outcomes(meeting_id: int) -> Any:
    """Record what became of them, all together."""
    found, form = finding.meeting(pilots.chosen(), meeting_id), OutcomesForm()
    if form.carries_out(outcomes.settle_all, meeting=found, outcomes=form.outcomes(), today=today(), actor_id=me().person_id):
        flash(ngettext("%(num)s outcome is recorded.", "%(num)s outcomes are recorded.", len(form.result)), "done")
        return redirect(url_for("decisions.meeting", meeting_id=meeting_id, _anchor="agenda"))
    return _page(found, form.renewed(outcomes.waiting(found))), 422


def _page(found: Meeting, form: OutcomesForm) -> str:
    rows = {str(row.id): row for row in finding.decisions_at(found.id)}
    hindrance = next((why for row in outcomes.waiting(found) if (why := recording.hindrance(row, today()))), "")
    return render_template("decisions/settle_proposals.html", found=found, form=form, rows=rows, hindrance=hindrance)
