"""What single cells of a sheet with standards say, and what is wrong with one that says nothing useful. Pure."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ccc_pilot.catalogue.faults import N_
from ccc_pilot.catalogue.records import CONFIDENCES
from ccc_pilot.catalogue.standard_records import CORE_STATUSES, DESIGNATIONS, PDCA, POINT_STATUSES
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.office.sheet_cells import place_of, plain, text_of, unguarded

LONGEST = 20_000
YES = frozenset({"yes", "y", "ja", "j", "true", "sant", "1", "x", "core", "kärna", "kärnpunkt"})
NO = frozenset({"no", "n", "nej", "false", "falskt", "0", "-"})
MEANT_FOR = {"ccn": "NET", "network": "NET", "nätverk": "NET", "unit": "UNIT", "enhet": "UNIT"} | {
    word.casefold(): word for word in DESIGNATIONS
}
MESSAGES = {
    "day": N_("The spreadsheet has made a day of this number. Give the column the format text and write the number again."),
    "error": N_("The formula in this cell gives an error."),
    "long": N_("The text has more than %(longest)s characters."),
    "number_missing": N_("The row has a text but no number."),
    "number_unreadable": N_("The number needs letters or digits from a to z and 0 to 9."),
    "number_doubled": N_("The number %(number)s stands in row %(line)s already."),
    "text_missing": N_("The point has no text."),
    "no_points": N_("No row below the headings has a point. Choose the sheet, the row with the headings and the columns."),
    "depth_missing": N_("The depth must be a whole number from 1 to 9."),
    "yes_no": N_("Write yes or no, or leave the cell empty when it is not known."),
    "meant_for": N_("“%(text)s” is none of CC, CCC, NET and UNIT."),
    "pdca": N_("Write letters of P, D, C and A in that order."),
    "whole": N_("Write a whole number from %(least)s to %(most)s."),
    "one_of": N_("This must be one of: %(allowed)s."),
    "no_earlier": N_("The earlier edition has no point with the number %(number)s."),
}


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong in one cell: its ``place`` ("C12", or a row), the heading of its column and a sentence."""

    place: str
    heading: str
    message: Any


class Faults(list[CellFault]):
    """The faults found so far; knows which column holds what."""

    def __init__(self, columns: Mapping[int, str], headings: list[str]):
        super().__init__()
        self.at = {name: number for number, name in columns.items()}
        self.headings = headings

    def add(self, row: int, name: str, code: str, **about: object) -> None:
        """Note the fault ``code`` of MESSAGES in the cell of ``row`` (from 0) that holds ``name``."""
        self.tell(row, name, _l(MESSAGES[code], **about))

    def tell(self, row: int, name: str, message: Any) -> None:
        """Note a fault in words of its own."""
        number = self.at.get(name, self.at.get(f"{name}_sv", self.at.get(f"{name}_en")))
        if number is None:
            self.append(CellFault(str(row + 1), "", message))
        else:
            heading = self.headings[number] if number < len(self.headings) else ""
            self.append(CellFault(place_of(row, number), heading, message))


def text(cell: Any) -> str:
    """Return a cell as plain text, without the apostrophe that guards against formulas."""
    return unguarded(plain(text_of(cell)))


def is_day(cell: Any) -> bool:
    """Whether the spreadsheet took the cell for a day."""
    return isinstance(cell, date)


def is_error(cell: Any) -> bool:
    """Whether the cell is a formula's error, such as #REF!."""
    return (
        isinstance(cell, str)
        and re.fullmatch(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SAKNAS!|REFERENS!|VÄRDEFEL!|NAMN\?)", cell) is not None
    )


def id_of(number: str) -> str:
    """Return a number as it stands in keys and addresses: letters and digits without accents, dots and hyphens; may be empty."""
    bare = unicodedata.normalize("NFKD", number).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9.]+", "-", bare).strip("-.")[:60].rstrip("-.")


def is_counter(number: str) -> bool:
    """Whether a number only counts within its standard: 4, 4a, b."""
    return re.fullmatch(r"\d{1,3}[a-z]?|[a-z]", number) is not None


Reader = Callable[[str], Any]


class Unreadable(ValueError):
    """A cell that says nothing useful: ``code`` of MESSAGES and what its words need."""

    def __init__(self, code: str, **about: object):
        super().__init__(code)
        self.code, self.about = code, about


def yes_or_no(said: str) -> bool | None:
    """Return what a cell says of yes and no, None for an empty one."""
    word = said.casefold()
    if word in YES | NO:
        return word in YES
    if word in {"", "?", "unknown", "okänd", "okänt"}:
        return None
    raise Unreadable("yes_no")


def designations(said: str) -> list[str]:
    """Return the designations that a cell names."""
    found = []
    for word in filter(None, re.split(r"[\s,;/|+]+", said)):
        if word.casefold() not in MEANT_FOR:
            raise Unreadable("meant_for", text=word[:40])
        found.append(MEANT_FOR[word.casefold()])
    return list(dict.fromkeys(found))


def steps(said: str) -> str | None:
    """Return the steps of plan, do, check, act that a cell names."""
    letters = re.sub(r"[\s,;/–-]+", "", said.upper())
    if letters and letters not in PDCA:
        raise Unreadable("pdca")
    return letters or None


def whole(least: int, most: int) -> Reader:
    """Return a reader of whole numbers within two bounds."""

    def read(said: str) -> int | None:
        if not said:
            return None
        if not re.fullmatch(r"\d{1,6}", said, re.ASCII) or not least <= int(said) <= most:
            raise Unreadable("whole", least=least, most=most)
        return int(said)

    return read


def one_of(allowed: tuple[str, ...]) -> Reader:
    """Return a reader of the words ``allowed``."""

    def read(said: str) -> str | None:
        if said and said.casefold() not in allowed:
            raise Unreadable("one_of", allowed=", ".join(allowed))
        return said.casefold() or None

    return read


READERS: dict[str, Reader] = {
    "core": yes_or_no,
    "core_status": one_of(CORE_STATUSES),
    "status": one_of(POINT_STATUSES),
    "applies": designations,
    "pdca": steps,
    "weight": whole(1, 100),
    "stage_months": whole(0, 600),
    "confidence": one_of(CONFIDENCES),
}
