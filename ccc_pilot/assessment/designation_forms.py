"""Forms of a figure for the designation, and of the day from which the criteria clock counts."""

from typing import Self

from wtforms import TextAreaField, ValidationError
from wtforms.fields import Field
from wtforms.validators import Length

from ccc_pilot.assessment.forms import FIRST_YEAR, LAST_YEAR
from ccc_pilot.assessment.result_models import AssessmentFigure
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.web.days import DayField
from ccc_pilot.web.forms import Form, TextField, VersionField, clean, too_long

LONGEST_NAMES, LONGEST_TEXT = 60_000, 2_000


class FigureForm(Form):
    """What a region records of an item; yes and no are written as 1 and 0."""

    value = TextField(_l("Value"), longest=40)
    names = TextAreaField(
        _l("DOI or trial numbers, one a line, so that what two regions have in common counts once"),
        [Length(max=LONGEST_NAMES, message=too_long(LONGEST_NAMES))], filters=[lambda text: clean(text or "")],
    )  # fmt: skip
    source = TextField(_l("Source: system, report, person"), longest=300)
    explanation = TextAreaField(
        _l("Explanation, or why there is no figure"), [Length(max=LONGEST_TEXT, message=too_long(LONGEST_TEXT))],
        filters=[lambda text: clean(text or "")],
    )  # fmt: skip
    version = VersionField()

    def of(self, row: AssessmentFigure) -> Self:
        """Base the form on what is recorded; returns the form."""
        self.based_on(value=row.value, names=row.names, source=row.source, explanation=row.explanation)
        return self


class StartForm(Form):
    """From which day the criteria clock counts; it stands in the address and changes nothing."""

    class Meta(Form.Meta):
        csrf = False

    start = DayField(_l("Counted from"))

    def validate_start(self, field: Field) -> None:
        """Take a day of our time. Raises ``ValidationError``."""
        if field.data and not FIRST_YEAR <= field.data.year <= LAST_YEAR:
            raise ValidationError(_("Give a year between %(first)s and %(last)s.", first=FIRST_YEAR, last=LAST_YEAR))
