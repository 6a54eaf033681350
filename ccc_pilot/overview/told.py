"""What a region's milestones tell before a meeting: done since the last one, next, at risk. Text that the region then changes as it likes."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import contains_eager

from ccc_pilot.db import db
from ccc_pilot.decisions.neighbours import Prefill
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.models import Pilot
from ccc_pilot.progress import loading
from ccc_pilot.progress.models import MilestoneChange, MilestoneLine, MilestoneRow
from ccc_pilot.progress.rules import OPEN, Status
from ccc_pilot.progress.words import STATUS_WORDS

AHEAD = timedelta(days=60)
MOST = 12


def prefill(pilot: Pilot, region: str, since: date | None, until: date) -> Prefill:
    """Return what the milestones of ``region`` tell: changed after the day ``since`` (None: ever), due within 60 days of ``until``, at risk."""
    row = MilestoneRow
    late = and_(row.status.in_(OPEN), row.due < until, row.assumed.is_(False))
    coming = and_(row.status.in_(OPEN), row.due.between(until, until + AHEAD))
    return Prefill(
        _lines(_rows(pilot, region, _changed(since))),
        _lines(_rows(pilot, region, coming), dated=True),
        _lines(_rows(pilot, region, or_(row.status == Status.AT_RISK, late)), dated=True),
    )


def _changed(since: date | None) -> ColumnElement[bool]:
    """Those that stand elsewhere than before their first change after ``since``, or of which something is said; not what was undone again."""
    row, change = MilestoneRow, MilestoneChange
    here = (change.row_id == row.id, change.at >= _begin(since))
    first = select(func.min(change.id)).where(*here, change.status_to != "").correlate(row).scalar_subquery()
    elsewhere = exists().where(change.id == first, or_(change.status_from != row.status, change.percent_from != row.percent))
    return or_(elsewhere, and_(row.comment != "", exists().where(*here)))


def _begin(since: date | None) -> datetime:
    return datetime.combine(since + timedelta(days=1), time(), UTC) if since else datetime(2000, 1, 1, tzinfo=UTC)


def _rows(pilot: Pilot, region: str, condition: ColumnElement[bool]) -> list[MilestoneRow]:
    statement = (
        select(MilestoneRow)
        .join(MilestoneRow.line)
        .options(contains_eager(MilestoneRow.line))
        .where(MilestoneRow.pilot_id == pilot.id, MilestoneRow.region == region, condition)
        .order_by(MilestoneRow.due.is_(None), MilestoneRow.due, MilestoneLine.position, MilestoneRow.id)
        .limit(MOST)
    )
    return list(db.session.scalars(statement))


def _lines(rows: list[MilestoneRow], *, dated: bool = False) -> str:
    return "\n".join(f"- {_line(row, dated=dated)}" for row in rows)


def _line(row: MilestoneRow, *, dated: bool) -> str:
    item = loading.item(row.line.key)
    title = f"{item.id} {item.title}" + (f" ({row.line.period})" if row.line.occurrence else "")
    if dated:
        told = [_("by %(day)s", day=row.due.isoformat())] if row.due else []
    else:
        told = [
            str(STATUS_WORDS[Status(row.status)]).lower() + (f" {row.percent} %" if row.status in OPEN and row.percent else "")
        ]
    return f"{title}: {', '.join(told + ([row.comment] if row.comment else []))}"
