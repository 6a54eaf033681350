"""The page of the week: each row is answered in place, put off with a reason, or left for its page."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from ccc_pilot.errors import Forbidden, NotFound
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.people import accounts
from ccc_pilot.people.doors import me
from ccc_pilot.progress.forms import ProgressForm
from ccc_pilot.reminders import answers, choosing, handing, leading, showing, sources, tapping, week
from ccc_pilot.reminders.blueprint import blueprint
from ccc_pilot.reminders.deadlines import Deadline
from ccc_pilot.reminders.forms import HandOverForm, SnoozeForm, TapForm
from ccc_pilot.reminders.words import ShownNotice
from ccc_pilot.web.access import may
from ccc_pilot.web.htmx import is_partial


@blueprint.get("/week")
@may("own.reminders")
def this_week() -> str:
    """Five minutes: what one has to see to this week."""
    everything = "all" in request.args
    found = week.of(me().person_id, today(), most=None if everything else week.FIRST)
    return render_template(
        "reminders/this_week.html",
        rows=[_part(notice.deadline, showing.row(notice)) for notice in found.rows],
        week=found,
        resting=showing.resting(found.resting),
        may_milestones=me().may("milestone.read"),
    )


def _part(
    deadline: Deadline, row: ShownNotice, *, form: ProgressForm | None = None, tap: TapForm | None = None
) -> dict[str, Any]:  # fmt: skip
    """Return a row with what can be said of it in place (the forms given back with what was typed), or the way to where it is done."""
    steps = tapping.steps(deadline, me())
    return {
        "row": row, "form": form or _form(deadline, blank=True), "steps": steps, "percent": bool(steps) and tapping.asks_percent(deadline),
        "tap": tap or (TapForm(formdata=None).of(deadline.object, tapping.version(deadline)) if steps else None),
        "way": leading.way(deadline, me()), "handed": handing.can(me(), deadline),
    }  # fmt: skip


@blueprint.post("/week/<key>")
@may("own.reminders")
def answer_here(key: str) -> Any:
    """Say where one thing stands."""
    deadline = _open(key)
    if tapping.steps(deadline, me()):
        return _tapped(deadline)
    form = _form(deadline)
    if form is None:
        raise Forbidden
    if not form.carries_out(answers.answer, object_key=key, person=accounts.get(me().person_id), **form.given()):
        return _one(deadline, form=form), 422
    return _saved(deadline)


def _tapped(deadline: Deadline) -> Any:
    form = TapForm().of(deadline.object, tapping.version(deadline))
    if form.carries_out(tapping.take, deadline=deadline, who=me(), day=today(), **form.given()):
        return _saved(deadline)
    return _one(deadline, tap=form.renewed(tapping.version(deadline))), 422


def _saved(deadline: Deadline) -> Any:
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


def _one(deadline: Deadline, **forms: Any) -> str:
    template = "reminders/_week_row.html" if is_partial() else "reminders/answer_here.html"
    part = _part(deadline, showing.thing(deadline, today()), **forms)
    return render_template(template, part=part, row=part["row"])
