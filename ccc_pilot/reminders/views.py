"""The inbox: what one is reminded of, and that it has been seen."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from ccc_pilot.db import transaction
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.people.doors import me
from ccc_pilot.reminders import addresses, inbox, showing
from ccc_pilot.reminders.blueprint import blueprint
from ccc_pilot.web import typed
from ccc_pilot.web.access import may
from ccc_pilot.web.paths import safe_next


@blueprint.get("/reminders")
@may("own.reminders")
def index() -> str:
    """What one is reminded of and has not yet seen."""
    refused = addresses.last_answer(me().person_id)
    return render_template("reminders/index.html", notices=showing.notices(me().person_id, today()), refused=refused)


@blueprint.post("/reminders/<int:number>/seen")
@may("own.reminders")
def see(number: int) -> Any:
    """Put one reminder away."""
    with transaction():
        inbox.see(number=number, person_id=me().person_id)
    return _back(_("Put away. It comes back when the next step is reached."))


@blueprint.post("/reminders/seen")
@may("own.reminders")
def see_all() -> Any:
    """Put all reminders away that the page showed."""
    with transaction():
        inbox.see_all(person_id=me().person_id, up_to=typed.number(request.form.get("up_to", "")) or 0)
    return _back(_("All are put away. Each comes back when its next step is reached."))


def _back(message: str) -> Any:
    flash(message, "done")
    return redirect(safe_next(request.form.get("next")) or url_for("reminders.index"))
