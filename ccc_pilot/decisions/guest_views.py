"""The page on which one says whom a meeting is for."""

from typing import Any

from flask import flash, redirect, render_template, url_for

from ccc_pilot.decisions import finding, guests
from ccc_pilot.decisions.blueprint import blueprint
from ccc_pilot.decisions.guest_forms import GuestsForm
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may


@blueprint.route("/meetings/<int:meeting_id>/guests", methods=["GET", "POST"])
@may("decision.record")
def invite(meeting_id: int) -> Any:
    """Who is invited; where nobody is yet, those of the body's last meeting are ticked."""
    pilot = pilots.chosen()
    found = finding.meeting(pilot, meeting_id)
    there = guests.of(meeting_id)
    ticked = [person.id for person in there or guests.usual(found)]
    form = GuestsForm(data={"people": ticked, "version": found.version}).offer(guests.candidates(pilot, found, today()))
    if form.carries_out(guests.invite, target=found, **form.given(), actor_id=me().person_id):
        flash(_("Saved. Who is invited is told by mail when the meeting is called, and of what changes after that."), "done")
        return redirect(url_for("decisions.meeting", meeting_id=meeting_id, _anchor="guests"))
    page = {"form": form, "found": found, "recalled": not there and bool(ticked) and not form.sent}
    return render_template("decisions/invite.html", **page), 422 if form.sent else 200
