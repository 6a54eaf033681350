"""Kronor as people here write and read them: "6 171 570 kr", "1,5 mnkr", "250 tkr"."""

import re
from typing import Any

from wtforms import StringField

from ccc_pilot.i18n import gettext
from ccc_pilot.web.forms import clean

MOST = 999_999_999_999
UNITS = {"": 1, "kr": 1, "kronor": 1, "sek": 1, ":-": 1, "tkr": 1_000, "tsek": 1_000}
UNITS |= dict.fromkeys(("mnkr", "mkr", "msek", "milj", "miljkr", "miljon", "miljoner", "million", "millions"), 1_000_000)
WHOLE = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3}(?:\1[0-9]{3})*)?|[0-9]+")
DECIMAL = re.compile(r"([0-9]{1,12})(?:[.,]([0-9]{1,6}))?")


class BadAmount(ValueError):
    """The text is no amount of whole kronor."""


def read(text: str) -> int:
    """Return the kronor that ``text`` says: digits in groups, or a number of thousands or millions. Raises ``BadAmount``."""
    told = re.sub(r"\s|(?<=[a-z])\.", "", text.casefold())
    told = told.removeprefix("sek").removesuffix("kronor") or told
    found = re.fullmatch(r"([0-9.,]+)([^0-9.,]*)", told)
    if found is None or found[2] not in UNITS:
        raise BadAmount(text)
    kronor = _whole(found[1]) if UNITS[found[2]] == 1 else _parts(found[1], UNITS[found[2]])
    if kronor > MOST:
        raise BadAmount(text)
    return kronor


def _whole(digits: str) -> int:
    if WHOLE.fullmatch(digits) is None:
        raise BadAmount(digits)
    return int(re.sub(r"[.,]", "", digits))


def _parts(digits: str, unit: int) -> int:
    found = DECIMAL.fullmatch(digits)
    if found is None:
        raise BadAmount(digits)
    part = found[2] or ""
    kronor, rest = divmod(int(found[1] + part) * unit, int(10 ** len(part)))
    if rest:
        raise BadAmount(digits)
    return kronor


class KronorField(StringField):
    """An amount in kronor; empty is None: not known."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the amount; what cannot be one is told in words and stays in the field."""
        self.data: Any = None
        if valuelist and clean(valuelist[0]):
            self.raw = clean(valuelist[0])
            try:
                self.data = read(self.raw)
            except BadAmount as error:
                sentence = gettext("%(text)s is not an amount. Write it like 250 000, 250 tkr or 1,5 mnkr.", text=self.raw[:40])
                raise ValueError(sentence) from error

    def _value(self) -> str:
        return getattr(self, "raw", "") or ("" if self.data is None else str(self.data))
