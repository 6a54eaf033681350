"""The form of the seven questions."""

from typing import Self

from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from ccc_pilot.evidence.models import EvidenceQuality
from ccc_pilot.evidence.words import ANSWERS, QUESTION_WORDS
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.web.forms import Form, VersionField, clean, too_long

LONGEST_NOTE = 2_000


class QualityForm(Form):
    """An answer to each question, or none, and a note."""

    note = TextAreaField(
        _l("Note"), [Length(max=LONGEST_NOTE, message=too_long(LONGEST_NOTE))], filters=[lambda text: clean(text or "")]
    )
    version = VersionField()

    @classmethod
    def blank(cls, kept: EvidenceQuality | None) -> Self:
        """Return the form as ``kept`` has it, or empty."""
        stored = {**dict.fromkeys(QUESTION_WORDS, ""), **(kept.answers if kept else {}), "note": kept.note if kept else ""}
        return cls(formdata=None, data={**stored, "version": kept.version if kept else 0}).based_on(**stored)


for _question, _words in QUESTION_WORDS.items():
    setattr(QualityForm, _question, SelectField(_words, choices=[SelectChoice(*answer) for answer in ANSWERS]))
