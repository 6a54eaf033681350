"""Rows of Word tables, written as they stand in the file: many rows take no longer than their text."""

import re
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from ccc_pilot.office.blocks import Grid
from ccc_pilot.office.looks import LANGUAGES

TWIPS_PER_CM = 566.93
STRANGE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def fill(table: Any, grid: Grid, width_cm: float, language: str) -> None:
    """Fill an empty table with the rows of ``grid``: the header bold, marked and repeated on each page, no row split over two pages."""
    from docx.oxml import OxmlElement, parse_xml
    from docx.oxml.ns import nsdecls, qn

    table.autofit = False
    shares = grid.widths or (1.0,) * len(grid.header)
    widths = [round(width_cm * TWIPS_PER_CM * share / sum(shares)) for share in shares]
    for column, width in zip(table._tbl.tblGrid, widths, strict=True):
        column.set(qn("w:w"), str(width))
    head = [_row(grid.header, widths, grid.numbers, LANGUAGES[language], head=True)] if any(grid.header) else []
    rows = "".join([*head, *(_row(row, widths, grid.numbers, LANGUAGES[language]) for row in grid.rows)])
    table._tbl.extend(list(parse_xml(f"<w:tbl {nsdecls('w')}>{rows}</w:tbl>")))
    if grid.caption:
        told = OxmlElement("w:tblCaption")
        told.set(qn("w:val"), grid.caption)
        table._tbl.tblPr.append(told)


def _row(cells: Iterable[object], widths: Sequence[int], numbers: frozenset[int], language: str, *, head: bool = False) -> str:
    marks = "<w:cantSplit/>" + ("<w:tblHeader/>" if head else "")
    told = "".join(
        _cell(str(cell), width, language, right=n in numbers, bold=head)
        for n, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return f"<w:tr><w:trPr>{marks}</w:trPr>{told}</w:tr>"


def _cell(text: str, width: int, language: str, *, right: bool, bold: bool) -> str:
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in STRANGE.sub("", text).split("\n"))
    look = f'<w:rPr>{"<w:b/>" if bold else ""}<w:lang w:val="{language}"/></w:rPr>'
    side = '<w:jc w:val="right"/>' if right else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="Cell"/>{side}</w:pPr>'
        f"<w:r>{look}{lines}</w:r></w:p></w:tc>"
    )
