"""Lists that go out and come back: what is compared, and that nothing changes unless somebody changed it."""

import csv as csv_files
import io
from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ccc_pilot.i18n import Text, force_locale
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.office import sheets_in
from ccc_pilot.office.roundtrip import Comeback, Layout, NotOurs, Row, State, come_back, mark, read_mark
from ccc_pilot.office.roundtrip_files import titles_of, words_of, write_csv, write_workbook
from ccc_pilot.office.sheet_cells import LONGEST_CELL, Column, place_of
from ccc_pilot.office.tables import Kind

TODAY = date(2026, 5, 4)
SCORES = {"yes": ("Ja", "Yes"), "no": ("Nej", "No"), "na": ("Ej tillämpligt", "Not applicable")}
LAYOUT = Layout(
    "Answers",
    (
        Column("number", ("Nummer", "Number")), Column("score", ("Bedömning", "Score"), editable=True, choices=SCORES),
        Column("note", ("Motivering", "Reason"), editable=True, longest=40_000), Column("due", ("Klart", "Due"), Kind.DAY, editable=True),
        Column("done", ("Andel", "Share"), Kind.WHOLE, editable=True),
    ),
    ("Rad (ändra inte)", "Row (do not change)"), "Guidance", ("How to fill it in", "Second line"),
)  # fmt: skip
ROWS = [
    Row("e:A-1@ro", 3, {"number": "A-1", "score": "yes", "note": "Sedan 2019", "due": date(2026, 1, 2), "done": 10}),
    Row("e:A-2@ro", 1, {"number": "A-2", "score": None, "note": "", "due": None, "done": None}),
    Row("e:A-3@ro", 2, {"number": "A-3", "score": "na", "note": "- a list\n- of lines", "due": None, "done": 0}),
]


def sheet(rows: list[Row] | None = None, layout: Layout = LAYOUT) -> list[list[Any]]:
    """The list as it is read back from a CSV file."""
    target = io.BytesIO()
    write_csv(layout, rows or ROWS, target)
    return list(csv_files.reader(io.StringIO(target.getvalue().decode("utf-8-sig"), newline=""), delimiter=";"))


def back(rows: list[list[Any]], now: list[Row] | None = None, layout: Layout = LAYOUT) -> Comeback:
    return come_back([rows], layout, {row.key: row for row in now or ROWS}, today=TODAY, say=lambda fault: fault.code)


def changed(row: Row, **cells: Any) -> Row:
    return Row(row.key, row.version + 1, {**row.cells, **cells})


def test_without_edits_nothing_comes_back() -> None:
    found = back(sheet())
    assert (found.cells, found.rows, found.strange, found.doubled) == ((), 3, (), ())


def test_what_i_changed_is_mine_with_its_value_as_the_feature_stores_it() -> None:
    rows = sheet()
    rows[1][1:5] = ["no", "Ny text", "3 juni 2026", "25 %"]
    found = {cell.column: (cell.state, cell.mine, cell.now, cell.place) for cell in back(rows).cells}
    assert found == {
        "score": (State.MINE, "no", "yes", "B2"),
        "note": (State.MINE, "Ny text", "Sedan 2019", "C2"),
        "due": (State.MINE, date(2026, 6, 3), date(2026, 1, 2), "D2"),
        "done": (State.MINE, 25, 10, "E2"),
    }


def test_emptied_cells_are_changes_too() -> None:
    rows = sheet()
    rows[1][1:5] = ["", "", "", ""]
    assert {cell.column: cell.mine for cell in back(rows).cells} == {"score": None, "note": "", "due": None, "done": None}


def test_what_others_changed_meanwhile_is_theirs_and_what_both_changed_is_both() -> None:
    now = [changed(ROWS[0], score="no", note="Deras text"), *ROWS[1:]]
    rows = sheet()
    rows[1][2] = "Min text"
    found = {cell.column: (cell.state, cell.mine, cell.now) for cell in back(rows, now).cells}
    assert found == {"score": (State.THEIRS, "yes", "no"), "note": (State.BOTH, "Min text", "Deras text")}


