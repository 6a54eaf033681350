"""Answers that go out as a sheet and come back: compared, taken in as a whole, undone; and files that are none of ours."""

import csv
import io
import zipfile
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from ccc_pilot.assessment import answers, imports, rounds, scope, sheets
from ccc_pilot.assessment.models import AssessmentAnswer, AssessmentRound
from ccc_pilot.assessment.result_models import AssessmentSheet
from ccc_pilot.db import db, transaction
from ccc_pilot.errors import NotFound, Refused
from ccc_pilot.i18n import today
from ccc_pilot.office import comebacks, sheets_in
from ccc_pilot.office.roundtrip_files import write_workbook
from ccc_pilot.office.sheets_in import Sheet
from tests.factories import client_of, person, pilot


@pytest.fixture
def round_(entered: Flask) -> AssessmentRound:
    with transaction():
        return rounds.open_round(
            pilot=pilot(),
            title="Prov",
            edition_key="oeci-3x-p",
            start=today() - timedelta(days=1),
            actor_id=person("huvudprojektledare").id,
        )


def answer(round_: AssessmentRound, slug: str, region: str = "ro") -> AssessmentAnswer:
    table = AssessmentAnswer
    where = table.round_id == round_.id, table.region == region, table.point_key == round_.point_key(slug)
    return db.session.scalars(select(table).where(*where)).one()


def write(round_: AssessmentRound, slug: str, by: str = "expert.ro", **content: Any) -> None:
    target = answer(round_, slug)
    with transaction():
        answers.write(target=target, version=target.version, actor_id=person(by).id, **content)


def out(round_: AssessmentRound, region: str = "ro") -> list[list[Any]]:
    """The sheet as a file holds it."""
    target = io.BytesIO()
    layout, rows = sheets.layout(scope.edition_of(round_)), sheets.rows(round_, [region])
    write_workbook(layout, rows, target, title="t", author="a")
    return [list(row) for row in sheets_in.read(target.getvalue())[0].rows]


def set_cell(rows: list[list[Any]], number: str, heading: str, text: Any) -> None:
    column, at = rows[0].index(heading), rows[0].index("Nummer")
    next(row for row in rows if row[at] == number)[column] = text


def look_over(round_: AssessmentRound, rows: list[list[Any]], region: str = "ro", by: str = "expert.ro") -> AssessmentSheet:
    with transaction():
        file = (Sheet("Svar", tuple(tuple(row) for row in rows)),)
        return imports.look_over(round_=round_, region=region, file=file, file_name="svar.xlsx", actor_id=person(by).id)


def take(sheet: AssessmentSheet, **chosen: str) -> AssessmentSheet:
    with transaction():
        return imports.take(sheet=sheet, chosen=chosen, actor_id=sheet.person_id)


def test_without_edits_a_workbook_brings_no_change(round_: AssessmentRound):
    write(round_, "GOV-01.1", score="mostly", note="- en lista\n- av rader", summary_en="=1")
    found = look_over(round_, out(round_))
    assert (found.cells, found.unplaced, found.rows) == ([], [], len(scope.points(round_)))
    with pytest.raises(Refused, match="inget att ta in|nothing to take in"):
        take(found)


def test_what_was_changed_is_taken_in_whole_and_can_be_undone(round_: AssessmentRound):
    write(round_, "GOV-02.1", score="no", note="Förut")
    rows = out(round_)
    set_cell(rows, "GOV-01.1", "Bedömning", "Ja")
    set_cell(rows, "GOV-02.1", "Motivering", "Nu")
    rows[1:] = reversed(rows[1:])
    sheet = take(look_over(round_, rows))
    assert (answer(round_, "GOV-01.1").score, answer(round_, "GOV-02.1").note) == ("yes", "Nu")
    assert answer(round_, "GOV-02.1").score == "no"
    with pytest.raises(Refused):
        take(sheet)
    with transaction():
        assert imports.undo(sheet=sheet, actor_id=sheet.person_id) == 2
    assert (answer(round_, "GOV-01.1").score, answer(round_, "GOV-02.1").note) == (None, "Förut")
    with pytest.raises(Refused), transaction():
        imports.undo(sheet=sheet, actor_id=sheet.person_id)


