"""What can be wrong with a catalogue, said so that the expert who wrote it can mend it."""

from dataclasses import dataclass, field
from typing import Any

from ccc_pilot.i18n import lazy_gettext


def N_(text: str) -> str:
    """Mark ``text`` for translation; it is translated where it is shown."""
    return text


MESSAGES = {
    "too_large": N_("The file is larger than %(limit)s bytes."),
    "not_utf8": N_("The file is not text in UTF-8."),
    "not_toml": N_("The file is not valid TOML: %(reason)s"),
    "doubled_key": N_("The same key stands twice: %(reason)s"),
    "too_deep": N_("Tables and lists lie more than %(limit)s levels deep."),
    "missing": N_("The key is missing."),
    "unknown_key": N_("There is no such key."),
    "not_text": N_("This must be text in quotation marks."),
    "not_whole": N_("This must be a whole number."),
    "not_bool": N_("This must be true or false."),
    "not_list": N_("This must be a list."),
    "not_table": N_("This must be a table with keys."),
    "not_date": N_("This must be a date, such as 2025-05-12."),
    "out_of_range": N_("The number must lie within %(limits)s."),
    "bad_length": N_("The text or list is empty or too long."),
    "bad_id": N_("An id has letters, digits, dots and hyphens, at most 60 of them."),
    "not_one_of": N_("This must be one of: %(allowed)s."),
    "unreadable_date": N_("“%(text)s” is not a date that can be read."),
    "impossible_date": N_("There is no such day: %(text)s."),
    "year_missing": N_("The date needs a year: %(text)s."),
    "two_whens": N_("Choose one of date, offset_months, months and repeats."),
    "wrong_periods": N_("%(freq)s needs %(count)s days in period_ends, or none."),
    "day_or_days_after": N_("Choose day or days_after, and only with repeats."),
    "report_to_missing": N_("A report needs a receiver: give report_to."),
    "one_alternative": N_("A conflict needs at least two alternatives."),
    "translation_missing": N_("The text lacks its language %(language)s."),
    "unknown_id": N_("The translation names something that the catalogue does not have."),
    "doubled_id": N_("The id %(id)s is already used."),
    "no_such_phase": N_("There is no phase %(id)s."),
    "no_such_item": N_("There is no item %(id)s to depend on."),
    "loop": N_("The items wait for one another in a circle: %(path)s."),
    "wrong_folder": N_("The key is %(key)s but the folder is called %(folder)s."),
    "no_such_chapter": N_("There is no chapter %(id)s."),
    "no_such_kind": N_("There is no kind of evidence %(id)s."),
    "no_value_in_scale": N_("At least one level of the scale needs a value above 0."),
    "core_unclear": N_("Give core and core_status together; leave out both when it is not known."),
    "no_such_point": N_("There is no chapter, standard or point %(id)s."),
    "wrong_file": N_("The file must be called %(name)s."),
    "bad_value": N_("The value is not accepted: %(reason)s"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the ``file``, the ``place`` in it ("items[12] P1-03.when.date"; counted from 1), a sentence and a stable ``code``."""

    file: str
    place: str
    code: str
    message: Any = field(compare=False, hash=False)

    def __str__(self) -> str:
        return f"{self.file}: {self.place}: {self.message}" if self.place else f"{self.file}: {self.message}"


class CatalogueFaults(Exception):
    """A catalogue is refused; ``faults`` holds everything that is wrong with it."""

    def __init__(self, faults: list[Fault]):
        super().__init__(f"{len(faults)} faults")
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


class Findings(list[Fault]):
    """The faults found so far in one file."""

    def __init__(self, file: str):
        super().__init__()
        self.file = file

    def add(self, place: str, code: str, **parameters: object) -> None:
        """Note the fault ``code`` of MESSAGES at ``place``."""
        self.append(Fault(self.file, place, code, lazy_gettext(MESSAGES[code], **parameters)))
