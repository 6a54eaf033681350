"""Forms of reminders; field names equal the use cases' parameters."""

import re
from typing import Any, Self

from flask import request
from flask_babel import LazyString
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.reminders.chains import PATTERNS
from ccc_pilot.reminders.ladders import KINDS
from ccc_pilot.reminders.rules import Ladder
from ccc_pilot.web.days import DayField
from ccc_pilot.web.forms import Form, TextField, VersionField, WholeNumberField, clean, required

DAYS = (_l("Monday"), _l("Tuesday"), _l("Wednesday"), _l("Thursday"), _l("Friday"), _l("Saturday"), _l("Sunday"))
WEEKDAYS = [SelectChoice(str(number), words) for number, words in enumerate(DAYS)]
HOURS = [SelectChoice(hour, f"{hour:02}:00") for hour in range(24)]


def ticks(label: Any, choices: list[SelectChoice]) -> SelectMultipleField:
    """Return a field of several of a few, each with a box to tick."""
    return SelectMultipleField(label, choices=choices, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False))


class TapForm(Form):
    """What is said of a thing on the page of the week; the button that is pressed tells the step."""

    step = StringField(_l("What is said"), [required()])
    percent = WholeNumberField(
        _l("Percent"), [Optional(), NumberRange(0, 100, message=_l("Percent is a whole number from 0 to 100."))]
    )
    text = TextField(_l("Comment"), longest=500)
    version = VersionField()

    def of(self, key: str, version: int) -> Self:
        """Tell the fields of one thing from those of others, and base the form on what is read now; returns the form."""
        for field in self:
            field.id = f"{key.replace(':', '-').replace('@', '-')}-{field.short_name}"
        self.version.object_data = version
        if not self.sent:
            self.version.data = version
        return self

    def renewed(self, version: int) -> Self:
        """Base the form, shown again, on what is read now; returns the form."""
        self.version.data, self.version.raw_data = version, None
        return self


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
        self.deputy_id.choices = [
            SelectChoice(0, _("Nobody: the mails come to me all the same")),
            *(SelectChoice(*person) for person in people),
        ]
        return self


class SnoozeForm(Form):
    """Until when something may rest, and why."""

    until = DayField(_l("Rest until"), [required()])
    reason = TextField(_l("Why?"), longest=300, validators=[required()])


class HandOverForm(Form):
    """To whom something is handed over."""

    person_id = SelectField(_l("To whom?"), coerce=int)
    version = VersionField()

    def offer(self, people: list[tuple[int, str]]) -> Self:
        """Offer those who could take it; returns the form."""
        self.person_id.choices = [SelectChoice(*person) for person in people]
        return self


class FeedForm(Form):
    """Whose deadlines a calendar address holds."""

    region = SelectField(_l("Which deadlines?"))

    def offer(self, choices: list[tuple[str, str]]) -> Self:
        """Offer what may be read; returns the form."""
        self.region.choices = [SelectChoice(*choice) for choice in choices]
        return self


class DaysField(StringField):
    """Whole numbers of days with spaces between; ``data`` is a tuple of them."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the numbers; what cannot be read stays in the field and is told."""
        self.raw = clean(valuelist[0]) if valuelist else ""
        words = self.raw.replace(",", " ").split()
        self.data: Any = ()
        if len(words) > 10 or not all(re.fullmatch(r"[0-9]{1,3}", word) and 1 <= int(word) <= 400 for word in words):
            raise ValueError(_("Write at most ten whole numbers from 1 to 400, with a space between."))
        self.data = tuple(sorted({int(word) for word in words}))

    def _value(self) -> str:
        return getattr(self, "raw", "") or " ".join(map(str, self.data or ()))


class TryForm(Form):
    """A form with two buttons: one shows what would follow, one saves."""

    @property
    def asks_to_save(self) -> bool:
        """Whether it was sent with the button that saves."""
        return self.sent and request.form.get("do") == "save"


class LadderForm(TryForm):
    """The days of a kind of reminder."""

    before = DaysField(_l("Days before the date"))
    on_day = BooleanField(_l("On the day itself"))
    after = DaysField(_l("Days after the date"))
    escalate = WholeNumberField(_l("To the lead project manager"), [Optional(), NumberRange(1, 400)])
    shift = RadioField(
        _l("A day before the date that falls on a free day"),
        choices=[SelectChoice("before", _l("the working day before it")), SelectChoice("after", _l("the working day after it"))],
    )
    pause = BooleanField(_l("Rest in July"))
    version = VersionField()

    def ladder(self, urgent: tuple[str, ...]) -> Ladder:
        """Return the ladder that was typed; ``urgent`` as it is."""
        days = tuple(sorted(self.before.data or (), reverse=True))
        return Ladder(days, self.on_day.data, self.after.data or (), self.escalate.data, self.shift.data, self.pause.data, urgent)


class ChainForm(TryForm):
    """A report and its final date."""

    kind = SelectField(
        _l("Report"), choices=[SelectChoice(kind, LazyString(str, title)) for kind, (title, _links) in PATTERNS.items()]
    )
    title = TextField(_l("Name"), longest=150)
    final = DayField(_l("Final date"), [required()])


class MoveForm(Form):
    """Another final date."""

    final = DayField(_l("Final date"), [required()])
    version = VersionField()


class TeamsForm(Form):
    """The webhook of a region's channel in Teams."""

    region = SelectField(_l("Region"))
    address = TextField(_l("Address of the incoming webhook"), longest=1000)

    def offer(self, choices: list[tuple[str, str]]) -> Self:
        """Offer the regions; returns the form."""
        self.region.choices = [SelectChoice(*choice) for choice in choices]
        return self
