"""Forms of evidence; field names equal the use cases' parameters."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from wtforms import BooleanField, FileField, HiddenField, MultipleFileField, SelectField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from ccc_pilot.evidence.linking import LONGEST_PLACE
from ccc_pilot.evidence.models import EvidenceItem
from ccc_pilot.evidence.words import LANGUAGES
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.people.pilots import Region
from ccc_pilot.web.days import DayField
from ccc_pilot.web.forms import Form, TextField, VersionField, WholeNumberField, clean, required, too_long
from ccc_pilot.web.paths import web_address

LONGEST_SUMMARY = 4_000
FIRST_YEAR, LAST_YEAR = 1950, 2100


def within_years(_form: Form, field: DayField) -> None:
    """Refuse a date that can only be a slip of the pen. Raises ``ValidationError``."""
    if field.data and not FIRST_YEAR <= field.data.year <= LAST_YEAR:
        raise ValidationError(_("The year must be between %(first)s and %(last)s.", first=FIRST_YEAR, last=LAST_YEAR))


def an_address(_form: Form, field: TextField) -> None:
    """Ask for an address of the web. Raises ``ValidationError``."""
    if field.data and web_address(field.data) is None:
        raise ValidationError(_("Write an address that begins with https:// or http://, without spaces."))


def told() -> Any:
    """Return a validator that asks for a tick."""

    def check(_form: Form, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError(_("Tick this box when you have made sure. Evidence may hold no patient data."))

    check.field_flags = {"required": True}  # type: ignore[attr-defined]
    return check


def _text(label: Any, longest: int = LONGEST_SUMMARY) -> TextAreaField:
    return TextAreaField(label, [Length(max=longest, message=too_long(longest))], filters=[lambda text: clean(text or "")])


class _About(Form):
    """What files and addresses have in common when they are put up."""

    mark = ""  # tells the fields of one form from those of another on the same page

    region = SelectField(_l("Belongs to"), choices=[])
    kind = SelectField(_l("Kind"), choices=[])
    language = SelectField(_l("Language"), choices=[SelectChoice(*one) for one in LANGUAGES.items()])
    document_date = DayField(_l("The document's date"), [within_years])
    valid_until = DayField(_l("Valid until"), [within_years])
    owner = TextField(_l("Who answers for it"), longest=200)
    confidential = BooleanField(_l("Confidential: only the own region, the lead project manager and RCC see it"))

    def offer(self, regions: Sequence[Region], kinds: Mapping[str, Any]) -> Self:
        """Offer the ``regions`` in which the writer may put up evidence, and the ``kinds`` of the catalogue; returns the form."""
        for field in self:
            field.id = f"{self.mark}{field.short_name}"
        self.region.choices = [SelectChoice(region.key, f"{region.short} {region.name}") for region in regions]
        self.kind.choices = [SelectChoice("", _("Not told")), *(SelectChoice(code, str(title)) for code, title in kinds.items())]
        if not self.sent and self.region.data is None and regions:
            self.region.data = regions[0].key
        return self


class UploadForm(_About):
    """Documents as evidence, several at once."""

    mark = "upload-"

    file = MultipleFileField(_l("Files"))
    place = TextField(_l("Page or section"), longest=LONGEST_PLACE)
    object_key = HiddenField()
    harmless = BooleanField(_l("None of the files holds patient data"), [told()])

    def validate_file(self, field: Any) -> None:
        """Ask for at least one file; a browser sends an empty one where none was chosen."""
        field.data = [upload for upload in field.data or () if getattr(upload, "filename", "")]
        if not field.data:
            raise ValidationError(_("Choose at least one file."))


class VersionForm(Form):
    """A new version of a document: a file or an address, and what is new in it."""

    file = FileField(_l("File"))
    address = TextField(_l("Web address"), longest=1000, validators=[an_address])
    note = TextField(_l("What is new in it"), longest=500)
    harmless = BooleanField(_l("It holds no patient data"), [told()])

    def validate_file(self, field: Any) -> None:
        """Ask for one of the two: a file or an address."""
        field.data = field.data if getattr(field.data, "filename", "") else None
        if bool(field.data) == bool(self.address.data):
            raise ValidationError(_("Choose a file, or give a web address; not both."))


class AddressForm(_About):
    """A page of the web as evidence."""

    mark = "page-"

    title = TextField(_l("Title"), longest=200, validators=[required()])
    address = TextField(_l("Web address"), longest=1000, validators=[required(), an_address])
    summary = _text(_l("Summary"))
    summary_en = _text(_l("English summary"))
    place = TextField(_l("Page or section"), longest=LONGEST_PLACE)
    object_key = HiddenField()


class ItemForm(_About):
    """The particulars of a piece of evidence."""

    title = TextField(_l("Title"), longest=200, validators=[required()])
    summary = _text(_l("Summary"))
    summary_en = _text(_l("English summary"))
    version = VersionField()

    def of(self, item: EvidenceItem) -> Self:
        """Base the form on ``item``; returns the form."""
        names = [field.short_name for field in self if field.short_name not in {"version", "csrf_token"}]
        return self.based_on(**{name: getattr(item, name) for name in names})


class LinkForm(Form):
    """What an item proves, and where in it."""

    item_id = WholeNumberField(_l("Evidence"), [required()])
    object_key = HiddenField(validators=[required()])
    place = TextField(_l("Page or section"), longest=LONGEST_PLACE)


class JudgeForm(Form):
    """Whether it proves what it is linked to. ``number`` is the version that was looked at."""

    verdict = SelectField(_l("Verdict"), choices=[SelectChoice("accepted", _l("Accept")), SelectChoice("rejected", _l("Reject"))])
    reason = TextField(_l("Reason"), longest=500)
    number = WholeNumberField(validators=[required()])


class ReasonForm(Form):
    """Why something is withdrawn."""

    reason = TextField(_l("Reason"), longest=500, validators=[required()])
