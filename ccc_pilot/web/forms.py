"""The base of all forms: CSRF, messages in the user's language, and the one way in which a form carries out a use case."""

import re
import unicodedata
from collections.abc import Callable
from functools import partial
from typing import Any, Self

from flask import request
from flask_wtf import FlaskForm
from sqlalchemy.exc import OperationalError
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, MultipleFileField, SelectMultipleField, StringField, ValidationError
from wtforms.fields import Field, IntegerField
from wtforms.validators import Length, StopValidation
from wtforms.widgets import HiddenInput

from ccc_pilot.db import gave_way, transaction
from ccc_pilot.drafts import Draft
from ccc_pilot.errors import Conflict, Refused
from ccc_pilot.i18n import gettext, lazy_gettext
from ccc_pilot.web import contest, typed
from ccc_pilot.web.merging import plain

KEEP = "keep."
RACES = 5
WHOLE = re.compile(r"[+-]?[0-9]{1,15}")


class Form(FlaskForm):
    """A form whose field names equal the parameters of the use case it serves."""

    base: dict[str, str]
    form_errors: list[Any]
    draft: Draft | None = None
    sent = False

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> Any:
            """Use our own catalogue for the library's messages: its Swedish has gaps."""
            return _Messages()

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Read what was sent, as forms send it; where a text was chosen on the page of a conflict, that is the field's."""
            sent = super().wrap_formdata(form, formdata)
            if sent is not None and request.is_json:
                return MultiDict()
            form.sent = bool(sent)
            return _chosen(sent) if sent else sent

    def __init__(self, *args: Any, **kwargs: Any):
        self.base = {}
        super().__init__(*args, **kwargs)

    def based_on(self, **shown: Any) -> Self:
        """Tell what the form showed of what is stored, by field, so that two who save can be told apart; returns the form.

        A form that was sent tells itself what it had shown.
        """
        self.base = typed.base() if self.sent else {name: plain(value) for name, value in shown.items()}
        return self

    def recall(self, form_path: str) -> Self:
        """Fill in the writer's draft of the form that is sent to ``form_path``, if there is one; returns the form."""
        self.draft = None if self.sent else typed.draft_of(form_path)
        if self.draft is None:
            return self
        told = MultiDict(self.draft.fields)
        for field in self:
            if field.short_name in told:
                field.process(told, field.object_data)
        self.base = typed.read_base(told.get("base", ""))
        if "version" in self and self.draft.base_version is not None:
            self["version"].data = self.draft.base_version
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """Look at each field's shape; one that takes one answer and was sent several is told so."""
        good = super().validate(extra_validators)
        for field in self:
            if len(field.raw_data or ()) > 1 and not _takes_many(field):
                field.errors, good = [gettext("Several answers were sent; give one.")], False
            elif field.process_errors:
                field.errors = list(
                    field.process_errors
                )  # what could not be read is said once, not also that it is out of bounds
            if isinstance(field.widget, HiddenInput) and field.errors:
                self.form_errors, field.errors = [*self.form_errors, *field.errors], []
        return bool(good)

    def carries_out(self, use_case: Callable[..., Any], **arguments: Any) -> bool:
        """Validate, then run ``use_case`` in a transaction of its own; True if it was done, now or when the same form was sent before.

        A refusal by the use case becomes an error at the field it names (or at the form), and what was typed stays. Where somebody
        else saved first and the two changed different fields, both changes are kept; else ``Conflict`` is raised with this form.
        Where the database let another go first, it is done once more.
        """
        if not self.validate_on_submit():
            return False
        try:
            self.result = self._carry_out(use_case, arguments)
        except Refused as refusal:
            self._refuse(refusal)
            return False
        return True

    def _carry_out(self, use_case: Callable[..., Any], arguments: dict[str, Any]) -> Any:
        for _race in range(RACES):
            try:
                with transaction():
                    return typed.once(partial(use_case, **arguments))
            except Conflict as conflict:
                conflict.form = self
                met = contest.merged(conflict)
                if met.contested:
                    raise
                arguments = {**arguments, **met.taken, "version": conflict.version}
            except OperationalError as error:
                if not gave_way(error):
                    raise
        raise Refused(gettext("Many are saving this just now. Wait a moment and try again."))

    def given(self) -> dict[str, Any]:
        """Return what was given, by field name: the arguments of the use case that the form serves."""
        return {name: value for name, value in self.data.items() if name != "csrf_token"}

    def _refuse(self, refusal: Refused) -> None:
        if refusal.field and refusal.field in self:
            field = self[refusal.field]
            field.errors = [*field.errors, refusal.message]
        else:
            self.form_errors = [*self.form_errors, refusal.message]


