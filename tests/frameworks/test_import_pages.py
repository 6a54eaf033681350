"""The door for licensed texts: file, columns, preview, import; whatever comes, it is answered in words."""

import csv
import io
from typing import Any

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import event

from ccc_pilot.catalogue.editions import edition
from ccc_pilot.db import db
from ccc_pilot.office.sheet_cells import unguarded
from tests.factories import client_of
from tests.frameworks.conftest import BODY, HEADINGS, workbook
from tests.support.pages import PageClient, form_with, parse, values_of

NAMED = {"key": "licensed-1", "title_sv": "Licensierad", "framework": "OECI", "version": "9"}


def send(client: PageClient, data: bytes, name: str = "fil.xlsx"):
    """Send a file and return the answer."""
    form = form_with(client.soup("/standards/import"), {"file"})
    return client.post(form["action"], data={**values_of(form), "file": (io.BytesIO(data), name)})


def upload(client: PageClient, rows=None) -> str:
    """Send the usual workbook and return the address of its preview."""
    answer = send(client, workbook(("Om", [["Hej"]]), ("Blad", [HEADINGS, *(rows or BODY)])))
    assert answer.status_code == 302
    return answer.location


def said(html: str) -> str:
    return " ".join(parse(html).find("main").get_text(" ").split())


def test_an_edition_is_imported_in_three_steps_and_taken_out_as_it_came(house: Flask, head: PageClient):
    address = upload(head)
    page = head.soup(address)
    chosen = {select["id"]: select.find("option", selected=True)["value"] for select in page.select("#columns select")}
    assert list(chosen.values()) == ["chapter", "standard", "standard_title_sv", "number", "text_sv", "core", ""]
    assert head.submit(address, **NAMED).location.startswith(address)
    assert "3 points can be imported" in said(head.get(address).text)
    answer = head.submit(address, to=f"{address}/store", follow_redirects=True)
    assert "The edition is imported" in answer.text and answer.request.path == "/standards/licensed-1"
    assert "Mandatet följs upp" in answer.text
    assert "Imported here" in said(head.get("/standards").text)
    assert head.soup("/journal").select('a[href="/standards/licensed-1"]')
    with house.app_context():
        assert len(edition("licensed-1").points) == 3
    padded = [[cell or "" for cell in row] for row in [HEADINGS, *BODY]]
    book = CalamineWorkbook.from_filelike(io.BytesIO(head.get("/standards/licensed-1/export.xlsx").data))
    assert book.get_sheet_by_index(0).to_python() == padded
    text = head.get("/standards/licensed-1/export.csv").data
    assert b";'=1+1" in text  # nothing in it can run as a formula


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_exported_file_comes_in_again_with_nothing_changed(head: PageClient, kind: str):
    address = upload(head)
    head.submit(address, **NAMED)
    head.submit(address, to=f"{address}/store")
    again = send(head, head.get(f"/standards/licensed-1/export.{kind}").data, f"again.{kind}").location
    head.submit(again, **NAMED)
    assert "is stored already, and nothing differs" in said(head.get(again).text)


def test_a_fault_is_shown_by_its_cell_and_stops_the_import(head: PageClient):
    address = upload(head, [*BODY, ["PAT", "S2", "", "1", "Igen", "kanske", ""]])
    head.submit(address, **NAMED)
    page = head.soup(address)
    cells = {row.th.text: row.get_text(" ") for row in page.select("#preview tbody tr")}
    assert "stands in row 4 already" in cells["D5"] and "Write yes or no" in cells["F5"]
    assert not page.select(f'form[action="{address}/store"]')


def test_what_was_typed_stays_when_the_form_is_refused(head: PageClient):
    address = upload(head)
    answer = head.submit(address, **{**NAMED, "key": "Fel nyckel", "columns-6": "core"})
    assert answer.status_code == 422
    page = parse(answer.text)
    assert page.find(id="key")["value"] == "Fel nyckel" and "Write small letters" in answer.text
    assert page.find(id="columns-6").find("option", selected=True)["value"] == "core"
    assert "cannot both hold" in head.submit(address, **NAMED, **{"columns-6": "core"}).text


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "tom.xlsx", "empty"),
        (b"PK\x03\x04 broken", "trasig.xlsx", "damaged"),
        (workbook(("Tomt", [])), "tomt.xlsx", "No sheet"),
        (workbook(("Stor", [["Nr", "Krav"], *([str(n), "x"] for n in range(7_000))])), "stor.xlsx", "rows"),
        (b"%PDF-1.7 not a sheet\0", "standard.pdf", "text"),
        (b'Nr;Krav\n1;"no end', "citat.csv", "quotation"),
    ],
)
def test_a_bad_file_gets_a_clear_word_and_nothing_is_kept(head: PageClient, data: bytes, name: str, words: str):
    answer = send(head, data, name)
    assert answer.status_code == 422
    assert words in said(answer.text), said(answer.text)


@pytest.mark.timeout(60)  # a guard against hanging
def test_a_hundred_thousand_rows_are_refused(head: PageClient):
    rows = "\n".join(["Nr;Krav", *(f"{n};x" for n in range(100_000))]).encode()
    assert "6000" in said(send(head, rows, "lång.csv").text).replace("\u202f", "").replace(",", "")


