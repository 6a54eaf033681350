"""Forms of peer review."""

from collections.abc import Sequence
from typing import Self

from wtforms import RadioField, SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Length

from ccc_pilot.assessment.findings import LONGEST, OPPORTUNITY, STRENGTH
from ccc_pilot.assessment.forms import LongTextField, ScoreField
from ccc_pilot.assessment.review_models import PeerAnswer
from ccc_pilot.assessment.steering_forms import PointsField
from ccc_pilot.catalogue.standard_records import Scale
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.people.models import Person
from ccc_pilot.people.pilots import Region
from ccc_pilot.web.days import DayField
from ccc_pilot.web.forms import Form, VersionField, clean, required, too_long


class ReviewForm(Form):
    """Who reviews a round, from when to when."""

    person_id = SelectField(_l("Peer reviewer"), choices=[], coerce=int)
    since = DayField(_l("From"), [required()])
    until = DayField(_l("To"), [required()])

    def offer(self, people: Sequence[Person]) -> Self:
        """Offer those who may review; returns the form."""
        self.person_id.choices = [SelectChoice(person.id, person.name) for person in people]
        return self


class PeerForm(Form):
    """A peer's own score on a point."""

    score = ScoreField(_l("Your score"), choices=[])
    note = LongTextField(_l("Note"))
    question = LongTextField(_l("Question to those who answered"))
    version = VersionField()

    def of(self, row: PeerAnswer | None, scale: Scale) -> Self:
        """Base the form on what the peer has said, and offer the levels of ``scale``; returns the form."""
        self.score.offer(scale)
        if row is None and not self.sent:
            self.version.data = 0
        return self.based_on(score=row.score, note=row.note, question=row.question) if row else self


class FindingForm(Form):
    """A strength, or an opportunity to improve."""

    kind = RadioField(
        _l("Kind"), choices=[SelectChoice(OPPORTUNITY, _l("Opportunity to improve")), SelectChoice(STRENGTH, _l("Strength"))]
    )
    text = TextAreaField(
        _l("Finding"), [required(), Length(max=LONGEST, message=too_long(LONGEST))], filters=[lambda text: clean(text or "")], id="finding-text",
    )  # fmt: skip
    points = PointsField(_l("Points it is about"), longest=500, id="finding-points")
    region = SelectField(_l("Addressed to"), choices=[], id="finding-region")

    def offer(self, regions: Sequence[Region]) -> Self:
        """Offer whom the finding is addressed to; returns the form."""
        self.region.choices = [SelectChoice("", _("All")), *(SelectChoice(region.key, region.short) for region in regions)]
        return self
