"""Tables as Excel workbooks: dates are dates, percents are numbers, and text is never a formula or a link."""

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from ccc_pilot.office.tables import Kind, Table

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

    from ccc_pilot.office.sheet_rows import RowSheet, Writer

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NAME = 31
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": False,
    "default_date_format": "yyyy-mm-dd",
}
LOOKS: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"valign": "top", "text_wrap": True},
    Kind.WHOLE: {"valign": "top", "num_format": "0"},
    Kind.PERCENT: {"valign": "top", "num_format": "0%"},
    Kind.DAY: {"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"},
    Kind.MOMENT: {"valign": "top", "num_format": "yyyy-mm-dd hh:mm", "align": "left"},
}
HEADING = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#0B5F66", "valign": "top", "text_wrap": True}


def write(table: Table, target: BinaryIO, *, title: str, author: str) -> None:
    """Write a workbook with ``table`` on its one sheet to ``target``, row by row, so that a long table takes little memory.

    ``title`` and ``author`` go into the document's properties.
    """
    from xlsxwriter import Workbook

    from ccc_pilot.office.sheet_rows import RowSheet

    with Workbook(target, OPTIONS) as book:
        book.set_properties({"title": title, "author": author, "company": "", "comments": ""})
        sheet = book.add_worksheet(sheet_name(table.name), worksheet_class=RowSheet)
        _headings(book, sheet, table)
        last = _rows(book, sheet, table)
        sheet.autofilter(0, 0, last, len(table.columns) - 1)


def sheet_name(name: str) -> str:
    """Return ``name`` as a sheet may be called: at most 31 characters, without those that Excel forbids there."""
    return re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", name)[:LONGEST_NAME].strip("' ") or "1"


def _headings(book: "Workbook", sheet: "RowSheet", table: Table) -> None:
    look = book.add_format(HEADING)
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, column.width)
    for number, column in enumerate(table.columns):
        sheet.write_string(0, number, column.title, look)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _rows(book: "Workbook", sheet: "RowSheet", table: Table) -> int:
    looks = {kind: book.add_format(look) for kind, look in LOOKS.items()}
    return sheet.write_rows(table.rows, [_writer(sheet, column.kind, looks[column.kind]) for column in table.columns], first=1)


def _writer(sheet: "RowSheet", kind: Kind, look: "Format") -> "Writer":
    if kind is Kind.TEXT:
        return sheet.texts(look)
    if kind is Kind.PERCENT:
        return sheet.numbers(look, lambda whole: whole / 100)
    return sheet.numbers(look, int if kind is Kind.WHOLE else serial)


EPOCH = date(1899, 12, 30)
DAY_SECONDS = 86_400


def serial(day: date | datetime) -> float:
    """Return a day (or a naive moment) as Excel counts it: days since 30 December 1899. Days before March 1900 are not meant."""
    days = (date(day.year, day.month, day.day) - EPOCH).days
    if not isinstance(day, datetime):
        return days
    return days + (day.hour * 3600 + day.minute * 60 + day.second) / DAY_SECONDS
