"""What a list of milestones is narrowed to, and in which order it stands: the conditions that all lists, exports and searches share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ColumnExpressionArgument, Select, and_, func, or_, select

from ccc_pilot.folding import fold
from ccc_pilot.people.models import Pilot
from ccc_pilot.progress.models import MilestoneLine, MilestoneRow
from ccc_pilot.progress.rules import JOINT, OPEN, SOON_DAYS

PAGE_SIZE = 50
WHOLE_SIZE = 1_000
RECUR_AHEAD_DAYS = 45
SORTS = ("plan", "due", "due_desc", "title", "owner")
BY_DATE = {"due", "due_desc"}


@dataclass(frozen=True, kw_only=True)
class Query:
    """What a list is narrowed to; each field is a parameter of the address. Empty means: do not narrow.

    ``status`` is a status, "open", "late", "late_assumed" or "soon"; ``within`` a number of days; ``all`` shows every occurrence of recurring ones;
    ``whole`` puts the list on one page; ``counted`` leaves out what a briefing does not count: recurring ones, and joint ones beside a region's own.
    """

    q: str = ""
    plan: str = ""
    phase: str = ""
    region: str = ""
    owner: str = ""
    status: str = ""
    within: int | None = None
    reporting: bool = False
    all: bool = False
    sort: str = "plan"
    page: int = 1
    whole: bool = False
    counted: bool = False
    size: int = PAGE_SIZE


def wanted(pilot: Pilot, query: Query, today: date) -> Select[MilestoneLine]:
    """Return the statement for all lines that ``query`` asks for, in its order, not yet cut into pages."""
    statement = select(MilestoneLine).where(MilestoneLine.pilot_id == pilot.id, *line_conditions(query))
    rows = row_conditions(query, today)
    if rows:
        statement = statement.where(MilestoneLine.rows.any(and_(*rows)))
    if not query.all and query.within is None:
        statement = statement.where(_current(today))
    return statement.order_by(*_order(query.sort, rows))


def rows_wanted(pilot: Pilot, query: Query, today: date) -> list[ColumnElement[bool]]:
    """Return the conditions of ``wanted`` as asked of single rows: a line is wanted if it has one for which all hold."""
    conditions = [MilestoneRow.pilot_id == pilot.id, *row_conditions(query, today)]
    if lines := line_conditions(query):
        conditions.append(MilestoneRow.line.has(and_(*lines)))
    if not query.all and query.within is None:
        conditions.append(near(today))
    return conditions


def line_conditions(query: Query) -> list[ColumnElement[bool]]:
    """Return what ``query`` asks of a line itself: plan, phase, owner, reporting, and the words looked for."""
    conditions: list[ColumnElement[bool]] = []
    for column, value in (
        (MilestoneLine.plan_key, query.plan), (MilestoneLine.phase, query.phase), (MilestoneLine.owner_role, query.owner),
    ):  # fmt: skip
        if value:
            conditions.append(column == value)
    if query.reporting:
        conditions.append(MilestoneLine.reporting.is_(True))
    conditions += [MilestoneLine.search.contains(word, autoescape=True) for word in fold(query.q).split()[:8]]
    return conditions


def row_conditions(query: Query, today: date) -> list[ColumnElement[bool]]:
    """Return what ``query`` asks of a line's rows: region (joint ones too), status, and how soon they are due."""
    conditions: list[ColumnElement[bool]] = []
    if query.region:
        conditions.append(MilestoneRow.region.in_([query.region] if query.counted else [query.region, JOINT]))
    if query.counted:
        conditions.append(MilestoneRow.recurs.is_(False))
    if query.status in {"late", "late_assumed"}:
        conditions += [
            MilestoneRow.status.in_(OPEN),
            MilestoneRow.due < today,
            MilestoneRow.assumed.is_(query.status == "late_assumed"),
        ]
    elif query.status == "soon":
        conditions += [MilestoneRow.status.in_(OPEN), MilestoneRow.due.between(today, today + timedelta(days=SOON_DAYS))]
    elif query.status == "open":
        conditions.append(MilestoneRow.status.in_(OPEN))
    elif query.status:
        conditions.append(MilestoneRow.status == query.status)
    if query.within is not None:
        conditions += [MilestoneRow.status.in_(OPEN), MilestoneRow.due <= today + timedelta(days=query.within)]
    return conditions


def near(today: date) -> ColumnElement[bool]:
    """All rows but the occurrences of recurring lines that lie more than ``RECUR_AHEAD_DAYS`` ahead."""
    return or_(MilestoneRow.recurs.is_(False), MilestoneRow.due <= today + timedelta(days=RECUR_AHEAD_DAYS))


def far(today: date) -> ColumnElement[bool]:
    """The occurrences of recurring lines that ``near`` leaves out."""
    return and_(
        MilestoneRow.recurs.is_(True),
        or_(MilestoneRow.due.is_(None), MilestoneRow.due > today + timedelta(days=RECUR_AHEAD_DAYS)),
    )


def _current(today: date) -> ColumnElement[bool]:
    """All lines but the occurrences of recurring ones that lie more than ``RECUR_AHEAD_DAYS`` ahead."""
    near = MilestoneLine.rows.any(MilestoneRow.due <= today + timedelta(days=RECUR_AHEAD_DAYS))
    return or_(MilestoneLine.occurrence == "", near)


def _order(sort: str, rows: Sequence[ColumnElement[bool]]) -> Sequence[ColumnExpressionArgument[Any]]:
    """By date means: by the earliest (or latest) date of the rows that are asked for."""
    plan_order = (MilestoneLine.position, MilestoneLine.occurrence)
    orders: dict[str, Sequence[ColumnExpressionArgument[Any]]] = {
        "due": (_date_of(func.min(MilestoneRow.due), rows).asc().nulls_last(), *plan_order),
        "due_desc": (_date_of(func.max(MilestoneRow.due), rows).desc().nulls_last(), *plan_order),
        "title": (MilestoneLine.search, *plan_order),
        "owner": (MilestoneLine.owner_role, *plan_order),
    }
    return orders.get(sort, plan_order)


def _date_of(which: ColumnElement[date | None], rows: Sequence[ColumnElement[bool]]) -> ColumnElement[date | None]:
    return select(which).where(MilestoneRow.line_id == MilestoneLine.id, *rows).correlate(MilestoneLine).scalar_subquery()
