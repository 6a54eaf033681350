"""Sentences that the program itself writes into histories and the journal: stored as a code, put into words in the reader's language."""

import re
from typing import Any

from ccc_pilot.i18n import lazy_gettext as _l

SENTENCES: dict[str, Any] = {
    "undone-several": _l("A change of several was undone."),
    "undone-workbook": _l("A workbook that was taken in was undone."),
    "undone-answer": _l("The answer was undone."),
    "changed": _l("%(what)s was changed."),
    "changed-adopted": _l("%(what)s was changed after the plan was adopted."),
}
_CODE = re.compile(r"§(?P<name>[a-z-]+)(?: (?P<what>.*))?", re.DOTALL)


def code(name: str, what: str = "") -> str:
    """Return the sentence ``name`` of ``SENTENCES`` as it is stored, with ``what`` it is about (a number such as F-01, no words)."""
    if name not in SENTENCES:
        raise KeyError(name)
    return f"§{name} {what}".rstrip()


def in_words(text: str) -> str:
    """Return a stored text as it is read: what people wrote as they wrote it, what the program wrote in the reader's language."""
    found = _CODE.fullmatch(text)
    if not found or found["name"] not in SENTENCES:
        return text
    sentence = str(SENTENCES[found["name"]])
    return sentence % {"what": found["what"] or ""} if "%(what)s" in sentence else sentence
