"""The plan along the time: a bar for each action from its beginning to its date, and how many were to be done and were, day by day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from ccc_pilot.db import db
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import local
from ccc_pilot.improvement.machine import State
from ccc_pilot.improvement.models import Action, ImprovementPlan
from ccc_pilot.improvement.showing import Row
from ccc_pilot.web.charts import Curves, curves

WIDTH, LEFT, ROW = 720, 8, 26
CLOSED = (State.VERIFIED, State.EFFECT_CHECKED)


def burn_up(plan: ImprovementPlan, today: date) -> Curves | None:
    """Return three lines along the time: actions planned to be done by their first date, said to be done, and all there are."""
    live = (Action.plan_id == plan.id, Action.state != State.CANCELLED)
    planned = _summed(plan, Action.first_due)
    done = _summed(plan, Action.claimed_on)
    made = [
        local(moment).date() for moment in db.session.scalars(select(Action.created_at).where(*live).order_by(Action.created_at))
    ]
    total = _steps((day, 1) for day in made)
    series = [
        (_("All actions"), _held(total, today)),
        (_("Planned by their first date"), planned),
        (_("Said to be done"), _held(done, today)),
    ]
    return curves([(name, points) for name, points in series if points], today)


def _summed(plan: ImprovementPlan, column: object) -> list[tuple[date, int]]:
    statement = select(column, func.count()).where(
        Action.plan_id == plan.id, Action.state != State.CANCELLED, column.is_not(None)
    )  # type: ignore[call-overload,attr-defined]
    return _steps((day, n) for day, n in db.session.execute(statement.group_by(column).order_by(column)))


def _steps(days: Iterable[tuple[date, int]]) -> list[tuple[date, int]]:
    """Return the sum so far on each day."""
    told: dict[date, int] = {}
    total = 0
    for day, n in days:
        total += n
        told[day] = total
    return list(told.items())


def _held(points: list[tuple[date, int]], today: date) -> list[tuple[date, int]]:
    """What was reached holds until today."""
    return [*points, (today, points[-1][1])] if points and points[-1][0] < today else points


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
    dated = [row for row in rows if row.action.due]
    days = [day for row in dated for day in (row.action.start, row.action.due, row.action.first_due) if day]
    undated = [row for row in rows if not row.action.due]
    if not days:
        return Bars([], [], None, 0, WIDTH, undated)
    first, last = min([*days, today]), max([*days, today])
    span = max(1, (last - first).days)

    def x(day: date) -> float:
        return round(LEFT + (WIDTH - 2 * LEFT) * (day - first).days / span, 1)

    placed = []
    for n, row in enumerate(dated):
        action = row.action
        begins = min(x(action.start) if action.start else x(action.due) - 6, x(action.due) - 4)
        moved = x(action.first_due) if action.first_due and action.first_due != action.due else None
        placed.append(Bar(row, 30 + n * ROW, round(begins, 1), round(x(action.due) - begins, 1), moved))
    return Bars(placed, [(x(day), day) for day in _months(first, last)], x(today), 36 + len(dated) * ROW, WIDTH, undated)


def _months(first: date, last: date) -> list[date]:
    """The first days of at most eight months, quarters or years between two days."""
    months = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13)]
    within = [day for day in months if first <= day <= last]
    step = next((step for step in (1, 3, 6, 12) if len(within) / step <= 8), 24)
    return [day for day in within if (day.month - 1) % min(step, 12) == 0]
