"""The words of evidence: states as people here say them, each with its icon and colour class."""

from dataclasses import dataclass
from typing import Any

from ccc_pilot.evidence.rules import AddressState, Broken, LinkState
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l

STATE_WORDS = {
    LinkState.SUGGESTED: _l("Suggested"),
    LinkState.LINKED: _l("Linked, to be accepted"),
    LinkState.ACCEPTED: _l("Accepted"),
    LinkState.REJECTED: _l("Rejected"),
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
    "state": _l("This is only a suggestion. The region confirms it first."),
    "reason": _l("Say in a line why it does not prove this."),
    "version": _l("A newer version has come. Look at it before you judge."),
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
