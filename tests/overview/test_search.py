"""Search: all kinds, whatever the case and the dots, nothing that the reader may not see, and the same work however much there is."""

import pytest
from flask import Flask

from ccc_pilot.overview.excerpts import excerpt
from ccc_pilot.overview.search import words_of
from tests.factories import client_of
from tests.overview.conftest import PLAN, multiply, report, say
from tests.support.pages import PageClient

pytestmark = pytest.mark.every_engine


def found(client: PageClient, question: str) -> dict[str, list[str]]:
    """Return the addresses that the search answers ``question`` with, by kind."""
    page = client.get("/search", query_string={"q": question})
    assert page.status_code == 200
    soup = client.soup("/search", query_string={"q": question})
    return {panel["id"]: [link["href"] for link in panel.select(".hits a")] for panel in soup.select("main .panel[id]")}


def test_a_milestone_is_found_by_its_id_its_title_and_what_the_plan_says_of_it(lead: PageClient):
    shown = f"/milestones/{PLAN}/P0-05"
    assert found(lead, "p0-05")["milestones"] == [shown]
    assert shown in found(lead, "PROJEKTLEDARE utsedd region")["milestones"]


@pytest.mark.parametrize("question", ["Räksmörgås", "raksmorgas", "RÄKSMÖRGÅS", "räk gås", "smorgås  på"])
def test_case_and_dots_do_not_matter_in_what_was_written(pilot_app: Flask, lead: PageClient, question: str):
    say(pilot_app, "P0-05", "En RÄKSMÖRGÅS på bordet")
    assert found(lead, question)["comments"] == [f"/milestones/{PLAN}/P0-05#comment-1"]


def test_what_was_reported_is_found_with_the_words_around_it(pilot_app: Flask, lead: PageClient):
    report(pilot_app, "P0-05", "ro", "at_risk", "Vi saknar en ekonom")
    assert found(lead, "ekonom saknar")["changes"] == [f"/milestones/{PLAN}/P0-05#history"]
    assert lead.soup("/search?q=EKONOM").select_one("#changes mark").text == "ekonom"


@pytest.mark.parametrize("question", ["100 %", "a_b", "50%", r"c:\d"])
def test_signs_of_the_database_are_ordinary_letters(pilot_app: Flask, lead: PageClient, question: str):
    say(pilot_app, "P0-05", "100 % klart, a_b, 50%, c:\\d")
    say(pilot_app, "P0-07", "100 st klart, axb, 50 %, cd")
    wanted = ["P0-07", "P0-05"] if question == "100 %" else ["P0-05"]
    assert [link.split("#")[0][-5:] for link in found(lead, question)["comments"]] == wanted


@pytest.mark.parametrize("question", ["", " ", "a", "ö", "a b"])
def test_a_question_that_is_too_short_is_taught_and_nothing_is_searched(lead: PageClient, question: str):
    assert words_of(question) == []
    assert found(lead, question) == {}
    assert "Write at least two letters" in lead.get("/search", query_string={"q": question}).text


def test_nothing_found_says_what_to_try(lead: PageClient):
    assert "Nothing was found" in lead.get("/search?q=finnsinte").text


def test_what_was_taken_back_is_not_found(pilot_app: Flask, lead: PageClient):
    say(pilot_app, "P0-05", "Hemligheten")
    address = f"/milestones/{PLAN}/P0-05"
    lead.submit(address, to=f"{address}/comments/1/retract")
    assert found(lead, "hemligheten") == {}


def test_an_administrator_finds_people_and_posts_but_none_of_the_content(pilot_app: Flask, administrator: PageClient):
    say(pilot_app, "P0-05", "projektledare")
    assert set(found(administrator, "projektledare")) == {"people", "posts"}


def test_others_find_those_who_lead_but_no_list_of_people(pilot_app: Flask):
    hits = found(client_of(pilot_app, "expert.ro", "en"), "projektledare")
    assert "people" not in hits
    assert "/leads#lead-ro" in hits["posts"]
    assert "posts" not in found(client_of(pilot_app, "expert.ro", "en"), "administrator")


def test_plans_that_the_pilot_does_not_follow_are_found_in_their_plan(lead: PageClient):
    assert all(link.startswith("/milestones/plans/") for link in found(lead, "platsbesok")["plans"])


def test_a_point_of_a_standard_is_found_by_its_number_and_its_words(pilot_app: Flask, lead: PageClient):
    assert found(lead, "S83.2")["standards"] == ["/standards/oeci-3x-p#EDU-02.2"]
    assert "/standards/oeci-3x-p#ORG-03.4" in found(lead, "vardhygien program")["standards"]
    assert "standards" not in found(client_of(pilot_app, "ekonom"), "S83.2")


def test_the_search_asks_no_more_the_more_there_is(pilot_app: Flask, lead: PageClient, queries):
    say(pilot_app, "P0-05", "region")
    few = queries(lead, "/search?q=region")
    for _n in range(12):
        say(pilot_app, "P0-07", "region")
    multiply(pilot_app, 4)
    assert queries(lead, "/search?q=region") == few <= 18
    page = lead.soup("/search?q=region")
    assert (len(page.select("#comments .hits li")), page.select_one("a[href='#comments']").text.split()[-1]) == (10, "13")


def test_an_excerpt_keeps_to_the_words_around_the_first_hit():
    text = "å" * 200 + " Mål här " + "b" * 300
    piece = excerpt(text, ["mal"])
    assert piece.found == "Mål"
    assert (piece.before[0], piece.after[-1], len(piece.before) < 70) == ("…", "…", True)
    assert excerpt("inget", ["mal"]) is None
