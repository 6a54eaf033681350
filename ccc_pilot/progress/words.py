"""The words of the milestones: statuses as people here say them, each with its icon and colour class."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.i18n import ngettext
from ccc_pilot.progress.rules import OPEN, Broken, Effect, Status, days_late

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
    "settled": _l("This is settled. Only the lead project manager can open it again; write a comment on the milestone instead."),
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
    return standing_of(status, percent, days_late(status, due, today), assumed)


def standing_of(status: str, percent: int, late: int, assumed: bool) -> Standing:
    """Return the same for a row that is ``late`` days past its date (0: it is not)."""
    detail = f"{percent}\u00a0%" if status in OPEN and percent else ""
    if late and assumed:
        chosen = "" if status == Status.NOT_STARTED else str(STATUS_WORDS[Status(status)])
        word = _("%(status)s · past assumed date", status=chosen) if chosen else _("Past assumed date")
        return Standing(*PAST_ASSUMED, word, detail)
    if late:
        return Standing(*LATE, _("Late %(days)s\u00a0d", days=late), detail)
    css, icon = LOOKS[Status(status)]
    return Standing(css, icon, str(STATUS_WORDS[Status(status)]), detail)


def refusal(broken: Broken) -> Any:
    """Return the sentence for a broken rule."""
    return REFUSALS[broken.code]


def effect_words(effect: Effect) -> Standing:
    """Return what a milestone does to a row that waits for it, as it is shown beside that row."""
    if effect.days_before:
        return Standing("risk", "alert-triangle", _("due %(days)s d before this", days=effect.days_before))
    if effect.held:
        return Standing("risk", "alert-triangle", _("held up by this"))
    if effect.free:
        return Standing("done", "circle-check", _("nothing more to wait for"))
    return Standing("idle", "hourglass", _("waits"))


def consequence(effects: Sequence[Effect], *, moved: bool = False) -> str:
    """Return the sentence on those that wait, told where a change was saved; empty when they are not touched. ``moved``: the date was."""
    free = list(dict.fromkeys(_name(effect) for effect in effects if effect.free))
    if free:
        return _("Nothing holds up %(names)s any longer.", names=", ".join(free))
    waiting = list(dict.fromkeys(_name(effect) for effect in effects))
    if not waiting or not (moved or any(effect.held for effect in effects)):
        return ""
    told = [ngettext("%(num)s milestone waits for this", "%(num)s milestones wait for this", len(waiting))]
    early: dict[str, int] = {}
    for effect in effects:
        if effect.days_before:
            early[_name(effect)] = max(effect.days_before, early.get(_name(effect), 0))
    told += [
        ngettext("%(name)s is due %(num)s day before it", "%(name)s is due %(num)s days before it", days, name=name)
        for name, days in early.items()
    ]
    return "; ".join(told if early or not moved else [*told, _("none is due before it")]) + "."


def _name(effect: Effect) -> str:
    return effect.key.split(":", 1)[1]
