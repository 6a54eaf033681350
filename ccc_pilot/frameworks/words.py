"""The words of this room: what the marks of points and the kinds of relation are called."""

from ccc_pilot.i18n import lazy_gettext as _l

STATUSES = {
    "confirmed": _l("confirmed"),
    "reconstructed": _l("reconstructed"),
    "placeholder": _l("place for a text that is not public"),
}
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
