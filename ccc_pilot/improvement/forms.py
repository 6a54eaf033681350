"""Forms of the improvement plan; field names equal the use cases' parameters."""

from datetime import date
from typing import Any, Self

from wtforms import SelectField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional

from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.improvement import fields
from ccc_pilot.improvement.models import Action, ImprovementPlan
from ccc_pilot.improvement.reading import Choices
from ccc_pilot.improvement.words import EFFECT_WORDS, PRIORITY_WORDS, PROMISE_WORDS
from ccc_pilot.web.days import DayField
from ccc_pilot.web.forms import Form, TextField, VersionField, WholeNumberField, clean, required, too_long

LONGEST = fields.LONGEST_TEXT
WORDS = fields.FIELD_WORDS


def _long(name: str, **kwargs: Any) -> TextAreaField:
    checks = [Length(max=LONGEST, message=too_long(LONGEST))]
    return TextAreaField(WORDS[name], checks, filters=[lambda text: clean(text or "")], **kwargs)


def within_years(_form: Form, field: DayField) -> None:
    """Refuse a date that can only be a slip of the pen. Raises ``ValidationError``."""
    if isinstance(field.data, date) and not fields.FIRST_YEAR <= field.data.year <= fields.LAST_YEAR:
        raise ValidationError(
            _("The year must be between %(first)s and %(last)s.", first=fields.FIRST_YEAR, last=fields.LAST_YEAR)
        )


class ActionForm(Form):
    """All that an action says."""

    title = TextField(WORDS["title"], longest=300, validators=[required()])
    region = SelectField(WORDS["region"], choices=[])
    why = _long("why")
    current = _long("current")
    causes = _long("causes")
    how = _long("how")
    goal = _long("goal")
    measured = _long("measured")
    measured_by = TextField(WORDS["measured_by"])
    proof = _long("proof")
    keep = _long("keep")
    promise = SelectField(WORDS["promise"], choices=[])
    indicator = TextField(WORDS["indicator"])
    baseline = TextField(WORDS["baseline"], longest=100)
    aim = TextField(WORDS["aim"], longest=100)
    for_patients = _long("for_patients")
    for_staff = _long("for_staff")
    for_governance = _long("for_governance")
    owner = SelectField(WORDS["owner"], choices=[])
    owner_words = TextField(WORDS["owner_words"])
    start = DayField(WORDS["start"], [within_years])
    due = DayField(WORDS["due"], [within_years])
    reason = TextField(_l("Why is the date moved?"), longest=500)
    priority = SelectField(WORDS["priority"], choices=[])
    effort = TextField(WORDS["effort"])
    cost = WholeNumberField(WORDS["cost"], [Optional(), NumberRange(0, 2_000_000_000, message=_l("Write whole kronor."))])
    tags = TextField(WORDS["tags"], longest=800)
    x1 = TextField("", longest=500)
    x2 = TextField("", longest=500)
    x3 = TextField("", longest=500)
    x4 = TextField("", longest=500)
    x5 = TextField("", longest=500)
    version = VersionField()

    def offer(self, plan: ImprovementPlan, choices: Choices, target: Action | None = None) -> Self:
        """Offer the regions, posts and persons there are, and the plan's own columns; returns the form, based on ``target``."""
        own = {column["key"]: column["title"] for column in plan.columns}
        for name in fields.OWN:
            if name in own:
                self[name].label.text = own[name]
            else:
                del self[name]
        self.region.choices = [SelectChoice(*choice) for choice in choices.regions]
        if target is not None and target.region not in dict(choices.regions):
            self.region.choices.append(SelectChoice(target.region, target.region))
        self.owner.choices = [SelectChoice("", _("Not named yet")), *(SelectChoice(*choice) for choice in choices.owners)]
        if target is not None and target.owner not in {choice.value for choice in self.owner.choices}:
            self.owner.choices.append(SelectChoice(target.owner, _("As before")))
        self.promise.choices = [SelectChoice("", "–"), *(SelectChoice(key, str(words)) for key, words in PROMISE_WORDS.items())]
        self.priority.choices = [SelectChoice("", "–"), *(SelectChoice(key, str(words)) for key, words in PRIORITY_WORDS.items())]
        if target is None:
            del self.version
            del self.reason
            return self
        shown = {name: value for name, value in fields.shown(target).items() if name in self}
        return self.based_on(**shown)


class MoveForm(Form):
    """The next step of an action; which fields a step asks for is told by the page."""

    text = TextAreaField(
        _l("Why, in a line"), [Length(max=2_000, message=too_long(2_000))], filters=[lambda text: clean(text or "")],
    )  # fmt: skip
    waiting_for = TextField(_l("What or whom it waits for"), default="")
    decision = TextField(_l("Decision"), longest=160, default="")
    effect = SelectField(
        _l("Was the target met?"),
        default="",
        choices=[SelectChoice("", "–"), *(SelectChoice(key, words) for key, words in EFFECT_WORDS.items())],
    )
    effect_value = TextField(_l("Value now"), longest=100, default="")
    version = VersionField()

    def of(self, target: Action, step: str) -> Self:
        """Base the form on ``target`` and tell its fields from those of other steps on the page; returns the form."""
        self.version.object_data = target.version
        if not self.sent:
            self.version.data = target.version
        for field in self:
            field.id = f"{step}-{field.short_name}"
        return self


class PlanForm(Form):
    """A plan: what it is called and how it is reviewed."""

    title = TextField(_l("What the plan is called"), validators=[required()])
    summary = TextAreaField(
        _l("What it is for"), [Length(max=LONGEST, message=too_long(LONGEST))], filters=[lambda text: clean(text or "")]
    )
    kind = SelectField(
        _l("Kind"),
        choices=[SelectChoice("improvement", _l("Improvement plan")), SelectChoice("strategic", _l("Strategic plan"))],
    )
    feeds_id = SelectField(_l("Feeds the plan"), choices=[], coerce=lambda text: int(text) if text else None)

    def offer(self, others: list[ImprovementPlan]) -> Self:
        """Offer the plans that this one may feed; returns the form."""
        self.feeds_id.choices = [SelectChoice("", _("None")), *(SelectChoice(str(one.id), one.title) for one in others)]
        return self
