"""Answers beside each other: the regions (C8), the centre and its peers (C9), this round and an earlier one (C15). Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccc_pilot.assessment.fact_records import Fact, Ratio, Yardstick
from ccc_pilot.assessment.rules import Tally, tally

if TYPE_CHECKING:
    from ccc_pilot.catalogue.standard_records import Point

WEAK_LINK = 2  # steps between the highest and the lowest region


@dataclass(frozen=True, slots=True)
class Across:
    """One point over all regions. ``lowest``: the score the network has unless another is agreed with a reason (None: nobody has scored).

    ``spread``: highest minus lowest value (None with fewer than two values); ``waiting``: regions that have not scored; ``split``: some say
    that it does not apply and some have scored it.
    """

    point: "Point"
    facts: Mapping[str, Fact]
    lowest: str | None
    spread: int | None
    waiting: tuple[str, ...]
    split: bool

    @property
    def weak_link(self) -> bool:
        """Whether one region lags by two steps or more."""
        return self.spread is not None and self.spread >= WEAK_LINK

    @property
    def disputed(self) -> bool:
        """Whether the regions have to talk: a wide spread, or they do not agree on whether it applies."""
        return self.weak_link or self.split


def across(facts: Iterable[Fact], stick: Yardstick) -> list[Across]:
    """Return each point with its regions side by side, in the order in which the points are met; never a mean."""
    by_point: dict[str, list[Fact]] = {}
    for fact in facts:
        by_point.setdefault(fact.point.key, []).append(fact)
    return [_across(found, stick) for found in by_point.values()]


def _across(found: Sequence[Fact], stick: Yardstick) -> Across:
    scores = [score for fact in found if (score := stick.counted(fact)) is not None]
    rated = {score: value for score in scores if (value := stick.value(score)) is not None}
    none_apply = scores and not rated
    return Across(
        found[0].point,
        {fact.region: fact for fact in found},
        min(rated, key=rated.__getitem__) if rated else scores[0] if none_apply else None,
        max(rated.values()) - min(rated.values()) if sum(score in rated for score in scores) > 1 else None,
        tuple(fact.region for fact in found if stick.counted(fact) is None),
        bool(rated) and any(stick.is_na(score) for score in scores),
    )


@dataclass(frozen=True, slots=True)
class Peers:
    """Own scores against the peers' (C9): points on which both have a value."""

    both: int
    agreed: int
    over: int
    under: int

    @property
    def agreement(self) -> Ratio:
        """The share of points on which both say the same."""
        return Ratio(self.agreed, self.both)


def difference(own: str | None, peer: str | None, stick: Yardstick) -> int | None:
    """Return by how many steps the peers score higher than the centre itself; None unless both have a value."""
    mine, theirs = stick.value(own), stick.value(peer)
    return None if mine is None or theirs is None else theirs - mine


def peers(pairs: Iterable[tuple[str | None, str | None]], stick: Yardstick) -> Peers:
    """Count pairs of (own, peer) scores: over-estimated where the peers are lower, under-estimated where they are higher."""
    steps = [step for own, peer in pairs if (step := difference(own, peer, stick)) is not None]
    return Peers(len(steps), steps.count(0), sum(step < 0 for step in steps), sum(step > 0 for step in steps))


@dataclass(frozen=True, slots=True)
class Change:
    """This round against an earlier one (C15). Pairs are (before, now); the tallies count only points that both have."""

    improved: tuple[tuple[Fact, Fact], ...]
    worsened: tuple[tuple[Fact, Fact], ...]
    new: tuple[Fact, ...]
    dropped: tuple[Fact, ...]
    before: Tally
    now: Tally


def change(before: Iterable[Fact], now: Iterable[Fact], old: Yardstick, stick: Yardstick) -> Change:
    """Join two rounds by point and region; a point is also found by what it was called before (``point.was``).

    ``old`` and ``stick`` are the scales before and now; steps are compared as shares of their tops.
    """
    earlier, later = {fact.key: fact for fact in before}, list(now)
    pairs = [(earlier[key], fact) for fact in later if (key := _earlier_key(fact, earlier))]
    joined = {fact.key for fact, _ in pairs}, {fact.key for _, fact in pairs}
    steps = [(one, two, _step(one, two, old, stick)) for one, two in pairs]
    return Change(
        tuple((one, two) for one, two, step in steps if step > 0),
        tuple((one, two) for one, two, step in steps if step < 0),
        tuple(fact for fact in later if fact.key not in joined[1]),
        tuple(fact for fact in earlier.values() if fact.key not in joined[0]),
        tally((one for one, _ in pairs), old),
        tally((two for _, two in pairs), stick),
    )


def _earlier_key(fact: Fact, earlier: Mapping[str, Fact]) -> str | None:
    keys = (f"{name}@{fact.region}" for name in (fact.point.key, *fact.point.was))
    return next((key for key in keys if key in earlier), None)


def _step(before: Fact, now: Fact, old: Yardstick, stick: Yardstick) -> int:
    one, two = old.value(before.score), stick.value(now.score)
    return 0 if one is None or two is None else two * old.top - one * stick.top
