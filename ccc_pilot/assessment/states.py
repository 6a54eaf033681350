"""The life of an answer: who may take it from which state to which, with every guard as data. Pure.

Source: the project's chapter on the accreditation programme as a domain, state machine "Answer".
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where an answer stands. Frozen is never stored: it follows from the round."""

    EMPTY = "empty"
    DRAFT = "draft"
    PROPOSED = "proposed"
    RETURNED = "returned"
    VERIFIED = "verified"
    APPROVED = "approved"
    FROZEN = "frozen"


class Act(StrEnum):
    """What somebody does with an answer."""

    WRITE = "write"
    PROPOSE = "propose"
    VERIFY = "verify"
    APPROVE = "approve"
    RETURN = "return"
    UNSETTLE = "unsettle"  # its evidence changed after somebody had verified it


IN = frozenset({State.PROPOSED, State.VERIFIED, State.APPROVED})  # handed in by its region
WRITABLE = frozenset({State.EMPTY, State.DRAFT, State.RETURNED, *IN})


class Broken(ValueError):
    """A guard says no. ``code`` names it, ``field`` the form's field at fault; words are put to it elsewhere."""

    def __init__(self, code: str, field: str = ""):
        super().__init__(code)
        self.code = code
        self.field = field


@dataclass(frozen=True, slots=True)
class Case:
    """All that the guards look at.

    ``scored``, ``is_na``: the score as it now stands; ``shown``: a note or evidence is there; ``proved``: all mandatory evidence is
    linked, or its absence explained; ``writers``: who scored and who wrote last; ``by``: who acts; ``comment``: what is said.
    """

    state: State
    scored: bool = False
    is_na: bool = False
    na_reason: str = ""
    shown: bool = False
    proved: bool = True
    writers: frozenset[int] = frozenset()
    by: int | None = None
    comment: str = ""


# Guard -> (does it hold, the form's field at fault).
GUARDS: dict[str, tuple[Callable[[Case], bool], str]] = {
    "score": (lambda case: case.scored, "score"),
    "na_reason": (lambda case: not case.is_na or bool(case.na_reason.strip()), "na_reason"),
    "shown": (lambda case: case.is_na or case.shown, "note"),
    "proved": (lambda case: case.is_na or case.proved, "comment"),
    "another": (lambda case: case.by is not None and case.by not in case.writers, "comment"),
    "comment": (lambda case: bool(case.comment.strip()), "comment"),
}


@dataclass(frozen=True, slots=True)
class Move:
    """A way from some states to another, and the guards upon it."""

    sources: frozenset[State]
    to: State
    guards: tuple[str, ...] = ()


MOVES = {
    Act.WRITE: Move(WRITABLE, State.DRAFT),
    Act.PROPOSE: Move(frozenset({State.DRAFT, State.RETURNED}), State.PROPOSED, ("score", "na_reason", "shown")),
    Act.VERIFY: Move(frozenset({State.PROPOSED}), State.VERIFIED, ("another", "shown", "proved")),
    Act.APPROVE: Move(frozenset({State.VERIFIED}), State.APPROVED),
    Act.UNSETTLE: Move(frozenset({State.VERIFIED, State.APPROVED}), State.DRAFT),
    Act.RETURN: Move(frozenset({State.PROPOSED, State.VERIFIED}), State.RETURNED, ("comment",)),
}


def after(act: Act, case: Case) -> State:
    """Return the state to which ``act`` takes an answer. Raises ``Broken`` ("state", or the guard that does not hold)."""
    move = MOVES[act]
    if case.state not in move.sources:
        raise Broken("state")
    for name in move.guards:
        holds, field = GUARDS[name]
        if not holds(case):
            raise Broken(name, field)
    return move.to


def looks_at_evidence(act: Act) -> bool:
    """Whether a guard upon ``act`` looks at the evidence; for the others it need not be read."""
    return not {"shown", "proved"}.isdisjoint(MOVES[act].guards)
