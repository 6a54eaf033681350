"""Forms for spreadsheets that are sent in."""

from typing import Any

from flask_wtf.file import FileField, FileRequired

from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.web.forms import Form

FAULT_WORDS: dict[str, Any] = {
    "empty": _l("The action has no name."),
    "day": _l("This is not a date."),
    "unknown": _l("This is not one of the choices."),
    "whole": _l("This is not a whole number."),
    "long": _l("This is too long."),
}


class SheetForm(Form):
    """A spreadsheet."""

    file = FileField(_l("Spreadsheet (Excel or CSV)"), validators=[FileRequired(_l("Choose a file."))])

    def data_of_file(self) -> bytes:
        """Return what is in the file."""
        return bytes(self.file.data.read()) if self.file.data else b""

    def name_of_file(self) -> str:
        """Return what the file is called."""
        return str(self.file.data.filename or "") if self.file.data else ""


class MatchForm(Form):
    """The columns of a sheet; the fields themselves stand in the page."""
