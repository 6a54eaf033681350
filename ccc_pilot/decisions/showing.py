"""Meetings and decisions ready to be shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from ccc_pilot.decisions import words
from ccc_pilot.decisions.finding import Chain
from ccc_pilot.decisions.listing import Query
from ccc_pilot.decisions.models import Decision, DecisionSum, Meeting
from ccc_pilot.decisions.query import address
from ccc_pilot.decisions.reading import DecisionFact
from ccc_pilot.decisions.rules import MEETING_STEPS, OPEN_STATES, DecisionState, MeetingState
from ccc_pilot.decisions.words import Standing
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import ngettext
from ccc_pilot.people.models import Body
from ccc_pilot.people.policy import NETWORK
from ccc_pilot.web import filters

ASKING_BODY = "rsl"
LONGEST_WHY = 1_000  # of an address, which has to stay short enough for every browser and proxy


@dataclass(frozen=True, slots=True)
class ShownMeeting:
    """A meeting as a line or as the head of its page. ``body``: the body's short name, or empty."""

    row: Meeting
    title: str
    body: str
    url: str
    standing: Standing
    minutes: str
    open: int = 0
    settled: int = 0


@dataclass(frozen=True, slots=True)
class ShownDecision:
    """A decision as a line or as the head of its page. ``text`` is what was decided, else the proposal, which ``proposal`` then says."""

    row: Decision
    number: str
    title: str
    url: str
    kind: str
    body: str
    standing: Standing
    owed: list[Standing]
    proposal: bool
    when: str

    @property
    def text(self) -> str:
        """What was decided, else what is proposed."""
        return self.row.decided or self.row.proposal


def meeting(row: Meeting, bodies: Mapping[str, Body], today: date, counts: Mapping[int, tuple[int, int]]) -> ShownMeeting:
    """Return ``row`` ready to be shown; ``counts``: open and settled proposals by meeting id."""
    found = bodies.get(row.body_key or "")
    short = (found.short or found.name_sv) if found else ""
    minutes = words.MINUTES_WORDS[found.minutes if found else ""]
    return ShownMeeting(
        row, row.title, short, url_for("decisions.meeting", meeting_id=row.id), words.meeting(row.state, row.day, today),
        str(minutes), *counts.get(row.id, (0, 0)),
    )  # fmt: skip


def decision(row: Decision, bodies: Mapping[str, Body], owed: Mapping[int, DecisionFact]) -> ShownDecision:
    """Return ``row`` ready to be shown; ``owed``: the decisions with a debt, by id."""
    return ShownDecision(
        row, row.number, row.title, url_for("decisions.decision", decision_id=row.id), str(words.KIND_WORDS[row.kind]),  # type: ignore[index]
        body_of(row, bodies).removeprefix("–"), words.decision(row.status),
        words.debt(owed[row.id].owed) if row.id in owed else [], row.status in OPEN_STATES, when(row),
    )  # fmt: skip


def body_of(row: Decision, bodies: Mapping[str, Body]) -> str:
    """Return who decides: the body's short name, else the one who is named."""
    found = bodies.get(row.body_key or "")
    return (found.short or found.name_sv) if found else row.decider or "–"


def way(chain: Chain, found: Decision, bodies: Mapping[str, Body]) -> list[str]:
    """Return the way of a matter from body to body, each told once where it stays with the same."""
    names = [body_of(row, bodies) for row in (*chain.before, found, *chain.after)]
    return [name for at, name in enumerate(names) if at == 0 or name != names[at - 1]]


def when(row: Decision) -> str:
    """Return the day of a decision as well as it is known: "2025-04-10", "2024", or that it is not told."""
    if row.day is None or row.precision == "unknown":
        return _("day not told")
    return str(row.day.year) if row.precision == "year" else row.day.isoformat()


