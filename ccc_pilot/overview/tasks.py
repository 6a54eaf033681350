"""Single rows of milestones as something to do: what it is, where, when, how it stands, and the way to its quick form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for
from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import contains_eager

from ccc_pilot.db import db
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import Current
from ccc_pilot.people.models import Pilot
from ccc_pilot.progress import loading
from ccc_pilot.progress.listing import RECUR_AHEAD_DAYS
from ccc_pilot.progress.models import MilestoneLine, MilestoneRow
from ccc_pilot.progress.rules import OPEN
from ccc_pilot.progress.words import Standing, standing


@dataclass(frozen=True, slots=True)
class Task:
    """One row to do something about. ``url`` leads to its quick form, or to its page for those who may not change it."""

    title: str
    id: str
    url: str
    region: str
    due: date | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Tasks:
    """The first of the rows that fit, and how many fit in all."""

    rows: list[Task]
    total: int


def late(day: date) -> ColumnElement[bool]:
    """What is open past its date on ``day``."""
    return and_(MilestoneRow.status.in_(OPEN), MilestoneRow.due < day)


def ahead(day: date, days: int) -> ColumnElement[bool]:
    """What is open and due within ``days`` days from ``day`` on."""
    return and_(MilestoneRow.status.in_(OPEN), MilestoneRow.due.between(day, day + timedelta(days=days)))


def find(
    pilot: Pilot, who: Current, day: date, *conditions: ColumnElement[bool], most: int, first: Sequence[ColumnElement[bool]] = ()
) -> Tasks:
    """Return at most ``most`` rows of ``pilot`` that meet all ``conditions``, by date; those for which the conditions ``first`` hold, before.

    Times of recurring ones that lie far ahead are left out, as in the matrix. One query.
    """
    near = or_(MilestoneRow.recurs.is_(False), MilestoneRow.due <= day + timedelta(days=RECUR_AHEAD_DAYS))
    found = db.session.execute(
        select(MilestoneRow, func.count().over())
        .join(MilestoneRow.line)
        .options(contains_eager(MilestoneRow.line))
        .where(MilestoneRow.pilot_id == pilot.id, near, *conditions)
        .order_by(
            *(condition.desc() for condition in first),
            MilestoneRow.due.is_(None),
            MilestoneRow.due,
            MilestoneLine.position,
            MilestoneRow.id,
        )
        .limit(most)
    ).all()
    shorts = {region.key: region.short for region in pilots.regions(pilot)}
    return Tasks([_task(row, shorts, who, day) for row, _total in found], found[0][1] if found else 0)


def _task(row: MilestoneRow, shorts: dict[str, str], who: Current, day: date) -> Task:
    line, item = row.line, loading.item(row.line.key)
    where = {"plan": line.plan_key, "slug": line.slug}
    may = who.may("milestone.progress", row.region)
    return Task(
        f"{item.title} · {line.occurrence}" if line.occurrence else str(item.title), item.id,
        url_for("progress.edit", region=row.region, **where) if may else url_for("progress.show", **where),
        shorts.get(row.region, _("Joint")), row.due, standing(row.status, row.percent, row.due, day, assumed=row.assumed),
    )  # fmt: skip
