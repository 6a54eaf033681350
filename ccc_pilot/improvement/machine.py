"""What an action and a plan may become, and what must hold first. Pure; moves and their guards are data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    """Where an action stands. Overdue is worked out from the date, never stored."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    IN_PROGRESS = "in_progress"
    BLOCKED = "blocked"
    DONE_CLAIMED = "done_claimed"
    VERIFIED = "verified"
    EFFECT_CHECKED = "effect_checked"
    CANCELLED = "cancelled"


class Phase(StrEnum):
    """The turn of the wheel: plan, do, study, act."""

    PLAN = "plan"
    DO = "do"
    STUDY = "study"
    ACT = "act"


class Verdict(StrEnum):
    """What the RCC's review says of an action now; none before it was sent there."""

    NONE = ""
    WAITING = "waiting"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class PlanState(StrEnum):
    """Where a version of the plan stands."""

    DRAFT = "draft"
    REGIONAL_AGREED = "regional_agreed"
    RCC_REVIEW = "rcc_review"
    RETURNED = "returned"
    ACCEPTED_BY_RCC = "accepted_by_rcc"
    ADOPTED_BY_RSL = "adopted_by_rsl"
    SENT = "sent"
    ACCEPTED = "accepted"
    RETURNED_BY_BODY = "returned_by_body"
    ACTIVE = "active"
    FOLLOW_UP_REPORTED = "follow_up_reported"
    CLOSED = "closed"


SETTLED = frozenset({State.VERIFIED, State.EFFECT_CHECKED, State.CANCELLED})
DONE = frozenset({State.VERIFIED, State.EFFECT_CHECKED})  # what is only said to be done is not counted as done
OPEN = frozenset(State) - SETTLED
UNDER_WAY = frozenset({State.IN_PROGRESS, State.BLOCKED})
IN_WRITING = frozenset({PlanState.DRAFT, PlanState.RETURNED})
ADOPTED = frozenset(
    {
        PlanState.ADOPTED_BY_RSL, PlanState.SENT, PlanState.ACCEPTED, PlanState.RETURNED_BY_BODY, PlanState.ACTIVE,
        PlanState.FOLLOW_UP_REPORTED, PlanState.CLOSED,
    }
)  # fmt: skip


class Broken(ValueError):
    """A rule is broken. ``code`` names which, ``field`` the field at fault; the service puts it into words."""

    def __init__(self, code: str, field: str = ""):
        super().__init__(code)
        self.code = code
        self.field = field


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards of an action look at: what it tells, what the one who moves it says, and who has had a hand in it."""

    has_owner: bool = False
    has_due: bool = False
    has_goal: bool = False
    has_proof: bool = False
    reason: str = ""
    waiting_for: str = ""
    decision: str = ""
    effect: str = ""
    is_own: bool = False


Guard = tuple[str, str, Callable[[Facts], bool]]
# Each guard: the code of the rule, the field at fault, and what must hold.
OWNER: Guard = ("owner", "owner", lambda facts: facts.has_owner)
DUE: Guard = ("due", "due", lambda facts: facts.has_due)
GOAL: Guard = ("goal", "goal", lambda facts: facts.has_goal)
PROOF: Guard = ("proof", "proof", lambda facts: facts.has_proof)
REASON: Guard = ("reason", "text", lambda facts: bool(facts.reason.strip()))
WAITS: Guard = ("waiting_for", "waiting_for", lambda facts: bool(facts.waiting_for.strip()))
DECISION: Guard = ("decision", "decision", lambda facts: bool(facts.decision.strip()))
EFFECT: Guard = ("effect", "effect", lambda facts: facts.effect in {"met", "not_met", "unknown"})
NOT_OWN: Guard = ("own", "", lambda facts: not facts.is_own)


@dataclass(frozen=True, slots=True)
class Move:
    """A way from some states to another: the right it asks for and what must hold."""

    sources: frozenset[str]
    target: str
    right: str
    guards: tuple[Guard, ...] = ()


def _from(*states: str) -> frozenset[str]:
    return frozenset(states)


# Source: the project's state machine of an action (guards: whoever owns an action does not verify it; cancelled needs a decision).
MOVES: Mapping[str, Move] = {
    "agree": Move(_from(State.PROPOSED), State.AGREED, "improvement.write", (OWNER, DUE, GOAL)),
    "start": Move(_from(State.AGREED), State.IN_PROGRESS, "improvement.write"),
    "block": Move(_from(State.AGREED, State.IN_PROGRESS), State.BLOCKED, "improvement.write", (REASON, WAITS)),
    "unblock": Move(_from(State.BLOCKED), State.IN_PROGRESS, "improvement.write"),
    "claim": Move(_from(State.IN_PROGRESS), State.DONE_CLAIMED, "improvement.write", (PROOF, REASON)),
    "verify": Move(_from(State.DONE_CLAIMED), State.VERIFIED, "improvement.verify", (NOT_OWN,)),
    "reject": Move(_from(State.DONE_CLAIMED), State.IN_PROGRESS, "improvement.verify", (NOT_OWN, REASON)),
    "check_effect": Move(_from(State.VERIFIED), State.EFFECT_CHECKED, "improvement.verify", (NOT_OWN, EFFECT)),
    "cancel": Move(
        _from(State.PROPOSED, State.AGREED, State.IN_PROGRESS, State.BLOCKED), State.CANCELLED, "improvement.steer", (DECISION,)
    ),
}


def move(state: str, name: str, facts: Facts) -> State:
    """Return the state that an action in ``state`` comes to by the move ``name``. Raises ``Broken`` with the first guard that fails."""
    way = MOVES.get(name)
    if way is None or state not in way.sources:
        raise Broken("no_such_move")
    for code, at, holds in way.guards:
        if not holds(facts):
            raise Broken(code, at)
    return State(way.target)


def moves_from(state: str) -> tuple[str, ...]:
    """Return the names of the moves that lead on from ``state``."""
    return tuple(name for name, way in MOVES.items() if state in way.sources)


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What the guards of a plan look at. ``unanswered``: gaps with neither action nor accepted risk; ``incomplete``: actions without
    owner, date, goal or proof; ``disagreeing``: regions that have not agreed; ``unreviewed``: actions without an accepting review, of
    them ``drafts`` that have not gone to review because they are not complete;
    ``approvals``: how many named reviewers say yes to the plan as a whole.
    """

    actions: int = 0
    unanswered: int = 0
    incomplete: int = 0
    disagreeing: frozenset[str] = field(default_factory=frozenset)
    unreviewed: int = 0
    drafts: int = 0
    approvals: int = 0
    quorum: int = 1
    reference: str = ""
    reason: str = ""


