"""Files as others make them, for the readers to read."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from xlsxwriter import Workbook


def workbook(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """A workbook with these sheets; dates are written as dates."""
    target = io.BytesIO()
    with Workbook(target, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return target.getvalue()


def saved(document: Any) -> bytes:
    """The bytes of a document of python-docx or python-pptx."""
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def archive(**parts: bytes) -> bytes:
    """An archive with parts of these names (an underscore stands for a slash, two for a dot)."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name.replace("__", ".").replace("_", "/"), data)
    return target.getvalue()
