"""The house's calendar: deadlines of every room and the meetings, on a page, in calendars that people follow, and as an invitation."""

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import time_machine
import vobject
from sqlalchemy import event

from ccc_pilot.db import db, transaction
from ccc_pilot.decisions import planning
from ccc_pilot.decisions.models import Decision, Meeting
from tests.factories import client_of, person, pilot
from tests.reminders.conftest import SLUG, only_due

DUE = date(2030, 3, 27)
ADDRESS = "/calendar?month=2030-03"


@pytest.fixture
def meeting(pilot_app):
    """The id of a meeting on the day after a milestone of RÖ and RKL is due; a decision is due the same day."""
    with pilot_app.app_context():
        only_due((SLUG, "ro", DUE), (SLUG, "rkl", DUE))
        with transaction():
            db.session.add(Decision(pilot_id=pilot().id, title="Samordnare utses", kind="decision", status="decided", due=DUE))
            made = planning.plan(
                pilot=pilot(), body_key="rsl", title="", day=DUE + timedelta(days=1), starts="13:00", ends="15:00", place="Linköping",
                actor_id=person("huvudprojektledare").id,
            )  # fmt: skip
        return made.id


def dues(page, day):
    cell = page.select_one(f"time[datetime='{day}']").parent
    return {link["href"]: link for link in cell.select("a.due")}


def test_deadlines_of_several_rooms_and_meetings_stand_on_their_days(pilot_app, meeting):
    page = client_of(pilot_app, "huvudprojektledare").soup(ADDRESS)
    there = dues(page, DUE)
    milestone = next(link for href, link in there.items() if href.endswith(SLUG))
    assert [mark.find(string=True, recursive=False) for mark in milestone.select(".mini")] == ["RÖ", "RKL"]
    assert any("Samordnare utses" in link.text for link in there.values())
    (held,) = dues(page, DUE + timedelta(days=1)).values()
    assert held["href"] == f"/meetings/{meeting}"
    assert "13:00" in held.text


def test_filters_narrow_by_region_and_kind_and_stay_from_month_to_month_and_in_the_list(pilot_app, meeting):
    client = client_of(pilot_app, "huvudprojektledare")
    assert not any(SLUG in href for href in dues(client.soup(f"{ADDRESS}&region=rjl"), DUE))
    page = client.soup(f"{ADDRESS}&region=ro&kind=meeting")
    assert not dues(page, DUE)
    assert dues(page, DUE + timedelta(days=1))
    assert page.select_one("a[rel=next]")["href"] == "/calendar?month=2030-04&region=ro&kind=meeting"
    listed = client.soup("/calendar?month=2030-01&as=list&kind=milestone")
    assert [link["href"].endswith(SLUG) for link in listed.select(".todo a")] == [True]
    assert client.soup(f"{ADDRESS}&kind=nonsense&region=nowhere").select("a.due")
    assert client.soup("/calendar?month=2039-01&as=list").select_one(".empty")


def test_one_sees_only_what_one_may_read(pilot_app, meeting):
    there = dues(client_of(pilot_app, "kollegial").soup(ADDRESS), DUE)
    assert not any(href.startswith("/decisions") for href in there)
    assert not dues(client_of(pilot_app, "kollegial").soup(ADDRESS), DUE + timedelta(days=1))
    assert client_of(pilot_app, "administrator").get(ADDRESS).status_code == 403


def test_the_number_of_queries_does_not_grow_with_the_rows(pilot_app, meeting):
    client, asked = client_of(pilot_app, "huvudprojektledare"), []
    with pilot_app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda _c, _u, statement, *_: asked.append(statement))
    counts = []
    for month in ("2038-05", "2030-03"):
        client.get(f"/calendar?month={month}")
        asked.clear()
        client.get(f"/calendar?month={month}")
        counts.append(len(asked))
    assert counts[1] <= counts[0] + 2


