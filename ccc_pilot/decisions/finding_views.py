"""Finding proposals, decisions and dates in minutes or a deck that are pasted or uploaded; a person ticks what is kept."""

from typing import Any

from flask import flash, redirect, render_template, url_for

from ccc_pilot.decisions import finder, finding, reading_files, taking
from ccc_pilot.decisions.blueprint import blueprint
from ccc_pilot.decisions.finding_forms import SearchedForm, TakeForm
from ccc_pilot.decisions.models import Meeting
from ccc_pilot.i18n import ngettext
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may


@blueprint.get("/meetings/<int:meeting_id>/find")
@may("decision.record")
def find_in_text(meeting_id: int) -> str:
    """The form for a text or a file in which proposals are looked for."""
    return _page(finding.meeting(pilots.chosen(), meeting_id), SearchedForm(formdata=None))


@blueprint.post("/meetings/<int:meeting_id>/find")
@may("decision.record")
def search_text(meeting_id: int) -> Any:
    """Look for proposals, decisions and dates; nothing is stored."""
    found, form = finding.meeting(pilots.chosen(), meeting_id), SearchedForm()
    if not form.validate_on_submit() or not form.reads(reading_files.text_of):
        return _page(found, form), 422
    text, name = form.read
    offered = finder.find(text, found.day)
    take = TakeForm(formdata=None, data={"found": [reading_files.entry(one, name) for one in offered]})
    return _page(found, form, take, finder.days(text, found.day))


@blueprint.post("/meetings/<int:meeting_id>/found")
@may("decision.record")
def take_found(meeting_id: int) -> Any:
    """Keep what was ticked as proposals at the meeting."""
    found, form = finding.meeting(pilots.chosen(), meeting_id), TakeForm()
    if form.carries_out(taking.take, pilot=pilots.chosen(), meeting=found, taken=form.taken(), actor_id=me().person_id):
        flash(ngettext("%(num)s proposal is kept.", "%(num)s proposals are kept.", len(form.taken())), "done")
        return redirect(url_for("decisions.meeting", meeting_id=meeting_id, _anchor="agenda"))
    return _page(found, SearchedForm(formdata=None), form), 422


def _page(found: Meeting, form: SearchedForm, take: TakeForm | None = None, days: Any = ()) -> str:
    return render_template("decisions/find_in_text.html", found=found, form=form, take=take, days=days)
