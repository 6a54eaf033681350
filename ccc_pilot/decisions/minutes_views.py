"""The minutes on one page: what was said under each point, decided point by point, and every text as it was saved."""

from typing import Any

from flask import flash, redirect, render_template, url_for

from ccc_pilot.decisions import finding, minutes, recording, showing, words
from ccc_pilot.decisions.blueprint import blueprint
from ccc_pilot.decisions.decision_forms import SettleForm
from ccc_pilot.decisions.forms import NotesForm, TextForm
from ccc_pilot.decisions.models import AgendaPoint, Meeting
from ccc_pilot.decisions.rules import SEALED, DecisionState
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may
from ccc_pilot.web.htmx import is_partial


@blueprint.get("/meetings/<int:meeting_id>/minutes")
@may("decision.record")
def write_minutes(meeting_id: int) -> str:
    """The page on which the minutes are written."""
    return page(finding.meeting(pilots.chosen(), meeting_id))


def page(
    found: Meeting,
    text_form: TextForm | None = None,
    notes: NotesForm | None = None,
    settle: SettleForm | None = None,
    at: int = 0,
) -> str:
    """Return the page of the minutes; the forms are those given back with what was typed: ``notes`` of the point ``at``, ``settle`` of that decision."""
    bodies = finding.bodies()
    path = url_for("decisions.save_text", meeting_id=found.id)
    rows = finding.decisions_at(found.id)
    return render_template(
        "decisions/write_minutes.html",
        shown=showing.meeting(found, bodies, today(), {}), sealed=found.state in SEALED,
        text_form=text_form or TextForm(formdata=None, obj=found).of(found).recall(path),
        parts=[_part(found, point, rows, bodies, notes if at == point.id else None, settle, at) for point in found.points],
    )  # fmt: skip


def _part(
    found: Meeting, point: AgendaPoint, rows: Any, bodies: Any, notes: NotesForm | None, settle: SettleForm | None, at: int
) -> dict[str, Any]:
    path = url_for("decisions.save_notes", meeting_id=found.id, point_id=point.id)
    here = [row for row in rows if row.point_id == point.id]
    forms = {
        row.id: settle if settle and at == row.id else SettleForm.blank(row, url_for("decisions.settle", decision_id=row.id))
        for row in here
        if row.status == DecisionState.PROPOSED and not recording.hindrance(row, today())
    }
    unheld = next(
        (why for row in here if row.status == DecisionState.PROPOSED and (why := recording.hindrance(row, today()))), ""
    )
    return {
        "point": point, "kind": words.POINT_WORDS[point.kind], "decisions": [showing.decision(row, bodies, {}) for row in here],  # type: ignore[index]
        "settle": forms, "hindrance": unheld, "form": notes or NotesForm(formdata=None, obj=point).of(point).recall(path), "path": path,
    }  # fmt: skip


@blueprint.post("/meetings/<int:meeting_id>/minutes")
@may("decision.record")
def save_text(meeting_id: int) -> Any:
    """Save what belongs to no point."""
    found = finding.meeting(pilots.chosen(), meeting_id)
    form = TextForm(obj=found).of(found)
    if form.carries_out(minutes.write_text, target=found, **form.given(), actor_id=me().person_id):
        flash(_("Saved."), "done")
        return redirect(url_for("decisions.write_minutes", meeting_id=meeting_id))
    return page(found, form), 422


@blueprint.post("/meetings/<int:meeting_id>/minutes/<int:point_id>")
@may("decision.record")
def save_notes(meeting_id: int, point_id: int) -> Any:
    """Save what was said under a point; by script in place."""
    found = finding.meeting(pilots.chosen(), meeting_id)
    point = finding.point(found, point_id)
    form = NotesForm(obj=point).of(point)
    if not form.carries_out(minutes.write_point, target=found, point=point, **form.given(), actor_id=me().person_id):
        return _point(found, point, form) if is_partial() else page(found, notes=form, at=point_id), 422
    if is_partial():
        return _point(finding.meeting(pilots.chosen(), meeting_id), point, None)
    flash(_("Saved."), "done")
    return redirect(url_for("decisions.write_minutes", meeting_id=meeting_id, _anchor=f"point-{point_id}"))


def _point(found: Meeting, point: AgendaPoint, form: NotesForm | None) -> str:
    part = _part(found, point, finding.decisions_at(found.id), finding.bodies(), form, None, 0)
    return render_template("decisions/_point.html", part=part, meeting=found, saved=form is None)


@blueprint.get("/meetings/<int:meeting_id>/minutes/history")
@may("decision.read")
def minutes_history(meeting_id: int) -> str:
    """Every text of the minutes as it was saved."""
    found = finding.meeting(pilots.chosen(), meeting_id)
    return render_template("decisions/minutes_history.html", found=found, kept=minutes.revisions(found))
