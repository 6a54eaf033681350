"""Forms of assessment; field names equal the use cases' parameters."""

from collections.abc import Iterable
from typing import Any, Self

from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from ccc_pilot.assessment.answers import CONTENT, LONGEST
from ccc_pilot.assessment.models import AssessmentAnswer
from ccc_pilot.assessment.rounds import DESIGNATIONS, REGIONS
from ccc_pilot.assessment.words import DESIGNATION_WORDS, MODE_WORDS, PDCA_WORDS
from ccc_pilot.catalogue.standard_records import Edition, Scale
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.web.days import DayField
from ccc_pilot.web.forms import Form, TextField, VersionField, WholeNumberField, clean, required, too_long

FIRST_YEAR, LAST_YEAR = 2000, 2060


class LongTextField(TextAreaField):
    """Several lines of text, Markdown or plain."""

    def __init__(self, label: Any, **kwargs: Any):
        super().__init__(
            label, [Length(max=LONGEST, message=too_long(LONGEST))], filters=[lambda text: clean(text or "")], **kwargs
        )


class ScoreField(RadioField):
    """A score on the edition's scale, or none: ``data`` is a code or None."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.type = "RadioField"  # what the page's macro knows

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the code; nothing chosen is None."""
        self.data = valuelist[0] if valuelist and valuelist[0] else None

    def pre_validate(self, form: Any) -> None:
        """Nothing chosen is an answer too: the point is not scored yet."""
        if self.data is not None:
            super().pre_validate(form)

    def offer(self, scale: Scale) -> None:
        """Offer the levels of ``scale``."""
        self.choices = [SelectChoice(level.code, str(level.title)) for level in scale.levels]


class KeysField(SelectMultipleField):
    """Some of the keys offered; ``data`` is one text of them in their order, with ``between`` between them ("PD", "ro rjl")."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, *args: Any, between: str = "", **kwargs: Any):
        self.between = between
        super().__init__(*args, **kwargs)
        self.type = "SelectMultipleField"  # what the page's macro knows

    def process_data(self, value: Any) -> None:
        """Take the keys stored."""
        self.data: Any = value or ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the keys as they were sent."""
        self.data = self.between.join(valuelist)

    def pre_validate(self, form: Any) -> None:
        """Take those that are offered, in that order; others are not listened to."""
        self.data = self.between.join(choice.value for choice in self.iter_choices() if choice.value in (self.raw_data or ()))


class AnswerForm(Form):
    """A region's answer on a point."""

    score = ScoreField(_l("Score"), choices=[])
    na_reason = LongTextField(_l("Why is it not applicable?"))
    pdca = KeysField(_l("What is in place"), choices=[SelectChoice(letter, words) for letter, words in PDCA_WORDS.items()])
    note = LongTextField(_l("Justification"))
    summary_en = LongTextField(_l("Summary in English"))
    absence = LongTextField(_l("Why is evidence missing?"))
    improvement = LongTextField(_l("What is to be improved?"))
    version = VersionField()

    def of(self, answer: AssessmentAnswer, scale: Scale) -> Self:
        """Base the form on ``answer`` and offer the levels of ``scale``; returns the form."""
        self.score.offer(scale)
        for field in self:
            field.id = f"{field.short_name}-{answer.id}"
        return self.based_on(**{name: getattr(answer, name) for name in CONTENT})


class QuickForm(Form):
    """The same in a list: the score and a line of reason."""

    score = ScoreField(_l("Score"), choices=[])
    note = LongTextField(_l("Justification"))
    na_reason = LongTextField(_l("Why is it not applicable?"))
    version = VersionField()

    def of(self, answer: AssessmentAnswer, scale: Scale) -> Self:
        """Base the form on ``answer`` and offer the levels of ``scale``; returns the form."""
        self.score.offer(scale)
        for field in self:
            field.id = f"{field.short_name}-{answer.id}"
        return self.based_on(score=answer.score, note=answer.note, na_reason=answer.na_reason)


class StepForm(Form):
    """Verify, approve or return an answer."""

    comment = TextField(_l("Comment"), longest=1000, id="step-comment")
    version = VersionField()


class RoundForm(Form):
    """A new round."""

    title = TextField(_l("Title"), longest=200, validators=[required()])
    edition_key = SelectField(_l("Standards"), choices=[])
    designation = SelectField(
        _l("What is sought"), choices=[SelectChoice(code, DESIGNATION_WORDS[code]) for code in DESIGNATIONS]
    )
    start = DayField(_l("Starts"), [required()])
    due = DayField(_l("Due"))
    index_year = WholeNumberField(
        _l("Index year"),
        [Optional(), NumberRange(FIRST_YEAR, LAST_YEAR, message=_l("Give a year between %(first)s and %(last)s.", first=FIRST_YEAR, last=LAST_YEAR))],
    )  # fmt: skip
    mode = RadioField(
        _l("Who answers"), default=REGIONS, choices=[SelectChoice(code, words) for code, words in MODE_WORDS.items()]
    )
    independent = BooleanField(
        _l("The regions do not see one another's answers until all are in or the due date has passed"), default=True
    )

    def offer(self, editions: Iterable[Edition]) -> Self:
        """Offer the editions to answer; returns the form."""
        self.edition_key.choices = [
            SelectChoice(one.key, _("%(title)s, %(n)s points", title=one.title, n=len(one.points))) for one in editions
        ]
        return self
