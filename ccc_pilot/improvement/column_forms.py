"""The form for a plan's own columns."""

from typing import Self

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.improvement.fields import OWN
from ccc_pilot.improvement.models import ImprovementPlan
from ccc_pilot.improvement.review_forms import Renewable
from ccc_pilot.web.forms import TextField

KINDS = (
    SelectChoice("text", _l("Text")),
    SelectChoice("choice", _l("One of several")),
    SelectChoice("whole", _l("Whole number")),
)


class ColumnsForm(Renewable):
    """The titles, kinds and choices of up to five columns."""

    x1 = TextField(_l("Column %(n)s", n=1), longest=60)
    x1_kind = SelectField(_l("Kind"), choices=KINDS)
    x1_choices = TextField(_l("Choices"), longest=500)
    x2 = TextField(_l("Column %(n)s", n=2), longest=60)
    x2_kind = SelectField(_l("Kind"), choices=KINDS)
    x2_choices = TextField(_l("Choices"), longest=500)
    x3 = TextField(_l("Column %(n)s", n=3), longest=60)
    x3_kind = SelectField(_l("Kind"), choices=KINDS)
    x3_choices = TextField(_l("Choices"), longest=500)
    x4 = TextField(_l("Column %(n)s", n=4), longest=60)
    x4_kind = SelectField(_l("Kind"), choices=KINDS)
    x4_choices = TextField(_l("Choices"), longest=500)
    x5 = TextField(_l("Column %(n)s", n=5), longest=60)
    x5_kind = SelectField(_l("Kind"), choices=KINDS)
    x5_choices = TextField(_l("Choices"), longest=500)

    @classmethod
    def blank(cls, plan: ImprovementPlan) -> Self:
        """Return the form with the columns that ``plan`` has."""
        told = {column["key"]: column for column in plan.columns}
        shown = {key: told[key]["title"] if key in told else "" for key in OWN}
        shown |= {f"{key}_kind": told[key]["kind"] if key in told else "text" for key in OWN}
        shown |= {f"{key}_choices": ", ".join(told[key]["choices"]) if key in told else "" for key in OWN}
        return cls(formdata=None, data=shown).renewed(plan.version)

    @property
    def rows(self) -> list[tuple[TextField, SelectField, TextField]]:
        """The fields column by column."""
        return [(self[key], self[f"{key}_kind"], self[f"{key}_choices"]) for key in OWN]
