"""Rules of meetings and decisions: pure, told today's date, tested without app or database.

The order of a meeting and the names follow the Swedish practice of kallelse, protokoll or anteckningar, justering (domain analysis 3.5).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

DEBT_DAYS = 30
S = TypeVar("S", bound=StrEnum)


class MeetingState(StrEnum):
    """How far a meeting has come."""

    PLANNED = "planned"
    CALLED = "called"
    HELD = "held"
    WRITTEN = "written"
    ADJUSTED = "adjusted"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class PointKind(StrEnum):
    """What a point of an agenda is there for."""

    INFORMATION = "information"
    DISCUSSION = "discussion"
    DECISION = "decision"


class DecisionState(StrEnum):
    """What has become of a proposal."""

    PROPOSED = "proposed"
    DECIDED = "decided"
    REJECTED = "rejected"
    DEFERRED = "deferred"
    REFERRED_BACK = "referred_back"
    EXECUTING = "executing"
    EXECUTED = "executed"
    REPORTED = "reported"
    SUPERSEDED = "superseded"


class DecisionKind(StrEnum):
    """What kind of decision it is (or would be)."""

    DECISION = "decision"
    DIRECTION = "direction"
    DELEGATED = "delegated"
    INFORMATION = "information"


class Relation(StrEnum):
    """What a decision has to do with the thing it is linked to."""

    BASIS = "basis"
    UNBLOCKS = "unblocks"
    CREATES = "creates"
    ACCEPTS = "accepts"


OPEN_STATES = frozenset({DecisionState.PROPOSED, DecisionState.DEFERRED, DecisionState.REFERRED_BACK})
IN_FORCE = frozenset({DecisionState.DECIDED, DecisionState.EXECUTING, DecisionState.EXECUTED, DecisionState.REPORTED})
OUTCOMES = (DecisionState.DECIDED, DecisionState.REJECTED, DecisionState.DEFERRED, DecisionState.REFERRED_BACK)
BEFORE = frozenset({MeetingState.PLANNED, MeetingState.CALLED})
SEALED = frozenset({MeetingState.ADJUSTED, MeetingState.CLOSED})


class Broken(ValueError):
    """A rule is broken. ``code`` names which, ``field`` the field at fault; the service puts it into words."""

    def __init__(self, code: str, field: str | None = None):
        super().__init__(code)
        self.code = code
        self.field = field


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards look at. ``points``: on the agenda; ``undecided``: decision points still proposed; ``texts``: points with notes.

    ``writer``: who wrote the minutes last, or recorded the decision; ``actor``: who asks.
    """

    today: date
    day: date | None = None
    points: int = 0
    undecided: int = 0
    texts: int = 0
    writer: int | None = None
    actor: int | None = None
    decided_text: bool = False
    locked: bool = False
    held: bool = True


GUARDS: Mapping[str, Callable[[Facts], bool]] = {
    "agenda": lambda facts: facts.points > 0,
    "day_come": lambda facts: facts.day is not None and facts.day <= facts.today,
    "minutes": lambda facts: facts.texts > 0,
    "all_settled": lambda facts: facts.undecided == 0,
    "second_person": lambda facts: facts.writer is not None and facts.actor is not None and facts.writer != facts.actor,
    "text": lambda facts: facts.decided_text,
    "unlocked": lambda facts: not facts.locked,
    "meeting_held": lambda facts: facts.held,
}