def _chosen(sent: Any) -> Any:
    """Put the text chosen on the page of a conflict ("=" and the text) in its field; an empty choice leaves what was written there."""
    chosen = {name.removeprefix(KEEP): sent[name][1:] for name in sent if name.startswith(KEEP) and sent[name].startswith("=")}
    if not chosen:
        return sent
    told = MultiDict(sent)
    for name, text in chosen.items():
        told.setlist(name, [text])
    return told


class VersionField(IntegerField):
    """The version of the row that the form was based on; hidden. A form without it cannot be saved safely and is told so."""

    widget = HiddenInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the version; one that cannot be read counts as missing."""
        self.data = typed.number(valuelist[0]) if valuelist else None

    def pre_validate(self, _form: Any) -> None:
        """Refuse a form that does not tell what it was based on, and base it on what is stored now."""
        if self.data is None:
            self.data, self.raw_data = self.object_data, None
            raise StopValidation(
                gettext("The form was incomplete. Look at what is stored now, then send again; your text is kept.")
            )


class WholeNumberField(IntegerField):
    """A whole number in the digits 0–9; what cannot be one is told in words and stays in the field."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the number; empty is None."""
        text = valuelist[0].strip() if valuelist else ""
        if not valuelist:
            return
        self.data = None
        if text and not WHOLE.fullmatch(text):
            raise ValueError(gettext("Write a whole number."))
        self.data = int(text) if text else None


class TextField(StringField):
    """One line of text: trimmed, without control characters, at most ``longest`` characters."""

    def __init__(self, label: Any = None, *, longest: int = 200, validators: Any = (), **kwargs: Any):
        super().__init__(label, [Length(max=longest, message=too_long(longest)), *validators], **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Trim and tidy what was typed."""
        if valuelist:
            self.data = clean(valuelist[0])


def clean(text: str) -> str:
    """Return ``text`` in NFC, trimmed, without NUL and other control or direction-override characters (line breaks and tabs stay)."""

    kept = (
        ch
        for ch in unicodedata.normalize("NFC", text)
        if ch in "\n\t" or unicodedata.category(ch) not in {"Cc", "Cs"} and ch not in OVERRIDES
    )
    return "".join(kept).strip()


OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def too_long(longest: int) -> Any:
    """Return the sentence for a text of more than ``longest`` characters."""
    return lazy_gettext("Write at most %(longest)s characters.", longest=longest)


def required() -> Any:
    """Return a validator that asks for an answer, in words."""

    def check(_form: Any, field: Field) -> None:
        if field.data is None or (isinstance(field.data, str) and not field.data.strip()):
            raise ValidationError(gettext("Fill in this field."))

    check.field_flags = {"required": True}  # type: ignore[attr-defined]
    return check


class _Messages:
    """Words the library's own messages: those we know are translated, others pass through."""

    KNOWN = {
        "Not a valid integer value.": lazy_gettext("Write a whole number."),
        "Not a valid choice.": lazy_gettext("Choose one of the alternatives."),
        "Not a valid choice": lazy_gettext("Choose one of the alternatives."),
        "This field is required.": lazy_gettext("Fill in this field."),
    }

    def gettext(self, text: str) -> str:
        """Return the message in the user's language."""
        return str(self.KNOWN.get(text, text))

    def ngettext(self, one: str, many: str, n: int) -> str:
        """Return the message for ``n`` in the user's language."""
        return self.gettext(one if n == 1 else many)


def _takes_many(field: Field) -> bool:
    return isinstance(field, (SelectMultipleField, FieldList, MultipleFileField)) or getattr(field, "takes_many", False)
