"""Why a file could not be read, as a sentence for the one who sent it."""

from typing import Any

from ccc_pilot.errors import Refused
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.office.apart import Unreadable

SENTENCES: dict[str, Any] = {
    "empty": _l("The file is empty."),
    "bytes": _l("The file is larger than %(detail)s MB, which is the most that is read. Divide it, or take pictures out of it."),
    "unpacked": _l("The file grows far too large when it is unpacked, and was not opened."),
    "broken": _l("The file is damaged or of another kind than its name says. Open it, save it again and send the new one."),
    "password": _l(
        "The file is locked with a password or saved in a format from before 2007. Save it without a password in today's format."
    ),
    "kind": _l("Files of this kind cannot be read. Send one of these: %(detail)s."),
    "time": _l("The file takes too long to read. Divide it into smaller parts."),
    "memory": _l("The file takes too much memory to read. Divide it into smaller parts."),
    "rows": _l("The file has more than %(detail)s rows on one sheet."),
    "columns": _l("The file has more than %(detail)s columns on one sheet."),
    "sheets": _l("The file has more than %(detail)s sheets."),
    "cells": _l("The file has more than %(detail)s cells."),
    "text": _l("The file is not text in a known encoding. Save it as CSV in UTF-8, or as xlsx."),
    "quotes": _l("The file cannot be read as CSV: a cell that begins with a quotation mark never ends, or is too long."),
}


def refused(fault: Unreadable, field: str | None = None) -> Refused:
    """Return the refusal to raise for ``fault``, at the form field ``field``."""
    sentence = SENTENCES.get(fault.code, SENTENCES["broken"])
    return Refused(str(sentence) % {"detail": fault.detail} if "%(" in str(sentence) else sentence, field)
