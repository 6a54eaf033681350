"""Single rows of milestones as something to do: what it is, where, when, how it stands, and the way to its quick form."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, and_, select, union_all
from sqlalchemy.orm import contains_eager

from ccc_pilot.db import db
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import Current
from ccc_pilot.people.models import Pilot
from ccc_pilot.progress import loading, narrowing
from ccc_pilot.progress.models import MilestoneRow
from ccc_pilot.progress.rules import OPEN
from ccc_pilot.progress.words import Standing, standing

First = Callable[[Any], Sequence[ColumnElement[bool]]]


@dataclass(frozen=True, slots=True)
class Task:
    """One row to do something about. ``url`` leads to its quick form, or to its page for those who may not change it."""

    title: str
    id: str
    url: str
    region: str
    due: date | None
    standing: Standing


def late(day: date) -> ColumnElement[bool]:
    """What is open past its date on ``day``."""
    return and_(MilestoneRow.status.in_(OPEN), MilestoneRow.due < day)


def ahead(day: date, days: int) -> ColumnElement[bool]:
    """What is open and due within ``days`` days from ``day`` on."""
    return and_(MilestoneRow.status.in_(OPEN), MilestoneRow.due.between(day, day + timedelta(days=days)))


def find(
    pilot: Pilot, who: Current, day: date, *either: ColumnElement[bool], most: int, first: First = lambda row: ()
) -> list[Task]:
    """Return at most ``most`` rows of ``pilot`` for which one of ``either`` holds, by date; before them those that ``first`` puts first.

    No row may meet two of ``either``: each is a question of its own to an index. ``first`` is given the columns region, status, assumed and
    due. Times of recurring ones that lie far ahead are left out, as in the matrix. One query, which reads whole only the rows shown.
    """
    row = MilestoneRow
    columns = select(row.id, row.region, row.status, row.assumed, row.due).where(row.pilot_id == pilot.id, narrowing.near(day))
    fit = union_all(*(columns.where(condition) for condition in either)).subquery().c
    ids = select(fit.id).order_by(*_order(fit, first)).limit(most)
    statement = select(row).where(row.id.in_(ids)).join(row.line).options(contains_eager(row.line)).order_by(*_order(row, first))
    shorts = {region.key: region.short for region in pilots.regions(pilot)}
    return [_task(found, shorts, who, day) for found in db.session.scalars(statement)]


def _order(of: Any, first: First) -> Sequence[ColumnElement[Any]]:
    return (*(condition.desc() for condition in first(of)), of.due.asc().nulls_last(), of.id)


def _task(row: MilestoneRow, shorts: dict[str, str], who: Current, day: date) -> Task:
    line, item = row.line, loading.item(row.line.key)
    where: dict[str, Any] = {"plan": line.plan_key, "slug": line.slug}
    may = who.may("milestone.progress", row.region)
    return Task(
        f"{item.title} · {line.period}" if line.occurrence else str(item.title), item.id,
        url_for("progress.edit", region=row.region, **where) if may else url_for("progress.show", **where),
        shorts.get(row.region, _("Joint")), row.due, standing(row.status, row.percent, row.due, day, assumed=row.assumed),
    )  # fmt: skip
