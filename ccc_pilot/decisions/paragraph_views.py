"""The regions' paragraphs before a meeting: who is missing, and a region's form, filled in with what its milestones tell."""

from typing import Any

from flask import flash, redirect, render_template, url_for

from ccc_pilot.decisions import finding, paragraphs, reading, showing
from ccc_pilot.decisions.blueprint import blueprint, neighbours
from ccc_pilot.decisions.models import Meeting
from ccc_pilot.decisions.paragraph_forms import ParagraphForm
from ccc_pilot.errors import NotFound
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may


@blueprint.get("/meetings/<int:meeting_id>/paragraphs")
@may("decision.read")
def meeting_paragraphs(meeting_id: int) -> str:
    """What the regions have sent before a meeting, and who is missing."""
    pilot = pilots.chosen()
    found, regions = finding.meeting(pilot, meeting_id), paragraphs.places(pilot)
    mine = me().access.regions("briefing.contribute", (region.key for region in regions))
    asked = paragraphs.asked(found, regions, mine)
    return render_template(
        "decisions/meeting_paragraphs.html",
        shown=showing.meeting(found, finding.bodies(), today(), {}), asked=asked, missing=[one for one in asked if one.sent_at is None and one.region.key != pilot.network_key],
    )  # fmt: skip


@blueprint.get("/meetings/<int:meeting_id>/paragraphs/<region>")
@may("briefing.contribute", region="region")
def write_paragraph(meeting_id: int, region: str) -> str:
    """A region's form: filled in with what its milestones tell since the meeting before, until something is sent."""
    found = _of(meeting_id, region)
    row = paragraphs.one(found, region)
    form = ParagraphForm(formdata=None, obj=row).of(row)
    since = reading.previous(pilots.chosen(), found.body_key or "", found.day)
    told = neighbours().prefill(pilots.chosen(), region, since.day if since else None, found.day)
    if row.sent_at is None:
        form.fill(told)
    return _page(found, region, form.recall(url_for("decisions.send_paragraph", meeting_id=meeting_id, region=region)))


@blueprint.post("/meetings/<int:meeting_id>/paragraphs/<region>")
@may("briefing.contribute", region="region")
def send_paragraph(meeting_id: int, region: str) -> Any:
    """Send a region's paragraph."""
    found = _of(meeting_id, region)
    row = paragraphs.one(found, region)
    form = ParagraphForm(obj=row).of(row)
    if form.carries_out(paragraphs.send, meeting=found, region=region, **form.given(), actor_id=me().person_id):
        flash(_("Sent. It can be changed until the meeting."), "done")
        return redirect(url_for("decisions.meeting_paragraphs", meeting_id=meeting_id))
    return _page(found, region, form), 422


def _of(meeting_id: int, region: str) -> Meeting:
    if region not in {one.key for one in paragraphs.places(pilots.chosen())}:
        raise NotFound
    return finding.meeting(pilots.chosen(), meeting_id)


def _page(found: Meeting, region: str, form: ParagraphForm) -> str:
    pilot = pilots.chosen()
    return render_template(
        "decisions/write_paragraph.html",
        found=found, region=next(one for one in paragraphs.places(pilot) if one.key == region), form=form,
        before=paragraphs.latest(pilot, found, region), since=reading.previous(pilot, found.body_key or "", found.day),
        post=url_for("decisions.send_paragraph", meeting_id=found.id, region=region),
    )  # fmt: skip
