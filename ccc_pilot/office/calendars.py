"""Days and meetings as iCalendar (RFC 5545) for Outlook and others: stable ids, counted changes, reminders, hints how often to look.

Reference: RFC 5545 (UID, SEQUENCE, DTSTAMP, VALARM), RFC 7986 (NAME, REFRESH-INTERVAL).
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from ccc_pilot.office.looks import LANGUAGES

MIMETYPE = "text/calendar"
MAKER = "-//ccc-pilot//ccc-pilot//EN"


@dataclass(frozen=True, slots=True)
class Event:
    """One event. ``begins`` is a day (all day) or an aware moment; ``ends`` is the last day itself, or the moment it is over.

    ``uid`` never changes (see ``uid_of``), ``sequence`` grows by each change, ``changed`` is when it last did. ``alarms`` are times
    before (negative: after) the beginning, which for a whole day is midnight: ``timedelta(days=7, hours=-9)`` rings at 9 a week before.
    """

    uid: str
    title: str
    begins: date | datetime
    changed: datetime
    ends: date | datetime | None = None
    sequence: int = 0
    text: str = ""
    place: str = ""
    address: str = ""
    alarms: tuple[timedelta, ...] = ()
    kinds: tuple[str, ...] = ()
    cancelled: bool = False


def uid_of(key: str, host: str) -> str:
    """Return the id that an event of the object ``key`` has for ever on ``host``; it does not give the key away."""
    return f"{hashlib.sha256(key.encode()).hexdigest()[:32]}@{host}"


def write(
    events: Iterable[Event], *, name: str, language: str = "sv", text: str = "", zone: str = "Europe/Stockholm",
    refresh: timedelta = timedelta(hours=6),
) -> bytes:  # fmt: skip
    """Return a calendar called ``name`` with ``events``; who follows it is asked to look again every ``refresh``."""
    calendar = _calendar()
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone)
    if text:
        calendar.add("description", text)
        calendar.add("x-wr-caldesc", text)
    calendar.add("refresh-interval", refresh, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", _duration(refresh))
    for event in events:
        calendar.add_component(_event(event, LANGUAGES[language]))
    return bytes(calendar.to_ical())


@dataclass(frozen=True, slots=True)
class Request:
    """That an appointment is sent to somebody: by whom and to whom, each as (name, address). ``cancels``: it is taken back."""

    organizer: tuple[str, str]
    attendee: tuple[str, str]
    cancels: bool = False

    @property
    def method(self) -> str:
        """The method, as iCalendar names it."""
        return "CANCEL" if self.cancels else "REQUEST"


def appointment(event: Event, *, language: str = "sv", request: Request | None = None) -> bytes:
    """Return one ``event`` alone: a calendar program opens it as an appointment to keep, and no second calendar is made of it.

    With a ``request`` it is one that was sent to somebody: its change or cancellation is taken over by itself.
    """
    calendar, made = _calendar(request.method if request else "PUBLISH"), _event(event, LANGUAGES[language])
    if request is not None:
        made.add("organizer", _address(*request.organizer))
        made.add("attendee", _address(*request.attendee, role="REQ-PARTICIPANT", partstat="NEEDS-ACTION", rsvp="FALSE"))
    calendar.add_component(made)
    return bytes(calendar.to_ical())


def _address(name: str, address: str, **parameters: str) -> Any:
    from icalendar import vCalAddress, vText

    made: Any = vCalAddress(f"mailto:{address}")
    for key, value in {"cn": name, **parameters}.items():
        if value:
            made.params[key.upper()] = vText(value)
    return made


def _calendar(method: str = "PUBLISH") -> Any:
    from icalendar import Calendar

    calendar: Any = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _duration(span: timedelta) -> str:
    return f"PT{max(1, int(span.total_seconds() // 60))}M"


def _event(event: Event, language: str) -> Any:
    from icalendar import Event as Component

    made: Any = Component()
    made.add("uid", event.uid)
    made.add("sequence", event.sequence)
    made.add("dtstamp", event.changed)
    made.add("last-modified", event.changed)
    made.add("summary", event.title, parameters={"LANGUAGE": language})
    made.add("dtstart", event.begins)
    if (ends := _end(event)) is not None:
        made.add("dtend", ends)
    for name, value in (("description", event.text), ("location", event.place), ("url", event.address)):
        if value:
            made.add(name, value)
    if event.kinds:
        made.add("categories", list(event.kinds))
    made.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    made.add("transp", "OPAQUE" if isinstance(event.begins, datetime) else "TRANSPARENT")
    for before in () if event.cancelled else event.alarms:
        made.add_component(_alarm(event, before))
    return made


def _end(event: Event) -> date | datetime | None:
    """A whole day ends before the next one begins: the end that the standard writes is the day after the last."""
    if isinstance(event.begins, datetime):
        return event.ends
    return (event.ends or event.begins) + timedelta(days=1)


def _alarm(event: Event, before: timedelta) -> Any:
    from icalendar import Alarm

    alarm: Any = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -before)
    alarm.add("description", event.title)
    return alarm
