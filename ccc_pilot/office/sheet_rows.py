"""A worksheet that takes whole rows: each is sent to the file as one text, so that twenty thousand of them are a matter of a second.

The library's own way takes every cell through five calls and escapes the same words each time; a text that looks like its inner form of rich
text ("<r>…</r>") it would even take for that. Import this where it is used: it brings the library with it.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from html import escape

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from ccc_pilot.office.tables import Value

LONGEST_TEXT = 32_767  # in units of UTF-16, as Excel counts
Writer = Callable[[Value], str]  # from a value to the rest of its cell, after the address


class RowSheet(Worksheet):
    """A worksheet of a workbook that keeps little in memory (``constant_memory``); rows that are written whole come after all others."""

    def write_rows(self, rows: Iterable[Sequence[Value]], cells: Sequence[Writer], first: int) -> int:
        """Write ``rows`` from the row ``first`` (0 is the top) on, each value by its column's of ``cells``; returns the last row's place.

        None and the empty text leave a cell blank.
        """
        letters = [xl_col_to_name(place) for place in range(len(cells))]
        at = first - 1
        for at, row in enumerate(rows, first):
            if at == first:
                self._write_single_row(at)
            told = [
                f'<c r="{letter}{at + 1}"{cell(value)}</c>'
                for letter, cell, value in zip(letters, cells, row, strict=True)
                if value is not None and value != ""
            ]
            self.fh.write(f'<row r="{at + 1}">{"".join(told)}</row>')
        if at >= first:
            self._check_dimensions(at, len(cells) - 1)
            self.previous_row = at
        return at

    def texts(self, look: Format) -> Writer:
        """Return what writes texts that look like ``look``; always as text, whatever they look like."""
        head = f' s="{look._get_xf_index()}" t="inlineStr"><is><t'

        @lru_cache(maxsize=5_000)
        def write(text: str) -> str:
            shown = text if 2 * len(text) <= LONGEST_TEXT else _cut(text)
            space = ' xml:space="preserve"' if shown != shown.strip() else ""
            return f"{head}{space}>{escape(self._escape_control_characters(shown), quote=False)}</t></is>"

        return write

    def numbers(self, look: Format, number: Callable[..., float]) -> Writer:
        """Return what writes numbers that look like ``look``; ``number`` makes one of a value."""
        head = f' s="{look._get_xf_index()}"><v>'

        @lru_cache(maxsize=5_000)
        def write(value: Value) -> str:
            return f"{head}{number(value):.16G}</v>"

        return write


def _cut(text: str) -> str:
    return text.encode("utf-16-le")[: 2 * LONGEST_TEXT].decode("utf-16-le", "ignore")
