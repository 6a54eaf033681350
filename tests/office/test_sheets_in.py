"""Sheets that people send in keep their cells' kind and place; what cannot be read is told in words."""

from dataclasses import asdict
from datetime import date, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from ccc_pilot.errors import Refused
from ccc_pilot.office import apart, refusing, sheets_in
from ccc_pilot.office.sheets_in import Limits, Sheet
from tests.office.making import archive, workbook

pytestmark = pytest.mark.usefixtures("english")


def test_a_workbook_keeps_names_places_and_kinds():
    morning = datetime.fromisoformat("2025-05-12T08:30")
    rows = [["Id", "Åtgärd", None], [], ["", 0.8, date(2025, 5, 12)], [True, 7, morning]]
    first, second = sheets_in.read(workbook(Plan=rows, Tom=[]))
    assert first.name == "Plan"
    assert first.rows[0][:2] == ("Id", "Åtgärd")
    assert not any(first.rows[1])
    assert first.rows[2] == (None, 0.8, date(2025, 5, 12))
    assert first.rows[3] == (True, 7, morning)
    assert second == Sheet("Tom", ())


def test_a_sheet_whose_first_rows_are_empty_keeps_their_numbers():
    (sheet,) = sheets_in.read(workbook(A=[[], [], [None, "C2"]]))
    assert sheet.rows[2][1] == "C2"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252", "utf-16"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_csv_is_read_however_excel_saved_it(encoding, sign):
    text = f'Region{sign}Åtgärd\r\nRÖ{sign}"två\nrader"\r\n'
    (sheet,) = sheets_in.read(text.encode(encoding))
    assert sheet.rows == (("Region", "Åtgärd"), ("RÖ", "två\nrader"))


def test_commas_in_texts_do_not_make_columns():
    (sheet,) = sheets_in.read(b"a;b\n1,5;x, y, z\n2,5;w\n")
    assert sheet.rows[1] == ("1,5", "x, y, z")


REFUSED = {
    "nothing": (b"", "is empty"),
    "a text document": (archive(word_document__xml=b"<w/>"), "cannot be read"),
    "half a workbook": (workbook(A=[["x"] * 50] * 50)[:-400], "damaged"),
    "a workbook with broken insides": (archive(xl_workbook__xml=b"<nonsense"), "damaged"),
    "an old or locked workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not text"),
    "an endless cell": (b'a;b\n"' + b"x" * 200_000, "quotation mark"),
    "a bomb": (archive(xl_workbook__xml=b"\0" * (60 << 20)), "unpacked"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_told_at_its_field(case):
    data, words = REFUSED[case]
    with pytest.raises(Refused) as refusal:
        sheets_in.read(data, field="file")
    assert words in str(refusal.value.message)
    assert refusal.value.field == "file"


SMALL = Limits(megabytes=1, sheets=1, rows=3, columns=3, cells=6)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (workbook(A=[["x"]] * 4), "3 rows"),
        (workbook(A=[["x"] * 4]), "3 columns"),
        (workbook(A=[["x"] * 3] * 3), "6 cells"),
        (workbook(A=[], B=[]), "1 sheets"),
        (b"x\n" * 4, "3 rows"),
        (b"1;2;3;4\n", "3 columns"),
        (b"1;2;3\n" * 3, "6 cells"),
        (b"x" * (1 << 20) + b"y", "1 MB"),
    ],
)
def test_past_a_limit_nothing_is_read(data, words):
    with pytest.raises(Refused, match=words):
        sheets_in.read(data, limits=SMALL)


def test_a_cell_at_the_far_corner_of_a_sheet_takes_no_memory_of_ours():
    target = BytesIO()
    with Workbook(target) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, 1)
        sheet.write(1_048_575, 16_383, 1)
    with pytest.raises(Refused, match="memory|rows"):
        sheets_in.read(target.getvalue())


def test_texts_that_together_take_too_much_memory_are_refused():
    with pytest.raises(Refused, match="too much memory"):
        sheets_in.read(workbook(A=[["x" * 30_000] * 20] * 60), limits=Limits(memory=80))


GOOD = workbook(Svar=[[f"cell {row}.{column}" for column in range(8)] for row in range(30)])


@settings(max_examples=150)
@given(
    st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.binary(max_size=12)), min_size=1, max_size=5), st.integers(0, len(GOOD))
)
def test_a_workbook_that_was_damaged_anyhow_is_read_or_told_to_be_unreadable(changes, kept):
    damaged = bytearray(GOOD)
    for at, piece in changes:
        damaged[at : at + len(piece)] = piece
    for data in (bytes(damaged), bytes(damaged[:kept])):
        try:
            sheets_in.read_here(data, asdict(Limits()))
        except apart.Unreadable as fault:
            assert fault.code in refusing.SENTENCES


def test_a_task_that_takes_too_long_is_ended():
    with pytest.raises(apart.Unreadable) as fault:
        apart.run("sheets", b"a;b", seconds=0.01, limits={})
    assert fault.value.code == "time"
