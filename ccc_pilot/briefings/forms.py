"""Forms of the briefings: freeze one, write in a section, arrange, give a template."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField, TextAreaField, ValidationError
from wtforms.fields import SelectChoice
from wtforms.validators import Length

from ccc_pilot.briefings.drafting import LONGEST_TEXT, MOVES
from ccc_pilot.decisions.reading import MeetingFact
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.web.days import DayField
from ccc_pilot.web.forms import Form, TextField, VersionField, clean, required, too_long


class FreezeForm(Form):
    """Which meeting, and up to which day."""

    meeting_id = SelectField(_l("Meeting"), coerce=int, choices=[])
    cut_off = DayField(_l("As of the end of"), [required()])

    def offer(self, meetings: Iterable[MeetingFact], today: date) -> "FreezeForm":
        """Offer the meetings, latest first; the next one is chosen, and today's day (at latest the meeting's) is filled in."""
        found = sorted(meetings, key=lambda one: one.day, reverse=True)
        self.meeting_id.choices = [SelectChoice(one.id, f"{one.short} {one.day:%y%m%d}") for one in found]
        if not self.sent and found:
            coming = [one for one in found if one.day >= today] or found[:1]
            self.meeting_id.data, self.cut_off.data = coming[-1].id, min(today, coming[-1].day)
        return self


class SectionForm(Form):
    """The prose of a section, and its title."""

    version = VersionField()
    title = TextField(_l("Title"), longest=200)
    text = TextAreaField(
        _l("Text"), [Length(max=LONGEST_TEXT, message=too_long(LONGEST_TEXT))], filters=[lambda text: clean(text or "")]
    )


class OwnForm(Form):
    """A section of the lead's own."""

    title = TextField(_l("Title"), longest=200, validators=[required()], id="own-title")
    text = TextAreaField(
        _l("Text"), [Length(max=LONGEST_TEXT, message=too_long(LONGEST_TEXT))], filters=[lambda text: clean(text or "")], id="own-text"
    )  # fmt: skip


class ArrangeForm(Form):
    """A section, and where it goes."""

    section = HiddenField()
    move = HiddenField()

    def validate_move(self, field: Any) -> None:
        """One of the moves there are."""
        if field.data not in MOVES:
            raise ValidationError(_("Choose one of the alternatives."))


class PlainForm(Form):
    """A button."""


class TemplateForm(Form):
    """The region's own PowerPoint template."""

    file = FileField(_l("PowerPoint template (pptx)"))

    def validate_file(self, field: Any) -> None:
        """A file is asked for."""
        if not field.data or not field.data.filename:
            raise ValidationError(_("Choose a file."))