# From where to where, and what must be so. What is not here cannot be done.
M, D = MeetingState, DecisionState
MEETING_STEPS: Mapping[MeetingState, Mapping[MeetingState, tuple[str, ...]]] = {
    M.PLANNED: {M.CALLED: ("agenda",), M.HELD: ("day_come",), M.CANCELLED: ()},
    M.CALLED: {M.HELD: ("day_come",), M.PLANNED: (), M.CANCELLED: ()},
    M.HELD: {M.WRITTEN: ("minutes", "all_settled")},
    M.WRITTEN: {M.ADJUSTED: ("second_person", "all_settled"), M.HELD: ()},
    M.ADJUSTED: {M.CLOSED: ()},
    M.CLOSED: {},
    M.CANCELLED: {M.PLANNED: ()},
}
_SETTLE = ("unlocked", "meeting_held")
DECISION_STEPS: Mapping[DecisionState, Mapping[DecisionState, tuple[str, ...]]] = {
    D.PROPOSED: {D.DECIDED: (*_SETTLE, "text"), D.REJECTED: _SETTLE, D.DEFERRED: _SETTLE, D.REFERRED_BACK: _SETTLE},
    D.DEFERRED: {D.PROPOSED: (), D.DECIDED: (*_SETTLE, "text"), D.REJECTED: _SETTLE, D.REFERRED_BACK: _SETTLE},
    D.REFERRED_BACK: {D.PROPOSED: ()},
    D.DECIDED: {D.EXECUTING: (), D.EXECUTED: (), D.SUPERSEDED: ()},
    D.EXECUTING: {D.EXECUTED: (), D.SUPERSEDED: ()},
    D.EXECUTED: {D.REPORTED: (), D.EXECUTING: (), D.SUPERSEDED: ()},
    D.REPORTED: {D.SUPERSEDED: ()},
    D.REJECTED: {D.SUPERSEDED: ()},
    D.SUPERSEDED: {},
}


def meeting_step(before: str, to: str, facts: Facts) -> MeetingState:
    """Return the state that a meeting comes to. Raises ``Broken`` with the guard that says no, or "no_such_step"."""
    return MeetingState(_step(MEETING_STEPS, M, before, to, facts))


def decision_step(before: str, to: str, facts: Facts) -> DecisionState:
    """Return the status that a decision comes to. Raises ``Broken`` with the guard that says no, or "no_such_step"."""
    return DecisionState(_step(DECISION_STEPS, D, before, to, facts))


def _step(steps: Mapping[S, Mapping[S, tuple[str, ...]]], states: type[S], before: str, to: str, facts: Facts) -> str:
    guards = steps[states(before)].get(states(to)) if to in set(states) else None
    if guards is None:
        raise Broken("no_such_step")
    for name in guards:
        if not GUARDS[name](facts):
            raise Broken(name)
    return to


def number(short: str, day: date, paragraph: int) -> str:
    """Return the number of a decision as the house writes it: "RSL 250512 § 3"."""
    return f"{short} {day:%y%m%d} § {paragraph}".strip()


def is_unheard(state: str, day: date, today: date) -> bool:
    """Whether a meeting's day has passed and nobody has told whether it was held."""
    return state in BEFORE and day < today


@dataclass(frozen=True, slots=True)
class Due:
    """A decision as its debt is counted: ``started``: an action that came of it has begun."""

    status: str
    day: date | None
    due: date | None = None
    review_on: date | None = None
    reviewed_on: date | None = None
    follow_up: bool = True
    started: bool = False


@dataclass(frozen=True, slots=True)
class Debt:
    """Why a decision is a debt ("no_action", "due" or "review") and for how many days it has been one."""

    reason: str
    days: int


def debts(decision: Due, today: date) -> tuple[Debt, ...]:
    """Return what is owed on a decision: no action begun 30 days after it, past its due date, past its review. Nothing for a proposal."""
    if not decision.follow_up or decision.status not in IN_FORCE:
        return ()
    unstarted = decision.status == DecisionState.DECIDED and not decision.started
    last_days = (
        ("no_action", decision.day + timedelta(days=DEBT_DAYS) if unstarted and decision.day else None),
        ("due", decision.due if decision.status in {DecisionState.DECIDED, DecisionState.EXECUTING} else None),
        ("review", decision.review_on if _unreviewed(decision) else None),
    )
    return tuple(Debt(reason, (today - last).days) for reason, last in last_days if last is not None and last < today)


def _unreviewed(decision: Due) -> bool:
    if decision.review_on is None:
        return False
    return decision.reviewed_on is None or decision.reviewed_on < decision.review_on


@dataclass(frozen=True, slots=True)
class Point:
    """A point of an agenda as it is carried over."""

    id: int
    standing: bool
    open: bool


def carried(points: Iterable[Point]) -> list[int]:
    """Return the ids of the points that come back at the body's next meeting, in their order: standing ones, and open ones."""
    return [point.id for point in points if point.standing or point.open]
