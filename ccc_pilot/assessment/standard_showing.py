"""A chapter of a round standard by standard (C3): how each stands, and its numbers. Ready to be shown."""

from dataclasses import dataclass

from ccc_pilot.assessment import words
from ccc_pilot.assessment.fact_records import Fact
from ccc_pilot.assessment.measures import MEASURES
from ccc_pilot.assessment.results import Results
from ccc_pilot.assessment.results_showing import Number, number
from ccc_pilot.assessment.rules import standard_status, tally
from ccc_pilot.assessment.words import Standing


@dataclass(frozen=True, slots=True)
class Line:
    """A standard: the score it stands at over the regions seen, or the region told; None where nothing of it applies. Its numbers."""

    title: str
    standing: Standing | None
    points: int
    numbers: list[Number]


def standards(found: Results, chapter: str, region: str) -> list[Line]:
    """Return the standards of ``chapter`` that have points in the round, in order, over all regions or of one."""
    by_standard: dict[str, list[Fact]] = {}
    for fact in found.facts:
        if fact.point.chapter == chapter and region in {"", fact.region}:
            by_standard.setdefault(fact.point.standard, []).append(fact)
    return [
        _line(found, f"{one.number} {one.title}".strip(), by_standard[one.key])
        for one in found.edition.chapter(chapter).standards
        if one.key in by_standard
    ]


def _line(found: Results, title: str, facts: list[Fact]) -> Line:
    counted = tally(facts, found.stick)
    applies = counted.points > counted.na
    standing = words.score(found.edition.scale, standard_status(facts, found.stick)) if applies else None
    points = len({fact.point.key for fact in facts})
    return Line(title, standing, points, [number(found, measure, counted) for measure in MEASURES])
