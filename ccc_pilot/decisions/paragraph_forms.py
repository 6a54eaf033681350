"""The form of a region's paragraph before a meeting."""

from typing import Self

from wtforms import BooleanField

from ccc_pilot.decisions.forms import long_text
from ccc_pilot.decisions.models import Paragraph
from ccc_pilot.decisions.neighbours import Prefill
from ccc_pilot.decisions.paragraphs import LONGEST_TEXT
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.web.forms import Form, VersionField


class ParagraphForm(Form):
    """What was done, what comes next, risks, what the region asks for."""

    done = long_text(_l("What was done"), LONGEST_TEXT)
    coming = long_text(_l("What comes next"), LONGEST_TEXT)
    risks = long_text(_l("Risks and obstacles"), LONGEST_TEXT)
    asks = long_text(_l("What the region asks for"), LONGEST_TEXT)
    unchanged = BooleanField(_l("Nothing has changed since the last meeting"))
    version = VersionField()

    def of(self, row: Paragraph) -> Self:
        """Base the form on ``row``; returns the form."""
        return self.based_on(done=row.done, coming=row.coming, risks=row.risks, asks=row.asks, unchanged=row.unchanged)

    def fill(self, told: Prefill) -> Self:
        """Fill in what the milestones tell; nothing told is offered as unchanged. Returns the form."""
        self.done.data, self.coming.data, self.risks.data = told.done, told.coming, told.risks
        self.unchanged.data = not told.done
        return self
