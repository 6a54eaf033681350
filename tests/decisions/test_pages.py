"""The pages of meetings and decisions as they are read."""

import pytest
from flask import Flask
from sqlalchemy import select

from ccc_pilot.db import db
from ccc_pilot.decisions.models import Decision, Meeting
from tests.factories import client_of
from tests.support.pages import PageClient


def address(app: Flask, table: type, key: str) -> str:
    with app.app_context():
        row = db.session.scalars(select(table).where(table.seed_key == key)).one()
        return f"/{'meetings' if table is Meeting else 'decisions'}/{row.id}"


def text(client: PageClient, path: str) -> str:
    return " ".join(client.soup(path).select_one("main").get_text(" ").split())


def test_a_proposal_always_says_that_it_is_one(house: Flask, head: PageClient):
    for path in ("/decisions", address(house, Decision, "d250512"), address(house, Meeting, "rsl-250512")):
        found = text(head, path)
        assert "Proposal, not decided" in found, path
        assert "SÖSR deltar i piloten" in found, path


def test_a_meeting_whose_outcome_no_source_tells_says_so(house: Flask, head: PageClient):
    assert "Outcome not known" in text(head, address(house, Meeting, "rsl-250512"))
    assert "Outcome not known" not in text(head, address(house, Meeting, "rsl-250410"))


def test_contradicting_sources_are_shown_beside_each_other(house: Flask, head: PageClient):
    found = text(head, address(house, Decision, "d250410"))
    assert "The sources contradict each other" in found
    assert "togs beslut" in found and "ställt sig positiv" in found
    assert "sources disagree" in text(head, "/decisions?q=intresseanmälan")


def test_a_link_by_key_leads_to_the_milestone_with_its_title(house: Flask, head: PageClient):
    page = head.soup(address(house, Decision, "d250512"))
    assert "/milestones/sosr-wp4-2025/P0-04" in {a.get("href") for a in page.select("#links a")}


def test_an_unknown_meeting_and_decision_are_not_found(head: PageClient):
    assert head.get("/meetings/999").status_code == 404
    assert head.get("/decisions/999").status_code == 404


@pytest.mark.parametrize("path", ["/decisions?status=x&year=1&page=-3&kind=y&body=z", "/decisions?page=99", "/meetings?body=x"])
def test_an_old_or_wild_address_is_answered(head: PageClient, path: str):
    assert head.get(path).status_code == 200


@pytest.mark.parametrize("login", ["projektledare.ro", "rsl", "granskare.rcc", "ekonom", "extern"])
def test_readers_read_both_lists_in_swedish(house: Flask, login: str):
    client = client_of(house, login)
    assert "Förslag, inte beslutat" in text(client, "/decisions")
    assert client.get("/meetings").status_code == 200
