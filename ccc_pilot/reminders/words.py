"""The words of reminders: why one is told, how near or late it is, with its icon and colour class."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.i18n import ngettext
from ccc_pilot.people.policy import NETWORK
from ccc_pilot.reminders import ladders
from ccc_pilot.reminders.deadlines import Deadline
from ccc_pilot.reminders.inbox import Notice
from ccc_pilot.reminders.rules import Why

WHY_WORDS: dict[Why, Any] = {
    Why.OWN: _l("yours"),
    Why.LEAD: _l("as project lead"),
    Why.DEPUTY: _l("as deputy"),
    Why.ESCALATED: _l("late for long: to you as head lead"),
}


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near a date is, as it is shown: never by colour alone, always icon and word too."""

    css: str
    icon: str
    word: str
    detail: str = ""


class _Done:
    css, icon, detail = "done", "circle-check", ""

    @property
    def word(self) -> str:
        return _("Done")


DONE: Any = _Done()


def nearness(days: int, *, assumed: bool = False) -> Nearness:
    """Return how near what is due in ``days`` days is; below 0 it is late, unless its date is only assumed."""
    if days < 0:
        late = ngettext("%(num)s day late", "%(num)s days late", -days)
        return (
            Nearness("risk", "clock-question", _("Past assumed date")) if assumed else Nearness("late", "clock-exclamation", late)
        )
    if days == 0:
        return Nearness("risk", "alert-triangle", _("Today"))
    return Nearness("go" if days > 7 else "risk", "hourglass", ngettext("in %(num)s day", "in %(num)s days", days))


def near(notice: Notice) -> Nearness:
    """Return how near ``notice`` is; of what was said to one, how long ago."""
    if not notice.deadline.told:
        return nearness(notice.days, assumed=notice.deadline.assumed)
    ago = ngettext("%(num)s day ago", "%(num)s days ago", -notice.days) if notice.days else _("Today")
    return Nearness("go", "message", ago)


def why(notice: Notice) -> str:
    """Return why one is told of ``notice``."""
    return _("said to you") if notice.deadline.told and notice.why == Why.OWN else str(WHY_WORDS[notice.why])


def address(deadline: Deadline) -> str:
    """Return the address of the deadline's page."""
    where: dict[str, Any] = dict(deadline.args)
    return url_for(deadline.endpoint, **where)


def ref(deadline: Deadline) -> str:
    """Return the deadline's short name, or what kind of thing it is where it has none."""
    return deadline.ref or str(ladders.KINDS[deadline.kind])


def region_word(region: str, shorts: Mapping[str, str]) -> str:
    """Return a region's short name, or the word for what is joint."""
    return _("Joint") if region == NETWORK else shorts.get(region, region)


@dataclass(frozen=True, slots=True)
class ShownNotice:
    """A notice as a page shows it."""

    id: int
    key: str
    title: str
    ref: str
    url: str
    region: str
    due: Any
    nearness: Nearness
    why: str


def shown(notice: Notice, shorts: Mapping[str, str]) -> ShownNotice:
    """Return ``notice`` as a page shows it; ``shorts``: the regions' short names."""
    deadline = notice.deadline
    return ShownNotice(
        notice.id, deadline.object, str(deadline.title), ref(deadline), address(deadline), region_word(deadline.region, shorts), deadline.due,
        near(notice), why(notice),
    )  # fmt: skip
