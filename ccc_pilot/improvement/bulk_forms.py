"""The form that changes several actions at once, and the one that names a way to look."""

from typing import Any, Self

from wtforms import BooleanField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional

from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.improvement.bulk import MOST, STEPS, Wish
from ccc_pilot.improvement.fields import FIELD_WORDS, LONGEST_TAG
from ccc_pilot.improvement.forms import within_years
from ccc_pilot.improvement.machine import Phase
from ccc_pilot.improvement.words import MOVE_WORDS, PHASE_WORDS, PRIORITY_WORDS
from ccc_pilot.web.days import DayField
from ccc_pilot.web.forms import Form, TextField, WholeNumberField, required
from ccc_pilot.web.picks import PicksField


class BulkForm(Form):
    """What the chosen actions shall become; what is left empty stays as it is."""

    row = PicksField(_l("Chosen rows"))
    step = SelectField(_l("Step"), choices=[])
    percent = WholeNumberField(
        _l("Percent"), [Optional(), NumberRange(0, 100, message=_l("Percent is a whole number from 0 to 100."))]
    )
    phase = SelectField(FIELD_WORDS["phase"], choices=[])
    priority = SelectField(FIELD_WORDS["priority"], choices=[])
    owner = SelectField(FIELD_WORDS["owner"], choices=[])
    due = DayField(FIELD_WORDS["due"], [within_years])
    reason = TextField(_l("Why is the date moved?"), longest=500)
    tag = TextField(_l("Add the tag"), longest=LONGEST_TAG)

    def offer(self, owners: list[tuple[str, str]]) -> Self:
        """Offer steps, phases, priorities and who may be responsible; returns the form."""
        as_is = SelectChoice("", _("Leave as it is"))
        self.percent.flags.optional = False  # nothing in the bar has to be filled in; it need not be said of one
        self.step.choices = [as_is, *(SelectChoice(name, str(MOVE_WORDS[name])) for name in STEPS)]
        self.phase.choices = [as_is, *(SelectChoice(str(phase), str(PHASE_WORDS[phase])) for phase in Phase)]
        self.priority.choices = [as_is, *(SelectChoice(key, str(words)) for key, words in PRIORITY_WORDS.items())]
        self.owner.choices = [as_is, *(SelectChoice(*owner) for owner in owners)]
        return self

    def wish(self) -> Wish:
        """Return what is wished for the chosen actions."""
        told: dict[str, Any] = {name: self[name].data or "" for name in ("step", "phase", "priority", "owner", "reason", "tag")}
        return Wish(percent=self.percent.data, due=self.due.data, **told)

    def validate_row(self, field: PicksField) -> None:
        """Between one row and ``MOST`` of them."""
        if not field.data:
            raise ValidationError(_("Choose at least one row in the list."))
        if len(field.data) > MOST:
            raise ValidationError(_("Choose at most %(most)s rows at a time.", most=MOST))

    def validate_step(self, _field: SelectField) -> None:
        """Something is to become different."""
        if self.wish() == Wish(reason=self.reason.data or ""):
            raise ValidationError(_("Choose what is to become different."))


class UndoForm(Form):
    """Which change of several is undone."""

    batch = WholeNumberField(validators=[required(), NumberRange(1, 2**31 - 1)])


class ViewForm(Form):
    """A way to look that is given a name."""

    title = TextField(_l("Name of this view"), longest=80, validators=[required()])
    shared = BooleanField(_l("Show it to everybody"))


class PhaseForm(Form):
    """The phase that an action comes to on the board."""

    phase = SelectField(FIELD_WORDS["phase"], choices=[SelectChoice(str(phase), PHASE_WORDS[phase]) for phase in Phase])
    version = WholeNumberField(validators=[required()])
