"""Forms of the import: the file, what its columns hold, and the word to store it."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any, Self

from flask_wtf.file import FileField
from wtforms import FieldList, HiddenField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange

from ccc_pilot.catalogue import Edition
from ccc_pilot.errors import Refused
from ccc_pilot.frameworks.columns import FIELDS
from ccc_pilot.frameworks.sheets import LIMITS
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.office import sheets_in
from ccc_pilot.office.sheet_cells import place_of
from ccc_pilot.web.forms import Form, TextField, WholeNumberField, clean, required

KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


class UploadForm(Form):
    """The file with the standards, read where it arrives."""

    file = FileField(_l("File"), description=_l("Excel (xlsx) or CSV, at most 10 MB and 6,000 rows."))

    def validate_file(self, field: FileField) -> None:
        """Read the file's sheets. Raises ``ValidationError`` in words for what cannot be read."""
        if not field.data or not field.data.filename:
            raise ValidationError(_("Choose a file."))
        data = field.data.read()
        self.file_sha256 = hashlib.sha256(data).hexdigest()
        try:
            self.sheets = sheets_in.read(data, limits=LIMITS)
        except Refused as refusal:
            raise ValidationError(str(refusal.message)) from refusal

    def given(self) -> dict[str, Any]:
        """Return what was read from the file, and its name without a path."""
        name = re.split(r"[\\/]", clean(self.file.data.filename))[-1]
        return {"sheets": self.sheets, "file_name": name, "file_sha256": self.file_sha256}


class ChoiceForm(Form):
    """What the edition is called, and what its columns hold."""

    key = TextField(
        _l("Key"),
        longest=60,
        validators=[required()],
        description=_l("Small letters, digits and hyphens, such as oeci-3-2. It lasts."),
    )
    title_sv = TextField(_l("Title in Swedish"), longest=200)
    title_en = TextField(_l("Title in English"), longest=200)
    framework = TextField(
        _l("Framework"), longest=100, validators=[required()], description=_l("The owner's name for it, such as OECI.")
    )
    version = TextField(_l("Version"), longest=60, validators=[required()])
    like = SelectField(_l("Scale and kinds of evidence as in"), choices=[])
    earlier = SelectField(
        _l("Replaces the edition"),
        choices=[],
        description=_l("Points with the same number, or the official one, are tied to the earlier ones."),
    )
    sheet = SelectField(_l("Sheet"), coerce=int, choices=[])
    heading_row = WholeNumberField(
        _l("Row with the headings"), [required(), NumberRange(1, 5_000, message=_l("Write a whole number from 1 to 5,000."))]
    )
    columns = FieldList(SelectField(choices=[]), max_entries=100)

    def offer(self, editions: Sequence[Edition], sheets: Sequence[str], headings: Sequence[str]) -> Self:
        """Offer the known ``editions``, the file's ``sheets`` and a choice for each column; returns the form."""
        known = [SelectChoice(edition.key, str(edition.title)) for edition in editions]
        self.like.choices = known
        self.earlier.choices = [SelectChoice("", _("None")), *known]
        self.sheet.choices = [SelectChoice(number, name) for number, name in enumerate(sheets)]
        offered = [SelectChoice("", _("Not read")), *(SelectChoice(name, str(title)) for name, title in FIELDS.items())]
        for number, entry in enumerate(self.columns):
            letter = place_of(0, number)[:-1]
            heading = headings[number] if number < len(headings) else ""
            entry.label.text, entry.choices = f"{letter} {heading}".strip()[:120], offered
        return self

    @classmethod
    def of(cls, chosen: Mapping[str, Any], width: int) -> Self:
        """Return the form filled in with what was ``chosen`` before, with a choice for each of ``width`` columns."""
        told = {
            name: chosen[name] for name in ("key", "title_sv", "title_en", "framework", "version", "like", "earlier", "sheet")
        }
        columns = [chosen["columns"].get(str(number), "") for number in range(width)]
        return cls(formdata=None, **told, heading_row=chosen["heading_row"] + 1, columns=columns)

    def validate_key(self, field: TextField) -> None:
        """A key has small letters, digits and hyphens."""
        if not KEY.fullmatch(field.data or ""):
            raise ValidationError(_("Write small letters a to z, digits and hyphens."))

    def validate_title_sv(self, field: TextField) -> None:
        """A title in one of the languages."""
        if not field.data and not self.title_en.data:
            raise ValidationError(_("Give a title in at least one language."))

    def given(self) -> dict[str, Any]:
        """Return what was chosen, the columns by their number and the row of the headings counted from 0."""
        told = super().given()
        told["columns"] = {str(number): name for number, name in enumerate(told["columns"]) if name}
        heads = {name: told[name] or "" for name in ("key", "title_sv", "title_en", "framework", "version")}
        return told | heads | {"heading_row": told["heading_row"] - 1}


class StoreForm(Form):
    """The word to store what was looked at."""

    seal = HiddenField(validators=[required()])
