"""The small form of one row of the table."""

from collections.abc import Sequence
from typing import Any, Self

from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional

from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.improvement.fields import FIELD_WORDS
from ccc_pilot.improvement.forms import within_years
from ccc_pilot.improvement.machine import Phase, State
from ccc_pilot.improvement.models import Action
from ccc_pilot.improvement.words import PHASE_WORDS, PRIORITY_WORDS
from ccc_pilot.web.days import DayField
from ccc_pilot.web.forms import Form, TextField, VersionField, WholeNumberField, clean, too_long

REPORTED = ("percent", "phase")
CONTENT = ("owner", "due", "priority", "reason")


class LineForm(Form):
    """What of an action can be changed in its row: by whom it may be, and where it stands, tells which of these there are."""

    step = SelectField(_l("Next step"), choices=[])
    owner = SelectField(FIELD_WORDS["owner"], choices=[])
    percent = WholeNumberField(
        FIELD_WORDS["percent"], [Optional(), NumberRange(0, 100, message=_l("Percent is a whole number from 0 to 100."))]
    )
    due = DayField(FIELD_WORDS["due"], [within_years])
    phase = SelectField(FIELD_WORDS["phase"], choices=[SelectChoice(str(phase), PHASE_WORDS[phase]) for phase in Phase])
    priority = SelectField(FIELD_WORDS["priority"], choices=[])
    reason = TextField(_l("Why is the date moved?"), longest=500)
    text = TextAreaField(
        _l("What has been done, what was learnt"), [Length(max=2_000, message=too_long(2_000))],
        filters=[lambda text: clean(text or "")],
    )  # fmt: skip
    version = VersionField()

    def of(
        self, target: Action, owners: Sequence[tuple[str, str]], steps: Sequence[tuple[str, str]], *, edits: bool, reports: bool
    ) -> Self:  # fmt: skip
        """Base the form on ``target``, and tell its fields from those of other rows; returns the form.

        ``owners`` may be responsible; ``steps`` may be taken now; ``edits``: what it says may be changed, ``reports``: how it goes.
        """
        moves = target.state != State.PROPOSED and target.due is not None
        left = (
            {"step": bool(steps), "reason": edits and moves}
            | dict.fromkeys(CONTENT[:3], edits)
            | dict.fromkeys(REPORTED, reports)
        )
        for name in [name for name, there in left.items() if not there]:
            del self[name]
        if "step" in self:
            self.step.choices = [SelectChoice("", _("None now")), *(SelectChoice(*step) for step in steps)]
        if edits:
            known = {"": target.owner_words or _("Not named yet"), **dict(owners)}
            self.owner.choices = [SelectChoice(*one) for one in ({target.owner: _("As before")} | known).items()]
            self.priority.choices = [
                SelectChoice("", "–"),
                *(SelectChoice(key, str(words)) for key, words in PRIORITY_WORDS.items()),
            ]
        if reports:
            self.percent.flags.optional = False  # all of them may stay as they are; it need not be said of one
        for field in self:
            field.id = f"{field.short_name}-{target.id}"
        shown: dict[str, Any] = {name: getattr(target, name) for name in (*CONTENT[:3], *REPORTED) if name in self}
        return self.based_on(**shown)
