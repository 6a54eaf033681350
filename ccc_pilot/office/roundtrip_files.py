"""The files of a list that goes out and comes back: a workbook with drop-downs and guidance, or CSV."""

import csv as csv_files
from collections.abc import Iterable, Mapping
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, BinaryIO

from ccc_pilot.i18n import LANGUAGES, Text, force_locale, language
from ccc_pilot.i18n import gettext as _
from ccc_pilot.office import csv
from ccc_pilot.office.roundtrip import Layout, Row, mark
from ccc_pilot.office.sheet_cells import Fault, place_of, shown
from ccc_pilot.office.spreadsheets import OPTIONS, sheet_name

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

COMMON = {"valign": "top", "text_wrap": True, "num_format": "@", "quote_prefix": True}
HEADING = {"bold": True, "font_color": "#FFFFFF", "valign": "top", "text_wrap": True}
LOOKS: Mapping[str, Mapping[str, Any]] = {
    "fixed": {**COMMON, "font_color": "#3F4D57", "bg_color": "#F1F4F5"},
    "open": COMMON,
    "mark": {**COMMON, "font_color": "#8A979F", "bg_color": "#F1F4F5", "font_size": 8, "text_wrap": False},
    "heading": {**HEADING, "bg_color": "#5B6B75"},
    "heading_open": {**HEADING, "bg_color": "#0B5F66"},
}
MARK_WIDTH = 14


def say(fault: Fault) -> str:
    """Return why a cell cannot be taken in, in the language in use."""
    return {
        "choice": _("This is not one of the choices: %(choices)s.", choices=fault.about),
        "long": _("The text is longer than %(most)s characters.", most=fault.about),
        "cut": _("The text in the pilot is longer than a cell can hold, so only its beginning went out. Change it on its page."),
        "day": _("This is not a date. Write it as 2025-05-12."),
        "whole": _("This is not a whole number."),
    }[fault.code]


def write_workbook(layout: Layout, rows: Iterable[Row], target: BinaryIO, *, title: str, author: str) -> None:
    """Write the workbook to ``target``: the list, and beside it a sheet of guidance. Every cell is text, so none is ever a formula.

    ``title`` and ``author`` go into the document's properties.
    """
    from xlsxwriter import Workbook

    with Workbook(target, OPTIONS) as book:
        book.set_properties({"title": title, "author": author, "company": "", "comments": ""})
        looks = {name: book.add_format(dict(look)) for name, look in LOOKS.items()}
        sheet = book.add_worksheet(sheet_name(layout.name))
        _headings(sheet, layout, looks)
        last = _rows(sheet, layout, rows, looks)
        sheet.autofilter(0, 0, last, len(layout.columns))
        _guidance(book, sheet, layout, looks, last)


def _headings(sheet: "Worksheet", layout: Layout, looks: Mapping[str, "Format"]) -> None:
    for n, column in enumerate(layout.columns):
        sheet.set_column(n, n, column.width)
        sheet.write_string(0, n, column.titles[0], looks["heading_open" if column.editable else "heading"])
    sheet.set_column(len(layout.columns), len(layout.columns), MARK_WIDTH)
    sheet.write_string(0, len(layout.columns), layout.mark_titles[0], looks["heading"])
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _rows(sheet: "Worksheet", layout: Layout, rows: Iterable[Row], looks: Mapping[str, "Format"]) -> int:
    at = 0
    for at, row in enumerate(rows, start=1):
        for n, column in enumerate(layout.columns):
            look = looks["open" if column.editable else "fixed"]
            text = shown(column, row.cells.get(column.key))
            if text:
                sheet.write_string(at, n, text, look)
            else:
                sheet.write_blank(at, n, None, look)
        sheet.write_string(at, len(layout.columns), mark(row, layout), looks["mark"])
    return at


def _guidance(book: "Workbook", list_: "Worksheet", layout: Layout, looks: Mapping[str, "Format"], last: int) -> None:
    """Write the sheet of guidance; on its right stand the choices that the list's drop-downs offer."""
    name = sheet_name(layout.guidance_name)
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, 100)
    chosen = [(n, column) for n, column in enumerate(layout.columns) if column.editable and column.choices]
    said = [[column.titles[0], *(words[0] for words in column.choices.values())] for _n, column in chosen]
    sheet.set_column(2, 2 + len(said), 24)
    for at, line in enumerate(zip_longest(layout.guidance, *said)):
        for place, text in zip((0, *range(2, 2 + len(said))), line, strict=True):
            if text:
                sheet.write_string(at, place, text, looks["heading"] if place and not at else looks["open"])
    for place, (n, column) in enumerate(chosen, start=2):
        letter, quoted = place_of(0, place)[:-1], name.replace("'", "''")
        source = f"='{quoted}'!${letter}$2:${letter}${len(column.choices) + 1}"
        list_.data_validation(
            1, n, max(last, 1), n, {"validate": "list", "source": source, "error_message": _("Choose from the list.")}
        )


def write_csv(layout: Layout, rows: Iterable[Row], target: BinaryIO) -> None:
    """Write the list as CSV to ``target``, as Swedish Excel opens it; a text that could run as a formula begins with an apostrophe."""
    target.write(csv.MARK.encode())
    writer = csv_files.writer(csv.Lines(target), delimiter=";", lineterminator="\r\n")
    writer.writerow([csv.safe(column.titles[0]) for column in layout.columns] + [layout.mark_titles[0]])
    for row in rows:
        cells = [csv.safe(shown(column, row.cells.get(column.key))) for column in layout.columns]
        writer.writerow([*cells, mark(row, layout)])


def words_of(texts: Mapping[str, Text]) -> dict[str, tuple[str, ...]]:
    """Return the words of choices in every language, the one in use first. ``texts``: by code."""
    order = sorted(LANGUAGES, key=lambda code: code != language())
    return {code: tuple(dict.fromkeys(text.in_(one) for one in order)) for code, text in texts.items()}


def titles_of(heading: object) -> tuple[str, ...]:
    """Return a heading in every language, the one in use first. ``heading``: a lazy text (``lazy_gettext``)."""
    said = [str(heading)]
    for code in LANGUAGES:
        with force_locale(code):
            said.append(str(heading))
    return tuple(dict.fromkeys(said))
