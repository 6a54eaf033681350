"""Lists of milestones: the filters of the address, a page of lines, and the rows behind each. The number of queries does not grow with the rows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, func, literal, select, union_all
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from ccc_pilot.catalogue import Item, load_plans
from ccc_pilot.db import db
from ccc_pilot.people.models import Pilot
from ccc_pilot.progress.models import AssumptionVerdict, MilestoneLine, MilestoneRow, MilestoneTally, period_of
from ccc_pilot.progress.narrowing import BY_DATE, Query, far, line_conditions, near, row_conditions, rows_wanted, wanted
from ccc_pilot.progress.rules import JOINT, OPEN, SOON_DAYS, Counts, Group, count

COUNTED_AHEAD = 500  # lines


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
    def period(self) -> str:
        """Which time of a recurring line it is, as people read it; else empty."""
        return period_of(self.occurrence)

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
    """A page of lines and how many there are in all; with ``more``, that they are more than so many: the rest was not counted."""

    lines: list[Line]
    total: int
    number: int
    size: int
    more: bool = False

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))


def lines(pilot: Pilot, query: Query, today: date) -> Lines:
    """Return the page of lines that ``query`` asks for; ``today`` decides what is late, soon and current."""
    if query.sort in BY_DATE:
        return _lines_by_date(pilot, query, today)
    statement = wanted(pilot, query, today)
    total, more = _count(statement.order_by(None).with_only_columns(MilestoneLine.id), query)
    number = _page(query, total)
    page = statement.options(selectinload(MilestoneLine.rows)).limit(query.size).offset((number - 1) * query.size)
    found = db.session.scalars(page).all()
    return Lines(gather(pilot, found), total, number, query.size, more)


def _lines_by_date(pilot: Pilot, query: Query, today: date) -> Lines:
    """The same by date: rows are read in the order of an index until the page is full, whatever their number."""
    row, conditions = MilestoneRow, rows_wanted(pilot, query, today)
    total, more = _count(select(row.line_id).where(*conditions).distinct(), query)
    number = _page(query, total)
    order = (row.due.desc().nulls_last(), row.id.desc()) if query.sort == "due_desc" else (row.due.asc().nulls_last(), row.id)
    walk = select(row.line_id).where(*conditions).order_by(*order).limit(number * query.size * max(1, len(pilot.regions)))
    ids = list(dict.fromkeys(db.session.scalars(walk)))[(number - 1) * query.size : number * query.size]
    found = by_ids(pilot, ids)
    return Lines([found[one] for one in ids if one in found], total, number, query.size, more)


def _count(ids: Select[int], query: Query) -> tuple[int, bool]:
    """Count the lines up to ``COUNTED_AHEAD`` beyond the page asked for; returns how many, and whether there are more."""
    most = max(1, query.page) * query.size + COUNTED_AHEAD
    found = db.session.scalar(select(func.count()).select_from(ids.limit(most + 1).subquery())) or 0
    return min(found, most), found > most


def _page(query: Query, total: int) -> int:
    return min(max(1, query.page), max(1, -(-total // query.size)))


def between(pilot: Pilot, query: Query, first: date, last: date, today: date) -> list[Line]:
    """Return all lines that ``query`` asks for with a date from ``first`` to ``last`` (both included); of their cells only those rows."""
    statement = (
        select(MilestoneLine)
        .join(MilestoneLine.rows)
        .where(MilestoneRow.pilot_id == pilot.id, MilestoneRow.due.between(first, last))
        .where(*line_conditions(query), *row_conditions(query, today))
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
    return _lines(found, verdicts)


def _lines(found: Sequence[MilestoneLine], verdicts: Mapping[str, str]) -> list[Line]:
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

    How many stand where is tallied by the database; only the open ones that are late or soon are looked at, which an index finds.

    Occurrences of recurring ones that lie more than ``RECUR_AHEAD_DAYS`` ahead are not counted.
    """
    row, tally, soon_day = MilestoneRow, MilestoneTally, today + timedelta(days=SOON_DAYS)
    none, sure = literal(0), literal(False)
    regions, mine = [JOINT, *(region.organisation_key for region in pilot.regions)], row.pilot_id == pilot.id
    all_open = (mine, row.region.in_(regions), row.status.in_(OPEN))
    parts = (
        select(tally.region, tally.status, tally.n, none, none, sure).where(tally.pilot_id == pilot.id),
        select(row.region, row.status, -func.count(), none, none, sure).where(mine, far(today)).group_by(row.region, row.status),
        select(row.region, row.status, none, func.count(), none, row.assumed)
        .where(*all_open, row.due < today)
        .group_by(row.region, row.status, row.assumed),
        select(row.region, row.status, none, none, func.count(), sure)
        .where(*all_open, row.due.between(today, soon_day))
        .group_by(row.region, row.status),
    )
    found = [Group(*group) for group in db.session.execute(union_all(*parts))]
    return {"": count(found), **{region: count(g for g in found if g.region == region) for region in {g.region for g in found}}}


def how_many(pilot: Pilot, query: Query, today: date) -> int:
    """Return how many rows ``query`` asks for; a line has one in each region, or a joint one. One query."""
    return db.session.scalar(select(func.count()).select_from(MilestoneRow).where(*rows_wanted(pilot, query, today))) or 0


def nearest(pilot: Pilot, today: date, *wishes: Sequence[ColumnElement[bool]], most: int) -> list[list[int]]:
    """Return, for each of ``wishes``, the ids of the first ``most`` lines by date that have an open row for which its conditions hold.

    Rows are read in the order of an index until there are enough: a line has no more rows than the pilot has regions. One query.
    """
    row, reach = MilestoneRow, most * len(pilot.regions)
    dated = select(row.due, row.id, row.line_id).where(row.pilot_id == pilot.id, row.due.is_not(None), row.status.in_(OPEN))
    parts = [
        dated.add_columns(literal(place).label("place"))
        .where(near(today), *wish)
        .order_by(row.due, row.id)
        .limit(reach)
        .subquery()
        for place, wish in enumerate(wishes)
    ]
    found = sorted(tuple(each) for each in db.session.execute(union_all(*(select(part) for part in parts))))
    return [list(dict.fromkeys(line for _due, _id, line, at in found if at == place))[:most] for place in range(len(wishes))]


def by_ids(pilot: Pilot, ids: Collection[int]) -> dict[int, Line]:
    """Return the lines with these ids, by id; those that are on no shelf any more are left out. One query."""
    return {line.line_id: line for line in read(pilot, MilestoneLine.id.in_(ids))}


def read(pilot: Pilot, *conditions: ColumnElement[bool]) -> list[Line]:
    """Return the lines for which all ``conditions`` hold, with their rows and verdicts; a few of them, in no order. One query."""
    judged = (AssumptionVerdict.pilot_id == pilot.id) & (AssumptionVerdict.key == MilestoneLine.key)
    statement = select(MilestoneLine, AssumptionVerdict.verdict).outerjoin(AssumptionVerdict, judged)
    found = db.session.execute(statement.where(*conditions).options(joinedload(MilestoneLine.rows))).unique().all()
    return _lines([line for line, _verdict in found], {line.key: verdict or "" for line, verdict in found})
