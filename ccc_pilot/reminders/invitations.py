"""What is sent of a meeting: an invitation with the appointment, and its change or cancellation, which calendar programs follow.

The appointment keeps its id and counts its changes. Reference: RFC 5546 (REQUEST, CANCEL), RFC 6047 (in a mail).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from email.utils import parseaddr

from flask import current_app

from ccc_pilot import mail
from ccc_pilot.dates import DateSpan, format_day, format_span, weekday
from ccc_pilot.db import db
from ccc_pilot.decisions.models import Meeting
from ccc_pilot.i18n import force_locale, pgettext, today
from ccc_pilot.i18n import gettext as _
from ccc_pilot.office import calendars
from ccc_pilot.people import links
from ccc_pilot.people.models import Person
from ccc_pilot.reminders import inviting, meetings
from ccc_pilot.reminders.models import Outgoing


@dataclass(frozen=True, slots=True)
class Invitation:
    """A meeting that a person is to be told of. ``first``: they do not know of it; ``cancelled``: they need not come."""

    meeting: Meeting
    person: Person
    first: bool
    cancelled: bool


def news(messages: Sequence[Outgoing]) -> dict[int, Invitation | None]:
    """Return what each of the messages tells, by its number; None: it is not true any more, or over."""
    return {message.id: _invitation(message) for message in messages}


def _invitation(message: Outgoing) -> Invitation | None:
    place = inviting.place_of(message.key)
    row, person = db.session.get(Meeting, place.meeting_id), db.session.get(Person, place.person_id)
    if row is None or person is None or not person.active or (row.last_day or row.day) < today():
        return None
    if not inviting.still_true(message, row):
        return None
    return Invitation(row, person, not inviting.knows(inviting.before(message)), place.mark == inviting.CANCELLED)


def is_true(told: Invitation | None) -> bool:
    """Whether there is anything to tell."""
    return told is not None


def write(message: Outgoing, told: Invitation | None) -> tuple[str, bytes] | None:
    """Return the address and the letter; None when there is nothing to tell."""
    if told is None:
        return None
    settings = current_app.extensions["ccc_settings"]
    return told.person.email, mail.as_message(settings, _letter(message, told)).as_bytes()


def _letter(message: Outgoing, told: Invitation) -> mail.Letter:
    row, person, settings = told.meeting, told.person, current_app.extensions["ccc_settings"]
    with force_locale(person.language):
        letter = mail.compose(
            "meeting", person.email, person.language, addressee=person.name, what=row.title, when=when(row, person.language), where=row.place,
            kind=_kind(told), cancelled=told.cancelled, first=told.first, points=[point.title for point in row.points],
            url=links.address("decisions.meeting", meeting_id=row.id),
        )  # fmt: skip
        event = meetings.event(row, mail.domain(settings))
    event = replace(event, sequence=row.version + inviting.place_of(message.key).number, cancelled=told.cancelled)
    request = calendars.Request(parseaddr(settings.mail_from), (person.name, person.email), cancels=told.cancelled)
    file = calendars.appointment(event, language=person.language, request=request)
    appointment = mail.Appointment(file, request.method, "cancelled.ics" if told.cancelled else "invitation.ics")
    return replace(letter, message_id=mail.lasting_id(settings, message.key), at=message.made_at, appointment=appointment)


def _kind(told: Invitation) -> str:
    if told.cancelled:
        return pgettext("meeting", "Cancelled")
    return pgettext("meeting", "Invitation") if told.first else pgettext("meeting", "Changed")


def when(row: Meeting, language: str) -> str:
    """Return in words when a meeting is, with the hours that are known: "tisdag 15 december 2026 kl. 09:00–11:00"."""
    if row.last_day and row.last_day != row.day:
        day = format_span(DateSpan(row.day, row.last_day, "range"), language)
    else:
        day = f"{weekday(row.day, language)} {format_day(row.day, language)}"
    hours = "–".join(filter(None, (row.starts, row.ends)))
    return _("%(day)s at %(hours)s", day=day, hours=hours) if hours else day
