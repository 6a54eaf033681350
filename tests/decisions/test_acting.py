"""From a decision to the action that carries it out: the form is filled in by the address, and the debt ends when the action begins."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from ccc_pilot.briefings import carrying_out, gathering
from ccc_pilot.db import db, transaction
from ccc_pilot.decisions import reading
from ccc_pilot.decisions.models import Decision, DecisionLink, Meeting
from ccc_pilot.improvement import prefilling
from ccc_pilot.improvement.models import Action
from tests.decisions.test_pages import address
from tests.factories import client_of, pilot
from tests.support.pages import PageClient, form_with, parse, values_of

KEY = "opt_kansli"


def decided() -> Decision:
    return db.session.scalars(select(Decision).where(Decision.seed_key == KEY)).one()


def way(client: PageClient, page: str) -> str:
    return next(link["href"] for link in client.soup(page).select("#links a") if "carries it out" in link.text)


@pytest.fixture
def page(house: Flask) -> str:
    """The page of a decision that is owed an action, due and for RJL."""
    with house.app_context(), transaction():
        row = decided()
        row.day, row.due, row.executor, row.follow_up = date(2026, 1, 12), date(2026, 12, 18), "Region Jönköpings län", True
        row.links.append(DecisionLink(relation="unblocks", object_key="sosr-wp4-2025:P0-05@rjl"))
    return address(house, Decision, KEY)


def test_the_form_of_the_action_says_what_the_decision_says(head: PageClient, page: str):
    found = head.soup(way(head, page))
    form = form_with(found, {"title", "why", "region"})
    told = values_of(form)
    assert told["title"] == "Gemensamt kansli för organiserad prostatacancertestning"
    assert "Inrätta ett gemensamt kansli" in told["why"]
    assert (told["due"], told["region"], told["owner_words"]) == ("2026-12-18", "rjl", "Region Jönköpings län")
    assert "Gemensamt kansli" in found.select_one("main .flash").text
    assert "None" not in found.main.get_text()


def test_the_action_knows_its_decision_and_the_decision_its_action(house: Flask, head: PageClient, page: str):
    answer = head.submit(way(head, page), title="Bemanna kansliet", why="", follow_redirects=True)
    assert page in {link["href"] for link in parse(answer.text).select("#links a")}
    assert "Bemanna kansliet" in head.soup(page).select_one("#links").text
    assert "Bemanna kansliet" in client_of(house, "rsl", "en").soup(page).select_one("#links").text
    assert "Write an action" not in client_of(house, "rsl", "en").soup(page).select_one("#links").text


def test_the_debt_ends_when_the_action_begins_on_every_page_and_in_the_next_briefing(house: Flask, head: PageClient, page: str):
    head.submit(way(head, page), title="Bemanna kansliet")
    assert "Nothing begun" in head.get(page).text
    with house.app_context(), transaction():
        action = db.session.scalars(select(Action).where(Action.title == "Bemanna kansliet")).one()
        key, other = decided().place_key, "decision:1"
        assert carrying_out.started(pilot(), [key, other, f"action:{action.id}"]) == frozenset()
        action.state = "in_progress"
        db.session.flush()
        assert carrying_out.started(pilot(), [key, other, f"action:{action.id}"]) == {key, f"action:{action.id}"}
        meeting = next(one for one in reading.meetings(pilot(), "rsl") if one.day == date(2025, 5, 12))
        told = gathering.now(pilot(), db.session.get_one(Meeting, meeting.id), date(2026, 11, 20))
        assert not [one for one in told["decisions"] if one["id"] == decided().id]
    assert "Nothing begun" not in head.get(page).text


def test_two_decisions_have_drafts_of_their_own(house: Flask, head: PageClient, page: str):
    first = head.soup(way(head, page)).select_one('form[action*="/actions/from/"]')["action"]
    second = head.soup(way(head, address(house, Decision, "d250410"))).select_one('form[action*="/actions/from/"]')["action"]
    assert first != second
    assert head.soup("/improvement/actions/new").select_one("form[data-draft]")["action"] not in {first, second}


def test_what_is_refused_keeps_its_decision(head: PageClient, page: str):
    answer = head.submit(way(head, page), title="")
    assert answer.status_code == 422
    again = parse(answer.text)
    assert "Gemensamt kansli" in again.select_one("main .flash.go").text
    assert again.select_one("form[data-draft]")["action"].endswith(f"/actions/from/decision:{page.rpartition('/')[2]}")


@pytest.mark.parametrize("told", [{"title": ""}, {"due": "i morgon", "region": "xx"}, {"cost": "5"}])
def test_an_address_that_means_nothing_fills_nothing_in(told: dict[str, str]):
    assert prefilling.read(told, {"ro"}) == {}
