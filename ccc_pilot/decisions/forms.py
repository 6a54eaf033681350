"""Forms of meetings, agendas and minutes; field names equal the use cases' parameters."""

import re
from collections.abc import Iterable
from typing import Any, Self

from wtforms import BooleanField, HiddenField, SelectField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from ccc_pilot.dates import BadDate, parse_day
from ccc_pilot.decisions.models import AgendaPoint, Meeting
from ccc_pilot.decisions.planning import LONGEST_TEXT
from ccc_pilot.decisions.rules import PointKind
from ccc_pilot.decisions.words import POINT_WORDS
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.i18n import today
from ccc_pilot.people.models import Body
from ccc_pilot.web.days import DayField
from ccc_pilot.web.forms import Form, TextField, VersionField, clean, required, too_long

FIRST_YEAR, LAST_YEAR = 2000, 2050
MOST_DAYS = 60
CLOCK = re.compile(r"([01]?[0-9]|2[0-3])(?:[:.]([0-5][0-9]))?")


def within_years(_form: Form, field: Any) -> None:
    """Refuse a date that can only be a slip of the pen. Raises ``ValidationError``."""
    if field.data and not FIRST_YEAR <= field.data.year <= LAST_YEAR:
        raise ValidationError(_("The year must be between %(first)s and %(last)s.", first=FIRST_YEAR, last=LAST_YEAR))


class ClockField(TextField):
    """A time of day as people write it, 8:30, 08.30 or 9; ``data`` is "08:30" or empty."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the time; what cannot be one is told in words and stays in the field."""
        super().process_formdata(valuelist)
        if self.data and (found := CLOCK.fullmatch(self.data)):
            self.data = f"{int(found[1]):02}:{found[2] or '00'}"
        elif self.data:
            raise ValueError(_("%(text)s is not a time. Write it like 08:30 or 9.", text=self.data[:20]))


class DaysField(TextAreaField):
    """Several days, one on each line; ``data`` is a list of dates."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the days; one that cannot be read is told in words and all stay in the field."""
        self.raw = clean(valuelist[0]) if valuelist else ""
        self.data = []
        for line in filter(None, map(str.strip, self.raw.splitlines())):
            try:
                self.data.append(parse_day(line, today()))
            except BadDate as error:
                sentence = _("%(text)s is not a date. Write it like 2025-05-12, 250512, 12/5 or 12 maj 2025.", text=line[:40])
                raise ValueError(sentence) from error

    def _value(self) -> str:
        return getattr(self, "raw", "")


def long_text(label: Any, longest: int = LONGEST_TEXT, *more: Any, **kwargs: Any) -> TextAreaField:
    """Return a field for a text of at most ``longest`` characters; ``more``: further validators."""
    tidy = [lambda text: clean(text or "")]
    return TextAreaField(label, [Length(max=longest, message=too_long(longest)), *more], filters=tidy, **kwargs)


class MeetingFields(Form):
    """When and where a body meets."""

    body_key = SelectField(_l("Body"), choices=[])
    title = TextField(_l("What the meeting is called"), longest=200)
    day = DayField(_l("Day"), [required(), within_years])
    last_day = DayField(_l("Last day, if it takes several"), [within_years])
    starts = ClockField(_l("From"), longest=5)
    ends = ClockField(_l("To"), longest=5)
    place = TextField(_l("Place or link"), longest=200)
    note = long_text(_l("Note"), 1_000)

    def offer(self, bodies: Iterable[Body]) -> Self:
        """Offer the bodies to choose among; returns the form, based on what it shows."""
        self.body_key.choices = [SelectChoice("", str(_("no registered body")))] + [
            SelectChoice(body.key, body.name_sv) for body in bodies
        ]
        return self.based_on(
            **{field.short_name: field.object_data for field in self if field.short_name not in {"csrf_token", "version"}}
        )

    def validate_last_day(self, field: Any) -> None:
        """The last day does not come before the first."""
        if field.data and self.day.data and field.data < self.day.data:
            raise ValidationError(_("The last day comes before the first."))


class MeetingForm(MeetingFields):
    """What is told of a meeting, changed."""

    version = VersionField()


class PlanForm(MeetingFields):
    """A meeting that is planned, or a series of them."""

    more_days = DaysField(_l("Further days of the series"))

    def validate_more_days(self, field: Any) -> None:
        """A series has its bounds."""
        if len(field.data or ()) > MOST_DAYS:
            raise ValidationError(_("At most %(most)s days at a time.", most=MOST_DAYS))
        if any(not FIRST_YEAR <= day.year <= LAST_YEAR for day in field.data or ()):
            raise ValidationError(_("The year must be between %(first)s and %(last)s.", first=FIRST_YEAR, last=LAST_YEAR))


class NewPointForm(Form):
    """A point that is put on the agenda."""

    title = TextField(_l("Point"), longest=200, validators=[required()])
    kind = SelectField(
        _l("For"), choices=[SelectChoice(kind, words) for kind, words in POINT_WORDS.items()], default=PointKind.INFORMATION
    )
    presenter = TextField(_l("Presented by"), longest=120)
    clock = ClockField(_l("Time"), longest=5)
    text = long_text(_l("What it is about"), 4_000)
    standing = BooleanField(_l("Standing point: comes back at each meeting of the body"))


class PointForm(NewPointForm):
    """A point of an agenda, changed."""

    version = VersionField()

    def of(self, point: AgendaPoint) -> Self:
        """Base the form on ``point``; returns the form."""
        return self.based_on(
            title=point.title,
            kind=point.kind,
            presenter=point.presenter,
            clock=point.clock,
            text=point.text,
            standing=point.standing,
        )


class StepForm(Form):
    """A meeting or a decision taken a step further."""

    to = HiddenField(validators=[required()])
    version = VersionField()


class AttendanceForm(Form):
    """Who was there."""

    names = long_text(_l("Who was there, one on each line"), 8_000)
    version = VersionField()


class NotesForm(Form):
    """What was said under a point."""

    notes = long_text(_l("Notes"))
    open = BooleanField(_l("Not finished: comes back at the next meeting"))
    version = VersionField()

    def of(self, point: AgendaPoint) -> Self:
        """Base the form on ``point`` and tell its fields from those of the points beside it; returns the form."""
        for field in self:
            field.id = f"{field.short_name}-{point.id}"
        return self.based_on(notes=point.notes, open=point.open)


class TextForm(Form):
    """What belongs to no point."""

    text = long_text(_l("Beside the points"), id="minutes-text")
    version = VersionField()

    def of(self, meeting: Meeting) -> Self:
        """Base the form on ``meeting``; returns the form."""
        return self.based_on(text=meeting.text)
