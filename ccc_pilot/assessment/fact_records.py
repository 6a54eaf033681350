"""What the rules read of an answer: a point of an edition, a region, a score and the proofs. Plain records, no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ccc_pilot.catalogue.standard_records import Point, Scale
    from ccc_pilot.evidence.reading import Proof

ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Fact:
    """An answer as the rules see it: one point in one region.

    ``score``: a code of the edition's scale, None where nobody has scored. ``note``: the reason in Markdown. ``proofs``: the evidence
    linked to it; ``absence``: why mandatory evidence is missing; ``improvement``: what is to be improved; ``version``: the answer's.
    A region that has not begun has facts too, with nothing in them.
    """

    point: "Point"
    region: str
    score: str | None = None
    na_reason: str = ""
    note: str = ""
    summary_en: str = ""
    state: str = "empty"
    proofs: "tuple[Proof, ...]" = ()
    pdca: str = ""
    absence: str = ""
    improvement: str = ""
    version: int = 1

    @property
    def key(self) -> str:
        """How others link to it: "oeci-3x-p:GOV-01.1@ro"."""
        return f"{self.point.key}@{self.region}"


@dataclass(frozen=True)
class Yardstick:
    """The values of an edition's scale: each code's value, None for "not applicable"."""

    values: dict[str, int | None]

    @classmethod
    def of(cls, scale: "Scale") -> "Yardstick":
        """Return the yardstick of a catalogue's scale."""
        return cls({level.code: level.value for level in scale.levels})

    @cached_property
    def top(self) -> int:
        """The highest value: 3 where the scale is yes, mostly, partially, no."""
        return max((value for value in self.values.values() if value is not None), default=0)

    @cached_property
    def bottom(self) -> int:
        """The lowest value: what counts as "no"."""
        return min((value for value in self.values.values() if value is not None), default=0)

    @cached_property
    def met_codes(self) -> frozenset[str]:
        """The scores of at least two thirds of the top: yes and mostly of the four-step scale."""
        return frozenset(code for code, value in self.values.items() if value is not None and 3 * value >= 2 * self.top)

    def value(self, score: str | None) -> int | None:
        """Return what ``score`` is worth; None for unscored and for "not applicable"."""
        return self.values.get(score) if score is not None else None

    def is_na(self, score: str | None) -> bool:
        """Whether ``score`` says that the point does not apply."""
        return score is not None and self.values.get(score) is None

    def counted(self, fact: Fact) -> str | None:
        """Return the score that counts: a draft's "not applicable" counts as unanswered until it has its reason.

        Source: the project's definitions of computed results ("not applicable" needs a reason before it leaves a denominator).
        """
        return None if self.is_na(fact.score) and not fact.na_reason.strip() else fact.score


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share as its two numbers, so that shares are added by their parts and never averaged."""

    part: int
    whole: int

    def __add__(self, other: "Ratio") -> "Ratio":
        return Ratio(self.part + other.part, self.whole + other.whole)

    @property
    def percent(self) -> Decimal | None:
        """Per cent with one decimal, half up; None (shown as a dash) where there is nothing to share."""
        return Decimal((2000 * self.part + self.whole) // (2 * self.whole)) / 10 if self.whole else None

    def __bool__(self) -> bool:
        return self.whole > 0


def summed(ratios: Iterable[Ratio]) -> Ratio:
    """Return the share over all: parts and wholes are added up."""
    return sum(ratios, Ratio(0, 0))


def valid_proofs(fact: Fact) -> list[Any]:
    """Return the proofs that count: somebody has accepted them and they have not expired."""
    return [proof for proof in fact.proofs if proof.state == ACCEPTED and not proof.expired]
