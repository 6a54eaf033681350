"""Lists of milestones: the filters of the address, a page of lines, and the rows behind each. The number of queries does not grow with the rows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import contains_eager, selectinload

from ccc_pilot.catalogue import Item, load_plans
from ccc_pilot.db import db
from ccc_pilot.people.models import Pilot
from ccc_pilot.progress.loading import fold
from ccc_pilot.progress.models import AssumptionVerdict, MilestoneLine, MilestoneRow
from ccc_pilot.progress.rules import JOINT, OPEN, SOON_DAYS, Counts, Group, count

PAGE_SIZE = 50
RECUR_AHEAD_DAYS = 45
SORTS = ("plan", "due", "due_desc", "title", "owner")


@dataclass(frozen=True, kw_only=True)
class Query:
    """What a list is narrowed to; each field is a parameter of the address. Empty means: do not narrow.

    ``status`` is a status, "open", "late", "late_assumed" or "soon"; ``within`` a number of days; ``all`` shows every occurrence of recurring ones.
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
    size: int = PAGE_SIZE


@dataclass(frozen=True)
class Line:
    """A line of the matrix: the catalogue's item and its rows by region (``JOINT`` for a joint one)."""

    item: Item
    occurrence: str
    slug: str
    plan_key: str
    line_id: int
    cells: dict[str, MilestoneRow] = field(default_factory=dict)
    verdict: str = ""

    @property
    def place(self) -> str:
        """The line's name in the journal: "edition:id", with the occurrence where there is one."""
        return f"{self.item.key}/{self.occurrence}" if self.occurrence else self.item.key

    @property
    def joint(self) -> MilestoneRow | None:
        """The joint row, if the line is not answered region by region."""
        return self.cells.get(JOINT)

    @property
    def dues(self) -> list[date]:
        """The dates of its rows, each once, earliest first."""
        return sorted({row.due for row in self.cells.values() if row.due})


@dataclass(frozen=True)
class Lines:
    """A page of lines and how many there are in all."""

    lines: list[Line]
    total: int
    number: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))