def test_where_both_changed_a_cell_the_choice_decides_and_without_one_the_stored_text_stays(round_: AssessmentRound):
    rows = out(round_)
    set_cell(rows, "GOV-01.1", "Motivering", "Min")
    set_cell(rows, "GOV-02.1", "Motivering", "Min")
    write(round_, "GOV-01.1", note="Deras")
    write(round_, "GOV-02.1", note="Deras")
    sheet = look_over(round_, rows)
    take(sheet, **{f"{answer(round_, 'GOV-02.1').id}.note": "mine"})
    assert (answer(round_, "GOV-01.1").note, answer(round_, "GOV-02.1").note) == ("Deras", "Min")


def test_what_was_changed_after_it_was_looked_over_is_not_written_over(round_: AssessmentRound):
    rows = out(round_)
    for number in ("GOV-01.1", "GOV-02.1"):
        set_cell(rows, number, "Motivering", "Min")
    sheet = look_over(round_, rows)
    write(round_, "GOV-01.1", note="Kom emellan")
    take(sheet)
    assert (answer(round_, "GOV-01.1").note, answer(round_, "GOV-02.1").note) == ("Kom emellan", "Min")


def test_undoing_leaves_what_was_changed_since(round_: AssessmentRound):
    rows = out(round_)
    for number in ("GOV-01.1", "GOV-02.1"):
        set_cell(rows, number, "Motivering", "Min")
    sheet = take(look_over(round_, rows))
    write(round_, "GOV-01.1", note="Senare")
    with transaction():
        assert imports.undo(sheet=sheet, actor_id=sheet.person_id) == 1
    assert (answer(round_, "GOV-01.1").note, answer(round_, "GOV-02.1").note) == ("Senare", "")


def test_cells_that_cannot_be_taken_in_are_named_and_the_others_are_taken(round_: AssessmentRound):
    rows = out(round_)
    set_cell(rows, "GOV-01.1", "Bedömning", "Kanske")
    set_cell(rows, "GOV-02.1", "Bedömning", "Nej")
    sheet = look_over(round_, rows)
    [bad] = [cell for cell in sheet.cells if cell["fault"]]
    assert bad["place"] == "E2" and "Ja" in bad["fault"]
    take(sheet)
    assert (answer(round_, "GOV-01.1").score, answer(round_, "GOV-02.1").score) == (None, "no")


def test_rows_of_another_region_are_left_aside(round_: AssessmentRound):
    rows = out(round_, "rjl")
    set_cell(rows, "GOV-01.1", "Motivering", "Fel region")
    found = look_over(round_, rows, "ro")
    assert found.cells == [] and len(found.unplaced) == comebacks.UNPLACED_SHOWN


def test_a_sheet_is_its_senders_alone(round_: AssessmentRound):
    found = look_over(round_, out(round_))
    with pytest.raises(NotFound):
        imports.of(round_, "ro", found.id, person("projektledare.ro").id)
    with pytest.raises(NotFound):
        imports.of(round_, "rjl", found.id, person("expert.ro").id)


def test_an_answer_that_was_handed_in_becomes_a_draft_again(round_: AssessmentRound):
    write(round_, "GOV-01.1", score="yes", note="Finns", propose=True)
    rows = out(round_)
    set_cell(rows, "GOV-01.1", "Motivering", "Finns inte")
    take(look_over(round_, rows))
    assert answer(round_, "GOV-01.1").state == "draft"


# The pages, and files that are none of ours


@pytest.fixture
def app(pilot_app: Flask) -> Flask:
    return pilot_app


PAGE = "/assessment/1/ro/sheets"


def send(app: Flask, data: bytes, name: str = "svar.xlsx", login: str = "expert.ro") -> Any:
    return client_of(app, login).submit(PAGE, to=PAGE, follow_redirects=True, file=(io.BytesIO(data), name))


def test_a_workbook_goes_out_is_changed_comes_back_and_is_undone(app: Flask):
    client = client_of(app, "expert.ro")
    text = client.get("/assessment/1/ro/answers.csv").data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert not [cell for row in rows for cell in row if cell[:1] in {"=", "+", "-", "@"}]
    column = rows[0].index("Vad ska förbättras?")
    rows[1][column] = "En ny plan"
    changed = io.StringIO(newline="")
    csv.writer(changed, delimiter=";").writerows(rows)
    page = send(app, changed.getvalue().encode(), "svar.csv")
    assert page.status_code == 200 and "Ändrat i din fil" in page.text
    path = page.request.path
    done = client.submit(path, to=f"{path}/take", follow_redirects=True)
    assert "1 svar ändrades." in done.text
    undone = client.submit(path, to=f"{path}/undo", follow_redirects=True)
    assert "1 svar återställdes." in undone.text


