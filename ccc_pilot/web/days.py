"""The field for a day, typed as people here write it."""

from typing import Any

from wtforms import StringField

from ccc_pilot.dates import BadDate, parse_day
from ccc_pilot.i18n import gettext, today
from ccc_pilot.web.forms import clean


class DayField(StringField):
    """A date as people here write it: 2025-05-12, 250512, 12/5 or 12 maj 2025; ``data`` is a date."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the date; what cannot be one is told in words and stays in the field."""
        self.data: Any = None
        if valuelist and clean(valuelist[0]):
            self.raw = clean(valuelist[0])
            try:
                self.data = parse_day(self.raw, today())
            except BadDate as error:
                sentence = gettext(
                    "%(text)s is not a date. Write it like 2025-05-12, 250512, 12/5 or 12 maj 2025.", text=self.raw[:40]
                )
                raise ValueError(sentence) from error

    def _value(self) -> str:
        return getattr(self, "raw", "") or (self.data.isoformat() if self.data else "")
