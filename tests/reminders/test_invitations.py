"""Invitations: a called meeting goes to its guests with the appointment; what changes and what is cancelled follows, each once."""

from datetime import date, timedelta

import icalendar
import pytest
import time_machine
import vobject
from sqlalchemy import select

from ccc_pilot.db import db, transaction
from ccc_pilot.decisions import guests, planning
from ccc_pilot.decisions.models import Meeting
from ccc_pilot.errors import Refused
from ccc_pilot.reminders.models import Outgoing
from tests.factories import person, pilot
from tests.reminders.conftest import at, only_due, turn_at

DAY = date(2027, 4, 14)
BEFORE = DAY - timedelta(days=20)
RO, RKL = "projektledare.ro", "projektledare.rkl"


@pytest.fixture
def meeting(mailed_app):
    """The number of a meeting with one point to which RÖ's and RKL's leads are invited; it is not called yet, and nothing else is due."""
    only_due()
    with transaction():
        for row in db.session.scalars(select(Meeting)):
            row.day, row.last_day = date(2030, 1, 1), None
        head = person("huvudprojektledare").id
        told = {"title": "Samordning", "day": DAY, "starts": "09:00", "ends": "11:00", "place": "Linköping"}
        made = planning.plan(pilot=pilot(), body_key="", **told, actor_id=head)
        planning.add_point(target=made, title="Läget i regionerna", kind="information", actor_id=head)
        guests.invite(target=made, people=[person(RO).id, person(RKL).id], version=made.version, actor_id=head)
        return made.id


def change(number, to="", **given):
    """Take the meeting to another state, or change what is told of it."""
    with time_machine.travel(at(BEFORE), tick=False), transaction():
        row, head = db.session.get(Meeting, number), person("huvudprojektledare").id
        if to:
            planning.step(target=row, to=to, version=row.version, today=BEFORE, actor_id=head)
        if given:
            kept = {name: getattr(row, name) for name in ("body_key", "title", "day", "starts", "place")}
            planning.change(target=row, version=row.version, actor_id=head, **(kept | given))


def turn(minute):
    """Let the scheduler look some minutes after eight."""
    return turn_at(at(BEFORE, 8, minute))


def calendar_of(letter):
    """Return the calendar in a letter as (method, its one event): the way to read it and the file are the same."""
    (part,) = [one for one in letter.walk() if one.get_content_type() == "text/calendar"]
    (file,) = letter.iter_attachments()
    assert file.get_content() == part.get_payload(decode=True)
    calendar = icalendar.Calendar.from_ical(file.get_content())
    assert part.get_param("method") == str(calendar["METHOD"])
    assert vobject.readOne(file.get_content().decode()).vevent.uid.value == str(calendar.walk("VEVENT")[0]["UID"])
    return str(calendar["METHOD"]), calendar.walk("VEVENT")[0]


def to(sink, login):
    """Return the letters to somebody, in their order."""
    return [letter for letter in sink.letters if letter["To"] == f"{login}@demo.example"]


def test_what_is_called_changed_and_cancelled_is_told_each_guest_once_as_one_appointment(meeting, sink):
    turn(0)
    assert sink.taken == []
    change(meeting, to="called")
    for minute in (1, 2):
        turn(minute)
    assert len(sink.taken) == 2
    change(meeting, note="Ta med siffror")
    turn(3)
    assert len(sink.taken) == 2
    change(meeting, starts="13:00", ends="15:00")
    turn(4)
    change(meeting, to="cancelled")
    for minute in (5, 6):
        turn(minute)
    letters = to(sink, RO)
    assert [letter["Subject"].split(":")[0] for letter in letters] == ["Kallelse", "Ändrat", "Inställt"]
    methods, events = zip(*map(calendar_of, letters), strict=True)
    assert methods == ("REQUEST", "REQUEST", "CANCEL")
    assert len({str(event["UID"]) for event in events}) == 1
    numbers = [int(event["SEQUENCE"]) for event in events]
    assert numbers == sorted(set(numbers))
    assert [event["DTSTART"].dt for event in events[:2]] == [at(DAY, 9), at(DAY, 13)]
    assert [str(event["STATUS"]) for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert str(events[0]["ATTENDEE"]) == f"mailto:{RO}@demo.example"
    assert "ORGANIZER" in events[0]
    text = letters[0].get_body(("plain",)).get_content()
    assert "onsdag 14 april 2027 kl. 09:00–11:00" in text
    assert "Läget i regionerna" in text
    assert len(sink.taken) == 6


def test_one_who_is_taken_off_the_list_is_told_so_and_one_who_comes_to_it_is_invited(meeting, sink):
    change(meeting, to="called")
    turn(1)
    with transaction():
        row = db.session.get(Meeting, meeting)
        people = [person(RO).id, person("projektledare.rjl").id]
        guests.invite(target=row, people=people, version=row.version, actor_id=person("huvudprojektledare").id)
    turn(2)
    assert [calendar_of(letter)[0] for letter in to(sink, RKL)] == ["REQUEST", "CANCEL"]
    assert [calendar_of(letter)[0] for letter in to(sink, "projektledare.rjl")] == ["REQUEST"]
    assert len(to(sink, RO)) == 1


def test_what_is_cancelled_before_it_went_out_is_not_told_at_all(meeting, sink):
    sink.mode = "full"
    change(meeting, to="called")
    turn(1)
    change(meeting, to="cancelled")
    sink.mode = "ok"
    turn(20)
    assert sink.taken == []
    assert {row.state for row in db.session.scalars(select(Outgoing))} == {"empty"}
    change(meeting, to="planned")
    change(meeting, to="called")
    turn(30)
    assert [letter["Subject"].split(":")[0] for letter in to(sink, RO)] == ["Kallelse"]


def test_an_invitation_that_may_have_arrived_is_the_same_again_to_the_last_byte(meeting, sink):
    sink.mode = "cut"
    change(meeting, to="called")
    turn(1)
    sink.mode = "ok"
    turn(30)
    copies = [content for receiver, content in sink.taken if receiver.startswith(RO)]
    assert len(copies) == 2
    assert len(set(copies)) == 1


def test_nobody_is_told_of_a_meeting_that_is_over_and_nobody_is_invited_to_it(meeting, sink):
    change(meeting, to="called")
    turn_at(at(DAY + timedelta(days=1), 8))
    assert sink.taken == []
    with transaction():
        row = db.session.get(Meeting, meeting)
        row.state = "held"
    with pytest.raises(Refused), transaction():
        guests.invite(target=row, people=[], version=row.version, actor_id=person("huvudprojektledare").id)