def workbook(rows: int) -> bytes:
    from xlsxwriter import Workbook

    target = io.BytesIO()
    with Workbook(target, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Annat")
        for at in range(rows):
            sheet.write_row(at, 0, [at, "x", "y"])
    return target.getvalue()


def a_formula() -> bytes:
    from xlsxwriter import Workbook

    target = io.BytesIO()
    with Workbook(target) as book:
        sheet = book.add_worksheet("Svar")
        sheet.write_row(0, 0, ["Bedömning", "Rad-id (ändra inte)"])
        sheet.write_formula(1, 0, "=1+1")
        sheet.write_formula(1, 1, '=HYPERLINK("http://example.org")')
    return target.getvalue()


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 200_000_000)
    return target.getvalue()


GOOD = workbook(3)
NOT_OURS = {
    "empty": (b"", "Filen är tom"),
    "text": (b"hello", "Inget blad i filen har kolumnen"),
    "zeros": (b"\x00" * 5000, "inte text i en känd teckenkodning"),
    "half": (GOOD[: len(GOOD) // 2], "skadad"),
    "cut": (GOOD[:-30], "skadad"),
    "no zip": (b"PK\x03\x04" + b"x" * 1000, "skadad"),
    "wrong sheet": (GOOD, "Filen har: Annat"),
    "open quote": (b'a;b\n"c', "citattecken"),
    "html": (b"<html><script>alert(1)</script>", "Inget blad i filen har kolumnen"),
    "formulas": (a_formula(), "Inget skiljer sig"),
    "other encoding": ("Bedömning;Rad-id (ändra inte)\nJa;9 v1\n".encode("utf-16"), "Inget skiljer sig"),
    "100,000 rows": (workbook(100_000), "fler än 20000 rader"),
    "bomb": (bomb(), "alldeles för stor"),
}


def test_files_that_are_none_of_ours_are_refused_or_change_nothing_in_words(app: Flask):
    client = client_of(app, "expert.ro")
    for name, (data, words) in NOT_OURS.items():
        page = client.submit(PAGE, to=PAGE, follow_redirects=True, file=(io.BytesIO(data), "svar.xlsx"))
        assert page.status_code == (200 if words == "Inget skiljer sig" else 422), name
        assert words in unescape(page.text), name
    with app.app_context():
        assert not [cell for one in db.session.scalars(select(AssessmentSheet)) for cell in one.cells]


def test_a_file_is_read_within_half_a_minute_and_300_megabytes():
    """The process that reads is ended or refused memory past them (see tests/office/test_sheets_in.py)."""
    assert (sheets_in.Limits().seconds, sheets_in.Limits().memory) == (30, 300)


def test_csv_of_all_points_without_edits_changes_nothing(app: Flask):
    data = client_of(app, "expert.ro").get("/assessment/1/ro/answers.csv").data
    page = send(app, data, "svar.csv")
    assert "Inget skiljer sig" in page.text


def test_the_language_of_the_reader_does_not_matter(app: Flask):
    data = client_of(app, "expert.ro", "en").get("/assessment/1/ro/answers.xlsx").data
    page = send(app, data)
    assert "Inget skiljer sig" in page.text


def test_some_chapters_go_out_alone_and_their_workbook_comes_back_without_a_change(app: Flask):
    client = client_of(app, "expert.ro")
    answered = client.get("/assessment/1/ro/answers.xlsx?chapter=GOV&chapter=PAT")
    [sheet, _guidance] = sheets_in.read(answered.data)
    numbers = [str(row[1]) for row in sheet.rows[1:]]
    assert {number[:3] for number in numbers} == {"GOV", "PAT"} and len(numbers) == len(set(numbers))
    assert "svar-1-ro-GOV-PAT-" in answered.headers["Content-Disposition"]
    page = send(app, answered.data)
    assert "Inget skiljer sig" in page.text and f"{len(numbers)} rader lästa" in page.text
    assert client.get("/assessment/1/ro/answers.csv?chapter=NONE").status_code == 404


def test_all_regions_that_one_sees_go_out_together(app: Flask):
    client = client_of(app, "projektledare.ro")
    data = client.get("/assessment/1/sosr/answers.csv").data.decode("utf-8-sig")
    assert data.startswith("Region;")
