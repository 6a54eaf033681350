"""Forms of reminders; field names equal the use cases' parameters."""

from typing import Any, Self

from wtforms import SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.reminders.ladders import KINDS
from ccc_pilot.web.days import DayField
from ccc_pilot.web.forms import Form, TextField, VersionField, required

DAYS = (_l("Monday"), _l("Tuesday"), _l("Wednesday"), _l("Thursday"), _l("Friday"), _l("Saturday"), _l("Sunday"))
WEEKDAYS = [SelectChoice(str(number), words) for number, words in enumerate(DAYS)]
HOURS = [SelectChoice(hour, f"{hour:02}:00") for hour in range(24)]


def ticks(label: Any, choices: list[SelectChoice]) -> SelectMultipleField:
    """Return a field of several of a few, each with a box to tick."""
    return SelectMultipleField(label, choices=choices, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False))


class ChoicesForm(Form):
    """When the day's mail comes, and of what."""

    hour = SelectField(_l("Hour"), coerce=int, choices=HOURS)
    weekdays = ticks(_l("Days"), WEEKDAYS)
    muted = ticks(_l("No mail about"), [SelectChoice(*kind) for kind in KINDS.items()])
    version = VersionField()


class AbsenceForm(Form):
    """From when, until when, and who stands in."""

    first = DayField(_l("From"), [required()])
    last = DayField(_l("To"), [required()])
    deputy_id = SelectField(_l("Deputy"), coerce=int)

    def offer(self, people: list[tuple[int, str]]) -> Self:
        """Offer the deputies to choose among; returns the form."""
        self.deputy_id.choices = [SelectChoice(0, _("Nobody: the mails wait")), *(SelectChoice(*person) for person in people)]
        return self


class SnoozeForm(Form):
    """Until when something may rest, and why."""

    until = DayField(_l("Rest until"), [required()])
    reason = TextField(_l("Why?"), longest=300, validators=[required()])
