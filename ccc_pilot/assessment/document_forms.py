"""Forms of the documents that are asked for beside the points."""

from typing import Self

from wtforms import RadioField, SelectField
from wtforms.fields import SelectChoice

from ccc_pilot.assessment.document_models import RoundDocument
from ccc_pilot.assessment.document_words import ENGLISH_WORDS, STATE_WORDS
from ccc_pilot.assessment.forms import LongTextField
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.web.forms import Form, TextField, VersionField, required


class DocumentForm(Form):
    """How a document stands."""

    state = RadioField(_l("State"), choices=[SelectChoice(code, words) for code, words in STATE_WORDS.items()])
    english = SelectField(
        _l("In English, or with a summary in English"),
        choices=[SelectChoice(code, words) for code, words in ENGLISH_WORDS.items()],
    )
    owner = TextField(_l("Who sees to it"), longest=200)
    note = LongTextField(_l("Note"))
    reason = LongTextField(_l("Why is it not needed?"))
    version = VersionField()

    def of(self, row: RoundDocument) -> Self:
        """Base the form on what is recorded; returns the form."""
        return self.based_on(state=row.state, english=row.english, owner=row.owner, note=row.note, reason=row.reason)


class NewDocumentForm(Form):
    """A further document that a round asks for."""

    title = TextField(_l("What the document is called"), longest=200, validators=[required()])
