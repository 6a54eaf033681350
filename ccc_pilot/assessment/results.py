"""The results of a round, worked out in one pass over its answers. Ask ``sight.regions`` first which regions the reader may see."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ccc_pilot.assessment import facts, scope
from ccc_pilot.assessment.fact_records import Fact, Yardstick, valid_proofs
from ccc_pilot.assessment.models import AssessmentRound
from ccc_pilot.assessment.rules import NOTHING, Flag, Tally, evidence, flag, regroup, together, weigh
from ccc_pilot.catalogue.standard_records import Chapter, Edition

Cell = tuple[str, str]  # region, chapter


@dataclass(frozen=True)
class Results:
    """All numbers of a round over ``regions``: by (region, chapter), and added up along either side and over all.

    ``scores`` counts the answers of each cell by their score (None: unscored).
    """

    round_: AssessmentRound
    edition: Edition
    stick: Yardstick
    regions: tuple[str, ...]
    facts: tuple[Fact, ...]
    cells: Mapping[Cell, Tally]
    scores: Mapping[Cell, Counter[str | None]]

    @cached_property
    def by_region(self) -> dict[str, Tally]:
        """The numbers of each region."""
        return regroup(self.cells, 0)

    @cached_property
    def by_chapter(self) -> dict[str, Tally]:
        """The numbers of each chapter over the regions."""
        return regroup(self.cells, 1)

    @cached_property
    def whole(self) -> Tally:
        """The numbers over all."""
        return together(self.cells.values())

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """The edition's chapters that have points in the round, in order."""
        return tuple(chapter for chapter in self.edition.chapters if chapter.key in self.by_chapter)

    def at(self, region: str = "", chapter: str = "") -> Tally:
        """Return the numbers of a region, of a chapter, of a cell, or (nothing told) of all."""
        if region and chapter:
            return self.cells.get((region, chapter), NOTHING)
        return self.by_region.get(region, NOTHING) if region else self.by_chapter.get(chapter, NOTHING) if chapter else self.whole

    def scored(self, region: str = "", chapter: str = "") -> Counter[str | None]:
        """Return how many answers have each score there."""
        found: Counter[str | None] = Counter()
        for (one, other), counted in self.scores.items():
            if region in {"", one} and chapter in {"", other}:
                found.update(counted)
        return found

    def flags(self) -> dict[str, Flag | None]:
        """Return the flag of each chapter, over the regions."""
        by_chapter: dict[str, list[Fact]] = {}
        for fact in self.facts:
            if fact.point.core:
                by_chapter.setdefault(fact.point.chapter, []).append(fact)
        return {chapter.key: flag(by_chapter.get(chapter.key, ()), self.stick) for chapter in self.chapters}


def of(round_: AssessmentRound, regions: Sequence[str]) -> Results:
    """Return the results of ``round_`` over ``regions``. Two queries, however many the answers are."""
    found = scope.edition_of(round_)
    return worked_out(round_, found, facts.load(round_, regions, lean=True), tuple(regions))


def worked_out(round_: AssessmentRound, edition: Edition, found: tuple[Fact, ...], regions: tuple[str, ...]) -> Results:
    """Return the results of facts at hand, in one pass over them."""
    stick = Yardstick.of(edition.scale)
    tallies: dict[Cell, list[Tally]] = {}
    scores: dict[Cell, Counter[str | None]] = {}
    for fact in found:
        cell = fact.region, fact.point.chapter
        if cell not in tallies:
            tallies[cell], scores[cell] = [], Counter()
        tallies[cell].append(weigh(fact, stick))
        scores[cell][stick.counted(fact)] += 1
    return Results(round_, edition, stick, regions, found, {cell: together(told) for cell, told in tallies.items()}, scores)


# What a number is made of: each of its rows passes the test. Keys stand in addresses.
WHICH: dict[str, Callable[[Fact, Yardstick], bool]] = {
    "all": lambda fact, stick: True,
    "answered": lambda fact, stick: stick.counted(fact) is not None,
    "unscored": lambda fact, stick: stick.counted(fact) is None,
    "met": lambda fact, stick: fact.score in stick.met_codes,
    "unmet": lambda fact, stick: stick.value(fact.score) is not None and fact.score not in stick.met_codes,
    "core": lambda fact, stick: bool(fact.point.core) and not stick.is_na(stick.counted(fact)),
    "core-unmet": lambda fact, stick: WHICH["core"](fact, stick) and fact.score not in stick.met_codes,
    "evidence-missing": lambda fact, stick: not stick.is_na(stick.counted(fact)) and _lacks(fact),
    "claimed": lambda fact, stick: fact.score in stick.met_codes and not fact.note.strip() and not valid_proofs(fact),
    "unreasoned": lambda fact, stick: stick.is_na(fact.score) and not fact.na_reason.strip(),
    "unshown": lambda fact, stick: stick.value(fact.score) is not None and not fact.note.strip() and not valid_proofs(fact),
    "no-english": lambda fact, stick: stick.value(fact.score) is not None and not fact.summary_en.strip(),
    "unapproved": lambda fact, stick: fact.state != "approved",
    "unplanned": lambda fact, stick: WHICH["unmet"](fact, stick) and not fact.improvement.strip(),
}


def _lacks(fact: Fact) -> bool:
    needed, shown = evidence(fact)
    return shown < needed


def rows(found: Results, which: str, region: str = "", chapter: str = "", score: str = "") -> list[Fact]:
    """Return the answers that a number counts: those for which ``which`` of ``WHICH`` holds, and that have ``score`` where one is told."""
    test = WHICH.get(which, WHICH["all"])
    return [
        fact
        for fact in found.facts
        if region in {"", fact.region}
        and chapter in {"", fact.point.chapter}
        and score in {"", found.stick.counted(fact)}
        and test(fact, found.stick)
    ]
