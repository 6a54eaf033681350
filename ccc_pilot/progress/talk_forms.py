"""Forms for what is said of a milestone and what belongs to it."""

from collections.abc import Sequence
from typing import Any

from wtforms import SelectField, TextAreaField, ValidationError
from wtforms.fields import SelectChoice
from wtforms.validators import Length

from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.people.doors import Current
from ccc_pilot.people.pilots import Region
from ccc_pilot.people.policy import NETWORK
from ccc_pilot.progress.talk import LINK_KINDS, LONGEST_TEXT
from ccc_pilot.web.forms import Form, TextField, clean, required, too_long
from ccc_pilot.web.paths import web_address


class CommentForm(Form):
    """A comment, jointly or for a region."""

    region = SelectField(_l("About"), choices=[])
    text = TextAreaField(
        _l("Comment"), [required(), Length(max=LONGEST_TEXT, message=too_long(LONGEST_TEXT))],
        filters=[lambda text: clean(text or "")], id="comment-text",
    )  # fmt: skip

    def offer(self, regions: Sequence[Region], who: Current) -> "CommentForm":
        """Offer what ``who`` may comment on, the own region first where that is all; returns the form."""
        joint = [SelectChoice("", _("Joint"))] if who.may("milestone.comment", NETWORK) else []
        self.region.choices = joint + [SelectChoice(r.key, r.short) for r in regions if who.may("milestone.comment", r.key)]
        return self


class LinkForm(Form):
    """A page or a document elsewhere."""

    title = TextField(_l("Title"), longest=200, validators=[required()], id="link-title")
    address = TextField(_l("Web address"), longest=1000, id="link-address")
    note = TextField(_l("Where the document is, if not on the web"), longest=500, id="link-note")
    kind = SelectField(_l("Kind"), choices=[SelectChoice(*kind) for kind in LINK_KINDS.items()], id="link-kind")

    def validate_address(self, field: Any) -> None:
        """An address of the web, or a note that tells where the document is."""
        if not field.data and not self.note.data:
            raise ValidationError(_("Give a web address, or say where the document is."))
        if field.data and web_address(field.data) is None:
            raise ValidationError(_("Write an address that begins with https:// or http://, without spaces."))
