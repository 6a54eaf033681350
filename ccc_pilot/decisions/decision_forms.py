"""Forms of decisions; field names equal the use cases' parameters."""

from collections.abc import Iterable, Mapping
from typing import Any, Self

from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional

from ccc_pilot.decisions.forms import long_text, within_years
from ccc_pilot.decisions.models import Decision
from ccc_pilot.decisions.recording import LONGEST_TEXT
from ccc_pilot.decisions.rules import OUTCOMES, DecisionKind, DecisionState
from ccc_pilot.decisions.sums import FIRST_YEAR, LAST_YEAR
from ccc_pilot.decisions.words import KIND_WORDS, OUTCOME_WORDS, RELATION_WORDS
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.people.models import Body, Organisation
from ccc_pilot.web.amounts import KronorField
from ccc_pilot.web.days import DayField
from ccc_pilot.web.forms import Form, TextField, VersionField, WholeNumberField, required

KINDS = [SelectChoice(kind, words) for kind, words in KIND_WORDS.items()]
FOLLOWED = ("executor", "due", "review_on", "conditions")


class ProposalForm(Form):
    """What is proposed, and who is to carry it out."""

    title = TextField(_l("Matter"), longest=200, validators=[required()])
    kind = SelectField(_l("Kind"), choices=KINDS, default=DecisionKind.DECISION)
    proposal = long_text(_l("Proposal for decision"), LONGEST_TEXT, required())
    executor = TextField(_l("Carried out by"), longest=200)
    due = DayField(_l("Due"), [within_years])
    review_on = DayField(_l("Review on"), [within_years])
    conditions = long_text(_l("Conditions"), 2_000)
    follows_id = SelectField(_l("Goes on from"), coerce=lambda told: int(told) if told else None, choices=[])

    def goes_on(self, others: Iterable[tuple[int, str]]) -> Self:
        """Offer the decisions of other bodies and meetings that it may go on from; returns the form."""
        self.follows_id.choices = [SelectChoice("", str(_("no earlier decision")))] + [SelectChoice(*other) for other in others]
        return self


class LooseProposalForm(ProposalForm):
    """A proposal that is made outside the meetings kept here."""

    body_key = SelectField(_l("Body"), choices=[])
    decider = TextField(_l("Who decides, if no body above"), longest=120)
    day = DayField(_l("Day"), [within_years])

    def offer(self, bodies: Iterable[Body]) -> Self:
        """Offer the bodies to choose among; returns the form."""
        self.body_key.choices = [SelectChoice("", str(_("no registered body")))] + [
            SelectChoice(body.key, body.name_sv) for body in bodies
        ]
        return self


class DecisionForm(ProposalForm):
    """What is told of a decision, changed."""

    proposal = long_text(_l("Proposal for decision"), LONGEST_TEXT)
    follow_up = BooleanField(_l("Followed up here: counts as not followed up when nothing happens"))
    version = VersionField()

    def of(self, found: Decision) -> Self:
        """Base the form on ``found``; returns the form."""
        names = [field.short_name for field in self if field.short_name not in {"csrf_token", "version"}]
        return self.based_on(**{name: getattr(found, name) for name in names})


class SettleForm(Form):
    """What became of a proposal."""

    outcome = RadioField(
        _l("Outcome"), choices=[SelectChoice(one, OUTCOME_WORDS[one]) for one in OUTCOMES], default=DecisionState.DECIDED
    )
    decided = long_text(_l("Decided text"), LONGEST_TEXT)
    paragraph = WholeNumberField(_l("§"), [Optional(), NumberRange(1, 9999)])
    executor = TextField(_l("Carried out by"), longest=200)
    due = DayField(_l("Due"), [within_years])
    review_on = DayField(_l("Review on"), [within_years])
    conditions = long_text(_l("Conditions"), 2_000)
    version = VersionField()

    @classmethod
    def blank(cls, found: Decision, form_path: str) -> Self:
        """Return the form for ``found``, filled in with the proposal, or with the writer's draft."""
        return cls(formdata=None, obj=found).of(found, fill=True).recall(form_path)

    def of(self, found: Decision, *, fill: bool = False) -> Self:
        """Base the form on ``found`` and tell its fields from those of others; ``fill``: the proposal stands as the text to decide."""
        for field in self:
            field.id = f"{field.short_name}-d{found.id}"
        if fill and not found.decided:
            self.decided.data = found.proposal
        return self.based_on(decided=found.decided, **{name: getattr(found, name) for name in FOLLOWED})


class FurtherForm(Form):
    """How far the carrying out has come."""

    to = RadioField(_l("It is now"), choices=[])
    text = TextField(_l("In a line: what was done"), longest=500, id="further-text")
    version = VersionField(id="further-version")

    def offer(self, steps: Mapping[str, Any]) -> Self:
        """Offer the states that can follow, with their words; returns the form."""
        self.to.choices = [SelectChoice(state, str(words)) for state, words in steps.items()]
        return self


class ReviewForm(Form):
    """That a decision was reviewed."""

    text = TextField(_l("What the review came to"), longest=500, validators=[required()], id="review-text")
    next_on = DayField(_l("Review again on"), [within_years])
    version = VersionField(id="review-version")


class LockForm(Form):
    """The words locked by a second person."""

    version = VersionField()


class CorrectionForm(Form):
    """A correction of a locked decision."""

    decided = long_text(_l("Corrected text"), LONGEST_TEXT, required())
    reason = TextField(_l("Why is it corrected?"), longest=500, validators=[required()])
    version = VersionField()


class LinkForm(Form):
    """What a decision has to do with another thing."""

    relation = SelectField(_l("How"), choices=[SelectChoice(one, words) for one, words in RELATION_WORDS.items()])
    thing = TextField(_l("What"), longest=300, validators=[required()])


class SumForm(Form):
    """Money that a decision allocates."""

    account = TextField(_l("Account or source"), longest=200, validators=[required()], id="sum-account")
    amount = KronorField(_l("Amount"), id="sum-amount")
    year = WholeNumberField(_l("Year"), [Optional(), NumberRange(FIRST_YEAR, LAST_YEAR)], id="sum-year")
    last_year = WholeNumberField(_l("To and with the year"), [Optional(), NumberRange(FIRST_YEAR, LAST_YEAR)], id="sum-last-year")
    recipient = TextField(_l("Who gets the money"), longest=200, id="sum-recipient")
    thing = TextField(_l("What for"), longest=200, id="sum-thing")
    note = TextField(_l("Note"), longest=300, id="sum-note")


class RegistrationForm(Form):
    """The number under which an organisation has registered a decision."""

    organisation_key = SelectField(_l("Organisation"), choices=[])
    number = TextField(_l("Registry number"), longest=60)

    def offer(self, organisations: Iterable[Organisation]) -> Self:
        """Offer the organisations to choose among; returns the form."""
        self.organisation_key.choices = [SelectChoice(one.key, one.short) for one in organisations]
        return self
