"""Pages of the meetings: the list, and a meeting with its agenda, what was decided there and how far it has come."""

from typing import Any

from flask import render_template, request, url_for

from ccc_pilot.decisions import finding, guests, listing, planning, showing, telling, words
from ccc_pilot.decisions.blueprint import blueprint
from ccc_pilot.decisions.forms import AttendanceForm
from ccc_pilot.decisions.models import Meeting
from ccc_pilot.decisions.rules import BEFORE, SEALED
from ccc_pilot.evidence import link_showing
from ccc_pilot.evidence import reading as evidence
from ccc_pilot.i18n import today
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.people.policy import NETWORK
from ccc_pilot.web.access import may


@blueprint.get("/meetings")
@may("decision.read")
def meetings() -> str:
    """The meetings to come, and those past."""
    pilot, day, bodies = pilots.chosen(), today(), finding.bodies()
    body = request.args.get("body", "") if request.args.get("body") in bodies else ""
    ahead, past = listing.meetings(pilot, day, body)
    counts = listing.how_many(pilot)
    met = {row.body_key for row in (*ahead, *past)} if not body else {body}
    return render_template(
        "decisions/meetings.html",
        ahead=[showing.meeting(row, bodies, day, counts) for row in ahead], past=[showing.meeting(row, bodies, day, counts) for row in past],
        bodies=[found for found in bodies.values() if found.key in met], body=body, may_record=me().may("decision.record"),
    )  # fmt: skip


@blueprint.get("/meetings/<int:meeting_id>")
@may("decision.read")
def meeting(meeting_id: int) -> str:
    """A meeting: agenda, what was proposed and decided, who was there."""
    return page(finding.meeting(pilots.chosen(), meeting_id))


def page(found: Meeting, step_form: Any = None, attendance_form: AttendanceForm | None = None) -> str:
    """Return the page of the meeting ``found``; the forms are those given back with what was typed."""
    day, bodies, who = today(), finding.bodies(), me()
    rows = [showing.decision(row, bodies, {}) for row in finding.decisions_at(found.id)]
    if attendance_form is None:
        names = "\n".join(one.name for one in found.attendance)
        attendance_form = AttendanceForm(formdata=None, data={"names": names, "version": found.version})
    return render_template(
        "decisions/meeting.html",
        shown=showing.meeting(found, bodies, day, {}), points=found.points, point_words=words.POINT_WORDS,
        by_point={point.id: [one for one in rows if one.row.point_id == point.id] for point in found.points},
        loose=[one for one in rows if one.row.point_id is None], body=bodies.get(found.body_key or ""),
        may_record=who.may("decision.record"), may_export=who.may("decision.export"), sealed=found.state in SEALED,
        unsettled=sum(one.proposal for one in rows) if found.state in {"held", "written"} else 0,
        steps=showing.steps(
            found, record=who.may("decision.record"), lock=who.may("decision.lock"),
            hindrances=planning.hindrances(found, day, who.person_id),
        ), step_form=step_form,
        attendance_form=attendance_form, guests=guests.of(found.id), before=found.state in BEFORE, asked=showing.asks(found), documents=_documents(found), approved_by=telling.person(found.adjusted_by_id),
    )  # fmt: skip


def _documents(found: Meeting) -> Any:
    """The papers of a meeting, for those who may read evidence."""
    if not me().may("evidence.read"):
        return None
    proofs = evidence.for_objects([found.place_key], me())[found.place_key]
    return link_showing.proofs(found.place_key, proofs, me(), url_for("decisions.meeting", meeting_id=found.id), region=NETWORK)
