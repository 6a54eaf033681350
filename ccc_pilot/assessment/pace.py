"""How fast the work goes: forecast (C13), workload (C14), freshness of evidence (C16). Pure; ``today`` is an argument."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import Any

from ccc_pilot.assessment.fact_records import Fact, Ratio, valid_proofs
from ccc_pilot.dates import add_months

WEEKS = 4
SOON_DAYS = 14
FRESH_MONTHS = 24
EXPIRES_DAYS = 90


@dataclass(frozen=True, slots=True)
class Forecast:
    """When a round will be ready at the pace of the last four weeks. ``weeks`` and ``ready`` are None while nothing moves."""

    remaining: int
    per_week: Fraction
    weeks: Fraction | None
    ready: date | None
    late_days: int | None


def forecast(remaining: int, approved: Iterable[date], due: date | None, today: date) -> Forecast:
    """Return weeks left: ``remaining`` points over the average approved per week of the last four weeks.

    ``approved``: the day of each approval; ``late_days``: how many days after ``due`` it will be (negative: before), None if not known.
    """
    since = today - timedelta(weeks=WEEKS)
    pace = Fraction(sum(since < day <= today for day in approved), WEEKS)
    if not remaining:
        return Forecast(0, pace, Fraction(0), today, (today - due).days if due else None)
    if not pace:
        return Forecast(remaining, pace, None, None, None)
    weeks = Fraction(remaining) / pace
    ready = today + timedelta(days=ceil(weeks * 7))
    return Forecast(remaining, pace, weeks, ready, (ready - due).days if due else None)


@dataclass(frozen=True, slots=True)
class Task:
    """An open assignment of a point or chapter."""

    person: str
    region: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Load:
    """How much lies on somebody in a region; ``soon``: due within two weeks, ``late``: past its day."""

    person: str
    region: str
    open: int
    soon: int
    late: int


def workload(tasks: Iterable[Task], today: date) -> list[Load]:
    """Return the open assignments of each person and region, the most loaded first."""
    tally, soon, late = Counter[tuple[str, str]](), Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for task in tasks:
        who = task.person, task.region
        tally[who] += 1
        if task.due is not None:
            soon[who] += today <= task.due <= today + timedelta(days=SOON_DAYS)
            late[who] += task.due < today
    return [Load(*who, n, soon[who], late[who]) for who, n in sorted(tally.items(), key=lambda pair: (-pair[1], pair[0]))]


@dataclass(frozen=True, slots=True)
class Freshness:
    """How new the accepted evidence is. ``dated`` counts items whose date is known; those without are ``undated``."""

    fresh: Ratio
    undated: int
    expiring: tuple[tuple[Any, date], ...]


def freshness(facts: Iterable[Fact], due: date, today: date) -> Freshness:
    """Return the share of accepted items dated within 24 months before the round's due date, each item counted once.

    An item without a date is not known to be fresh: it is counted apart and left out of the share. ``expiring``: accepted items whose time
    runs out within 90 days of ``today``, the nearest first.
    """
    items = {proof.item_id: proof for fact in facts for proof in valid_proofs(fact)}.values()
    dates = [day for proof in items if (day := getattr(proof, "document_date", None))]
    limit = add_months(due, -FRESH_MONTHS)
    ends = [(proof, day) for proof in items if (day := getattr(proof, "valid_until", None))]
    near = [(proof, day) for proof, day in ends if day <= today + timedelta(days=EXPIRES_DAYS)]
    return Freshness(
        Ratio(sum(day >= limit for day in dates), len(dates)),
        len(items) - len(dates),
        tuple(sorted(near, key=lambda pair: pair[1])),
    )
