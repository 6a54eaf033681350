"""The numbers of a round, C1 to C4: each is defined in one place and added up from points, never averaged.

P are the points that apply; A those of them that are not answered "not applicable" with a reason; S those of A that are scored.
Source: the project's definitions of computed results (C1–C16).
"""

from collections.abc import Hashable, Iterable, Mapping
from enum import StrEnum
from operator import add
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from ccc_pilot.assessment.fact_records import Fact, Ratio, Yardstick, valid_proofs

if TYPE_CHECKING:
    from collections.abc import Callable

Group = TypeVar("Group", bound=Hashable)


class Tally(NamedTuple):
    """What is counted over some points; two tallies are added part by part.

    ``points`` |P|, ``na`` those that do not apply, ``scored`` |S|, ``value`` the sum of values over S, ``top`` the highest value of a point
    times |S|, ``full`` the same times |A|; ``core`` core points of A and ``core_met`` those scored yes or mostly; ``needed`` and ``shown``
    pieces of mandatory evidence over A.
    """

    points: int = 0
    na: int = 0
    scored: int = 0
    value: int = 0
    top: int = 0
    full: int = 0
    strict: int = 0
    broad: int = 0
    core: int = 0
    core_met: int = 0
    needed: int = 0
    shown: int = 0

    def plus(self, other: "Tally") -> "Tally":
        """Return both together."""
        return Tally(*map(add, self, other))

    @property
    def coverage(self) -> Ratio:
        """C1: scored, "not applicable" included, of all that apply."""
        return Ratio(self.scored + self.na, self.points)

    @property
    def index(self) -> Ratio:  # type: ignore[override]  # a tuple's own, which nobody asks of a tally
        """C2a, compliance index: what the scored points are worth of what they could be."""
        return Ratio(self.value, self.top)

    @property
    def conservative(self) -> Ratio:
        """C2b: the same over all applicable points, the unscored worth nothing; for briefings before a round is frozen."""
        return Ratio(self.value, self.full)

    @property
    def strict_share(self) -> Ratio:
        """C2c: the share of the scored that reach the top."""
        return Ratio(self.strict, self.scored)

    @property
    def broad_share(self) -> Ratio:
        """C2c: the share of the scored that are yes or mostly."""
        return Ratio(self.broad, self.scored)

    @property
    def core_share(self) -> Ratio:
        """C2d: core points scored yes or mostly of all core points; an unscored one is not met."""
        return Ratio(self.core_met, self.core)

    @property
    def evidence(self) -> Ratio:
        """C4: accepted, unexpired pieces of mandatory evidence of those asked for; more than asked for counts no more."""
        return Ratio(self.shown, self.needed)


NOTHING = Tally()


def weigh(fact: Fact, stick: Yardstick) -> Tally:
    """Return what one answer adds to every number."""
    score = stick.counted(fact)
    if stick.is_na(score):
        return Tally(points=1, na=1)
    value, core = stick.value(score), fact.point.core is True
    met = score in stick.met_codes
    needed, shown = evidence(fact)
    return Tally(
        1, 0, value is not None, value or 0, stick.top * (value is not None), stick.top, value == stick.top, met, core, core and met,
        needed, shown,
    )  # fmt: skip


def evidence(fact: Fact) -> tuple[int, int]:
    """Return how many pieces of mandatory evidence a point asks for, and how many of them are there."""
    asked = [requirement for requirement in fact.point.requires if requirement.mandatory]
    if not asked:
        return 0, 0
    kinds = [proof.kind for proof in valid_proofs(fact)] if fact.proofs else []
    return sum(one.min_count for one in asked), sum(min(kinds.count(one.kind), one.min_count) for one in asked)


def tally(facts: Iterable[Fact], stick: Yardstick) -> Tally:
    """Return the numbers over ``facts``."""
    return together(weigh(fact, stick) for fact in facts)


def tally_by(facts: Iterable[Fact], stick: Yardstick, group: "Callable[[Fact], Group]") -> dict[Group, Tally]:
    """Return the numbers of each group in one pass, in the order in which the groups are met."""
    found: dict[Group, Tally] = {}
    for fact in facts:
        name = group(fact)
        found[name] = found.get(name, NOTHING).plus(weigh(fact, stick))
    return found


def together(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of ``tallies``."""
    return Tally(*map(sum, zip(*tallies, strict=True))) if (tallies := list(tallies)) else NOTHING


def regroup(cells: Mapping[tuple[str, str], Tally], place: int) -> dict[str, Tally]:
    """Add cells up along one side: ``place`` 0 keeps the first name of each cell's pair, 1 the second."""
    kept: dict[str, list[Tally]] = {}
    for names, cell in cells.items():
        kept.setdefault(names[place], []).append(cell)
    return {name: together(found) for name, found in kept.items()}


class Flag(StrEnum):
    """How the core points of a chapter stand (C3)."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


def flag(facts: Iterable[Fact], stick: Yardstick) -> Flag | None:
    """Return a chapter's flag: red if a core point is "no", amber if one is partial or unscored, else green.

    None where it is not known of any applicable point that it is core: nothing can be said then.
    """
    told = [stick.counted(fact) for fact in facts if fact.point.core]
    scores = [score for score in told if not stick.is_na(score)]
    if not scores:
        return None
    if any(stick.value(score) == stick.bottom for score in scores):
        return Flag.RED
    return Flag.GREEN if all(score in stick.met_codes for score in scores) else Flag.AMBER


def standard_status(facts: Iterable[Fact], stick: Yardstick) -> str | None:
    """Return the score a standard stands at: the worst of its core points, else its lowest score.

    None: unscored (a core point without a score is worse than any but "no"), or nothing of it applies.
    """
    applicable = [(fact, score) for fact in facts if not stick.is_na(score := stick.counted(fact))]
    core = [score for fact, score in applicable if fact.point.core]
    scores = [score for score in core or (score for _fact, score in applicable) if score is not None]
    lowest = min(scores, key=lambda score: stick.value(score) or 0, default=None)
    return None if None in core and stick.value(lowest) != stick.bottom else lowest


def failing_core(facts: Iterable[Fact], stick: Yardstick) -> list[Fact]:
    """Return every core point that is not met, with the unscored (C2d)."""
    return [
        fact
        for fact in facts
        if fact.point.core and not stick.is_na(score := stick.counted(fact)) and score not in stick.met_codes
    ]


def claimed_without_proof(facts: Iterable[Fact], stick: Yardstick) -> list[Fact]:
    """Return what is scored yes or mostly although there is neither a note nor accepted evidence (C4)."""
    return [fact for fact in facts if fact.score in stick.met_codes and not fact.note.strip() and not valid_proofs(fact)]
