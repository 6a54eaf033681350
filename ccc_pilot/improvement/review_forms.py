"""Forms of the review, of the plan's steps and of what is said."""

from typing import Any, Self

from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.improvement.rules import MISSING
from ccc_pilot.improvement.talk import LONGEST_TEXT
from ccc_pilot.improvement.words import MISSING_WORDS
from ccc_pilot.web.forms import Form, TextField, VersionField, WholeNumberField, clean, required, too_long


class Several(SelectMultipleField):
    """Boxes of which any number may be ticked."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.type = "SelectMultipleField"  # the building blocks of the pages know it by that name


class Renewable(Form):
    """A form that is shown again after what it was based on has changed: the next sending is based on what is read now."""

    version = VersionField()

    def renewed(self, version: int) -> Self:
        """Base the form on the ``version`` that is shown now; returns the form."""
        self.version.object_data = self.version.data = version
        self.version.raw_data = None
        return self


class ReviewForm(Renewable):
    """A reviewer's word; the button that is pressed tells the verdict."""

    verdict = StringField(_l("Verdict"), default="")
    missing = Several(_l("What is missing"), choices=[SelectChoice(code, MISSING_WORDS[code]) for code in MISSING])
    comment = TextAreaField(
        _l("What is asked for"),
        [Length(max=LONGEST_TEXT, message=too_long(LONGEST_TEXT))],
        filters=[lambda text: clean(text or "")],
    )

    def of(self, name: str, version: int) -> Self:
        """Tell the fields of one thing under review from those of others, and base the form on its ``version``; returns the form."""
        for field in self:
            field.id = f"{name}-{field.short_name}"
        return self if self.sent else self.renewed(version)


class PlanStepForm(Renewable):
    """A step of the plan; which fields a step asks for is told by the page."""

    reference = TextField(_l("Decision or document"), default="")
    text = TextAreaField(
        _l("Why, in a line"), [Length(max=2_000, message=too_long(2_000))], filters=[lambda text: clean(text or "")]
    )

    def of(self, step: str, version: int) -> Self:
        """Tell the fields of one step from those of others, and base the form on the plan's ``version``; returns the form."""
        for field in self:
            field.id = f"{step}-{field.short_name}"
        return self if self.sent else self.renewed(version)


class AgreeForm(Renewable):
    """A region agrees."""


class ReviewersForm(Renewable):
    """Who reviews the plan, and how many of them must say yes to the whole."""

    persons = Several(_l("Reviewers"), coerce=int, choices=[])
    quorum = WholeNumberField(
        _l("How many must say yes to the plan as a whole"),
        [required(), NumberRange(1, 20, message=_l("Between 1 and 20."))],
    )


class RemarkForm(Form):
    """Something that is said."""

    text = TextAreaField(
        _l("Comment"), [required(), Length(max=LONGEST_TEXT, message=too_long(LONGEST_TEXT))],
        filters=[lambda text: clean(text or "")], id="remark-text",
    )  # fmt: skip
    answers_id = WholeNumberField()
