"""Meetings and decisions on the start page and in the search."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from ccc_pilot.dates import utc_now
from ccc_pilot.db import db, transaction
from ccc_pilot.decisions.models import Decision, Meeting
from ccc_pilot.i18n import today
from ccc_pilot.improvement.models import Action, ImprovementPlan
from tests.factories import client_of, pilot
from tests.support.pages import PageClient, form_with, values_of


def plan(app: Flask, days: int = 9) -> int:
    with app.app_context(), transaction():
        row = Meeting(pilot_id=pilot().id, body_key="rsl", title="Regionsjukvårdsledningen", day=today() + timedelta(days=days))
        db.session.add(row)
        db.session.flush()
        return row.id


def test_the_start_page_shows_the_next_meeting_and_whose_paragraph_is_missing(house: Flask):
    number = plan(house)
    panel = client_of(house, "projektledare.rjl", "en").soup("/").select_one("#agenda")
    links = [a["href"] for a in panel.select("li a")]
    assert links == [f"/meetings/{number}", f"/meetings/{number}/paragraphs/rjl"]
    assert "RÖ, RJL, RKL" in panel.text
    reader = client_of(house, "rsl", "en").soup("/").select_one("#agenda")
    assert [a["href"] for a in reader.select("li a")] == [f"/meetings/{number}"]


def test_a_decision_that_nobody_follows_up_stands_on_the_start_page_until_it_is_done(house: Flask, head: PageClient):
    assert "Nothing begun" not in head.get("/").text
    with house.app_context(), transaction():
        row = db.session.scalars(select(Decision).where(Decision.seed_key == "d250410")).one()
        row.status, row.day = "decided", date(2025, 4, 10)
    assert "Nothing begun" in head.soup("/").select_one("#agenda").text
    form = form_with(head.soup("/decisions/1"), {"to", "text"})
    assert head.post(form["action"], data={**values_of(form), "to": "executed", "text": "Skickad"}).status_code == 302
    assert "Nothing begun" not in head.get("/").text


@pytest.mark.parametrize(("words", "group"), [("intresseanmälan", "decisions"), ("RCC-MEDEL", "decisions"), ("torsdagsgruppen", "meetings"), ("statusuppdatering", "meetings")])  # fmt: skip
def test_meetings_and_decisions_are_found(head: PageClient, words: str, group: str):
    assert head.soup(f"/search?q={words}").select_one(f"#{group} li a")["href"].startswith(f"/{group}/")


def test_those_who_may_not_read_decisions_find_none(house: Flask):
    page = client_of(house, "administrator", "en").soup("/search?q=intresseanmälan")
    assert page.select_one("#decisions") is None and page.select_one("#meetings") is None
    assert client_of(house, "administrator", "en").soup("/").select_one("#agenda") is None


def action(app: Flask, state: str = "proposed") -> int:
    with app.app_context(), transaction():
        plan = ImprovementPlan(pilot_id=pilot().id, title="Förbättringsplan", kind="improvement", created_at=utc_now())
        db.session.add(plan)
        db.session.flush()
        row = Action(
            plan_id=plan.id,
            number=1,
            region="ro",
            title="Utse projektledare",
            state=state,
            created_at=utc_now(),
            updated_at=utc_now(),
        )
        db.session.add(row)
        db.session.flush()
        return row.id


@pytest.mark.parametrize("named", ["f-1", "F-01", "/improvement/actions/{id}", "action:{id}"])
def test_an_action_is_linked_by_its_id_and_pays_the_debt_when_it_begins(house: Flask, head: PageClient, named: str):
    number = action(house)
    with house.app_context(), transaction():
        row = db.session.scalars(select(Decision).where(Decision.seed_key == "d250410")).one()
        row.status = "decided"
    assert head.submit("/decisions/1", relation="creates", thing=named.format(id=number)).status_code == 302
    page = head.soup("/decisions/1")
    assert f"/improvement/actions/{number}" in {a.get("href") for a in page.select("#links a")}
    assert "F-01 Utse projektledare" in page.select_one("#links").text
    assert "Nothing begun" in page.select_one(".lead").text
    with house.app_context(), transaction():
        db.session.get(Action, number).state = "in_progress"
    assert "Nothing begun" not in head.soup("/decisions/1").select_one(".lead").text


def test_papers_belong_to_a_meeting(house: Flask, head: PageClient):
    assert "for=meeting:8" in head.soup("/meetings/8").select_one("#proofs-meeting-8 .actions a")["href"].replace("%3A", ":")
    assert client_of(house, "rsl", "en").soup("/meetings/8").select_one("#proofs-meeting-8") is None
