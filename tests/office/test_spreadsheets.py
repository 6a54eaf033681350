"""Tables as workbooks: what goes in comes out again in another program, whatever it looks like."""

import io
import zipfile
from datetime import date, datetime
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

from ccc_pilot.office import spreadsheets
from ccc_pilot.office.tables import Column, Kind, Table, Value

COLUMNS = (Column("Text"), Column("Whole", Kind.WHOLE), Column("Percent", Kind.PERCENT), Column("Day", Kind.DAY), Column("Moment", Kind.MOMENT))  # fmt: skip


def written(*rows: tuple[Value, ...]) -> bytes:
    """Return the workbook of a table with these rows."""
    target = io.BytesIO()
    spreadsheets.write(Table("Rows", COLUMNS, iter(rows)), target, title="Rows", author="A & B")
    return target.getvalue()


def read(*texts: str) -> list[object]:
    """Return ``texts`` as another program reads them from a workbook."""
    data = written(*((text, None, None, None, None) for text in texts))
    return [row[0] for row in CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()[1:]]


def test_every_kind_comes_out_as_what_it_is_and_nothing_stays_blank():
    data = written(("å", -3, 62, date(2026, 11, 23), datetime.fromisoformat("2026-11-23T08:14")), ("", None, 0, None, None), ("z", 0, None, None, None))  # fmt: skip
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    assert sheet.to_python() == [
        ["Text", "Whole", "Percent", "Day", "Moment"],
        ["å", -3, 0.62, date(2026, 11, 23), datetime.fromisoformat("2026-11-23T08:14")],
        ["", "", 0, "", ""],
        ["z", 0, "", "", ""],
    ]


@pytest.mark.parametrize(
    "text",
    ["<r><t>bold</t></r>", "<r></broken></r>", "a < b & c > d", '"', "  in  the  middle  ", "two\nlines", "=1+1", "_x0041_", "\x0bvertical", "🜚" * 20],
)  # fmt: skip
def test_a_text_stays_the_text_that_it_was(text: str):
    assert read(text, "after") == [text, "after"]


def test_a_text_that_excel_cannot_hold_is_cut_where_excel_would():
    assert [len(str(text)) for text in read("å" * 40_000, "🜚" * 40_000)] == [32_767, 16_383]


def test_a_table_without_rows_is_a_heading_that_can_be_filtered():
    sheet = zipfile.ZipFile(io.BytesIO(written())).read("xl/worksheets/sheet1.xml")
    found = ElementTree.fromstring(sheet)
    assert [len(found.findall(f".//{{*}}{name}")) for name in ("row", "c")] == [1, 5]
    assert found.find("{*}autoFilter").get("ref") == "A1:E1"


def test_the_sheet_tells_its_size_and_its_rows_stand_in_order():
    data = written(*((f"text {n}", n, n % 100, None, None) for n in range(1_000)))
    found = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml"))
    assert found.find("{*}dimension").get("ref") == "A1:E1001"
    assert [row.get("r") for row in found.iter("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}row")] == [str(n) for n in range(1, 1_002)]  # fmt: skip
