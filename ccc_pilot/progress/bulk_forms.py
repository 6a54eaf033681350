"""The form that changes several rows at once."""

from wtforms import SelectField, TextAreaField, ValidationError
from wtforms.fields import SelectChoice
from wtforms.validators import Length, NumberRange, Optional

from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.progress.bulk import MOST, Wish
from ccc_pilot.progress.rules import Status
from ccc_pilot.progress.service import LONGEST_COMMENT
from ccc_pilot.progress.words import STATUS_WORDS
from ccc_pilot.web.forms import Form, WholeNumberField, clean, required, too_long
from ccc_pilot.web.picks import PicksField


class BulkForm(Form):
    """What the chosen rows shall become; what is left empty stays as it is."""

    row = PicksField(_l("Chosen rows"))
    status = SelectField(_l("Status"), choices=[])
    percent = WholeNumberField(
        _l("Percent"), [Optional(), NumberRange(0, 100, message=_l("Percent is a whole number from 0 to 100."))]
    )
    comment = TextAreaField(
        _l("Comment"), [Length(max=LONGEST_COMMENT, message=too_long(LONGEST_COMMENT))], filters=[lambda text: clean(text or "")]
    )

    @classmethod
    def blank(cls, *, may_complete: bool) -> "BulkForm":
        """Return an empty form for one who may complete milestones or not."""
        return cls(formdata=None).offer(may_complete=may_complete)

    def offer(self, *, may_complete: bool) -> "BulkForm":
        """Offer the statuses that this person may choose; returns the form."""
        hidden = {Status.CLAIMED, Status.UNKNOWN} if may_complete else {Status.DONE, Status.CANCELLED, Status.UNKNOWN}
        words = {**STATUS_WORDS, Status.CLAIMED: _("Done")}
        offered = [SelectChoice(str(status), str(words[status])) for status in Status if status not in hidden]
        self.status.choices = [SelectChoice("", _("Leave as it is")), *offered]
        return self

    def wish(self) -> Wish:
        """Return what is wished for the chosen rows."""
        return Wish(self.status.data or "", self.percent.data, self.comment.data or "")

    def validate_row(self, field: PicksField) -> None:
        """Between one row and ``MOST`` of them."""
        if not field.data:
            raise ValidationError(_("Choose at least one row in the list."))
        if len(field.data) > MOST:
            raise ValidationError(_("Choose at most %(most)s rows at a time.", most=MOST))

    def validate_status(self, _field: SelectField) -> None:
        """Something is to become different."""
        if not (self.status.data or "".join(self.percent.raw_data or ()).strip() or self.comment.data):
            raise ValidationError(_("Choose a status or a percent, or write a comment."))


class UndoForm(Form):
    """Which change of several is undone."""

    batch = WholeNumberField(validators=[required(), NumberRange(1, 2**31 - 1)])