def test_both_having_written_the_same_is_no_change() -> None:
    rows = sheet()
    rows[1][1] = "Nej"
    assert back(rows, [changed(ROWS[0], score="no"), *ROWS[1:]]).cells == ()


@pytest.mark.parametrize(
    ("place", "text", "code"),
    [(1, "Kanske", "choice"), (3, "31/2 2026", "day"), (3, "snart", "day"), (4, "många", "whole"), (2, "x" * 40_001, "long")],
)
def test_what_cannot_be_taken_in_is_told_at_its_cell(place: int, text: str, code: str) -> None:
    rows = sheet()
    rows[2][place] = text
    [cell] = back(rows).cells
    assert (cell.state, cell.row, cell.place, cell.fault) == (State.INVALID, "e:A-2@ro", f"{'ABCDE'[place]}3", code)


def test_sorting_filtering_and_titles_above_do_no_harm() -> None:
    rows = sheet()
    rows[3][1] = "Ja"
    shuffled = [["Region Östergötland"], [], rows[0], rows[3], [None] * 6, rows[1]]
    [cell] = back(shuffled).cells
    assert (cell.row, cell.mine, cell.place) == ("e:A-3@ro", "yes", "B4")


def test_removed_and_moved_columns_are_left_alone() -> None:
    rows = [[row[5], row[2]] for row in sheet()]
    rows[1][1] = "Ny text"
    found = back(rows)
    assert [(cell.column, cell.mine) for cell in found.cells] == [("note", "Ny text")]
    assert found.columns == ("note",)


def test_words_of_the_other_language_are_read_too() -> None:
    rows = sheet()
    rows[0] = ["Number", "Score", "Reason", "Due", "Share", "Row (do not change)"]
    rows[1][1] = " not APPLICABLE "
    assert [cell.mine for cell in back(rows).cells] == ["na"]


def test_without_the_marks_it_is_none_of_ours() -> None:
    with pytest.raises(NotOurs):
        back([row[:5] for row in sheet()])
    with pytest.raises(NotOurs):
        come_back([], LAYOUT, {}, today=TODAY, say=str)


def test_rows_that_stand_twice_are_not_guessed_at() -> None:
    rows = sheet()
    rows.append(list(rows[1]))
    rows[1][2] = "Den ena"
    found = back(rows)
    assert (found.cells, found.doubled) == ((), ("F2", "F5"))


def test_rows_of_elsewhere_and_broken_marks_are_told_by_their_place() -> None:
    rows = sheet()
    rows[1][5] = rows[1][5].replace("A-1", "A-9")
    rows[2][5] = "=1+1"
    rows[3][5] = ""
    assert back(rows).strange == ("F2", "F3", "F4")


def test_a_text_too_long_for_a_cell_is_not_cut_by_going_round() -> None:
    long = [Row("e:A-1@ro", 1, {"note": "x" * (LONGEST_CELL + 10)})]
    rows = sheet(long)
    assert len(rows[1][2]) == LONGEST_CELL
    assert back(rows, long).cells == ()
    rows[1][2] += "!"
    [cell] = back(rows, long).cells
    assert (cell.state, cell.fault) == (State.INVALID, "cut")


def test_no_cell_of_the_csv_file_begins_a_formula_and_the_guard_does_not_come_back() -> None:
    now = [Row("e:A-1@ro", 1, {"number": "=1", "note": "=HYPERLINK(1)"})]
    rows = sheet(now)
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]
    assert back(rows, now).cells == ()
    rows[1][2] += " more"
    assert [cell.mine for cell in back(rows, now).cells] == ["=HYPERLINK(1) more"]


def test_cells_are_named_as_spreadsheets_name_them() -> None:
    assert [place_of(0, n) for n in (0, 25, 26, 701, 702)] == ["A1", "Z1", "AA1", "ZZ1", "AAA1"]


def test_marks_say_what_they_were_given() -> None:
    found = read_mark(mark(ROWS[0], LAYOUT))
    assert found is not None and (found.key, found.version, set(found.prints)) == (
        "e:A-1@ro",
        3,
        {"score", "note", "due", "done"},
    )
    assert read_mark("e:A-1@ro") is read_mark(None) is read_mark(7) is None


