"""The base of all forms: CSRF, messages in the user's language, and the one way in which a form carries out a use case."""

import unicodedata
from collections.abc import Callable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import StringField, ValidationError
from wtforms.fields import Field, IntegerField
from wtforms.validators import Length
from wtforms.widgets import HiddenInput

from ccc_pilot.db import transaction
from ccc_pilot.errors import Refused
from ccc_pilot.i18n import gettext, lazy_gettext


class Form(FlaskForm):
    """A form whose field names equal the parameters of the use case it serves."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> Any:
            """Use our own catalogue for the library's messages: its Swedish has gaps."""
            return _Messages()

    def carries_out(self, use_case: Callable[..., Any], **arguments: Any) -> bool:
        """Validate, then run ``use_case`` in a transaction of its own; True if it was done.

        A refusal by the use case becomes an error at the field it names (or at the form), and what was typed stays.
        """
        if not self.validate_on_submit():
            return False
        try:
            with transaction():
                self.result = use_case(**arguments)
        except Refused as refusal:
            self._refuse(refusal)
            return False
        return True

    def given(self) -> dict[str, Any]:
        """Return what was given, by field name: the arguments of the use case that the form serves."""
        return {name: value for name, value in self.data.items() if name != "csrf_token"}

    def _refuse(self, refusal: Refused) -> None:
        if refusal.field and refusal.field in self:
            field = self[refusal.field]
            field.errors = [*field.errors, refusal.message]
        else:
            self.form_errors = [*self.form_errors, refusal.message]


class VersionField(IntegerField):
    """The version of the row that the form was based on; hidden."""

    widget = HiddenInput()


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
