"""The words of the milestones: statuses as people here say them, each with its icon and colour class."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.progress.rules import OPEN, Broken, Status, days_late

STATUS_WORDS: dict[Status, Any] = {
    Status.NOT_STARTED: _l("Not started"),
    Status.ONGOING: _l("Ongoing"),
    Status.AT_RISK: _l("At risk"),
    Status.CLAIMED: _l("Done, to be approved"),
    Status.DONE: _l("Done"),
    Status.CANCELLED: _l("Cancelled"),
    Status.UNKNOWN: _l("Outcome not known"),
}
LOOKS = {
    Status.NOT_STARTED: ("idle", "circle-dashed"),
    Status.ONGOING: ("go", "progress"),
    Status.AT_RISK: ("risk", "alert-triangle"),
    Status.CLAIMED: ("go", "progress-check"),
    Status.DONE: ("done", "circle-check"),
    Status.CANCELLED: ("idle", "circle-x"),
    Status.UNKNOWN: ("idle", "help-circle"),
}
LATE = ("late", "clock-exclamation")
PAST_ASSUMED = ("risk", "clock-question")
CONFIDENCE_WORDS = {"fact": _l("Fact"), "derived": _l("Derived"), "assumption": _l("Assumption")}
REFUSALS = {
    "percent": _l("Percent is a whole number from 0 to 100."),
    "reason": _l("Say in a line why."),
    "cancel": _l("Only the lead project manager can cancel a milestone."),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A status as it is shown: never by colour alone, always icon and word too."""

    css: str
    icon: str
    word: str
    detail: str = ""


def standing(status: str, percent: int, due: date | None, today: date, *, assumed: bool = False) -> Standing:
    """Return how a row is shown: late wins over what was chosen; one past a date that is only ``assumed`` is told so, not blamed."""
    late = days_late(status, due, today)
    detail = f"{percent}\u00a0%" if status in OPEN and percent else ""
    if late and assumed:
        return Standing(*PAST_ASSUMED, _("Past assumed date"), detail)
    if late:
        return Standing(*LATE, _("Late %(days)s d", days=late), detail)
    css, icon = LOOKS[Status(status)]
    return Standing(css, icon, str(STATUS_WORDS[Status(status)]), detail)


def refusal(broken: Broken) -> Any:
    """Return the sentence for a broken rule."""
    return REFUSALS[broken.code]
