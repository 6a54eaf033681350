"""The page on which one chooses when to be reminded, and of what, and says that one is away."""

from typing import Any

from flask import flash, redirect, render_template, url_for

from ccc_pilot.db import transaction
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.people.doors import me
from ccc_pilot.reminders import choices, choosing
from ccc_pilot.reminders.blueprint import blueprint
from ccc_pilot.reminders.forms import AbsenceForm, ChoicesForm
from ccc_pilot.web.access import may


@blueprint.route("/reminders/choices", methods=["GET", "POST"])
@may("own.reminders")
def choose() -> Any:
    """Choose the hour, the days and the kinds."""
    form = ChoicesForm(obj=_stored())
    if form.carries_out(choosing.choose, person_id=me().person_id, **form.given()):
        flash(_("Saved."), "done")
        return redirect(url_for("reminders.choose"))
    return _page(form, _absence(blank=True))


def _stored() -> Any:
    row = choices.of(me().person_id)
    return type("Stored", (), {"hour": row.hour, "weekdays": list(row.weekdays), "muted": row.muted, "version": row.version})


@blueprint.post("/reminders/absence")
@may("own.reminders")
def leave() -> Any:
    """Say that one is away."""
    form = _absence()
    given = {**form.given(), "deputy_id": form.deputy_id.data or None}
    if form.carries_out(choosing.leave, person_id=me().person_id, **given, today=today()):
        flash(_("Noted. While you are away your mails go to your deputy."), "done")
        return redirect(url_for("reminders.choose", _anchor="absence"))
    return _page(ChoicesForm(formdata=None, obj=_stored()), form)


@blueprint.post("/reminders/absence/<int:number>/end")
@may("own.reminders")
def come_back(number: int) -> Any:
    """Take an absence back."""
    with transaction():
        choosing.come_back(person_id=me().person_id, number=number)
    flash(_("Welcome back. Your mails come to you again."), "done")
    return redirect(url_for("reminders.choose", _anchor="absence"))


def _absence(*, blank: bool = False) -> AbsenceForm:
    form = AbsenceForm(formdata=None) if blank else AbsenceForm()
    return form.offer(choosing.deputies(me().person_id))


def _page(form: ChoicesForm, absence: AbsenceForm) -> Any:
    page = {"form": form, "absence": absence, "absences": choosing.absences(me().person_id, today())}
    return render_template("reminders/choose.html", **page), 422 if form.sent or absence.sent else 200
