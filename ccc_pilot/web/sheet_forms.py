"""Forms of sheets that come back."""

from collections.abc import Callable
from typing import Any

from flask import request
from flask_wtf.file import FileField
from wtforms import ValidationError
from wtforms.fields import Field

from ccc_pilot.errors import Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.office import sheets_in
from ccc_pilot.office.comebacks import MINE
from ccc_pilot.office.sheets_in import Sheet
from ccc_pilot.web.forms import Form

KEEP = "take."


class SheetForm(Form):
    """A workbook or a CSV file; it is read (in a process of its own) before anything is asked of the database."""

    file = FileField(_l("Workbook or CSV file"))
    sheets: tuple[Sheet, ...] = ()

    def validate_file(self, field: Field) -> None:
        """Read the file. Raises ``ValidationError`` in words where it cannot be read."""
        if not field.data or not field.data.filename:
            raise ValidationError(_("Choose a file."))
        try:
            self.sheets = sheets_in.read(field.data.read(), field="file")
        except Refused as refused:
            raise ValidationError(str(refused.message)) from refused

    def looked_over_by(self, use_case: Callable[..., Any]) -> Callable[..., Any]:
        """Return ``use_case`` with what was read from the file: it is known once the form has been validated."""
        return lambda **more: use_case(file=self.sheets, file_name=str(self.file.data.filename), **more)


class TakeForm(Form):
    """Which text holds where both have changed a cell; the others need no choice."""

    @property
    def chosen(self) -> dict[str, str]:
        """The choice for each cell ("12.note" to "mine" or "theirs")."""
        return {name.removeprefix(KEEP): value for name, value in request.form.items() if name.startswith(KEEP) and value == MINE}

    def given(self) -> dict[str, Any]:
        """Return the choices as the use case takes them."""
        return {"chosen": self.chosen}
