"""The start page and the pages of the regions: numbers that lead to as many rows, what waits for whom, and what the others did."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from ccc_pilot.db import db, transaction
from ccc_pilot.i18n import today
from ccc_pilot.progress.models import MilestoneRow
from tests.factories import client_of
from tests.overview.conftest import PLAN, multiply, report
from tests.support.pages import PageClient

REGIONS = ("ro", "rjl", "rkl", "sosr")


def lines_behind(client: PageClient, address: str) -> int:
    """Return how many lines the list at ``address`` holds, over all its pages."""
    total, url = 0, address
    while url:
        page = client.soup(url)
        total += len(page.select("table.matrix tbody[id^=line-]"))
        after = page.select_one("a[rel=next]")
        url = after["href"] if after else ""
    return total


def figures(client: PageClient, address: str) -> dict[str, tuple[str, str]]:
    """Return the figures of a page: the number and the address it leads to, by label."""
    found = client.soup(address).select("main .figure")
    return {figure.small.text: (figure.b.text.strip(), figure.a["href"]) for figure in found}


@pytest.mark.parametrize("key", REGIONS)
def test_every_number_of_a_regions_page_leads_to_as_many_rows(pilot_app: Flask, lead: PageClient, key: str):
    report(pilot_app, "P0-05", "ro", "at_risk", "Ingen sökande")
    report(pilot_app, "P0-07", "ro", "claimed")
    found = figures(lead, f"/regions/{key}")
    assert len(found) == 5
    for label, (number, address) in found.items():
        wanted = f"{address}&status=done" if label == "Milestones" else address
        assert lines_behind(lead, wanted) == int(number.split()[0]), label


def test_the_numbers_of_the_start_page_are_those_of_the_regions_pages(lead: PageClient):
    start = figures(lead, "/")
    for key, short in (("ro", "RÖ"), ("rjl", "RJL"), ("rkl", "RKL")):
        assert start[short] == figures(lead, f"/regions/{key}")["Milestones"]


def test_a_claim_waits_for_the_head_lead_and_leads_to_its_form(pilot_app: Flask, lead: PageClient):
    report(pilot_app, "P0-07", "rkl", "claimed", login="projektledare.rkl")
    first = lead.soup("/").select_one("#waiting .todo li")
    assert first.a["href"] == f"/milestones/{PLAN}/P0-07/rkl/edit"
    assert "Done, to be approved" in first.text
    assert lead.submit(first.a["href"], status="done", comment="").status_code == 302
    assert f"/milestones/{PLAN}/P0-07/rkl/edit" not in lead.get("/").text


def test_at_most_seven_wait_and_the_rest_is_counted(regional: PageClient):
    box = regional.soup("/").select_one("#waiting")
    rows = box.select(".todo li")
    assert len(rows) == 7
    assert int(re.search(r"and (\d+) more", box.text)[1]) > 0
    assert all(row.a["href"].endswith("/ro/edit") for row in rows)


def test_what_waits_for_a_regions_lead_is_late_or_near_and_done_things_do_not(pilot_app: Flask, regional: PageClient):
    with pilot_app.app_context(), transaction():
        for row in db.session.scalars(select(MilestoneRow)):
            row.due = None if row.region == "ro" else row.due
        mine = select(MilestoneRow).where(MilestoneRow.region == "ro", MilestoneRow.line.has(key=f"{PLAN}:P0-07"))
        db.session.scalars(mine).one().due = today()
    rows = regional.soup("/").select("#waiting .todo li")
    assert [row.small.find_next("small").text.split(" · ")[0] for row in rows] == ["P0-07"]
    report(pilot_app, "P0-07", "ro", "claimed")
    assert "Nothing waits for you just now." in regional.soup("/").select_one("#waiting").text


@pytest.mark.parametrize("login", ["expert.ro", "rsl", "extern", "granskare.rcc"])
def test_nothing_waits_for_those_who_report_nothing(pilot_app: Flask, login: str):
    assert client_of(pilot_app, login, "en").soup("/").select("#waiting") == []


def test_the_start_page_says_when_it_was_changed_last_and_by_whom(pilot_app: Flask, lead: PageClient):
    assert "last updated" not in lead.get("/").text
    report(pilot_app, "P0-05", "rjl", "ongoing", login="projektledare.rjl")
    assert re.search(r"last updated .* by Demo Projektledare RJL", lead.soup("/").select_one(".head .lead").text)


def test_the_next_report_is_the_nearest_one_that_is_open(pilot_app: Flask, lead: PageClient):
    with pilot_app.app_context(), transaction():
        rows = db.session.scalars(select(MilestoneRow).where(MilestoneRow.line.has(reporting=True, plan_key=PLAN))).all()
        for row in db.session.scalars(select(MilestoneRow).where(MilestoneRow.line.has(reporting=True))):
            row.due = None
        rows[0].due, rows[0].status = today(), "not_started"
        slug, region = rows[0].line.slug, rows[0].region
    number, address = figures(lead, "/")["Next report"]
    assert number == "today"
    assert address.endswith(f"/{slug}")
    report(pilot_app, slug, region, "done", login="huvudprojektledare")
    assert "Next report" not in figures(lead, "/")


def test_a_regions_page_tells_what_the_others_did_lately_and_not_its_own(pilot_app: Flask, regional: PageClient):
    report(pilot_app, "P0-05", "ro", "ongoing", "vårt eget")
    report(pilot_app, "P0-05", "rkl", "at_risk", "deras", login="projektledare.rkl")
    told = regional.soup("/regions/ro").select("#others li")
    assert len(told) == 1
    assert all(word in told[0].text for word in ("deras", "At risk", "Demo Projektledare RKL"))


def test_a_regions_page_says_who_leads_and_shows_the_own_rows(pilot_app: Flask, regional: PageClient):
    report(pilot_app, "P0-05", "ro", "at_risk", "Ingen sökande")
    page = regional.soup("/regions/ro")
    assert "Demo Projektledare RÖ" in page.select_one(".head .lead").text
    assert page.select_one("#risk .todo a")["href"] == f"/milestones/{PLAN}/P0-05/ro/edit"
    assert page.select_one("a[href='/regions/rjl']")


def test_others_rows_lead_to_the_milestone_and_not_to_a_form_that_is_closed(regional: PageClient):
    links = [link["href"] for link in regional.soup("/regions/rjl").select("main .todo a")]
    assert links
    assert not [link for link in links if link.endswith("/edit")]


@pytest.mark.parametrize("key", ["atlantis", "rcc", "RO", "x" * 60])
def test_there_is_no_page_of_what_is_no_region(lead: PageClient, key: str):
    assert lead.get(f"/regions/{key}").status_code == 404


def test_the_pages_ask_no_more_the_more_rows_there_are(pilot_app: Flask, lead: PageClient, regional: PageClient, queries):
    report(pilot_app, "P0-05", "rjl", "ongoing", login="projektledare.rjl")
    asked = [(lead, "/"), (regional, "/"), (lead, "/regions/ro"), (regional, "/regions/sosr")]
    few = [queries(client, address) for client, address in asked]
    multiply(pilot_app, 4)
    assert [queries(client, address) for client, address in asked] == few
    assert max(few) <= 15
