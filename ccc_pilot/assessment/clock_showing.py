"""The criteria clock: what is expected when, counted from a start, and how far the regions are with it. Ready to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ccc_pilot.assessment import results_showing, scope, words
from ccc_pilot.assessment.fact_records import Fact
from ccc_pilot.assessment.models import AssessmentRound
from ccc_pilot.assessment.results import Results
from ccc_pilot.assessment.words import Standing
from ccc_pilot.dates import add_months
from ccc_pilot.people.pilots import Region


@dataclass(frozen=True, slots=True)
class Step:
    """A point that is expected at a stage, and its score in each region with the address of the answer."""

    number: str
    text: str
    scores: list[tuple[str, Standing, str]]


@dataclass(frozen=True, slots=True)
class Stage:
    """What is expected so many ``months`` after the start. ``met``: how many of its steps each region has met; ``passed``: the day has come."""

    months: int
    day: date
    steps: list[Step]
    met: list[tuple[str, int]]
    passed: bool


@dataclass(frozen=True, slots=True)
class Clock:
    """The stages in order, how many steps are expected by now, and how many of those each region has met."""

    stages: list[Stage]
    expected: int
    met: list[tuple[str, int]]


def has_stages(round_: AssessmentRound) -> bool:
    """Whether the points of a round's edition are expected at stages."""
    return any(point.stage_months is not None for point in scope.points(round_))


def clock(found: Results, regions: Sequence[Region], start: date, today: date) -> Clock:
    """Return what is expected when, counted from ``start``; without stages for an edition whose points have none."""
    seen = [region for region in regions if region.key in found.regions]
    months = sorted({fact.point.stage_months for fact in found.facts if fact.point.stage_months is not None})
    stages = [_stage(found, seen, each, add_months(start, each), today) for each in months]
    passed = [stage for stage in stages if stage.passed]
    met = [(region.short, sum(stage.met[n][1] for stage in passed)) for n, region in enumerate(seen)]
    return Clock(stages, sum(len(stage.steps) for stage in passed), met)


def _stage(found: Results, seen: Sequence[Region], months: int, day: date, today: date) -> Stage:
    facts = [fact for fact in found.facts if fact.point.stage_months == months]
    by_point: dict[str, list[Fact]] = {}
    for fact in sorted(facts, key=lambda one: one.point.order):
        by_point.setdefault(fact.point.key, []).append(fact)
    met = [(one.short, sum(fact.score in found.stick.met_codes for fact in facts if fact.region == one.key)) for one in seen]
    return Stage(months, day, [_step(found, seen, told) for told in by_point.values()], met, day <= today)


def _step(found: Results, seen: Sequence[Region], told: Sequence[Fact]) -> Step:
    point, by_region = told[0].point, {fact.region: fact for fact in told}
    scores = [
        (one.short, words.score(found.edition.scale, fact.score), results_showing.answer_url(found, fact))
        for one in seen
        if (fact := by_region.get(one.key))
    ]
    return Step(point.official or point.number, str(point.text), scores)
