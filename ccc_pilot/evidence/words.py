"""The words of evidence: states as people here say them, each with its icon and colour class."""

from dataclasses import dataclass
from typing import Any

from ccc_pilot.evidence.rules import AddressState, Broken, LinkState
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l

STATE_WORDS = {
    LinkState.SUGGESTED: _l("Suggestion"),
    LinkState.LINKED: _l("Linked, to be accepted"),
    LinkState.ACCEPTED: _l("Accepted"),
    LinkState.REJECTED: _l("Not accepted"),
}
STATE_LOOKS = {
    LinkState.SUGGESTED: ("idle", "bulb"),
    LinkState.LINKED: ("go", "link"),
    LinkState.ACCEPTED: ("done", "circle-check"),
    LinkState.REJECTED: ("late", "circle-x"),
}
ADDRESS_WORDS = {
    AddressState.UNKNOWN: _l("Not checked yet"),
    AddressState.ALIVE: _l("The address answers"),
    AddressState.AWAY: _l("Did not answer last time"),
    AddressState.DEAD: _l("The link is dead"),
    AddressState.INSIDE: _l("On an inner network, not checked"),
}
ADDRESS_LOOKS = {
    AddressState.UNKNOWN: ("idle", "circle-dashed"),
    AddressState.ALIVE: ("done", "circle-check"),
    AddressState.AWAY: ("risk", "alert-triangle"),
    AddressState.DEAD: ("late", "unlink"),
    AddressState.INSIDE: ("idle", "lock"),
}
LANGUAGES: dict[str, Any] = {"sv": _l("Swedish"), "en": _l("English"), "other": _l("Another language")}
REFUSALS = {
    "own": _l("Somebody else accepts or rejects this: you linked it or put up this version."),
    "borne": _l("Somebody else accepts or rejects this: you scored or wrote what it is to prove."),
    "state": _l("This is only a suggestion. The region confirms it first."),
    "reason": _l("Say in a line why it does not prove this."),
    "version": _l("A newer version has come. Look at it before you judge."),
}


# How a point that is proved stands to another that might be (kinds of relation as in a crosswalk).
KIN_WORDS = {
    "equal": _l("%(point)s, which it proves, says the same."),
    "part_of": _l("%(point)s, which it proves, is part of this."),
    "contains": _l("%(point)s, which it proves, contains this."),
    "related": _l("%(point)s, which it proves, is related to this."),
    "was": _l("%(point)s, which it proves, has replaced this."),
    "became": _l("%(point)s, which it proves, was replaced by this."),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A state as it is shown: never by colour alone, always icon and word too."""

    css: str
    icon: str
    word: str
    detail: str = ""


def link_standing(state: str) -> Standing:
    """Return how a link's state is shown."""
    return Standing(*STATE_LOOKS[LinkState(state)], str(STATE_WORDS[LinkState(state)]))


def address_standing(state: str) -> Standing:
    """Return how the state of an address is shown."""
    return Standing(*ADDRESS_LOOKS[AddressState(state)], str(ADDRESS_WORDS[AddressState(state)]))


def age_standings(*, expired: bool, stale: bool) -> list[Standing]:
    """Return what is to be said of a document's age; nothing of one that is in force."""
    if expired:
        return [Standing("late", "clock-exclamation", _("Expired"))]
    return [Standing("risk", "hourglass", _("Older than two years"))] if stale else []


def refusal(broken: Broken) -> Any:
    """Return the sentence for a broken rule."""
    return REFUSALS[broken.code]


TAKEN = "PDF, Word (docx), Excel (xlsx), PowerPoint (pptx), odt, ods, odp, PNG, JPEG, txt, md, csv, eml, msg"
UNFIT: dict[str, Any] = {
    "unknown": _l("%(name)s: this type of file is not taken. Taken are %(taken)s."),
    "two_endings": _l(
        "%(name)s: the name has two endings and one of them is that of a program. Rename the file if it is what it says."
    ),
    "macros": _l("%(name)s: documents with macros are not taken. Save it without macros (docx, xlsx, pptx) or as PDF."),
    "old": _l("%(name)s: the old formats may hold macros and are not taken. Save it as docx, xlsx, pptx or PDF."),
    "archive": _l("%(name)s: packed archives are not taken. Add the documents one by one; several can be dropped at once."),
    "page": _l(
        "%(name)s: web pages and drawings that may run programs are not taken. Save it as PDF, or add its address instead."
    ),
    "empty": _l("%(name)s: the file is empty. Was it still being saved or fetched?"),
    "large": _l("%(name)s: the file is larger than %(most)s MB, which is the limit here."),
    "cut": _l("%(name)s: the file is damaged or was cut off on its way. Open it to see that it is whole, then add it again."),
    "bomb": _l("%(name)s: unpacked, the file would be unreasonably large. Save it anew from its program, or as PDF."),
    "protected": _l("%(name)s: the file is locked with a password, so nobody else can read it. Save it without."),
    "type": _l("%(name)s: what is in the file is not what its name says. Save it anew from its program."),
}


def unfit(code: str, name: str, most_bytes: int) -> str:
    """Return the sentence for a file that is not taken; ``code`` as in ``packages.Unfit``."""
    return str(UNFIT[code]) % {"name": name, "taken": TAKEN, "most": most_bytes // (1024 * 1024)}


FLAG_WORDS: dict[str, Any] = {
    "protected": _l("The file may be protected, so its text may not be found by the search."),
    "author": _l("The file tells who wrote it. Take that away in its program if it should not be known."),
    "position": _l("The photograph tells where it was taken."),
    "personal_number": _l("The text looks as if it held a personal identity number. Withdraw it, and add one without."),
}
NOT_SCANNED = _l("It was not scanned for viruses: this installation has no scanner.")


EVENT_WORDS: dict[str, Any] = {
    "evidence.added": _l("Evidence was added"),
    "evidence.changed": _l("The particulars of evidence were changed"),
    "evidence.version": _l("A new version of evidence came"),
    "evidence.withdrawn": _l("Evidence was withdrawn"),
    "evidence.restored": _l("Withdrawn evidence was taken back"),
    "evidence.linked": _l("Evidence was linked"),
    "evidence.unlinked": _l("A link of evidence was taken away"),
    "evidence.declined": _l("A suggested link was declined"),
    "evidence.judged": _l("Evidence was accepted or rejected"),
    "evidence.quality": _l("The quality of evidence was judged"),
    "evidence.damaged": _l("A stored file was found damaged"),
    "evidence.address": _l("A web address was checked"),
}
PARTICULAR_WORDS: dict[str, Any] = {
    "title": _l("Title"), "region": _l("Belongs to"), "kind": _l("Kind"), "summary": _l("Summary"), "summary_en": _l("English summary"),
    "language": _l("Language"), "document_date": _l("The document's date"), "valid_until": _l("Valid until"), "owner": _l("Who answers for it"),
    "confidential": _l("Confidential"), "state": _l("State"),
}  # fmt: skip
# The seven questions, in our own words.
QUESTION_WORDS: dict[str, Any] = {
    "relevant": _l("Does it show what it is linked to, and not something near it?"),
    "reliable": _l("Is it known who made it, and was it adopted by somebody who may?"),
    "current": _l("Is it in force, and looked over when it should be?"),
    "verifiable": _l("Can a reviewer find the place and check it against its source?"),
    "complete": _l("Does it hold for all units concerned, not only for one?"),
    "in_use": _l("Is it known and followed in daily work?"),
    "clear": _l("Can somebody from outside understand it, if need be by the English summary?"),
}
ANSWERS = (("", _l("Not judged")), ("yes", _l("Yes")), ("no", _l("No")))
