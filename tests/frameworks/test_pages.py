"""The standards as pages: every edition is listed, read, printed and led to by its links."""

import csv
import io

import pytest
from bs4 import Tag
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import event

from ccc_pilot.catalogue.editions import shelf_editions
from ccc_pilot.db import db
from tests.factories import client_of
from tests.support.pages import PageClient

OECI = shelf_editions()["oeci-3x-p"]


def said(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def test_the_list_names_every_edition_and_says_what_is_not_public(reader: PageClient):
    words = said(reader.soup("/standards"))
    for edition in shelf_editions().values():
        assert edition.title.en in words
    assert "83 reconstructed" in words and "places for texts that are not public" in words


@pytest.mark.parametrize("key", shelf_editions())
def test_every_edition_is_a_page_with_a_place_for_each_of_its_points(reader: PageClient, key: str):
    page = reader.soup(f"/standards/{key}")
    ids = {tag["id"] for tag in page.find_all(id=True)}
    edition = shelf_editions()[key]
    assert {point.number for point in edition.points} <= ids
    assert {chapter.key.split(":")[1] for chapter in edition.chapters} <= ids
    assert all(question.text.en in said(page) for question in edition.questions)
    fragments = [a["href"].split("#")[1] for a in page.select('main a[href^="#"]')]
    assert set(fragments) <= ids


def test_a_point_shows_its_marks_its_evidence_its_source_and_its_kin(reader: PageClient):
    row = reader.soup("/standards/oeci-3x-p").find(id="EDU-02.2")
    for words in ("S83.2", "Core", "Number and topic confirmed", "Training plan", "required", "Fact", "OECI news"):
        assert words in said(row), words
    kin = reader.soup("/standards/oeci-3x-p").find(id="PAT-02.1").select("details a")
    assert "/standards/rcc-2012#4.4.2" in [a["href"] for a in kin]


def test_a_guess_is_not_shown_as_a_fact(reader: PageClient):
    words = said(reader.soup("/standards/oeci-3x-p").find(id="GOV-01.1"))
    assert "Core, in our judgement" in words and "Assumption" in words and "confirmed" not in words


def test_an_edition_is_narrowed_to_a_designation(reader: PageClient):
    page = reader.soup("/standards/oeci-3x-p?designation=CC")
    assert len(page.select(".points th[scope=row]")) == len(OECI.points_for("CC")) == 76
    assert reader.soup("/standards/oeci-3x-p?designation=XX").find(id="RES-01.1")


def test_a_key_leads_to_its_place(reader: PageClient):
    assert reader.get("/standards/at/rcc-2012:4.1").location == "/standards/rcc-2012#4.1"
    assert reader.get("/standards/at/rcc-2012:9").status_code == 404
    assert reader.get("/standards/nobody").status_code == 404


def test_a_page_asks_the_database_as_little_for_88_points_as_for_six(house: Flask, reader: PageClient):
    asked: list[str] = []
    with house.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda _c, _cur, statement, *_rest: asked.append(statement))
    counts = []
    for address in ("/standards/sosr-promises", "/standards/oeci-3x-p"):
        asked.clear()
        reader.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 6


def test_an_edition_goes_out_as_a_file_with_every_point(reader: PageClient):
    text = reader.get("/standards/oeci-3x-p/export.csv").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    assert [row["number"] for row in rows] == [point.number for point in OECI.points]
    (row,) = (row for row in rows if row["number"] == "EDU-02.2")
    assert (row["official"], row["core"], row["core_status"], row["applies"]) == ("S83.2", "yes", "confirmed", "CC, CCC, NET")
    book = CalamineWorkbook.from_filelike(io.BytesIO(reader.get("/standards/oeci-3x-p/export.xlsx").data))
    assert len(book.get_sheet_by_index(0).to_python()) == 1 + len(OECI.points)


def test_who_has_nothing_to_do_with_standards_is_not_let_in(house: Flask):
    economist = client_of(house, "ekonom")
    assert economist.get("/standards").status_code == 403
    assert not economist.soup("/").select('.rail a[href="/standards"]')
