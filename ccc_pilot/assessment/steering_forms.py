"""Forms of those who steer a round: the network's answer, the moves between stages, waivers and signatures."""

from collections.abc import Sequence
from typing import Any, Self

from wtforms import HiddenField, SelectField
from wtforms.fields import SelectChoice

from ccc_pilot.assessment.forms import KeysField, LongTextField, ScoreField
from ccc_pilot.assessment.models import AssessmentRound
from ccc_pilot.assessment.network import Joint
from ccc_pilot.assessment.stages import VERDICTS, Move
from ccc_pilot.assessment.words import VERDICT_WORDS
from ccc_pilot.catalogue.standard_records import Scale
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.people.pilots import Region
from ccc_pilot.web.days import DayField
from ccc_pilot.web.forms import Form, TextField, VersionField, required

# Guard of a move -> the fields that answer it.
ASKED = {
    "reason": ("reason",), "points": ("points",), "coming": ("when",), "decision": ("body", "decided_on", "reason"), "verdict": ("verdict",),
}  # fmt: skip


class NetworkForm(Form):
    """The network's answer on a point."""

    score = ScoreField(_l("The network's score"), choices=[])
    reason = LongTextField(_l("Why the network answers so"))
    agreed = KeysField(_l("Regions that agree"), choices=[], between=" ")
    dissent = LongTextField(_l("The view of those who do not agree"))
    version = VersionField()

    def of(self, joint: Joint, scale: Scale, regions: Sequence[Region]) -> Self:
        """Base the form on what is decided, else on the lowest applicable score and on all agreeing; returns the form."""
        self.score.offer(scale)
        self.agreed.choices = [SelectChoice(region.key, region.short) for region in regions]
        row = joint.decided
        shown = {
            "score": joint.score, "reason": row.reason if row else "", "dissent": row.dissent if row else "",
            "agreed": " ".join(row.agreed if row else [region.key for region in regions]),
        }  # fmt: skip
        if not self.sent:
            for name, value in shown.items():
                self[name].data = value
            self.version.data = row.version if row else 0
        return self.based_on(**shown) if row else self


class PointsField(TextField):
    """Ids of points, written one after another with commas or spaces between; ``data`` is a tuple."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the ids."""
        self.data: Any = tuple(dict.fromkeys(part for text in valuelist for part in text.replace(",", " ").split()))

    def _value(self) -> str:
        return " ".join(self.data or ())


class MoveForm(Form):
    """A round moves on to another stage."""

    to = HiddenField()
    points = PointsField(_l("Points to open again"), longest=2000)
    body = TextField(_l("Who decided"), longest=200)
    decided_on = DayField(_l("Day of the decision"))
    verdict = SelectField(
        _l("What was decided"),
        choices=[SelectChoice("", "–"), *(SelectChoice(one, VERDICT_WORDS[one]) for one in VERDICTS)],
        validate_choice=False,
    )
    when = DayField(_l("Day"))
    reason = TextField(_l("Reason or comment"), longest=1000)
    version = VersionField()

    @classmethod
    def blank(cls, round_: AssessmentRound, move: Move) -> Self:
        """Return an empty form for ``move``."""
        form = cls(formdata=None).named(move.to)
        form.to.data, form.version.data = move.to, round_.version
        return form

    def named(self, to: str) -> Self:
        """Tell the fields from those of the forms beside it; returns the form."""
        for field in self:
            field.id = f"{field.short_name}-{to}"
        return self

    def asked(self, move: Move) -> list[Any]:
        """Return the fields that the guards of ``move`` ask for, in their order."""
        names = {name for guard in move.guards for name in ASKED.get(guard, ())}
        return [field for field in self if field.short_name in names]


class WaiverForm(Form):
    """A rule of readiness that a round passes without."""

    code = HiddenField()
    reason = TextField(_l("Why may it be passed without?"), longest=1000, validators=[required()])

    @classmethod
    def blank(cls, code: str) -> Self:
        """Return an empty form for the rule ``code``."""
        form = cls(formdata=None)
        form.code.data, form.reason.id = code, f"waive-{code}"
        return form


class SigningForm(Form):
    """Who has signed, and who is in the project group."""

    signed_on = DayField(_l("Signed on"))
    signed_by = TextField(_l("Signed by"), longest=200)
    project_group = LongTextField(_l("Project group"))
    version = VersionField()


class CarryForm(Form):
    """Which earlier round to bring answers along from."""

    source_id = SelectField(_l("Earlier round"), choices=[], coerce=int)

    def offer(self, rounds: Sequence[AssessmentRound]) -> Self:
        """Offer these rounds; returns the form."""
        self.source_id.choices = [SelectChoice(round_.id, round_.title) for round_ in rounds]
        return self


class TriageForm(Form):
    """What becomes of an earlier answer; the button pressed tells it."""

    verdict = HiddenField()

    @property
    def fault(self) -> Any:
        """Return the sentence that says why nothing was changed."""
        return next(iter([*self.verdict.errors, *self.form_errors]), "")