texts = st.text(st.characters(codec="utf-8") | st.sampled_from("=+-@;,'\"|\t\r\n åäö_x000D_"), max_size=60)
values = st.fixed_dictionaries(
    {
        "score": st.sampled_from([None, *SCORES]), "note": texts, "number": texts, "due": st.none() | st.dates(date(1901, 1, 1), date(2099, 12, 31)),
        "done": st.none() | st.integers(0, 10**8),
    }
)  # fmt: skip


def rows_of(cells: list[dict[str, Any]]) -> list[Row]:
    return [Row(f"e:A-{n}@ro", n, each) for n, each in enumerate(cells)]


@given(st.lists(values, min_size=1, max_size=8))
def test_whatever_stands_there_comes_back_unchanged_from_csv(cells: list[dict[str, Any]]) -> None:
    rows = rows_of(cells)
    assert back(sheet(rows), rows).cells == ()


def expected(was: str, is_: str, came: str) -> State | None:
    """The definition of the merge: nothing to do, theirs, mine, or both."""
    if came == is_:
        return None
    if came == was:
        return State.THEIRS
    return State.MINE if is_ == was else State.BOTH


@given(values, values, values)
def test_each_cell_is_placed_by_what_was_what_is_and_what_came(
    before: dict[str, Any], now: dict[str, Any], mine: dict[str, Any]
) -> None:
    row = Row("e:A-1@ro", 1, before)
    file, current = sheet([Row("e:A-1@ro", 1, mine)]), Row("e:A-1@ro", 2, now)
    file[1][5] = mark(row, LAYOUT)
    found = {cell.column: cell.state for cell in back(file, [current]).cells}
    prints = {
        name: [read_mark(mark(Row("k", 1, each), LAYOUT)).prints[name] for each in (before, now, mine)]
        for name in before
        if name != "number"
    }
    for name, (was, is_, came) in prints.items():
        assert found.get(name) == expected(was, is_, came), name


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(st.lists(values, min_size=40, max_size=120))
def test_whatever_stands_there_comes_back_unchanged_from_a_workbook(context_sqlite: None, cells: list[dict[str, Any]]) -> None:
    rows, target = rows_of(cells), io.BytesIO()
    write_workbook(LAYOUT, rows, target, title="t", author="a")
    found = come_back(
        (one.rows for one in sheets_in.read(target.getvalue())), LAYOUT, {row.key: row for row in rows}, today=TODAY, say=str
    )
    assert (found.cells, found.rows, found.strange) == ((), len(rows), ())


@pytest.fixture(scope="module")
def context_sqlite() -> Any:
    """A bare application, for the language."""
    from flask_babel import Babel

    app = Flask("bare")
    Babel(app)
    with app.app_context():
        yield


def test_the_workbook_has_drop_downs_guidance_and_no_formula(context_sqlite: None) -> None:
    import zipfile

    target = io.BytesIO()
    write_workbook(LAYOUT, [Row("e:A-1@ro", 1, {"note": "=1+1", "score": "yes"})], target, title="t", author="a")
    with zipfile.ZipFile(target) as parts:
        first = parts.read("xl/worksheets/sheet1.xml").decode()
        second = parts.read("xl/worksheets/sheet2.xml").decode()
    assert "<f>" not in first + second
    assert "'Guidance'!$C$2:$C$4" in first.replace("&apos;", "'")
    assert "How to fill it in" in second and "Ej tillämpligt" in second


def test_days_of_a_workbook_are_read_as_days() -> None:
    rows = sheet()
    rows[1][3], rows[2][3] = date(2026, 1, 2), datetime(2026, 3, 4)  # noqa: DTZ001
    assert [(cell.row, cell.mine) for cell in back(rows).cells] == [("e:A-2@ro", date(2026, 3, 4))]


def test_headings_and_choices_are_told_in_both_languages(context_sqlite: None) -> None:
    assert set(words_of({"yes": Text(sv="Ja", en="Yes")})["yes"]) == {"Ja", "Yes"}
    with force_locale("en"):
        assert words_of({"yes": Text(sv="Ja", en="Yes")})["yes"] == ("Yes", "Ja")
        assert titles_of(_l("Milestone")) == ("Milestone", "Milstolpe")