def chips(query: Query, counts: Mapping[str, int], owed: int, money: int) -> list[dict[str, Any]]:
    """Return the ways to narrow the log by standing, with how many there are."""
    waiting = sum(counts.get(status, 0) for status in OPEN_STATES)
    ways = [("", _("All"), sum(counts.values())), ("open", _("Not settled"), waiting), ("debt", _("Not followed up"), owed)]
    ways += [(status, str(words.DECISION_WORDS[status]), counts[status]) for status in DecisionState if counts.get(status)]
    ways += [("money", _("Allocates money"), money)] if money else []
    return [
        {"url": address(query, status=status), "label": label, "count": count, "current": query.status == status}
        for status, label, count in ways
    ]


def sentence(counts: Mapping[str, int], owed: int) -> str:
    """Return how the log stands, in words."""
    waiting = sum(counts.get(status, 0) for status in OPEN_STATES)
    settled = sum(counts.values()) - waiting
    parts = [
        ngettext("%(num)s decision", "%(num)s decisions", settled),
        ngettext("%(num)s proposal not settled", "%(num)s proposals not settled", waiting),
    ]
    return ", ".join([*parts, words.debt_sentence(owed)] if owed else parts)


def steps(
    found: Meeting, *, record: bool, lock: bool, hindrances: Mapping[str, str]
) -> list[tuple[MeetingState, str, str, str]]:  # fmt: skip
    """Return what can be done with a meeting next by one who may ``record`` or ``lock``: (state, words, address, what stands in the way).

    What can be done now comes first.
    """
    following = MEETING_STEPS[MeetingState(found.state)]
    may = {state: lock if state == MeetingState.ADJUSTED else record for state in following}
    told = [
        (state, str(words.MEETING_VERBS[state]), step_url(found, state), hindrances.get(state, ""))
        for state in following
        if may[state]
    ]
    return sorted(told, key=lambda step: bool(step[3]))


def step_url(found: Meeting, state: MeetingState) -> str:
    """Return where a step is sent: approving the minutes has an address of its own, since another permission is for it."""
    approves = state == MeetingState.ADJUSTED
    return url_for("decisions.approve_minutes" if approves else "decisions.step_meeting", meeting_id=found.id)


def asks(found: Meeting) -> bool:
    """Whether the regions are asked for their paragraphs before a meeting: those of the healthcare region's management."""
    return found.body_key == ASKING_BODY


def linked(row: Decision, titles: Mapping[str, tuple[str, str]]) -> list[tuple[str, list[tuple[Any, str, str]]]]:
    """Return the links of ``row`` by relation: (what it is, [(the link, its title, its address or empty)]).

    ``titles`` gives title and address of the things that links lead to, by their keys.
    """
    found: dict[str, list[tuple[Any, str, str]]] = {}
    for link in row.links:
        title, url = titles.get(link.object_key, (link.object_key, ""))
        found.setdefault(str(words.RELATION_WORDS[link.relation]), []).append((link, title or link.note, url))  # type: ignore[index]
    return list(found.items())


def act_url(row: Decision) -> str:
    """Return the address that begins an action which carries ``row`` out: its words and key, who is to do it, by when and in which region (of several: joint)."""
    named = " ".join(filter(None, (row.number, row.title)))
    regions = {link.object_key.partition("@")[2] for link in row.links} - {""}
    told: dict[str, Any] = {
        "from": row.place_key, "title": row.title, "why": f"{named}: {row.decided or row.proposal}"[:LONGEST_WHY],
        "owner_words": row.executor, "due": row.due.isoformat() if row.due else "", "region": regions.pop() if len(regions) == 1 else NETWORK,
    }  # fmt: skip
    return url_for("improvement.new", **{name: value for name, value in told.items() if value})


def sum_line(one: DecisionSum) -> str:
    """Return a sum in a line: "ÖK 2025, 2025, RÖ: 5 000 000 kr"."""
    where = ", ".join(filter(None, (one.account, one.years, one.recipient)))
    return f"{where}: {filters.kronor(one.amount)}"


def options(bodies: Iterable[Body]) -> list[tuple[str, str]]:
    """Return the bodies to choose among: (key, name)."""
    return [(body.key, body.name_sv) for body in bodies]
