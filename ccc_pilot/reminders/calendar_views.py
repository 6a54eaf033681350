"""The house's calendar as a month and as a list, and a meeting to take along to one's own calendar."""

from flask import Response, current_app, render_template, request

from ccc_pilot import mail
from ccc_pilot.decisions import finding
from ccc_pilot.i18n import language, today
from ccc_pilot.office import calendars
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.progress.month import month_from
from ccc_pilot.reminders import calendar_page, house_calendar, meetings
from ccc_pilot.reminders.blueprint import blueprint
from ccc_pilot.web.access import may


@blueprint.get("/calendar")
@may("milestone.read")
def calendar() -> str:
    """What is due in any room, and the meetings: a month, or three in a list."""
    pilot, day, page = pilots.chosen(), today(), calendar_page.asked(request.args, today())
    shorts = pilots.shorts(pilot)
    dues = house_calendar.deadlines(pilot, page.first, page.last, me().access, page.narrowed)
    held = house_calendar.held(pilot, page.first, page.last, me().access, page.narrowed)
    entries = calendar_page.entries(dues, held, page, shorts, day)
    return render_template(
        "reminders/calendar.html", page=page, entries=entries, calendar=calendar_page.drawn(entries, page, day), now=month_from("", day),
        regions=pilots.regions(pilot), kinds=calendar_page.KINDS, sentence=calendar_page.sentence(entries), list_title=calendar_page.title(page),
    )  # fmt: skip


@blueprint.get("/meetings/<int:meeting_id>/invitation.ics")
@may("decision.read")
def invitation(meeting_id: int) -> Response:
    """A meeting as a file for one's own calendar."""
    found = finding.meeting(pilots.chosen(), meeting_id)
    body = meetings.invitation(found, mail.domain(current_app.extensions["ccc_settings"]), language())
    name = f"{found.day:%y%m%d}-{found.id}.ics"
    return Response(
        body,
        content_type=f"{calendars.MIMETYPE}; charset=utf-8; method=PUBLISH",
        headers={"Content-Disposition": f"attachment; filename={name}"},
    )
