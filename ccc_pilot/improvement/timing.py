"""The plan along the time: a bar for each action from its beginning to its date, and how many were to be done and were, day by day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from ccc_pilot.db import db
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import local
from ccc_pilot.improvement.listing import Query, wanted
from ccc_pilot.improvement.machine import State
from ccc_pilot.improvement.models import Action, ImprovementPlan
from ccc_pilot.improvement.rules import Share
from ccc_pilot.improvement.showing import Row
from ccc_pilot.web.charts import Curves, curves

WIDTH, LEFT, ROW, LABEL = 720, 8, 26, 52
CHART = 490  # two of them stand beside each other
MOST_POINTS = 48  # of a line; a longer one is told month by month
CLOSED = (State.VERIFIED, State.EFFECT_CHECKED)
Points = list[tuple[date, int]]


def burn_up(plan: ImprovementPlan, query: Query, today: date, me: int) -> Curves | None:
    """Return three lines along the time: actions planned to be done by their first date, said to be done, and all there are."""
    live = [Action.plan_id == plan.id, Action.state != State.CANCELLED, *wanted(query, today, me)]
    made = ((local(moment).date(), n) for moment, n in _counted(live, Action.created_at))
    series = [
        (_("All actions"), _held(_steps(made), today)), (_("Planned by their first date"), _steps(_counted(live, Action.first_due))),
        (_("Said to be done"), _held(_steps(_counted(live, Action.claimed_on)), today)),
    ]  # fmt: skip
    return curves([(name, thinned(points)) for name, points in series if points], today, width=CHART)


@dataclass(frozen=True, slots=True)
class OnTime:
    """What is verified, along the time: the share that was done by its first date (C11), and how both numbers grew.

    ``rows``: (day on which something was done, verified so far, of them by their first date, the share).
    """

    share: Share
    chart: Curves | None
    rows: list[tuple[date, int, int, Share]]


def on_time(plan: ImprovementPlan, query: Query, today: date, me: int) -> OnTime:
    """Return C11's on-time rate along the time. An action counts by its first date, not by one it was moved to; without one it is late."""
    in_time = func.coalesce(func.sum(case((Action.claimed_on <= Action.first_due, 1), else_=0)), 0)
    verified = [Action.plan_id == plan.id, Action.state.in_(CLOSED), *wanted(query, today, me)]
    statement = select(Action.claimed_on, func.count(), in_time).where(*verified).group_by(Action.claimed_on)
    found = [tuple(row) for row in db.session.execute(statement.order_by(Action.claimed_on))]
    dated = [(day, n, good) for day, n, good in found if day is not None]
    whole, good = _steps((day, n) for day, n, _good in dated), _steps((day, n) for day, _n, n in dated)
    rows = [(day, n, ok, Share(ok, n)) for (day, n), (_day, ok) in zip(whole, good, strict=True)]
    series = [(_("Verified actions"), whole), (_("Of them done by their first date"), good)]
    drawn = curves([(name, thinned(_held(points, today))) for name, points in series if points], today, width=CHART)
    all_good, all_there = sum(row[2] for row in found), sum(row[1] for row in found)
    return OnTime(Share(all_good, all_there), drawn, _thinned_rows(rows))


def _counted(conditions: Sequence[ColumnElement[bool]], column: Any) -> list[tuple[Any, int]]:
    statement = select(column, func.count()).where(*conditions, column.is_not(None)).group_by(column).order_by(column)
    return [(value, n) for value, n in db.session.execute(statement)]


def _steps(days: Iterable[tuple[date, int]]) -> Points:
    """Return the sum so far on each day."""
    told: dict[date, int] = {}
    total = 0
    for day, n in days:
        total += n
        told[day] = total
    return list(told.items())


def _held(points: Points, today: date) -> Points:
    """What was reached holds until today."""
    return [*points, (today, points[-1][1])] if points and points[-1][0] < today else points


def thinned(points: Points) -> Points:
    """Return the first point and the last of each month, where there are too many to be drawn one by one."""
    if len(points) <= MOST_POINTS:
        return points
    return list(dict.fromkeys([points[0], *{(day.year, day.month): (day, value) for day, value in points}.values()]))


def _thinned_rows(rows: list[tuple[date, int, int, Share]]) -> list[tuple[date, int, int, Share]]:
    kept = set(thinned([(day, n) for day, n, _good, _share in rows]))
    return [row for row in rows if row[:2] in kept]


@dataclass(frozen=True, slots=True)
class Bar:
    """An action along the time: where its bar begins and how wide it is, the tick of its first date (None: not moved)."""

    row: Row
    y: int
    x: float
    width: float
    first: float | None


@dataclass(frozen=True, slots=True)
class Bars:
    """The bars of a page of actions; ``months``: (x, first day) of the axis; ``undated``: actions that have no date."""

    bars: list[Bar]
    months: list[tuple[float, date]]
    today: float | None
    height: int
    width: int
    undated: list[Row]


def bars(rows: Sequence[Row], today: date) -> Bars:
    """Return the bars of ``rows``; an action that tells no beginning has a short bar at its date."""
    dated = [(row, due) for row in rows if (due := row.action.due)]
    days = [day for row, due in dated for day in (row.action.start, due, row.action.first_due) if day]
    undated = [row for row in rows if not row.action.due]
    if not days:
        return Bars([], [], None, 0, WIDTH, undated)
    first, last = min([*days, today]), max([*days, today])
    span = max(1, (last - first).days)

    def x(day: date) -> float:
        return round(LEFT + (WIDTH - 2 * LEFT) * (day - first).days / span, 1)

    placed = []
    for n, (row, due) in enumerate(dated):
        action = row.action
        begins = min(x(action.start) if action.start else x(due) - 6, x(due) - 4)
        moved = x(action.first_due) if action.first_due and action.first_due != due else None
        placed.append(Bar(row, 30 + n * ROW, round(begins, 1), round(x(due) - begins, 1), moved))
    return Bars(
        placed,
        [(x(day), day) for day in _months(first, last) if x(day) <= WIDTH - LABEL],
        x(today),
        36 + len(dated) * ROW,
        WIDTH,
        undated,
    )


def _months(first: date, last: date) -> list[date]:
    """The first days of at most eight months, quarters or years between two days."""
    months = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13)]
    within = [day for day in months if first <= day <= last]
    step = next((step for step in (1, 3, 6, 12) if len(within) / step <= 8), 24)
    return [day for day in within if (day.month - 1) % min(step, 12) == 0]
