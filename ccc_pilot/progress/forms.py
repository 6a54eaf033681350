"""Forms of the milestones; field names equal the use cases' parameters."""

from typing import Self

from wtforms import RadioField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional

from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.progress.finding import Judged
from ccc_pilot.progress.models import MilestoneRow
from ccc_pilot.progress.rules import Status
from ccc_pilot.progress.service import LONGEST_COMMENT
from ccc_pilot.progress.words import STATUS_WORDS
from ccc_pilot.web.days import DayField
from ccc_pilot.web.forms import Form, TextField, VersionField, WholeNumberField, clean, required, too_long

FIRST_YEAR, LAST_YEAR = 2015, 2050


def within_years(_form: Form, field: DayField) -> None:
    """Refuse a date that can only be a slip of the pen. Raises ``ValidationError``."""
    if field.data and not FIRST_YEAR <= field.data.year <= LAST_YEAR:
        raise ValidationError(_("The year must be between %(first)s and %(last)s.", first=FIRST_YEAR, last=LAST_YEAR))


class ProgressForm(Form):
    """Where a milestone stands."""

    status = RadioField(_l("Status"), choices=[], validate_choice=True)
    percent = WholeNumberField(
        _l("Percent"), [Optional(), NumberRange(0, 100, message=_l("Percent is a whole number from 0 to 100."))]
    )
    comment = TextAreaField(
        _l("Comment"), [Length(max=LONGEST_COMMENT, message=too_long(LONGEST_COMMENT))], filters=[lambda text: clean(text or "")]
    )
    version = VersionField()

    def offer(self, row_id: int, *, may_complete: bool) -> Self:
        """Offer the statuses that this person may choose, and tell the fields of one row from those of others; returns the form."""
        for field in self:
            field.id = f"{field.short_name}-{row_id}"
        now = self.status.object_data
        completed = Status.DONE if may_complete or now == Status.DONE else Status.CLAIMED
        offered = [Status.NOT_STARTED, Status.ONGOING, Status.AT_RISK, completed, *([Status.CANCELLED] if may_complete else [])]
        if now in {Status.CANCELLED, Status.UNKNOWN} and now not in offered:
            offered.append(Status(now))
        words = {**STATUS_WORDS, Status.CLAIMED: _("Done")}
        self.status.choices = [SelectChoice(str(status), str(words[status])) for status in offered]
        return self.based_on(status=self.status.object_data, percent=self.percent.object_data)


class RescheduleForm(Form):
    """A new date, and why."""

    due = DayField(_l("New date"), [required(), within_years])
    reason = TextField(_l("Why is it moved?"), longest=500, validators=[required()])
    version = VersionField()
    region = ""

    def of(self, row: MilestoneRow) -> Self:
        """Base the form on ``row``, and tell its region's fields from those of the forms beside it; returns the form."""
        self.region, self.version.object_data = row.region, row.version
        for field in self:
            field.id = f"{field.short_name}-{row.region}"
        if not self.sent:
            self.version.data = row.version
        return self.based_on(due=row.due, reason=row.due_reason)

    @classmethod
    def blank(cls, row: MilestoneRow, form_path: str) -> Self:
        """Return the form for ``row`` that is sent to ``form_path``: empty, or with the writer's draft."""
        return cls(formdata=None).of(row).recall(form_path)


class DependencyForm(Form):
    """What a milestone shall wait for: an id, or words of a title."""

    waits_for = TextField(_l("Let it wait for"), longest=200, validators=[required()])


class VerdictForm(Form):
    """The head lead's word on an assumption."""

    verdict = RadioField(
        _l("Is the assumption right?"),
        choices=[SelectChoice("confirmed", _l("Yes, confirmed")), SelectChoice("corrected", _l("No, corrected"))],
    )
    note = TextField(_l("Note"), longest=500)
    version = VersionField()

    def of(self, judged: Judged | None) -> Self:
        """Base the form on the word that is kept, if there is one; returns the form."""
        self.version.object_data = judged.version if judged else 0
        if not self.sent:
            self.version.data = self.version.object_data
        return self.based_on(verdict=judged.verdict if judged else "", note=judged.note if judged else "")


class StartForm(Form):
    """The day the pilot begins."""

    start = DayField(_l("The pilot begins"), [required(), within_years])
    reason = TextField(_l("Why is it moved?"), longest=500, validators=[required()])
    version = VersionField()
