"""From reminders to what a page shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from ccc_pilot.errors import NotFound
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import ngettext
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import Current
from ccc_pilot.people.policy import NETWORK, ROLE_TITLES, Role
from ccc_pilot.reminders import chains, inbox, words
from ccc_pilot.reminders.chain_models import Chain
from ccc_pilot.reminders.deadlines import Deadline
from ccc_pilot.reminders.models import CalendarFeed
from ccc_pilot.reminders.preview import Coming
from ccc_pilot.reminders.rules import Ladder, Step, Why
from ccc_pilot.reminders.undelivered import Undelivered


def notices(person_id: int, day: date) -> list[words.ShownNotice]:
    """Return the person's inbox as a page shows it."""
    known = shorts()
    return [words.shown(notice, known) for notice in inbox.of(person_id, day)]


def glance(person_id: int, day: date, most: int) -> tuple[list[words.ShownNotice], str]:
    """Return the first ``most`` of the person's newest notices as a page shows them, and how many there are in all, in words."""
    found, older = inbox.glance(person_id, day)
    known, count = shorts(), len(found)
    told = _("all, more than %(num)s", num=count) if older else ngettext("%(num)s in all", "%(num)s in all", count)
    return [words.shown(notice, known) for notice in found[:most]], told


def shorts() -> dict[str, str]:
    """Return the short names of the pilot's regions by key; none without a pilot."""
    try:
        return {region.key: region.short for region in pilots.regions(pilots.chosen())}
    except NotFound:
        return {}


def thing(deadline: Deadline, day: date) -> words.ShownNotice:
    """Return a deadline as a page shows it that is about it alone."""
    return row(inbox.Notice(0, deadline, (deadline.due - day).days, Why.OWN))


@dataclass(frozen=True, slots=True)
class ShownUndelivered:
    """A message that has not arrived, as a page shows it, with what of it is still true."""

    one: Undelivered
    things: list[words.ShownNotice]


def undelivered(found: Sequence[Undelivered], day: date) -> list[ShownUndelivered]:
    """Return what has not arrived, as a page shows it."""
    known = shorts()
    return [
        ShownUndelivered(
            one, [words.shown(inbox.Notice(0, thing, (thing.due - day).days, Why.OWN), known) for thing in one.things]
        )
        for one in found
    ]


def row(notice: inbox.Notice) -> words.ShownNotice:
    """Return a notice as a page shows it."""
    return words.shown(notice, shorts())


def resting(found: Sequence[tuple[Deadline, date]]) -> list[tuple[words.ShownNotice, date]]:
    """Return what rests, each with the day it comes back."""
    return [(words.shown(inbox.Notice(0, deadline, 0, Why.OWN), shorts()), until) for deadline, until in found]


def readable(who: Current) -> list[tuple[str, str]]:
    """Return the regions whose deadlines ``who`` may read, as (key, name), with one's own first."""
    try:
        regions = pilots.regions(pilots.chosen())
    except NotFound:
        regions = ()
    there = [(region.key, str(region.name)) for region in regions if who.may("milestone.read", region.key)]
    joint = [(NETWORK, str(_("Joint")))] if who.may("milestone.read", NETWORK) else []
    return [("", str(_("My own deadlines"))), *there, *joint]


def feed_name(feed: CalendarFeed) -> str:
    """Return what a calendar address holds, in words."""
    return words.region_word(feed.region, shorts()) if feed.region else str(_("My own deadlines"))


@dataclass(frozen=True, slots=True)
class ShownComing:
    """A step that is going to be told, as a page shows it."""

    day: date
    title: str
    ref: str
    url: str
    region: str
    due: date
    step: str
    people: list[tuple[str, str]]


def coming(found: Sequence[Coming]) -> list[ShownComing]:
    """Return what is going to be told, as a page shows it."""
    known = shorts()
    return [
        ShownComing(
            one.step.day, str(one.deadline.title), words.ref(one.deadline), words.address(one.deadline), words.region_word(one.deadline.region, known),
            one.deadline.due, step_words(one.step), [(name, str(words.WHY_WORDS[why])) for name, why in one.people],
        )
        for one in found
    ]  # fmt: skip


def step_words(step: Step) -> str:
    """Return a step in words: "28 days before", "on the day", "3 days after"."""
    if step.name == "0":
        return str(_("on the day"))
    if step.name == "summer":
        return str(_("before the summer"))
    days = step.name.lstrip("-+esc")
    return str(_("%(days)s d before", days=days)) if step.name.startswith("-") else str(_("%(days)s d after", days=days))


def ladder_words(ladder: Ladder) -> str:
    """Return a ladder in words: "28, 14, 7, 1 days before · on the day · 3, 7 days after · to the head lead after 14 days"."""
    parts = []
    if ladder.before:
        parts.append(_("%(days)s days before", days=", ".join(map(str, ladder.before))))
    if ladder.on_day:
        parts.append(_("on the day"))
    if ladder.after:
        parts.append(_("%(days)s days after", days=", ".join(map(str, ladder.after))))
    if ladder.escalate is not None:
        parts.append(_("to the lead project manager after %(days)s days", days=ladder.escalate))
    return " · ".join(map(str, parts)) or str(_("Nothing is told."))


@dataclass(frozen=True, slots=True)
class ShownChain:
    """A chain as a list shows it."""

    id: int
    title: str
    url: str
    final: date
    done: int
    total: int
    nearness: words.Nearness


def chain(found: Chain, day: date) -> ShownChain:
    """Return a chain as a page shows it."""
    done = sum(step.done_at is not None for step in found.steps)
    near = words.DONE if done == len(found.steps) else words.nearness((found.final - day).days)
    return ShownChain(
        found.id, found.title, url_for("reminders.chain", number=found.id), found.final, done, len(found.steps), near
    )


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step of a chain as a page shows it; ``may``: whether the reader may say that it is done."""

    id: int
    words: str
    region: str
    role: str
    due: date
    done: bool
    may: bool
    nearness: Any


def steps(found: Chain, who: Current, day: date) -> list[ShownStep]:
    """Return the steps of a chain as a page shows them, by day."""
    return [_step(one, one.id, one.done_at is not None, chains.may_settle(one, who.access), day) for one in found.steps]


def planned(one: chains.Planned) -> ShownStep:
    """Return a step that would be made, as a page shows it."""
    return _step(one, 0, False, False, one.due)


def _step(one: Any, number: int, done: bool, may: bool, day: date) -> ShownStep:
    near = words.DONE if done else words.nearness((one.due - day).days)
    region = words.region_word(one.region, shorts())
    return ShownStep(number, str(chains.STEPS[one.key]), region, str(ROLE_TITLES[Role(one.role)]), one.due, done, may, near)
