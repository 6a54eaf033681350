"""The words of the documents that are asked for: how they stand, and what they lack."""

from typing import Any

from ccc_pilot.assessment.document_rules import DocumentState
from ccc_pilot.assessment.words import Standing
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l

STATE_WORDS: dict[str, Any] = {
    DocumentState.MISSING: _l("Missing"),
    DocumentState.UNDER_WAY: _l("Under way"),
    DocumentState.READY: _l("Ready to be sent"),
    DocumentState.NOT_NEEDED: _l("Not needed"),
}
STATE_LOOKS = {
    DocumentState.MISSING: ("idle", "circle-dashed"),
    DocumentState.UNDER_WAY: ("go", "progress"),
    DocumentState.READY: ("go", "send"),
    DocumentState.NOT_NEEDED: ("idle", "circle-minus"),
}
ENGLISH_WORDS: dict[str, Any] = {"": _l("Not known"), "yes": _l("Yes"), "no": _l("No")}
LACK_WORDS: dict[str, Any] = {
    "file": _l("no document is linked"),
    "accepted": _l("the document is not accepted yet"),
    "expired": _l("the document has expired"),
    "english": _l("neither in English nor with an English summary"),
    "language": _l("it is not said whether it is in English"),
    "ready": _l("not marked as ready"),
    "reason": _l("no reason is given"),
}


def state(value: str) -> Standing:
    """Return how a document's state is shown."""
    return Standing(*STATE_LOOKS[DocumentState(value)], str(STATE_WORDS[DocumentState(value)]))


def complete() -> Standing:
    """Return how a complete document is shown."""
    return Standing("done", "circle-check", _("Complete"))
