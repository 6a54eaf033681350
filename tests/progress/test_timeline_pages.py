"""The timeline and the calendar month as pages: what they show, the filters they share, how many queries they take."""

from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import event

from ccc_pilot.db import db, transaction
from ccc_pilot.i18n import today
from ccc_pilot.progress import service
from tests.factories import client_of, person, pilot
from tests.support.pages import PageClient

PLAN = "sosr-wp4-2025"


@pytest.fixture
def client(pilot_app: Flask) -> PageClient:
    return client_of(pilot_app, "huvudprojektledare", "sv")


def names(page: BeautifulSoup) -> list[str]:
    return [link.get_text() for link in page.select(".gantt-names a")]


def test_the_timeline_draws_each_line_as_the_matrix_lists_it_and_tells_the_same_as_a_table(client: PageClient):
    page = client.soup(f"/milestones/timeline?plan={PLAN}")
    matrix = client.soup(f"/milestones?plan={PLAN}")
    listed = [link["href"] for link in matrix.select("table.matrix tbody th a")]
    drawn = [link["href"] for link in page.select(".gantt-names a")]
    assert set(listed) <= set(drawn)
    assert {link["href"] for link in page.select("details table th a")} == set(drawn)
    assert page.select_one("svg.gantt[role=img][aria-label]") is not None


def test_a_line_by_region_has_a_mark_for_each_region_and_never_colour_alone(client: PageClient):
    page = client.soup("/milestones/timeline?q=P0-07")
    bars = page.select("svg.gantt[role=img] g")
    assert [bar.select_one("text").get_text().split()[-1] for bar in bars] == ["RÖ", "RJL", "RKL"]
    assert all(bar.select_one("text").get_text().split()[0] in "✓▸!✕○" for bar in bars)
    assert all(bar.title and bar.title.get_text().strip() for bar in bars)


def test_dependencies_between_the_lines_shown_are_drawn(client: PageClient):
    assert client.soup("/milestones/timeline?q=P0-05").select("path.depends[marker-end]") == []
    assert client.soup("/milestones/timeline?phase=P2").select("path.depends[marker-end]")


@pytest.mark.parametrize("address", ["/milestones", "/milestones/timeline", "/milestones/calendar"])
def test_the_ways_to_look_keep_the_filters(client: PageClient, address: str):
    page = client.soup(f"{address}?q=rapport&region=ro&status=late&reporting=1")
    ways = page.select(".ways a")
    assert [urlsplit(way["href"]).path for way in ways] == ["/milestones", "/milestones/timeline", "/milestones/calendar"]
    wanted = {"q": ["rapport"], "region": ["ro"], "status": ["late"], "reporting": ["1"]}
    assert all(parse_qs(urlsplit(way["href"]).query) == wanted for way in ways)
    assert [urlsplit(way["href"]).path for way in ways if way.has_attr("aria-current")] == [address]
    form = page.select_one("form.filters")
    assert form is not None and form["action"] == address
    assert form.select_one("input[name=status]")["value"] == "late"


def test_nothing_that_fits_is_told_with_a_way_back(client: PageClient):
    page = client.soup("/milestones/timeline?q=nosuchthing")
    assert page.select_one(".empty a[href='/milestones/timeline']") is not None
    assert not page.select("svg.gantt[role=img]")


def test_the_calendar_shows_weeks_from_monday_with_numbers_and_swedish_holidays(client: PageClient):
    page = client.soup("/milestones/calendar?month=2026-06")
    assert [cell.get_text() for cell in page.select("table.month thead th")][1:3] == ["måndag", "tisdag"]
    weeks = [cell.get_text().split()[-1] for cell in page.select("table.month tbody th")]
    assert weeks == ["23", "24", "25", "26", "27"]
    days = {cell.time["datetime"]: cell for cell in page.select("table.month td")}
    assert "Nationaldagen" in days["2026-06-06"].get_text() and "free" in days["2026-06-06"]["class"]
    assert "midsommarafton" in days["2026-06-19"].get_text()
    assert days["2026-06-07"].select_one(".holiday") is None
    assert "outside" in days["2026-07-01"]["class"]


def test_a_date_stands_on_its_day_with_its_status_and_a_link(pilot_app: Flask, client: PageClient):
    with pilot_app.app_context(), transaction():
        row = service.row(pilot(), PLAN, "P1-01", "sosr")
        service.reschedule(target=row, due=today(), reason="Here", version=row.version, actor_id=person("huvudprojektledare").id)
    page = client.soup("/milestones/calendar")
    (cell,) = page.select("td.now")
    link = cell.select_one(f"a.due[href='/milestones/{PLAN}/P1-01']")
    assert link is not None and "P1-01" in link.get_text() and link.select_one(".mini svg")
    assert "P1-01" not in client.soup("/milestones/calendar?region=ro&q=P0-07").select_one("table.month").get_text()


def test_the_calendar_leads_to_the_months_beside_it_and_keeps_the_filters(client: PageClient):
    page = client.soup("/milestones/calendar?month=2026-12&q=rapport")
    assert parse_qs(urlsplit(page.select_one("a[rel=next]")["href"]).query) == {"month": ["2027-01"], "q": ["rapport"]}
    assert parse_qs(urlsplit(page.select_one("a[rel=prev]")["href"]).query) == {"month": ["2026-11"], "q": ["rapport"]}
    assert client.get("/milestones/calendar?month=9999-99").status_code == 200


def test_only_regions_with_that_day_stand_on_it(pilot_app: Flask, client: PageClient):
    with pilot_app.app_context(), transaction():
        row = service.row(pilot(), PLAN, "P0-07", "rjl")
        service.reschedule(target=row, due=today(), reason="Here", version=row.version, actor_id=person("huvudprojektledare").id)
    (link,) = client.soup("/milestones/calendar?q=P0-07").select("td.now a.due")
    assert [mark.find(string=True, recursive=False) for mark in link.select(".mini")] == ["RJL"]


@pytest.mark.parametrize(
    "address", ["/milestones/timeline?{}", "/milestones/calendar?month=2026-03&{}", f"/milestones/{PLAN}/P0-05?{{}}"]
)
def test_the_number_of_queries_does_not_grow_with_the_rows(pilot_app: Flask, client: PageClient, address: str):
    asked: list[str] = []
    with pilot_app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda _c, _u, statement, *_: asked.append(statement))
    counts = []
    for narrowed in ("q=P1-01", ""):
        client.get(address.format(narrowed))
        asked.clear()
        client.get(address.format(narrowed))
        counts.append(len(asked))
    assert counts[1] <= min(15, counts[0] + 1)


def test_the_pages_of_time_are_closed_to_those_who_may_not_read_milestones(pilot_app: Flask):
    for login, expected in (("administrator", 403), ("extern", 200), ("projektledare.rkl", 200)):
        client = client_of(pilot_app, login)
        assert [client.get(address).status_code for address in ("/milestones/timeline", "/milestones/calendar")] == [expected] * 2
    assert pilot_app.test_client().get("/milestones/calendar").status_code == 302
