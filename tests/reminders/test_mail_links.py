"""The links in mails: opening one changes nothing, one answers one thing once, and none logs anybody in (MFA and roles hold)."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from ccc_pilot import journal
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db, transaction
from ccc_pilot.people.models import Holding
from ccc_pilot.progress.models import MilestoneChange, MilestoneRow
from ccc_pilot.reminders import mail_links
from ccc_pilot.reminders.models import ReminderChoice
from tests.factories import client_of, person
from tests.reminders.conftest import DUE, SLUG, only_due


@pytest.fixture
def link(pilot_app):
    """A link to answer the one milestone in RÖ, for its lead: (path, id of the row)."""
    with pilot_app.app_context():
        (row,) = only_due((SLUG, "ro", DUE))
        return path(mail_links.answer_url(person("projektledare.ro").id, f"milestone:{row}")), row


def path(address):
    return address.removeprefix("http://localhost")


def stored(app, row):
    """Return (status, percent, comment, version) of the row."""
    with app.app_context():
        found = db.session.get(MilestoneRow, row)
        return found.status, found.percent, found.comment, found.version


def test_opening_the_link_changes_nothing_and_nothing_is_chosen_beforehand(pilot_app, link):
    address, row = link
    before, visitor = stored(pilot_app, row), pilot_app.test_client()
    for _time in range(3):
        page = visitor.soup(address)
    assert stored(pilot_app, row) == before
    assert not page.select("input[name=status][checked]")
    assert visitor.head(address).status_code == 200
    assert visitor.submit(address, percent="50").status_code == 422
    assert stored(pilot_app, row) == before


def test_the_answer_is_saved_once_journalled_as_by_mail_link_and_can_be_undone(pilot_app, link):
    address, row = link
    before, visitor = stored(pilot_app, row), pilot_app.test_client()
    done = visitor.submit(address, status="at_risk", percent="40", comment="Väntar på avtal")
    assert done.status_code == 200
    assert stored(pilot_app, row)[:3] == ("at_risk", 40, "Väntar på avtal")
    with pilot_app.app_context():
        entry = db.session.scalars(select(journal.Entry).order_by(journal.Entry.seq.desc())).first()
        assert (entry.event, entry.actor_kind, entry.actor_id) == (
            "milestone.progress",
            "mail_link",
            person("projektledare.ro").id,
        )
        assert list(journal.verify()) == []
    assert "genom länk i mejl" in client_of(pilot_app, "huvudprojektledare").soup("/journal").text
    assert visitor.get(address).status_code == 410
    undo = re.search(r'action="(/mail/undo/[^"]+)"', done.text)[1]
    token = re.search(r'name="csrf_token" value="([^"]+)"', done.text)[1]
    assert visitor.get(undo).status_code == 405
    assert visitor.post(undo, data={"csrf_token": token}).status_code == 200
    assert stored(pilot_app, row)[:3] == before[:3]
    assert visitor.post(undo, data={"csrf_token": token}).status_code == 410
    with pilot_app.app_context():
        assert db.session.query(MilestoneChange).filter_by(row_id=row).count() == 2


def test_the_link_logs_nobody_in(pilot_app, link):
    visitor = pilot_app.test_client()
    visitor.submit(link[0], status="ongoing", percent="50")
    assert visitor.get("/milestones").location.startswith("/login")


def test_done_by_the_link_of_a_regional_lead_is_a_claim(pilot_app, link):
    pilot_app.test_client().submit(link[0], status="claimed")
    assert stored(pilot_app, link[1])[0] == "claimed"


def test_a_link_that_is_changed_too_old_or_for_another_purpose_is_dead_and_shows_a_way_on(pilot_app, link):
    address, row = link
    before, visitor = stored(pilot_app, row), pilot_app.test_client()
    with pilot_app.app_context():
        others = path(mail_links.unsubscribe_url(person("projektledare.ro").id)).replace("unsubscribe", "answer")
    for wrong in (
        address[:-1],
        address + "x",
        address.replace("answer/", "answer/a"),
        others,
        "/mail/answer/x",
        "/mail/unsubscribe/x",
    ):
        answer = visitor.get(wrong)
        assert answer.status_code == 410, wrong
        assert "/reminders" in answer.text
    with time_machine.travel(utc_now() + mail_links.LIVES + timedelta(minutes=1)):
        assert visitor.get(address).status_code == 410
    assert stored(pilot_app, row) == before


def test_one_who_no_longer_may_cannot_answer(pilot_app, link):
    with pilot_app.app_context(), transaction():
        for holding in db.session.scalars(select(Holding).where(Holding.post_key == "pl_ro")):
            holding.until = utc_now().date() - timedelta(days=1)
            holding.since = holding.until - timedelta(days=9)
    assert pilot_app.test_client().get(link[0]).status_code == 410


def test_what_was_changed_since_is_not_undone(pilot_app, link):
    address, row = link
    visitor = pilot_app.test_client()
    done = visitor.submit(address, status="ongoing", percent="50")
    with pilot_app.app_context(), transaction():
        db.session.get(MilestoneRow, row).version += 1
    undo = re.search(r'action="(/mail/undo/[^"]+)"', done.text)[1]
    token = re.search(r'name="csrf_token" value="([^"]+)"', done.text)[1]
    assert visitor.post(undo, data={"csrf_token": token}).status_code == 400
    assert stored(pilot_app, row)[:2] == ("ongoing", 50)


def test_the_mail_programs_own_button_turns_the_mails_off_without_a_page(pilot_app):
    with pilot_app.app_context():
        number = person("projektledare.ro").id
        address = path(mail_links.unsubscribe_url(number))
    visitor = pilot_app.test_client()
    visitor.environ_base.pop("HTTP_SEC_FETCH_SITE")
    assert visitor.get(address).status_code == 200
    with pilot_app.app_context():
        assert db.session.get(ReminderChoice, number) is None
    assert visitor.post(address, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    with pilot_app.app_context():
        assert "milestone" in db.session.get(ReminderChoice, number).muted


def test_hour_days_and_kinds_are_chosen_and_an_absence_is_noted_and_taken_back(pilot_app):
    client = client_of(pilot_app, "projektledare.ro")
    page = client.soup("/reminders/choices")
    assert [box["value"] for box in page.select("input[name=weekdays][checked]")] == list("01234")
    answer = client.submit("/reminders/choices", hour="16", weekdays=["0", "3"], muted=["claim"])
    assert answer.status_code == 302
    with pilot_app.app_context():
        row = db.session.get(ReminderChoice, person("projektledare.ro").id)
        assert (row.hour, row.weekdays, row.muted) == (16, "03", ["claim"])
    assert client.submit("/reminders/choices", first="2030-02-01", last="2030-01-01", deputy_id="0").status_code == 422
    assert client.submit("/reminders/choices", first="2030-02-01", last="2030-02-09", deputy_id="0").status_code == 302
    back = client.soup("/reminders/choices").select_one("form[action$='/end']")
    assert client.post(back["action"], data={"csrf_token": back.find("input")["value"]}).status_code == 302
    assert not client.soup("/reminders/choices").select("form[action$='/end']")
