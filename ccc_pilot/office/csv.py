"""Tables as CSV that Swedish Excel opens by a double click: UTF-8 with its mark, semicolons, and no text that could run as a formula."""

import csv
import re
from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO

from ccc_pilot.office.tables import Table, Value

MIMETYPE = "text/csv"
MARK = "\ufeff"
# A sign that begins a formula (half or full width) counts at the start of a cell and after what a reader with other settings
# takes for the end of one. Source: OWASP, CSV injection.
_FORMULA = re.compile(r"""\A(?=\s*[=+\-@＝＋－＠]|[\t\r\n])|(?<=[;,|"\t\r\n])(?=[=+\-@＝＋－＠])""")


def write(table: Table, target: BinaryIO) -> None:
    """Write ``table`` to ``target`` (bytes), headings first."""
    writer = csv.writer(Lines(target), delimiter=";", lineterminator="\r\n")
    target.write(MARK.encode())
    writer.writerow(safe(column.title) for column in table.columns)
    writer.writerows(map(_cells, table.rows))


def safe(text: str) -> str:
    """Return ``text`` with an apostrophe before each sign that could make a spreadsheet read it as a formula."""
    return _FORMULA.sub("'", text)


def _cells(row: Iterable[Value]) -> list[Value]:
    return [_cell(value) for value in row]


def _cell(value: Value) -> Value:
    if isinstance(value, str):
        return safe(value)
    return value.isoformat(" ", "minutes") if isinstance(value, datetime) else value


class Lines:
    """What the csv module writes text to: it goes on as bytes."""

    def __init__(self, target: BinaryIO):
        self.target = target

    def write(self, text: str) -> int:
        """Write ``text``; return how many bytes it took."""
        return self.target.write(text.encode("utf-8", "replace"))
