"""The week, calendar addresses, ladders with their preview, what was not delivered, and reports counted back."""

from datetime import date, timedelta

import icalendar
import pytest
import vobject

from ccc_pilot import dates
from ccc_pilot.db import db, transaction
from ccc_pilot.progress.models import MilestoneRow
from ccc_pilot.reminders import chains, rules, sweeping
from ccc_pilot.reminders.models import Outgoing, ReminderLadder
from tests.factories import client_of, person, pilot
from tests.reminders.conftest import SLUG, only_due


def today() -> date:
    """Return the day it is in Stockholm."""
    return dates.today("Europe/Stockholm")


@pytest.fixture
def row(pilot_app):
    """The id of the one milestone that is due, in RÖ, in three days."""
    with pilot_app.app_context():
        return only_due((SLUG, "ro", today() + timedelta(days=3)))[0]


def status_of(app, row):
    with app.app_context():
        return db.session.get(MilestoneRow, row).status


def test_the_week_is_answered_in_place_with_and_without_script(pilot_app, row):
    client = client_of(pilot_app, "projektledare.ro")
    page = client.soup("/week")
    assert SLUG in page.select_one(".week").text
    assert client.submit("/week", to=f"/week/milestone:{row}", status="at_risk", comment="", percent="20").status_code == 422
    part = client.post(f"/week/milestone:{row}", headers={"HX-Request": "true"}, data=fields(client, row, status="claimed"))
    assert part.status_code == 200
    assert part.text.lstrip().startswith("<li")
    assert status_of(pilot_app, row) == "claimed"
    assert not client.soup("/week").select(".week")


def fields(client, row, **more):
    form = client.soup("/week").select_one(f"form[action='/week/milestone:{row}']")
    return {field["name"]: field.get("value", "") for field in form.select("input")} | {"comment": "", **more}


def test_a_row_of_another_region_cannot_be_answered_here(pilot_app, row):
    client = client_of(pilot_app, "projektledare.rkl")
    token = client.soup("/account").find("input", {"name": "csrf_token"})["value"]
    answer = client.post(f"/week/milestone:{row}", data={"csrf_token": token, "status": "ongoing", "version": "1"})
    assert answer.status_code == 403
    assert client.get("/week/milestone:999999/later").status_code == 404


def test_a_row_rests_with_a_reason_and_says_until_when(pilot_app, row):
    client, until = client_of(pilot_app, "projektledare.ro"), today() + timedelta(days=10)
    address = f"/week/milestone:{row}/later"
    assert client.submit(address, until=until.isoformat(), reason="").status_code == 422
    assert client.submit(address, until=(until + timedelta(days=99)).isoformat(), reason="Sen").status_code == 422
    assert client.submit(address, until=until.isoformat(), reason="Väntar på avtal").status_code == 302
    page = client.soup("/week")
    assert not page.select(".week")
    assert SLUG in page.text


def address_of(client, number=0):
    return client.soup("/reminders/calendars").select("input[readonly]")[number]["value"].removeprefix("http://localhost")


def events(answer):
    """Return the events of the one milestone in a calendar."""
    return [event for event in icalendar.Calendar.from_ical(answer.data).walk("VEVENT") if SLUG in event["SUMMARY"]]


def test_a_calendar_of_ones_own_follows_what_is_moved_and_done(pilot_app, row):
    client = client_of(pilot_app, "projektledare.ro")
    assert client.submit("/reminders/calendars", region="").status_code == 302
    address, visitor = address_of(client), pilot_app.test_client()
    first = visitor.get(address)
    assert first.mimetype == "text/calendar"
    (event,) = events(first)
    assert event["DTSTART"].dt == today() + timedelta(days=3)
    assert event.walk("VALARM")
    assert [one for one in vobject.readOne(first.text).vevent_list if SLUG in one.summary.value]
    with pilot_app.app_context(), transaction():
        found = db.session.get(MilestoneRow, row)
        found.due, found.version = found.due + timedelta(days=5), found.version + 1
    (moved,) = events(visitor.get(address))
    assert moved["UID"] == event["UID"]
    assert moved["SEQUENCE"] > event["SEQUENCE"]
    assert moved["DTSTART"].dt == event["DTSTART"].dt + timedelta(days=5)
    with pilot_app.app_context(), transaction():
        db.session.get(MilestoneRow, row).status = "done"
    assert not events(visitor.get(address))


def test_a_regions_calendar_has_that_region_and_a_revoked_or_forged_address_has_nothing(pilot_app, row):
    client = client_of(pilot_app, "projektledare.rkl")
    client.submit("/reminders/calendars", region="ro")
    address, visitor = address_of(client), pilot_app.test_client()
    assert len(events(visitor.get(address))) == 1
    assert visitor.get(address.replace("feed/", "feed/x")).status_code == 410
    revoke = client.soup("/reminders/calendars").select_one("form[action$='/revoke']")
    assert client.post(revoke["action"], data={"csrf_token": revoke.find("input")["value"]}).status_code == 302
    assert visitor.get(address).status_code == 410


