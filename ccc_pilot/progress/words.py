"""The words of the milestones: statuses as people here say them, each with its icon and colour class."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.progress.rules import Broken, Status, days_late

STATUS_WORDS: dict[Status, Any] = {
    Status.NOT_STARTED: _l("Not started"),
    Status.ONGOING: _l("Ongoing"),
    Status.AT_RISK: _l("At risk"),
    Status.CLAIMED: _l("Done, to be approved"),
    Status.DONE: _l("Done"),
    Status.CANCELLED: _l("Cancelled"),
}
LOOKS = {
    Status.NOT_STARTED: ("idle", "circle-dashed"),
    Status.ONGOING: ("go", "progress"),
    Status.AT_RISK: ("risk", "alert-triangle"),
    Status.CLAIMED: ("go", "progress-check"),
    Status.DONE: ("done", "circle-check"),
    Status.CANCELLED: ("idle", "circle-x"),
}
LATE = ("late", "clock-exclamation")
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


def standing(status: str, percent: int, due: date | None, today: date) -> Standing:
    """Return how a row is shown: late wins over what was chosen; an ongoing one tells its percent."""
    late = days_late(status, due, today)
    if late:
        return Standing(
            *LATE,
            _("Late %(days)s d", days=late),
            _("%(word)s, %(percent)s %%", word=STATUS_WORDS[Status(status)], percent=percent),
        )
    css, icon = LOOKS[Status(status)]
    word = str(STATUS_WORDS[Status(status)])
    shows_percent = status in {Status.ONGOING, Status.AT_RISK} and percent
    return Standing(css, icon, f"{word} {percent}\u00a0%" if shows_percent else word)


def refusal(broken: Broken) -> Any:
    """Return the sentence for a broken rule."""
    return REFUSALS[broken.code]
