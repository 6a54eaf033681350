"""The gap list (C7): what is not there yet, the most pressing first. Pure."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ccc_pilot.assessment.fact_records import Fact, Yardstick
from ccc_pilot.assessment.rules import evidence

CORE_WEIGHT = 4


class Reason(StrEnum):
    """Why a point stands in the list; one point may have several."""

    SCORE = "score"
    CORE = "core"
    UNSCORED = "unscored"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Gap:
    """A point in a region that is not there yet. ``missing``: pieces of mandatory evidence; ``acted``: an open action is at it."""

    fact: Fact
    priority: int
    reasons: tuple[Reason, ...]
    missing: int
    acted: bool


def gap_key(round_id: int, fact_key: str) -> str:
    """Return the key by which actions and decisions link to a gap: "gap:3:oeci-3x-p:GOV-01.1@ro"."""
    return f"{gaps_prefix(round_id)}{fact_key}"


def gaps_prefix(round_id: int) -> str:
    """Return what the keys of all gaps of a round begin with."""
    return f"gap:{round_id}:"


def gap(fact: Fact, stick: Yardstick, *, acted: bool = False) -> Gap | None:
    """Return the gap at ``fact``, or None where there is none. ``acted``: whether an open action is at it.

    Priority = 4 if core, plus what the score lacks to the top (unscored: all of it), plus 1 if mandatory evidence is missing, plus 1 if no
    action is open.
    """
    if stick.is_na(stick.counted(fact)):
        return None
    needed, shown = evidence(fact)
    reasons = tuple(_reasons(fact, stick, missing=needed > shown))
    if not reasons:
        return None
    lacks = stick.top - (stick.value(fact.score) or 0)
    priority = CORE_WEIGHT * (fact.point.core is True) + lacks + (needed > shown) + (not acted)
    return Gap(fact, priority, reasons, needed - shown, acted)


def _reasons(fact: Fact, stick: Yardstick, *, missing: bool) -> Iterator[Reason]:
    score = stick.counted(fact)
    met = score in stick.met_codes
    if score is not None and not met:
        yield Reason.SCORE
    if fact.point.core and not met:
        yield Reason.CORE
    if score is None:
        yield Reason.UNSCORED
    if missing:
        yield Reason.EVIDENCE


def gaps(facts: Iterable[Fact], stick: Yardstick, acted: Collection[str] = ()) -> list[Gap]:
    """Return the gaps, by priority, then in the edition's order, then as the regions of ``facts`` follow one another.

    ``acted``: keys of facts at which an action is open.
    """
    found = (gap(fact, stick, acted=fact.key in acted) for fact in facts)
    return sorted((one for one in found if one), key=lambda one: (-one.priority, one.fact.point.order))
