"""The list of milestones as files: what is on the screen, all of it, and nothing in it can run."""

import csv
import io
import re
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import event, func, select

from ccc_pilot.db import db, transaction
from ccc_pilot.office import spreadsheets
from ccc_pilot.office.csv import safe
from ccc_pilot.progress import service
from ccc_pilot.progress.models import MilestoneLine, MilestoneRow
from tests.factories import client_of, person, pilot
from tests.support.pages import PageClient

PLAN = "sosr-wp4-2025"
ATTACKS = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "＝1+1", "＋1+1", "－1+1", "＠SUM(A1)", "  =1+1", "a;=1+1", 'a";=1+1', "a\n=1+1",
    '=HYPERLINK("http://example.org";"x")', "=cmd|' /C calc'!A0",
)  # fmt: skip


def read_xlsx(data: bytes) -> tuple[str, list[list[Any]]]:
    """Return the sheet's name and its rows as another program reads them."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return book.sheet_names[0], book.get_sheet_by_index(0).to_python()


def read_csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def say(app: Flask, comment: str, slug: str = "P0-07", region: str = "ro") -> None:
    """Let a row carry ``comment``, saved at 09:00 in Stockholm."""
    with app.app_context(), transaction():
        row = service.row(pilot(), PLAN, slug, region)
        row.comment, row.percent, row.status = comment, 40, "ongoing"
        row.due, row.first_due = date(2027, 1, 15), date(2027, 1, 1)
        row.updated_at, row.updated_by_id = datetime.fromisoformat("2026-11-23T08:00:00+00:00"), person("projektledare.ro").id


@pytest.fixture
def lead(pilot_app: Flask) -> PageClient:
    return client_of(pilot_app, "huvudprojektledare", "en")


def test_the_workbook_holds_every_row_with_dates_as_dates_and_percents_as_numbers(pilot_app: Flask, lead: PageClient):
    say(pilot_app, "Två av tre utsedda")
    response = lead.get("/milestones/export.xlsx?all=1")
    name, (heading, *rows) = read_xlsx(response.data)
    with pilot_app.app_context():
        assert len(rows) == db.session.scalar(select(func.count(MilestoneRow.id)))
    assert name == "Milestones"
    told = next(dict(zip(heading, row, strict=True)) for row in rows if row[0] == "P0-07" and row[4] == "RÖ")
    assert told["Status"] == "Ongoing"
    assert told["Percent"] == 0.4
    assert told["Due"] == date(2027, 1, 15)
    assert told["First date"] == date(2027, 1, 1)
    assert told["Slip, days"] == 14
    assert told["Comment"] == "Två av tre utsedda"
    assert told["Updated"] == datetime.fromisoformat("2026-11-23T09:00")


def test_the_workbook_speaks_the_language_of_its_reader(pilot_app: Flask):
    name, (heading, *_rows) = read_xlsx(client_of(pilot_app, "rsl", "sv").get("/milestones/export.xlsx").data)
    assert name == "Milstolpar"
    assert heading[1:5] == ["Milstolpe", "Fas", "Ansvarig", "Region"]


@pytest.mark.parametrize("narrowed", ["", "?region=ro&status=late", "?q=avtal", "?reporting=1&sort=due", "?phase=P1&page=2"])
def test_the_file_holds_what_the_screen_shows_over_all_its_pages(lead: PageClient, narrowed: str):
    first = lead.soup(f"/milestones{narrowed}")
    pages = [first, *(lead.soup(a["href"]) for a in first.select("nav.pager a:not([rel])"))]
    shown = {small.text.split(" · ")[0] for page in pages for small in page.select("table.matrix tbody th small")}
    told = {row["Id"] for row in read_csv(lead.get(f"/milestones/export.csv{narrowed}").data)}
    assert told == shown


def test_the_buttons_keep_what_the_list_is_narrowed_to(lead: PageClient):
    links = [a["href"] for a in lead.soup("/milestones?region=ro&status=late&page=1").select(".tools a[download]")]
    assert links == ["/milestones/export.xlsx?region=ro&status=late", "/milestones/export.csv?region=ro&status=late"]


def test_files_follow_the_order_of_the_list_and_of_the_regions(lead: PageClient):
    rows = [row for row in read_csv(lead.get("/milestones/export.csv?sort=due").data) if row["Due"]]
    assert [row["Region"] for row in rows if row["Id"] == "P0-07"] == ["RÖ", "RJL", "RKL"]
    earliest: dict[str, str] = {}
    for row in rows:
        key = row["Id"] + row["Milestone"]
        earliest[key] = min(earliest.get(key, "9999"), row["Due"])
    assert list(earliest.values()) == sorted(earliest.values())


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_comment_never_becomes_a_formula_in_csv(attack: str):
    kept = safe(attack)
    assert kept.startswith("'") or kept[0] not in "\t\r"
    for cell in re.split(r'[;,|"\t\r\n]', kept):
        assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert kept.replace("'", "") == attack.replace("'", "")


@pytest.mark.parametrize("plain", ["Två av tre utsedda", "a-b", "kl. 8-16", "namn@exempel.se", "1 = 1", ""])
def test_ordinary_text_is_left_as_it_is(plain: str):
    assert safe(plain) == plain


def test_formulas_stay_text_in_both_files_and_numbers_stay_numbers(pilot_app: Flask, lead: PageClient):
    say(pilot_app, '=HYPERLINK("http://example.org";"x")')
    data = lead.get("/milestones/export.xlsx").data
    assert '=HYPERLINK("http://example.org";"x")' in {row[11] for row in read_xlsx(data)[1]}
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet.replace("HYPERLINK", "")
    row = next(r for r in read_csv(lead.get("/milestones/export.csv").data) if r["Id"] == "P0-07" and r["Region"] == "RÖ")
    assert row["Comment"].startswith("'=")
    assert (row["Percent"], row["Slip, days"], row["Due"]) == ("40", "14", "2027-01-15")


def test_a_file_is_sent_as_an_attachment_that_no_cache_keeps(lead: PageClient):
    for kind in ("xlsx", "csv"):
        response = lead.get(f"/milestones/export.{kind}")
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Content-Disposition"].startswith("attachment; filename=milestones-20")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.data.startswith("\ufeff".encode())


def test_who_may_not_export_sees_no_button_and_gets_no_file(pilot_app: Flask):
    economist = client_of(pilot_app, "ekonom")
    assert not economist.soup("/milestones").select("a[download]")
    assert economist.get("/milestones/export.xlsx").status_code == 403
    assert economist.get("/milestones/export.csv").status_code == 403


def test_the_number_of_queries_does_not_grow_with_the_rows(pilot_app: Flask, lead: PageClient):
    asked: list[str] = []
    with pilot_app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda _c, _cur, statement, *_rest: asked.append(statement))
    counts = []
    for address in ("/milestones/export.csv?q=P0-07", "/milestones/export.csv?all=1"):
        asked.clear()
        lead.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8


def test_a_line_whose_plan_left_the_shelf_is_left_out(pilot_app: Flask, lead: PageClient):
    with pilot_app.app_context(), transaction():
        line = db.session.scalars(select(MilestoneLine).where(MilestoneLine.key == f"{PLAN}:P0-07")).one()
        line.key = f"{PLAN}:GONE"
    ids = {row["Id"] for row in read_csv(lead.get("/milestones/export.csv").data)}
    assert ids
    assert not ids & {"P0-07", "GONE"}


@pytest.mark.parametrize(
    ("name", "kept"), [("Milstolpar [RÖ]: a/b\\c*?", "Milstolpar  RÖ   a b c"), ("x" * 40, "x" * 31), ("'", "1"), ("", "1")]
)
def test_a_sheet_is_called_what_excel_allows(name: str, kept: str):
    assert spreadsheets.sheet_name(name) == kept


def test_days_are_counted_as_excel_counts_them():
    assert spreadsheets.serial(date(2026, 11, 23)) == 46_349
    assert spreadsheets.serial(datetime.fromisoformat("2026-11-23T12:00")) == 46_349.5
