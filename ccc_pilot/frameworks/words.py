"""The words of this room: what the marks of points and the kinds of relation are called."""

from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.i18n import ngettext

DESIGNATIONS = {"CC": "CC", "CCC": "CCC", "NET": _l("Network"), "UNIT": _l("Unit")}
PDCA = {"P": _l("P: plan"), "D": _l("D: do"), "C": _l("C: check"), "A": _l("A: act")}
KINDS = {
    "equal": _l("the same as"),
    "part_of": _l("part of"),
    "contains": _l("contains"),
    "related": _l("related to"),
    "was": _l("replaces"),
    "became": _l("replaced by"),
}
MARKS = {"confirmed": ("circle-check", _l("Number and topic confirmed")), "placeholder": ("help-circle", _l("Text not public"))}
ORIGINS = {"shelf": _l("Ships with the program"), "imported": _l("Imported here")}


def counted(status: str, count: int) -> str:
    """Return how many points have a status of POINT_STATUSES, in words."""
    if status == "confirmed":
        return ngettext("%(num)s confirmed", "%(num)s confirmed", count)
    if status == "reconstructed":
        return ngettext("%(num)s reconstructed", "%(num)s reconstructed", count)
    return ngettext("%(num)s place for a text that is not public", "%(num)s places for texts that are not public", count)
