"""Whom a meeting is for: chosen by the one who plans it, told by mail when the meeting is called (see the reminders)."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from ccc_pilot import journal
from ccc_pilot.db import db
from ccc_pilot.decisions.guarding import hold, touch
from ccc_pilot.decisions.guest_models import MeetingGuest
from ccc_pilot.decisions.models import Meeting
from ccc_pilot.decisions.rules import BEFORE
from ccc_pilot.errors import Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.doors import region_of
from ccc_pilot.people.models import Holding, Person, Pilot, Post
from ccc_pilot.people.policy import Access, Grant, Role

READ = "decision.read"


def of(meeting_id: int) -> Sequence[Person]:
    """Return who is invited to a meeting, by name."""
    mine = select(Person).join(MeetingGuest, MeetingGuest.person_id == Person.id).where(MeetingGuest.meeting_id == meeting_id)
    return db.session.scalars(mine.order_by(Person.name, Person.id)).all()


def usual(target: Meeting) -> Sequence[Person]:
    """Return who was invited to the latest meeting of the same body to which anybody was; nobody for a meeting of no body."""
    if target.body_key is None:
        return ()
    last = db.session.scalar(
        select(Meeting.id)
        .join(MeetingGuest, MeetingGuest.meeting_id == Meeting.id)
        .where(Meeting.pilot_id == target.pilot_id, Meeting.body_key == target.body_key, Meeting.id != target.id)
        .order_by(Meeting.day.desc(), Meeting.id.desc())
        .limit(1)
    )
    return of(last) if last else ()


def candidates(pilot: Pilot, target: Meeting, day: date) -> list[tuple[int, str]]:
    """Return those who may be invited, as (id, name and post), by name: who holds a post on ``day`` and may read of meetings, and who is invited."""
    held = db.session.scalars(
        select(Holding)
        .join(Holding.person)
        .join(Holding.post)
        .options(joinedload(Holding.person), joinedload(Holding.post).joinedload(Post.organisation))
        .where(
            Person.active.is_(True),
            Holding.approved.is_(True),
            Holding.since <= day,
            Post.pilot_id.is_(None) | (Post.pilot_id == pilot.id),
        )
        .where(Holding.until.is_(None) | (Holding.until >= day))
        .order_by(Person.name, Person.id, Holding.id)
    )
    found = {person.id: person.name for person in of(target.id)}
    for holding in held:
        if Access((Grant(Role(holding.post.role), region_of(holding.post)),)).may(READ):
            found[holding.person_id] = f"{holding.person.name} · {holding.post.title}"
    return sorted(found.items(), key=lambda one: (one[1].casefold(), one[0]))


def invite(*, target: Meeting, people: Sequence[int], version: int, actor_id: int) -> Meeting:
    """Let ``people`` (their ids), and nobody else, be invited. Raises ``Conflict``, or ``Refused`` once the meeting has been held."""
    hold(target, version, {})
    if target.state not in BEFORE:
        raise Refused(_("The meeting is not one to come; nobody is invited to it any more."))
    wanted, there = set(people), {person.id for person in of(target.id)}
    if wanted == there:
        return target
    db.session.execute(
        delete(MeetingGuest).where(MeetingGuest.meeting_id == target.id, MeetingGuest.person_id.in_(there - wanted))
    )
    db.session.add_all(MeetingGuest(meeting_id=target.id, person_id=number) for number in sorted(wanted - there))
    touch(target, actor_id)
    journal.write("meeting.changed", target.place_key, actor_id=actor_id, fields="guests", version=target.version)
    return target
