"""Forms for finding proposals in a text: the text or file, and what was found, to be ticked."""

from collections.abc import Callable
from typing import Any

import wtforms
from flask_wtf.file import FileField
from wtforms import BooleanField, FieldList, FormField, HiddenField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length

from ccc_pilot.decisions.recording import LONGEST_TEXT
from ccc_pilot.decisions.taking import Taken
from ccc_pilot.errors import Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.web.days import DayField
from ccc_pilot.web.forms import Form, clean, too_long

LONGEST_PASTE = 400_000
MOST = 100


class SearchedForm(Form):
    """A text of minutes or a deck: pasted, or as a file."""

    text = TextAreaField(
        _l("Text"), [Length(max=LONGEST_PASTE, message=too_long(LONGEST_PASTE))], filters=[lambda text: clean(text or "")]
    )
    file = FileField(_l("Or a file: Word, PowerPoint, PDF, Markdown or text"))
    read: tuple[str, str]

    def validate_file(self, field: Any) -> None:
        """A text or a file must be given."""
        if not self.text.data and not field.data:
            raise ValidationError(_("Paste a text, or choose a file."))

    def reads(self, read: Callable[[str, bytes | None, str], tuple[str, str]]) -> bool:
        """Let ``read`` (text, bytes and name of the file) take up what was given, as ``read`` of this form; a refusal stands at the field."""
        file = self.file.data
        try:
            self.read = read(self.text.data or "", file.read() if file else None, file.filename or "" if file else "")
        except Refused as refusal:
            self._refuse(refusal)
            return False
        return True


class FoundEntry(wtforms.Form):
    """Something that was found, as the person leaves it."""

    take = BooleanField()
    title = StringField(filters=[lambda text: clean(text or "")])
    text = TextAreaField(filters=[lambda text: clean(text or "")])
    due = DayField()
    kind = HiddenField()
    where = HiddenField()
    paragraph = HiddenField()


class TakeForm(Form):
    """What was found, each to be ticked by a person."""

    found = FieldList(FormField(FoundEntry), max_entries=MOST)

    def validate_found(self, field: Any) -> None:
        """What is ticked has words and a title of reasonable length."""
        ticked = [entry.form for entry in field.entries if entry.form.take.data]
        if any(not form.text.data or len(form.text.data) > LONGEST_TEXT for form in ticked):
            raise ValidationError(_("What is ticked needs a text of at most %(longest)s characters.", longest=LONGEST_TEXT))

    def taken(self) -> list[Taken]:
        """Return what was ticked."""
        return [_taken(entry.form) for entry in self.found.entries if entry.form.take.data]


def _taken(form: FoundEntry) -> Taken:
    number = form.paragraph.data or ""
    kind = "decision" if form.kind.data == "decision" else "proposal"
    paragraph = int(number) if number.isascii() and number.isdigit() and 0 < int(number[:5]) < 10_000 else None
    title = (form.title.data or form.text.data)[:200]
    return Taken(title, form.text.data, kind, clean(form.where.data or "")[:300], form.due.data, paragraph)