def lines(pilot: Pilot, query: Query, today: date) -> Lines:
    """Return the page of lines that ``query`` asks for; ``today`` decides what is late, soon and current."""
    statement = wanted(pilot, query, today)
    total = db.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    number = min(max(1, query.page), max(1, -(-total // query.size)))
    page = statement.options(selectinload(MilestoneLine.rows)).limit(query.size).offset((number - 1) * query.size)
    found = db.session.scalars(page).all()
    return Lines(gather(pilot, found), total, number, query.size)


def between(pilot: Pilot, query: Query, first: date, last: date, today: date) -> list[Line]:
    """Return all lines that ``query`` asks for with a date from ``first`` to ``last`` (both included); of their cells only those rows."""
    statement = (
        select(MilestoneLine)
        .join(MilestoneLine.rows)
        .where(MilestoneRow.pilot_id == pilot.id, MilestoneRow.due.between(first, last))
        .where(*_line_conditions(query), *row_conditions(query, today))
        .order_by(MilestoneLine.position, MilestoneLine.occurrence, MilestoneRow.id)
        .options(contains_eager(MilestoneLine.rows))
        .execution_options(populate_existing=True)
    )
    return gather(pilot, db.session.scalars(statement).unique().all())


def gather(pilot: Pilot, found: Sequence[MilestoneLine]) -> list[Line]:
    """Join stored lines with the catalogue's items and the head lead's verdicts."""
    verdicts = dict(
        db.session.execute(
            select(AssumptionVerdict.key, AssumptionVerdict.verdict).where(AssumptionVerdict.pilot_id == pilot.id)
        ).all()
    )
    plans = load_plans()
    return [
        Line(
            plans[line.plan_key].by_id[line.plan_id], line.occurrence, line.slug, line.plan_key, line.id,
            {row.region: row for row in line.rows}, verdicts.get(line.key, ""),
        )
        for line in found
        if line.plan_key in plans and line.plan_id in plans[line.plan_key].by_id
    ]  # fmt: skip


def of_region(counted: dict[str, Counts], region: str) -> Counts:
    """Return the counts of what a region's list shows: its own rows and the joint ones; of all rows where ``region`` is empty."""
    keys = dict.fromkeys([region, JOINT] if region else [""])
    there = [counted.get(key, Counts()) for key in keys]
    return Counts(**{field.name: sum(getattr(one, field.name) for one in there) for field in fields(Counts)})


def counts(pilot: Pilot, today: date) -> dict[str, Counts]:
    """Count the pilot's rows by standing, in one query: by region key, and all of them under "" (empty).

    All rows are counted by status; of the open ones only those that are late or soon are looked at, which the index finds.

    Occurrences of recurring ones that lie more than ``RECUR_AHEAD_DAYS`` ahead are not counted.
    """
    row, soon_day = MilestoneRow, today + timedelta(days=SOON_DAYS)
    near = or_(row.recurs.is_(False), row.due <= today + timedelta(days=RECUR_AHEAD_DAYS))
    none, sure = literal(0), literal(False)
    all_open = (row.region.in_([JOINT, *(region.organisation_key for region in pilot.regions)]), row.status.in_(OPEN))
    parts = (
        select(row.region, row.status, func.count(), none, none, sure).where(near).group_by(row.region, row.status),
        select(row.region, row.status, none, func.count(), none, row.assumed)
        .where(*all_open, row.due < today)
        .group_by(row.region, row.status, row.assumed),
        select(row.region, row.status, none, none, func.count(), sure)
        .where(*all_open, row.due.between(today, soon_day))
        .group_by(row.region, row.status),
    )
    found = [Group(*group) for group in db.session.execute(union_all(*(part.where(row.pilot_id == pilot.id) for part in parts)))]
    return {"": count(found), **{region: count(g for g in found if g.region == region) for region in {g.region for g in found}}}


def nearest(pilot: Pilot, today: date, *conditions: ColumnElement[bool], most: int) -> list[int]:
    """Return the ids of the first ``most`` lines by date that have an open row for which all ``conditions`` hold.

    Rows are read in the order of an index until there are enough: a line has no more rows than the pilot has regions.
    """
    row = MilestoneRow
    near = or_(row.recurs.is_(False), row.due <= today + timedelta(days=RECUR_AHEAD_DAYS))
    statement = select(row.line_id).where(row.pilot_id == pilot.id, row.due.is_not(None), row.status.in_(OPEN), near, *conditions)
    found = db.session.scalars(statement.order_by(row.due, row.id).limit(most * len(pilot.regions)))
    return list(dict.fromkeys(found))[:most]


def by_ids(pilot: Pilot, ids: Collection[int]) -> dict[int, Line]:
    """Return the lines with these ids, by id; those that are on no shelf any more are left out."""
    statement = select(MilestoneLine).where(MilestoneLine.id.in_(ids)).options(selectinload(MilestoneLine.rows))
    return {line.line_id: line for line in gather(pilot, db.session.scalars(statement).all())}


def wanted(pilot: Pilot, query: Query, today: date) -> Select[tuple[MilestoneLine]]:
    """Return the statement for all lines that ``query`` asks for, in its order, not yet cut into pages."""
    statement = select(MilestoneLine).where(MilestoneLine.pilot_id == pilot.id, *_line_conditions(query))
    rows = row_conditions(query, today)
    if rows:
        statement = statement.where(MilestoneLine.rows.any(and_(*rows)))
    if not query.all and query.within is None:
        statement = statement.where(_current(today))
    return statement.order_by(*_order(query.sort))


def _line_conditions(query: Query) -> list[ColumnElement[bool]]:
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
        conditions.append(MilestoneRow.region.in_([query.region, JOINT]))
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


def _current(today: date) -> ColumnElement[bool]:
    """All lines but the occurrences of recurring ones that lie more than ``RECUR_AHEAD_DAYS`` ahead."""
    near = MilestoneLine.rows.any(MilestoneRow.due <= today + timedelta(days=RECUR_AHEAD_DAYS))
    return or_(MilestoneLine.occurrence == "", near)


def _order(sort: str) -> Sequence[ColumnElement[object]]:
    plan_order = (MilestoneLine.position, MilestoneLine.occurrence)
    due = (
        select(func.min(MilestoneRow.due))
        .where(MilestoneRow.line_id == MilestoneLine.id)
        .correlate(MilestoneLine)
        .scalar_subquery()
    )
    orders: dict[str, Sequence[ColumnElement[object]]] = {
        "due": (due.asc().nulls_last(), *plan_order),
        "due_desc": (due.desc().nulls_last(), *plan_order),
        "title": (MilestoneLine.search, *plan_order),
        "owner": (MilestoneLine.owner_role, *plan_order),
    }
    return orders.get(sort, plan_order)