def feed(client):
    client.submit("/reminders/calendars", region="ro")
    return client.soup("/reminders/calendars").select("input[readonly]")[0]["value"].removeprefix("http://localhost")


def fetched(visitor, address):
    """Return the calendar as it is in the month of the meeting."""
    with time_machine.travel(datetime(2030, 3, 1, 9, tzinfo=UTC), tick=False):
        return visitor.get(address)


def events(answer):
    return icalendar.Calendar.from_ical(answer.data).walk("VEVENT")


def test_a_meeting_that_is_moved_or_cancelled_is_the_same_event_in_the_calendars(pilot_app, meeting):
    address, visitor = feed(client_of(pilot_app, "projektledare.ro")), pilot_app.test_client()

    def now():
        answer = fetched(visitor, address)
        (found,) = [one for one in events(answer) if str(one["URL"]).endswith(f"/meetings/{meeting}")]
        assert {one.uid.value for one in vobject.readOne(answer.text).vevent_list} >= {str(found["UID"])}
        return found

    first = now()
    assert first["DTSTART"].dt.isoformat() == "2030-03-28T12:00:00+00:00"
    assert first["DTEND"].dt.isoformat() == "2030-03-28T14:00:00+00:00"
    with pilot_app.app_context(), transaction():
        row = db.session.get(Meeting, meeting)
        planning.change(target=row, version=row.version, actor_id=person("huvudprojektledare").id, day=date(2030, 4, 4))
    moved = now()
    assert (moved["UID"], moved["DTSTART"].dt.isoformat()) == (first["UID"], "2030-04-04T11:00:00+00:00")  # summer time
    assert moved["SEQUENCE"] > first["SEQUENCE"]
    with pilot_app.app_context(), transaction():
        row = db.session.get(Meeting, meeting)
        planning.step(target=row, to="cancelled", version=row.version, today=DUE, actor_id=person("huvudprojektledare").id)
    off = now()
    assert (off["UID"], off["STATUS"]) == (first["UID"], "CANCELLED")
    assert off["SEQUENCE"] > moved["SEQUENCE"]
    assert off["SUMMARY"].startswith("Inställt")
    assert not off.walk("VALARM")


def test_who_may_not_read_meetings_has_none_in_the_calendar(pilot_app, meeting):
    address = feed(client_of(pilot_app, "kollegial"))
    answer = fetched(pilot_app.test_client(), address)
    assert answer.status_code == 200
    assert "/meetings/" not in answer.text.replace("\r\n ", "")
    assert "Samordnare utses" not in answer.text.replace("\r\n ", "")


def test_a_meetings_invitation_is_one_appointment_by_the_same_id(pilot_app, meeting):
    client = client_of(pilot_app, "projektledare.ro")
    address = client.soup(f"/meetings/{meeting}").select_one("a[href$='invitation.ics']")["href"]
    answer = client.get(address)
    assert answer.mimetype == "text/calendar"
    assert "attachment" in answer.headers["Content-Disposition"]
    calendar = icalendar.Calendar.from_ical(answer.data)
    (one,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], str(one["LOCATION"])) == ("PUBLISH", "Linköping")
    assert "X-WR-CALNAME" not in calendar  # with a name, a second calendar would be made of it
    followed = events(fetched(pilot_app.test_client(), feed(client)))
    assert str(one["UID"]) in {str(each["UID"]) for each in followed}
    assert vobject.readOne(answer.text).vevent.uid.value == str(one["UID"])
    with pilot_app.app_context(), transaction():
        row = db.session.get(Meeting, meeting)
        row.starts, row.ends, row.last_day = "", "", row.day + timedelta(days=1)
    (days,) = events(client.get(address))
    assert (days["DTSTART"].dt, days["DTEND"].dt) == (date(2030, 3, 28), date(2030, 3, 30))
    assert client.get("/meetings/99999/invitation.ics").status_code == 404
