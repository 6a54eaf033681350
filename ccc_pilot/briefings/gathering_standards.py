"""How far the self-assessment has come, round by round; answers point by point only where the regions see one another."""

from datetime import date
from typing import Any

from ccc_pilot.assessment import results, sight
from ccc_pilot.assessment.fact_records import Ratio
from ccc_pilot.assessment.models import AssessmentRound
from ccc_pilot.assessment.results import Results
from ccc_pilot.people.models import Pilot


def rounds(pilot: Pilot, day: date) -> list[dict[str, Any]]:
    """Return the rounds that had begun on ``day``, newest first: per region how much is answered, and once revealed how much is met."""
    return [_round(one, day) for one in sight.rounds(pilot) if one.start <= day]


def _round(one: AssessmentRound, day: date) -> dict[str, Any]:
    found = results.of(one, tuple(one.region_keys))
    revealed = sight.is_revealed(one, day)
    return {
        "id": one.id, "title": one.title, "due": one.due.isoformat(), "revealed": revealed,
        "regions": {region: _region(found, region, revealed) for region in found.regions},
        "points": {fact.key: [fact.point.number, found.stick.value(fact.score)] for fact in found.facts if fact.score} if revealed else {},
    }  # fmt: skip


def _region(found: Results, region: str, revealed: bool) -> dict[str, Any]:
    counted = found.at(region)
    return {"answered": _parts(counted.coverage), "met": _parts(counted.broad_share) if revealed else None}


def _parts(ratio: Ratio) -> list[int]:
    return [ratio.part, ratio.whole]
