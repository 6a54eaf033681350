"""The form that links an action to what it comes from, belongs to and waits for."""

from wtforms import TextAreaField
from wtforms.validators import Length

from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.improvement.linking import LONGEST
from ccc_pilot.web.forms import Form, TextField, clean, too_long


class LinkForm(Form):
    """What it is linked to: named by id, number, key or address, several at once; a site visit in words."""

    things_text = TextAreaField(
        _l("What it has to do with"), [Length(max=LONGEST, message=too_long(LONGEST))], filters=[lambda text: clean(text or "")],
    )  # fmt: skip
    visit_words = TextField(_l("Site visit, in words"), longest=200, default="")
