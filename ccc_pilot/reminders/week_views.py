"""The page of the week: each row is answered in place, put off with a reason, or left for its page."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from ccc_pilot.errors import Forbidden, NotFound
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.people import accounts
from ccc_pilot.people.doors import me
from ccc_pilot.progress.forms import ProgressForm
from ccc_pilot.reminders import answers, choosing, handing, showing, sources, week
from ccc_pilot.reminders.blueprint import blueprint
from ccc_pilot.reminders.deadlines import Deadline
from ccc_pilot.reminders.forms import HandOverForm, SnoozeForm
from ccc_pilot.web.access import may
from ccc_pilot.web.htmx import is_partial


@blueprint.get("/week")
@may("own.reminders")
def this_week() -> str:
    """Five minutes: what one has to see to this week."""
    everything = "all" in request.args
    found = week.of(me().person_id, today(), most=None if everything else week.FIRST)
    rows = [(showing.row(notice), _form(notice.deadline, blank=True)) for notice in found.rows]
    handed = {notice.deadline.object for notice in found.rows if handing.can(me(), notice.deadline)}
    return render_template(
        "reminders/this_week.html",
        rows=rows,
        week=found,
        handed=handed,
        resting=showing.resting(found.resting),
        may_milestones=me().may("milestone.read"),
    )


@blueprint.post("/week/<key>")
@may("own.reminders")
def answer_here(key: str) -> Any:
    """Say where one thing stands."""
    deadline = _open(key)
    form = _form(deadline)
    if form is None:
        raise Forbidden
    if not form.carries_out(answers.answer, object_key=key, person=accounts.get(me().person_id), **form.given()):
        return _one(deadline, form), 422
    if is_partial():
        return render_template("reminders/_done.html", row=showing.thing(deadline, today()))
    flash(_("Saved."), "done")
    return redirect(url_for("reminders.this_week"))


@blueprint.route("/week/<key>/later", methods=["GET", "POST"])
@may("own.reminders")
def later(key: str) -> Any:
    """Let a thing rest until a day, with a reason."""
    deadline, form = _open(key), SnoozeForm()
    if form.carries_out(choosing.snooze, person_id=me().person_id, object_key=key, **form.given(), today=today()):
        flash(_("It rests until then; it still stands among the milestones."), "done")
        return redirect(url_for("reminders.this_week"))
    return render_template(
        "reminders/later.html", row=showing.thing(deadline, today()), form=form, key=key
    ), 422 if form.sent else 200


@blueprint.route("/week/<key>/hand-over", methods=["GET", "POST"])
@may("own.reminders")
def hand_over(key: str) -> Any:
    """Let a thing that lies on a person lie on somebody else."""
    deadline = _open(key)
    if not handing.can(me(), deadline):
        raise Forbidden
    form = HandOverForm(data={"version": handing.version(deadline)}).offer(handing.people(deadline, today()))
    if form.carries_out(handing.hand, deadline=deadline, who=me(), day=today(), **form.given()):
        flash(_("Handed over."), "done")
        return redirect(url_for("reminders.this_week"))
    page = render_template("reminders/hand_over.html", row=showing.thing(deadline, today()), form=form, key=key)
    return page, 422 if form.sent else 200


def _open(key: str) -> Deadline:
    deadline = sources.open_ones([key]).get(key)
    if deadline is None or not me().may("milestone.read", deadline.region):
        raise NotFound(_("That is done already, or not yours to answer."))
    return deadline


def _form(deadline: Deadline, *, blank: bool = False) -> ProgressForm | None:
    if not answers.can_by(me().access, deadline):
        return None
    row = answers.target(deadline.object)
    form = ProgressForm(formdata=None, obj=row) if blank else ProgressForm(obj=row)
    if blank:
        form.comment.data = ""
    return form.offer(row.id, may_complete=answers.may_complete(me().access, row.region))


def _one(deadline: Deadline, form: ProgressForm) -> str:
    template = "reminders/_week_row.html" if is_partial() else "reminders/answer_here.html"
    return render_template(template, row=showing.thing(deadline, today()), form=form)
