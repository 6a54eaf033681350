"""What is done with a meeting: planning it, its agenda, who was there, and how far it has come."""

from typing import Any

from flask import flash, redirect, render_template, url_for

from ccc_pilot.db import transaction
from ccc_pilot.decisions import finding, planning
from ccc_pilot.decisions.blueprint import blueprint
from ccc_pilot.decisions.decision_forms import LockForm
from ccc_pilot.decisions.forms import AttendanceForm, MeetingForm, NewPointForm, PlanForm, PointForm, StepForm
from ccc_pilot.decisions.rules import MeetingState
from ccc_pilot.decisions.views import page
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may


@blueprint.get("/meetings/new")
@may("decision.record")
def new_meeting() -> str:
    """The form for a meeting, or a series of them."""
    form = PlanForm(formdata=None).offer(finding.bodies().values()).recall(url_for("decisions.plan_meeting"))
    return render_template("decisions/new_meeting.html", form=form)


@blueprint.post("/meetings/new")
@may("decision.record")
def plan_meeting() -> Any:
    """Plan a meeting, or a series of them."""
    form = PlanForm().offer(finding.bodies().values())
    if form.carries_out(planning.plan, pilot=pilots.chosen(), **form.given(), actor_id=me().person_id):
        flash(_("Planned. Points that come back by themselves are on the agenda."), "done")
        return redirect(url_for("decisions.meeting", meeting_id=form.result.id))
    return render_template("decisions/new_meeting.html", form=form), 422


@blueprint.get("/meetings/<int:meeting_id>/edit")
@may("decision.record")
def edit_meeting(meeting_id: int) -> str:
    """The form for what is told of a meeting."""
    found = finding.meeting(pilots.chosen(), meeting_id)
    form = MeetingForm(formdata=None, obj=found).offer(finding.bodies().values())
    return render_template(
        "decisions/edit_meeting.html", form=form.recall(url_for("decisions.change_meeting", meeting_id=meeting_id)), found=found
    )


@blueprint.post("/meetings/<int:meeting_id>/edit")
@may("decision.record")
def change_meeting(meeting_id: int) -> Any:
    """Change what is told of a meeting."""
    found = finding.meeting(pilots.chosen(), meeting_id)
    form = MeetingForm(obj=found).offer(finding.bodies().values())
    if form.carries_out(planning.change, target=found, **form.given(), actor_id=me().person_id):
        return _back(_("Saved."), meeting_id)
    return render_template("decisions/edit_meeting.html", form=form, found=found), 422


@blueprint.post("/meetings/<int:meeting_id>/state")
@may("decision.record")
def step_meeting(meeting_id: int) -> Any:
    """Take a meeting a step further; approving its minutes has an address of its own."""
    form = StepForm()
    return _step(meeting_id, form, planning.for_the_recorder(form.to.data or ""))


@blueprint.post("/meetings/<int:meeting_id>/approval")
@may("decision.lock")
def approve_minutes(meeting_id: int) -> Any:
    """Approve the minutes as the second person, which locks what was decided."""
    return _step(meeting_id, LockForm(), MeetingState.ADJUSTED)


def _step(meeting_id: int, form: Any, to: str) -> Any:
    found = finding.meeting(pilots.chosen(), meeting_id)
    if form.carries_out(planning.step, target=found, to=to, version=form.version.data, today=today(), actor_id=me().person_id):
        return _back(_("Saved."), meeting_id)
    return page(finding.meeting(pilots.chosen(), meeting_id), step_form=form), 422


@blueprint.get("/meetings/<int:meeting_id>/points/new")
@may("decision.record")
def new_point(meeting_id: int) -> str:
    """The form for a point of the agenda."""
    found = finding.meeting(pilots.chosen(), meeting_id)
    form = NewPointForm(formdata=None).recall(url_for("decisions.add_point", meeting_id=meeting_id))
    return render_template("decisions/new_point.html", form=form, found=found)


@blueprint.post("/meetings/<int:meeting_id>/points/new")
@may("decision.record")
def add_point(meeting_id: int) -> Any:
    """Put a point on the agenda."""
    found, form = finding.meeting(pilots.chosen(), meeting_id), NewPointForm()
    if form.carries_out(planning.add_point, target=found, **form.given(), actor_id=me().person_id):
        return _back(_("The point stands last on the agenda."), meeting_id, f"point-{form.result.id}")
    return render_template("decisions/new_point.html", form=form, found=found), 422


@blueprint.get("/meetings/<int:meeting_id>/points/<int:point_id>")
@may("decision.record")
def edit_point(meeting_id: int, point_id: int) -> str:
    """The form for a point that is on the agenda."""
    found = finding.meeting(pilots.chosen(), meeting_id)
    point = finding.point(found, point_id)
    form = (
        PointForm(formdata=None, obj=point)
        .of(point)
        .recall(url_for("decisions.change_point", meeting_id=meeting_id, point_id=point_id))
    )
    return render_template("decisions/edit_point.html", form=form, found=found, point=point)


@blueprint.post("/meetings/<int:meeting_id>/points/<int:point_id>")
@may("decision.record")
def change_point(meeting_id: int, point_id: int) -> Any:
    """Change a point of the agenda."""
    found = finding.meeting(pilots.chosen(), meeting_id)
    point = finding.point(found, point_id)
    form = PointForm(obj=point).of(point)
    if form.carries_out(planning.change_point, target=found, point=point, **form.given(), actor_id=me().person_id):
        return _back(_("Saved."), meeting_id, f"point-{point_id}")
    return render_template("decisions/edit_point.html", form=form, found=found, point=point), 422


@blueprint.post("/meetings/<int:meeting_id>/points/<int:point_id>/<any(up, down):way>")
@may("decision.record")
def move_point(meeting_id: int, point_id: int, way: str) -> Any:
    """Let a point change places with the one above or below."""
    with transaction():
        found = finding.meeting(pilots.chosen(), meeting_id)
        planning.move_point(target=found, point=finding.point(found, point_id), up=way == "up", actor_id=me().person_id)
    return redirect(url_for("decisions.meeting", meeting_id=meeting_id, _anchor="agenda"))


@blueprint.post("/meetings/<int:meeting_id>/points/<int:point_id>/remove")
@may("decision.record")
def remove_point(meeting_id: int, point_id: int) -> Any:
    """Take a point off the agenda."""
    with transaction():
        found = finding.meeting(pilots.chosen(), meeting_id)
        planning.remove_point(target=found, point=finding.point(found, point_id), actor_id=me().person_id)
    return _back(_("The point is taken off the agenda."), meeting_id, "agenda")


@blueprint.post("/meetings/<int:meeting_id>/attendance")
@may("decision.record")
def attend(meeting_id: int) -> Any:
    """Say who was there."""
    found, form = finding.meeting(pilots.chosen(), meeting_id), AttendanceForm()
    if form.carries_out(planning.attend, target=found, **form.given(), actor_id=me().person_id):
        return _back(_("Saved."), meeting_id, "attendance")
    return page(found, attendance_form=form), 422


def _back(message: str, meeting_id: int, part: str = "") -> Any:
    flash(message, "done")
    return redirect(url_for("decisions.meeting", meeting_id=meeting_id, _anchor=part or None))
