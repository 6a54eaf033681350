"""The items of the designation in words."""

from ccc_pilot.i18n import lazy_gettext as _l

ITEM_WORDS = {
    "departments": _l("Departments for surgical, radiation and medical oncology, research and education"),
    "care_budget": _l("Yearly budget of cancer care, million euro"), "research_budget": _l("Yearly budget of cancer research, million euro"),
    "beds": _l("Beds and day-care places for cancer"), "physicians": _l("Oncology physicians, full-time equivalents"),
    "new_patients": _l("Patients newly treated in the index year"), "publications": _l("Scientific publications"),
    "publications_if10": _l("Publications with an impact factor above 10"), "publications_if5": _l("Publications with an impact factor of 5 to 10"),
    "trials": _l("Trials that recruit"), "phase_1": _l("Phase 1 trials among them"),
    "trial_share": _l("Patients in prospective interventional trials, of those newly treated"),
    "trial_patients": _l("Patients in prospective interventional trials"),
}  # fmt: skip
GROUP_WORDS = {"general": _l("General"), "publications": _l("Research: publications"), "trials": _l("Research: trials")}
VERDICT_WORDS = {
    "met": ("done", "circle-check", _l("The limits are reached")), "failed": ("late", "circle-x", _l("The limits cannot be reached with these figures")),
    "undetermined": ("idle", "help-circle", _l("Not decided: figures are missing, or no limits are published")),
}  # fmt: skip
OUTCOME_WORDS = {
    True: ("done", "circle-check", _l("Met")), False: ("late", "circle-x", _l("Not met")), None: ("idle", "help-circle", _l("Not known")),
}  # fmt: skip
