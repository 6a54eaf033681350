"""The life of a round of assessment: its stages, the moves between them and every guard, as data. Pure; told today's date.

Source: the project's chapter on the accreditation programme as a domain, state machine "Round". What outside bodies decide is
recorded with body and day, never worked out.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ccc_pilot.assessment.states import Broken


class Stage(StrEnum):
    """Where a round stands."""

    PLANNED = "planned"
    OPEN = "open"
    CONSOLIDATING = "consolidating"
    READY_CHECK = "ready_check"
    SUBMITTED = "submitted"
    CLARIFICATION = "clarification"
    GO = "go"
    NO_GO = "no_go"
    VISIT_SCHEDULED = "visit_scheduled"
    VISITED = "visited"
    REPORTED = "reported"
    PLAN_DUE = "plan_due"
    DECIDED = "decided"
    FOLLOW_UP = "follow_up"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


WRITTEN_IN = frozenset({Stage.OPEN, Stage.CONSOLIDATING})
BEFORE = frozenset({Stage.PLANNED, Stage.OPEN, Stage.CONSOLIDATING, Stage.READY_CHECK})  # nothing is frozen yet
OVER = frozenset({Stage.CLOSED, Stage.WITHDRAWN})
FREEZES = frozenset({Stage.SUBMITTED})
VERDICTS = ("accredited", "conditional", "refused")


@dataclass(frozen=True, slots=True)
class Case:
    """All that the guards look at: what stands in the round, and what was given with the move.

    ``unsettled``: points of differing views without a network answer; ``blocking``: rules of readiness that are neither met nor
    waived; ``unanswered``: reopened points that are not approved again; ``decided_on``, ``body``, ``verdict``: an outside body's
    decision; ``points``: the points to be reopened; ``day``: the new due date or the day of the visit.
    """

    today: date
    revealed: bool = False
    unsettled: int = 0
    blocking: tuple[str, ...] = ()
    unanswered: int = 0
    reason: str = ""
    points: tuple[str, ...] = field(default=())
    day: date | None = None
    visit: date | None = None
    decided_on: date | None = None
    body: str = ""
    verdict: str = ""


def _decided(case: Case) -> bool:
    return case.decided_on is not None and case.decided_on <= case.today and bool(case.body.strip())


# Guard -> (does it hold, the form's field at fault).
GUARDS: dict[str, tuple[Callable[[Case], bool], str]] = {
    "revealed": (lambda case: case.revealed, ""),
    "settled": (lambda case: case.unsettled == 0, ""),
    "ready": (lambda case: not case.blocking, ""),
    "answered": (lambda case: case.unanswered == 0, ""),
    "reason": (lambda case: bool(case.reason.strip()), "reason"),
    "points": (lambda case: bool(case.points), "points"),
    "coming": (lambda case: case.day is not None and case.day >= case.today, "day"),
    "visit_past": (lambda case: case.visit is not None and case.visit <= case.today, ""),
    "decision": (_decided, "decided_on"),
    "verdict": (lambda case: case.verdict in VERDICTS, "verdict"),
}


@dataclass(frozen=True, slots=True)
class Move:
    """A way from one stage to another, and the guards upon it."""

    source: Stage
    to: Stage
    guards: tuple[str, ...] = ()


MOVES = (
    Move(Stage.PLANNED, Stage.OPEN),
    Move(Stage.OPEN, Stage.CONSOLIDATING, ("revealed",)),
    Move(Stage.CONSOLIDATING, Stage.READY_CHECK, ("settled",)),
    Move(Stage.READY_CHECK, Stage.CONSOLIDATING, ("reason",)),
    Move(Stage.READY_CHECK, Stage.SUBMITTED, ("settled", "ready")),
    Move(Stage.SUBMITTED, Stage.CLARIFICATION, ("reason", "points")),
    Move(Stage.CLARIFICATION, Stage.SUBMITTED, ("answered", "settled")),
    Move(Stage.SUBMITTED, Stage.GO, ("decision",)),
    Move(Stage.SUBMITTED, Stage.NO_GO, ("decision",)),
    Move(Stage.NO_GO, Stage.OPEN, ("reason", "coming")),
    Move(Stage.GO, Stage.VISIT_SCHEDULED, ("coming",)),
    Move(Stage.VISIT_SCHEDULED, Stage.VISITED, ("visit_past",)),
    Move(Stage.VISITED, Stage.REPORTED, ("decision",)),
    Move(Stage.REPORTED, Stage.PLAN_DUE, ("coming",)),
    Move(Stage.PLAN_DUE, Stage.DECIDED, ("decision", "verdict")),
    Move(Stage.DECIDED, Stage.FOLLOW_UP),
    Move(Stage.FOLLOW_UP, Stage.CLOSED),
    *(Move(stage, Stage.WITHDRAWN, ("reason",)) for stage in Stage if stage not in OVER),
)


def moves_from(stage: Stage) -> tuple[Move, ...]:
    """Return the moves that lead on from ``stage``."""
    return tuple(move for move in MOVES if move.source == stage)


def check(stage: Stage, to: Stage, case: Case) -> Move:
    """Return the move from ``stage`` to ``to`` if all its guards hold. Raises ``Broken`` ("stage", or the guard that does not hold)."""
    move = next((move for move in moves_from(stage) if move.to == to), None)
    if move is None:
        raise Broken("stage")
    for name in move.guards:
        holds, at = GUARDS[name]
        if not holds(case):
            raise Broken(name, at)
    return move


def is_revealed(*, independent: bool, revealed: bool, due: date, today: date) -> bool:
    """Whether the regions see one another's answers: always, unless they score on their own and the due date has not passed."""
    return not independent or revealed or today > due


def may_write(stage: Stage, *, reopened: bool) -> bool:
    """Whether answers may be changed: while the regions score and agree, and afterwards only points reopened for clarification."""
    return stage in WRITTEN_IN or (stage == Stage.CLARIFICATION and reopened)