PlanGuard = tuple[str, str, Callable[[PlanFacts], bool]]
SOME: PlanGuard = ("no_actions", "", lambda facts: facts.actions > 0)
ANSWERED: PlanGuard = ("unanswered", "", lambda facts: facts.unanswered == 0)
COMPLETE: PlanGuard = ("incomplete", "", lambda facts: facts.incomplete == 0)
AGREED: PlanGuard = ("disagreeing", "", lambda facts: not facts.disagreeing)
REVIEWED: PlanGuard = ("unreviewed", "", lambda facts: facts.unreviewed == 0)
QUORATE: PlanGuard = ("quorum", "", lambda facts: facts.approvals >= facts.quorum >= 1)
REFERENCE: PlanGuard = ("reference", "reference", lambda facts: bool(facts.reference.strip()))
BECAUSE: PlanGuard = ("plan_reason", "text", lambda facts: bool(facts.reason.strip()))


@dataclass(frozen=True, slots=True)
class PlanMove:
    """A way from some states of a plan to another: the right it asks for and what must hold."""

    sources: frozenset[str]
    target: str
    right: str
    guards: tuple[PlanGuard, ...] = ()


P = PlanState
# Source: the project's state machine of a plan (to the review only when every gap is answered and every action is complete).
PLAN_MOVES: Mapping[str, PlanMove] = {
    "agree": PlanMove(_from(P.DRAFT, P.RETURNED), P.REGIONAL_AGREED, "improvement.write", (SOME, AGREED)),
    "reopen": PlanMove(_from(P.REGIONAL_AGREED), P.DRAFT, "improvement.steer", (BECAUSE,)),
    "submit": PlanMove(_from(P.REGIONAL_AGREED), P.RCC_REVIEW, "improvement.steer", (SOME, AGREED, ANSWERED, COMPLETE)),
    "return": PlanMove(_from(P.RCC_REVIEW), P.RETURNED, "improvement.review", (BECAUSE,)),
    "accept": PlanMove(_from(P.RCC_REVIEW), P.ACCEPTED_BY_RCC, "improvement.review", (REVIEWED, QUORATE)),
    "adopt": PlanMove(_from(P.ACCEPTED_BY_RCC), P.ADOPTED_BY_RSL, "improvement.adopt", (REFERENCE,)),
    "send": PlanMove(_from(P.ADOPTED_BY_RSL), P.SENT, "improvement.adopt", (REFERENCE,)),
    "body_accepts": PlanMove(_from(P.SENT), P.ACCEPTED, "improvement.adopt", (REFERENCE,)),
    "body_returns": PlanMove(_from(P.SENT), P.RETURNED_BY_BODY, "improvement.adopt", (REFERENCE, BECAUSE)),
    "activate": PlanMove(_from(P.ACCEPTED), P.ACTIVE, "improvement.steer"),
    "report": PlanMove(_from(P.ACTIVE), P.FOLLOW_UP_REPORTED, "improvement.steer", (REFERENCE,)),
    "close": PlanMove(_from(P.FOLLOW_UP_REPORTED), P.CLOSED, "improvement.steer"),
}


def move_plan(state: str, name: str, facts: PlanFacts) -> PlanState:
    """Return the state that a plan in ``state`` comes to by the move ``name``. Raises ``Broken`` with the first guard that fails."""
    way = PLAN_MOVES.get(name)
    if way is None or state not in way.sources:
        raise Broken("no_such_move")
    for code, at, holds in way.guards:
        if not holds(facts):
            raise Broken(code, at)
    return PlanState(way.target)