def test_windows_swedish_is_read(head: PageClient):
    address = send(head, "Nr;Krav\n1;Vårdhygien följs upp\n".encode("cp1252"), "..\\mapp/å.csv").location
    head.submit(address, **NAMED)
    text = said(head.get(address).text)
    assert "Vårdhygien följs upp" in text and "Import å.csv" in text


def test_no_file_is_told_and_a_file_thrown_away_leads_back(head: PageClient):
    form = form_with(head.soup("/standards/import"), {"file"})
    assert "Choose a file" in head.post(form["action"], data=values_of(form)).text
    address = upload(head)
    assert head.submit(address, to=f"{address}/discard").location == "/standards"
    assert head.get(address).location == "/standards/import"


def test_only_who_may_sees_the_door(reader: PageClient, house: Flask):
    assert not reader.soup("/standards").select('a[href="/standards/import"]')
    assert reader.get("/standards/import").status_code == 403
    assert client_of(house, "huvudprojektledare").soup("/standards").select('a[href="/standards/import"]')


def test_an_export_without_text_can_be_read_by_other_programs(head: PageClient):
    rows = list(
        csv.reader(io.StringIO(head.get("/standards/rcc-2023/export.csv").data.decode("utf-8-sig"), newline=""), delimiter=";")
    )
    assert len(rows) == 11 and len({len(row) for row in rows}) == 1


def peers_file() -> list[list[Any]]:
    """Return the rows of a framework as a peer's program writes it: headings on rows of their own, numbers as numbers, texts of all sorts."""
    rows: list[list[Any]] = [
        ["assessable", "depth", "urn", "ref_id", "name", "description", "annotation", "implementation_groups"]
    ]
    for chapter in range(1, 11):
        rows.append([None, 1, f"urn:x:req_node:f:{chapter}", f"{chapter}", f"Område {chapter}", None, None, None])
        for standard in range(1, 6):
            home = f"{chapter}.{standard}"
            rows.append([None, 2, f"urn:x:req_node:f:{home}", home, f"Standard {home}", "Rad ett\nrad två", None, None])
            for point in range(1, 8):
                text = ('- kravet; med "citat"', "=A1 är ingen formel", "Åtgärder följs upp\n\n* varje år", "@ansvarig utsedd")[
                    point % 4
                ]
                number = f"{home}.{point}"
                rows.append(
                    [
                        "x",
                        3,
                        f"urn:x:req_node:f:{number}",
                        number,
                        f"Punkt {number}" if point % 2 else None,
                        text,
                        "Så här",
                        "CC,CCC",
                    ]
                )
    return rows


def test_a_peers_framework_of_350_points_goes_in_by_the_same_door_and_out_as_it_came(house: Flask, head: PageClient):
    rows = peers_file()
    said_in_cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    data = workbook(("library_meta", [["key", "value"], ["urn", "urn:x"], ["locale", "sv"]]), ("f_content", rows))
    address = send(head, data, "framework.xlsx").location
    chosen = [one.find("option", selected=True)["value"] for one in head.soup(address).select("#columns select")]
    assert chosen == ["assessable", "depth", "", "number", "name_en", "text_en", "guidance_en", ""]
    head.submit(address, **NAMED)
    assert "350 points can be imported" in said(head.get(address).text)
    head.submit(address, to=f"{address}/store")
    with house.app_context():
        found = edition("licensed-1")
        assert (len(found.chapters), len(found.points), found.points[0].key) == (10, 350, "licensed-1:1.1.1")
        assert found.points[349].text.en == "Punkt 10.5.7: @ansvarig utsedd" and found.points[1].guidance.en == "Så här"
        assert found.standard(found.points[7].standard).title.en == "Standard 1.2"
    book = CalamineWorkbook.from_filelike(io.BytesIO(head.get("/standards/licensed-1/export.xlsx").data))
    assert book.get_sheet_by_index(0).to_python() == said_in_cells
    out = head.get("/standards/licensed-1/export.csv").data
    lines = csv.reader(io.StringIO(out.decode("utf-8-sig"), newline=""), delimiter=";")
    assert [[unguarded(cell) for cell in line] for line in lines] == said_in_cells
    again = send(head, out, "again.csv").location
    head.submit(again, **NAMED)
    assert "is stored already, and nothing differs" in said(head.get(again).text)


def test_an_imported_edition_of_several_hundred_points_asks_the_database_as_little_as_a_small_one(house: Flask, head: PageClient):
    rows = [["K", f"S{n // 4}", "T", str(n % 4), f"Krav {n}", "ja", ""] for n in range(400)]
    for key, body in (("small", BODY), ("large", rows)):
        address = upload(head, body)
        head.submit(address, **{**NAMED, "key": key})
        head.submit(address, to=f"{address}/store")
    head.get("/standards")  # each process reads an imported edition once
    asked: list[str] = []
    with house.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda _c, _cur, statement, *_rest: asked.append(statement))
    counts = []
    for key in ("small", "large", "oeci-3x-p"):
        asked.clear()
        head.get(f"/standards/{key}")
        counts.append(len(asked))
    assert counts[0] == counts[1] == counts[2] <= 6
