"""Forms of people and access; field names equal the use cases' parameters."""

from typing import Any, Self, TypeVar

from wtforms import HiddenField, PasswordField, RadioField, SelectField, TextAreaField, ValidationError
from wtforms.fields import SelectChoice
from wtforms.validators import Length, NumberRange, Optional
from wtforms.widgets import PasswordInput

from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.people.models import Person
from ccc_pilot.people.rules import normal
from ccc_pilot.web.days import DayField
from ccc_pilot.web.forms import Form, TextField, VersionField, WholeNumberField, clean, required, too_long

LANGUAGE_NAMES = (SelectChoice("sv", "Svenska"), SelectChoice("en", "English"))
LONGEST_NOTE = 2000
OfPost = TypeVar("OfPost", bound="HoldForm | LeaveForm")


def status_of(form: Form) -> int:
    """Return the HTTP status of a page with ``form``: 200 when it is opened, 422 when it was sent and not taken."""
    return 422 if form.is_submitted() else 200


def new_password(label: Any) -> PasswordField:
    """Return a field for a password that is being chosen; the rules are the use case's."""
    return PasswordField(label, [required()], render_kw={"autocomplete": "new-password", "maxlength": 1024})


class LoginForm(Form):
    """Address and password."""

    email = TextField(_l("E-mail address"), longest=254, validators=[required()])
    password = PasswordField(_l("Password"), [required()], widget=PasswordInput(hide_value=False))
    next = HiddenField()


class CodeForm(Form):
    """A code of the authenticator app."""

    code = TextField(
        _l("Six-figure code"),
        longest=20,
        validators=[required()],
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code"},
    )


class ResetForm(Form):
    """Ask for a link to choose a new password."""

    email = TextField(_l("E-mail address"), longest=254, validators=[required()])


class PasswordForm(Form):
    """Choose a password, typed twice."""

    password = new_password(_l("New password"))
    again = new_password(_l("The same password again"))

    def validate_again(self, field: PasswordField) -> None:
        """Both must be the same, however å is typed."""
        if normal(field.data or "") != normal(self.password.data or ""):
            raise ValidationError(_("The two passwords are not the same."))


class ChangePasswordForm(PasswordForm):
    """Change one's password, knowing the present one."""

    present = PasswordField(_l("Present password"), [required()], render_kw={"autocomplete": "current-password"})


class ProfileForm(Form):
    """One's own name and language."""

    name = TextField(_l("Name"), longest=120, validators=[required()])
    language = RadioField(_l("Language"), choices=LANGUAGE_NAMES)


class InviteForm(Form):
    """Invite a person."""

    name = TextField(_l("Name"), longest=120, validators=[required()])
    email = TextField(_l("E-mail address"), longest=254, validators=[required()])
    language = RadioField(_l("Language"), choices=LANGUAGE_NAMES, default="sv")


class ReasonForm(Form):
    """Close or open an account, and why."""

    reason = TextField(_l("Why?"), longest=200, validators=[required()])


def _id_or_none(value: Any) -> int | None:
    return int(value) if value else None


class HoldForm(Form):
    """Let somebody hold a post."""

    person_id = SelectField(_l("Holder"), [required()], coerce=_id_or_none)
    deputy_id = SelectField(_l("Deputy, with the same access"), coerce=_id_or_none)
    since = DayField(_l("From"), [required()])
    until = DayField(_l("To, if it is known"), [Optional()])
    share_percent = WholeNumberField(
        _l("Share of full time, percent"),
        [Optional(), NumberRange(1, 100, message=_l("Percent is a whole number from 1 to 100."))],
    )
    months = WholeNumberField(
        _l("Number of months"), [Optional(), NumberRange(1, 60, message=_l("Months is a whole number from 1 to 60."))]
    )
    note = TextAreaField(
        _l("Hand-over note"),
        [Length(max=LONGEST_NOTE, message=too_long(LONGEST_NOTE))],
        filters=[lambda text: clean(text or "")],
    )

    version = VersionField()

    def of(self, version: int) -> Self:
        """Base the form on what it shows of a post of this ``version``; returns the form."""
        return _of_post(self, version)

    def offer(self, persons: list[Person]) -> "HoldForm":
        """Offer these persons as holder and deputy; returns the form."""
        names = [SelectChoice("", "–"), *(SelectChoice(person.id, person.name) for person in persons)]
        self.person_id.choices = self.deputy_id.choices = names
        return self


class LeaveForm(Form):
    """Let the holder of a post leave it."""

    until = DayField(_l("Last day"), [required()], id="last-day")
    note = TextField(_l("Hand-over note"), longest=LONGEST_NOTE, id="leaving-note")
    version = VersionField(id="leaving-version")

    def of(self, version: int) -> Self:
        """Base the form on what it shows of a post of this ``version``; returns the form."""
        return _of_post(self, version)


def _of_post(form: OfPost, version: int) -> OfPost:
    form.version.object_data = version
    if not form.sent:
        form.version.data = version
    shown = {field.short_name: field.data for field in form if field.short_name not in {"version", "csrf_token"}}
    return form.based_on(**shown)
