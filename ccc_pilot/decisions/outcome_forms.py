"""The form for what became of all proposals of a meeting."""

from collections.abc import Iterable
from typing import Any, Self

import wtforms
from wtforms import FieldList, FormField, HiddenField, RadioField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice

from ccc_pilot.decisions.models import Decision
from ccc_pilot.decisions.outcomes import Outcome
from ccc_pilot.decisions.recording import LONGEST_TEXT
from ccc_pilot.decisions.rules import OUTCOMES
from ccc_pilot.decisions.words import OUTCOME_WORDS
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.web import typed
from ccc_pilot.web.forms import Form, clean

MOST = 100


class OutcomeEntry(wtforms.Form):
    """What became of one proposal."""

    decision_id = HiddenField()
    version = HiddenField()
    outcome = RadioField(
        choices=[*(SelectChoice(one, OUTCOME_WORDS[one]) for one in OUTCOMES), SelectChoice("", _l("Not settled yet"))],
        default="",
    )
    decided = TextAreaField(filters=[lambda text: clean(text or "")])


class OutcomesForm(Form):
    """What became of the proposals, each with its words."""

    rows = FieldList(FormField(OutcomeEntry), max_entries=MOST)

    @classmethod
    def blank(cls, proposals: Iterable[Decision]) -> Self:
        """Return the form for ``proposals``, each with the words that were proposed."""
        return cls(
            formdata=None,
            data={
                "rows": [
                    {"decision_id": row.id, "version": row.version, "outcome": "", "decided": row.proposal} for row in proposals
                ]
            },
        )

    def validate_rows(self, field: Any) -> None:
        """No text is longer than a decision may be."""
        if any(len(entry.form.decided.data or "") > LONGEST_TEXT for entry in field.entries):
            raise ValidationError(_("Write at most %(longest)s characters.", longest=LONGEST_TEXT))

    def outcomes(self) -> list[Outcome]:
        """Return what was chosen; those that are not settled yet are left out."""
        told = [
            (typed.number(e.form.decision_id.data or ""), typed.number(e.form.version.data or ""), e.form)
            for e in self.rows.entries
        ]
        return [
            Outcome(number, version, form.outcome.data, form.decided.data or "")
            for number, version, form in told
            if number is not None and version is not None and form.outcome.data
        ]

    def renewed(self, rows: Iterable[Decision]) -> Self:
        """Base the form on the rows as they are now, with what was typed kept; returns the form."""
        versions = {str(row.id): row.version for row in rows}
        for entry in self.rows.entries:
            entry.form.version.data = versions.get(entry.form.decision_id.data or "", entry.form.version.data)
        return self