def test_a_calendar_dies_with_its_persons_account(pilot_app, row):
    client = client_of(pilot_app, "projektledare.rkl")
    client.submit("/reminders/calendars", region="ro")
    address = address_of(client)
    with pilot_app.app_context(), transaction():
        person("projektledare.rkl").active = False
    assert pilot_app.test_client().get(address).status_code == 410


def test_a_ladder_is_tried_before_it_is_saved(pilot_app, row):
    client = client_of(pilot_app, "huvudprojektledare")
    assert "Demo Projektledare RÖ" in client.soup("/reminders/ladders").text
    address = "/reminders/ladders/milestone"
    tried = client.submit(address, before="2", after="", escalate="", do="preview")
    assert tried.status_code == 200
    with pilot_app.app_context():
        assert db.session.get(ReminderLadder, "milestone") is None
    assert client.submit(address, before="two", after="", escalate="", do="save").status_code == 422
    assert client.submit(address, before="30 2", after="5", escalate="", do="save").status_code == 302
    assert "30, 2 dagar före · på dagen · 5 dagar efter" in client.soup("/reminders/ladders").text
    with pilot_app.app_context():
        day, due = today() + timedelta(days=1), db.session.get(MilestoneRow, row).due
        steps = {one.step for one in sweeping.wanted(day) if one.deadline.kind == "milestone"}
        assert steps == {rules.reached(due, rules.Ladder((30, 2), True, (5,), None), day)}


def test_what_was_not_delivered_is_seen_by_those_it_concerns_and_sent_again(pilot_app, row):
    with pilot_app.app_context():
        with transaction():
            sweeping.sweep(today())
        with transaction():
            from ccc_pilot.dates import utc_now
            from ccc_pilot.reminders.models import Reminder

            lead = person("projektledare.ro").id
            message = Outgoing(
                key="digest:x", channel="mail", receiver=f"person:{lead}", person_id=lead, day=today(), state="dead", made_at=utc_now(),
                next_try_at=utc_now(), error="550 no such receiver", address="projektledare.ro@demo.example",
            )  # fmt: skip
            db.session.add(message)
            db.session.flush()
            db.session.query(Reminder).update({"outgoing_id": message.id})
    assert "550" not in client_of(pilot_app, "projektledare.rkl").soup("/reminders/undelivered").text
    for who in ("projektledare.ro", "administrator"):
        assert "550" in client_of(pilot_app, who).soup("/reminders/undelivered").text
    assert SLUG in client_of(pilot_app, "projektledare.ro").soup("/reminders/undelivered").table.text
    assert "550" in client_of(pilot_app, "projektledare.ro").soup("/reminders").main.text
    assert "550" not in client_of(pilot_app, "projektledare.rkl").soup("/reminders").main.text
    client = client_of(pilot_app, "huvudprojektledare")
    form = client.soup("/reminders/undelivered").select_one("form[action$='/resend']")
    assert client.post(form["action"], data={"csrf_token": form.find("input")["value"]}).status_code == 302
    with pilot_app.app_context():
        assert db.session.query(Outgoing).one().state == "waiting"


def test_a_chain_counts_back_in_working_days():
    assert chains.days_back(date(2026, 11, 15), 0) == date(2026, 11, 15)
    assert chains.days_back(date(2026, 11, 15), 1) == date(2026, 11, 13)
    assert chains.days_back(date(2027, 1, 8), 3) == date(2027, 1, 4)  # the sixth of January is free


def test_a_report_is_planned_after_a_look_moved_and_done_by_those_whose_step_it_is(pilot_app):
    client, final = client_of(pilot_app, "huvudprojektledare"), date(2027, 9, 1)
    address = "/reminders/chains/new"
    looked = client.submit(address, kind="socialstyrelsen", final="2027-09-01", title="", do="preview")
    assert "RKL" in looked.text
    with pilot_app.app_context():
        assert chains.of(pilot()) == []
    assert client.submit(address, kind="rsl", final="2020-01-01", title="", do="save").status_code == 422
    page = client.submit(address, kind="socialstyrelsen", final="2027-09-01", title="", do="save").location
    lead, other = client_of(pilot_app, "projektledare.ro"), client_of(pilot_app, "ekonom")
    assert len(lead.soup(page).select("form[action$='/done']")) == 1
    assert not other.soup(page).select("form[action$='/done']")
    form = lead.soup(page).select_one("form[action$='/done']")
    assert lead.post(form["action"], data={"csrf_token": form.find("input")["value"]}).status_code == 302
    with pilot_app.app_context():
        before = {step.id: (step.due, step.done_at) for step in chains.of(pilot())[0].steps}
        assert next(sweeping.sources.near(final, final)).kind in {"chain", "milestone", "reporting"}
    assert client.submit(page, to=f"{page}/move", final="2027-10-01").status_code == 302
    with pilot_app.app_context():
        after = {step.id: (step.due, step.done_at) for step in chains.of(pilot())[0].steps}
    assert {number for number in before if before[number][0] == after[number][0]} == {
        number for number, (_due, done) in before.items() if done
    }
