"""The form of whom a meeting is for."""

from typing import Any, Self

from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.web.forms import Form, VersionField


class GuestsForm(Form):
    """Who is invited, each with a box to tick."""

    people = SelectMultipleField(_l("Invited"), coerce=int, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False))
    version = VersionField()

    def offer(self, people: list[tuple[int, str]]) -> Self:
        """Offer those who may be invited; returns the form."""
        choices: list[Any] = [SelectChoice(*person) for person in people]
        self.people.choices = choices
        return self
