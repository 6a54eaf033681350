"""Who is to be told what of a meeting: what ought to be known is compared with what is in the outbox, so that nothing is kept beside.

A message's key names the meeting, the person, its number among those to them about it, and the mark of what it tells.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select

from ccc_pilot.db import db
from ccc_pilot.decisions.guest_models import MeetingGuest
from ccc_pilot.decisions.models import Meeting
from ccc_pilot.decisions.rules import MeetingState
from ccc_pilot.people.models import Person
from ccc_pilot.reminders import outbox
from ccc_pilot.reminders.models import Outgoing

KIND = "invitation"
CANCELLED = "cancelled"
FIELDS = ("title", "day", "last_day", "starts", "ends", "place")


@dataclass(frozen=True, slots=True)
class Place:
    """A meeting and a person, by their numbers, with the mark of what is told."""

    meeting_id: int
    person_id: int
    mark: str
    number: int = 0


def place_of(key: str) -> Place:
    """Return what the key of a message about a meeting names."""
    _word, meeting_id, person_id, number, mark = key.split(":")
    return Place(int(meeting_id), int(person_id), mark, int(number))


def mark_of(meeting: Meeting) -> str:
    """Return what changes with all that one must be told of a meeting."""
    told = "\n".join(str(getattr(meeting, name) or "") for name in FIELDS)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def mark_for(meeting: Meeting, *, invited: bool) -> str:
    """Return the mark of what somebody who is ``invited``, or was, ought to know of a meeting; empty: nothing for the time being."""
    if meeting.state == MeetingState.CANCELLED:
        return CANCELLED
    if meeting.state != MeetingState.CALLED:
        return ""
    return mark_of(meeting) if invited else CANCELLED


def put_out(day: date) -> int:
    """Put in the outbox what is to be told on ``day`` and is not there yet; returns how many messages. Belongs in a transaction."""
    ahead = select(Meeting).where(func.coalesce(Meeting.last_day, Meeting.day) >= day)
    rows = db.session.scalars(ahead.where(Meeting.state.in_((MeetingState.CALLED, MeetingState.CANCELLED)))).all()
    if not rows:
        return 0
    invited = _invited([row.id for row in rows])
    told = _told([row.id for row in rows])
    return sum(
        _put(row, person_id, sent, day, invited=(row.id, person_id) in invited)
        for row in rows
        for (meeting_id, person_id), sent in (dict.fromkeys(invited, ()) | told).items()
        if meeting_id == row.id
    )


def _invited(meetings: Sequence[int]) -> list[tuple[int, int]]:
    guests = select(MeetingGuest.meeting_id, MeetingGuest.person_id).join(Person, Person.id == MeetingGuest.person_id)
    found = db.session.execute(
        guests.where(MeetingGuest.meeting_id.in_(meetings), Person.active.is_(True)).order_by(MeetingGuest.id)
    )
    return [(meeting_id, person_id) for meeting_id, person_id in found]


def _told(meetings: Iterable[int]) -> dict[tuple[int, int], list[Outgoing]]:
    """The messages about the meetings by meeting and person, in their order."""
    begins = [Outgoing.key.startswith(f"meeting:{number}:") for number in meetings]
    found: dict[tuple[int, int], list[Outgoing]] = {}
    for row in db.session.scalars(select(Outgoing).where(Outgoing.kind == KIND, or_(*begins)).order_by(Outgoing.id)):
        place = place_of(row.key)
        found.setdefault((place.meeting_id, place.person_id), []).append(row)
    return found


def _put(row: Meeting, person_id: int, told: Sequence[Outgoing], day: date, *, invited: bool) -> bool:
    """Put out what is missing, if anything. Its number is in the key, so that two who look at once put out one."""
    mark = mark_for(row, invited=invited)
    last = next((place_of(one.key).mark for one in reversed(told) if one.state != outbox.EMPTY), "")
    if mark in {"", last} or (mark == CANCELLED and not knows(told)):
        return False
    key = f"meeting:{row.id}:{person_id}:{len(told) + 1}:{mark}"
    made = outbox.put(key=key, kind=KIND, channel="mail", receiver=f"person:{person_id}", person_id=person_id, day=day)
    return made is not None


def knows(told: Iterable[Outgoing]) -> bool:
    """Whether one of the messages has arrived, or may have."""
    return any(one.state == outbox.SENT or one.doubt for one in told)


def before(message: Outgoing) -> list[Outgoing]:
    """Return the messages to the same person about the same meeting that came before ``message``."""
    place = place_of(message.key)
    found = _told([place.meeting_id]).get((place.meeting_id, place.person_id), [])
    return [one for one in found if one.id < message.id]


def still_true(message: Outgoing, meeting: Meeting) -> bool:
    """Whether what ``message`` tells is what its person ought to know now."""
    place = place_of(message.key)
    guest = select(MeetingGuest.id).where(MeetingGuest.meeting_id == meeting.id, MeetingGuest.person_id == place.person_id)
    return mark_for(meeting, invited=db.session.scalar(guest) is not None) == place.mark
