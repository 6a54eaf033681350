"""Forms of what goes around the answers: who answers what, and what is said of a point."""

from collections.abc import Sequence
from typing import Self

from wtforms import SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Length

from ccc_pilot.assessment.talk import LONGEST
from ccc_pilot.catalogue.standard_records import Edition
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.people.doors import Current
from ccc_pilot.people.models import Person
from ccc_pilot.people.policy import NETWORK
from ccc_pilot.web.days import DayField
from ccc_pilot.web.forms import Form, TextField, clean, required, too_long


class AssignForm(Form):
    """A chapter or a point for somebody, by a day."""

    part = TextField(_l("Chapter or point"), longest=80, validators=[required()])
    person_id = SelectField(_l("Who"), choices=[], coerce=int)
    due = DayField(_l("Due"))
    parts: Sequence[tuple[str, str]] = ()

    def offer(self, found: Edition, people: Sequence[Person]) -> Self:
        """Offer the chapters of the edition and those who may answer; returns the form."""
        self.parts = [(chapter.key.split(":", 1)[1], f"{chapter.number} {chapter.title}") for chapter in found.chapters]
        self.person_id.choices = [SelectChoice(person.id, person.name) for person in people]
        return self


class SayForm(Form):
    """A comment on a point: a new question, or an answer to one."""

    text = TextAreaField(
        _l("Comment"), [required(), Length(max=LONGEST, message=too_long(LONGEST))], filters=[lambda text: clean(text or "")], id="said",
    )  # fmt: skip


class AskForm(SayForm):
    """A new question on a point, jointly or within a region."""

    region = SelectField(_l("About"), choices=[])

    def offer(self, regions: Sequence[tuple[str, str]], who: Current, here: str) -> Self:
        """Offer what ``who`` may comment on among ``regions`` (key, short name), the region that the page shows first; returns the form."""
        own = [SelectChoice(key, short) for key, short in regions if who.may("assessment.comment", key)]
        joint = [SelectChoice("", _("Joint"))] if who.may("assessment.comment", NETWORK) else []
        self.region.choices = sorted(own + joint, key=lambda choice: choice.value != here)
        return self
