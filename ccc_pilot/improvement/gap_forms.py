"""Forms that make actions of gaps, and accept risks."""

from collections.abc import Sequence
from typing import Self

from wtforms import BooleanField, ValidationError
from wtforms.fields.choices import SelectChoice

from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.improvement.review_forms import Several
from ccc_pilot.web.forms import Form, TextField, required


class FromGapsForm(Form):
    """Which gaps become actions, each its own or all together."""

    keys = Several(_l("Gaps"), choices=[])
    together = BooleanField(_l("One action for all of them"))
    title = TextField(_l("What the action is called"), longest=300)

    def offer(self, keys: Sequence[str]) -> Self:
        """Offer the gaps ``keys``; returns the form."""
        self.keys.choices = [SelectChoice(key, key) for key in keys]
        return self

    def validate_keys(self, field: Several) -> None:
        """At least one."""
        if not field.data:
            raise ValidationError(_("Choose at least one gap."))


class RiskForm(Form):
    """By which decision a risk is accepted, and why."""

    decision = TextField(_l("Decision"), longest=160, validators=[required()])
    reason = TextField(_l("Why, in a line"), longest=1_000, validators=[required()])
    number = 0

    def of(self, number: int) -> Self:
        """Tell the fields of one gap from those of others; returns the form."""
        self.number = number
        for field in self:
            field.id = f"risk-{number}-{field.short_name}"
        return self
