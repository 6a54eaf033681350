"""The deadlines of milestones: what is open with a date, and claims of "done" that wait for the head lead."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, select

from ccc_pilot.catalogue import load_plans
from ccc_pilot.db import db
from ccc_pilot.i18n import Text, local
from ccc_pilot.people.models import Organisation, Pilot
from ccc_pilot.people.policy import Role
from ccc_pilot.progress.models import MilestoneLine, MilestoneRow, period_of, plan_id_of, slug_of
from ccc_pilot.progress.rules import OPEN, Status
from ccc_pilot.reminders.deadlines import Deadline, number_of

AT_A_TIME = 1000
APPROVE_WITHIN = timedelta(days=7)
Asked = Select[*tuple[Any, ...]]


def near(first: date, last: date) -> Iterator[Deadline]:
    """Yield the open milestones due from ``first`` to ``last``, both included: by an index, so that what is far away costs nothing."""
    soon = MilestoneRow.pilot_id.in_(select(Pilot.id)), MilestoneRow.due.between(first, last)
    found = _titled(_rows().where(MilestoneRow.status.in_(OPEN), *soon))
    return (one for row, title in found if (one := _deadline(row, title)) is not None)


def open_ones(keys: Iterable[str]) -> Mapping[str, Deadline]:
    """Return those of ``keys`` (milestones, and claims of done) that are still open, by key. One query for both."""
    asked = frozenset(keys)
    mine = _rows().where(MilestoneRow.status.in_({*OPEN, Status.CLAIMED}))
    found = _titled(mine.where(MilestoneRow.id.in_({number_of(key) for key in asked})))
    told = (_claim(row, title) if row.status == Status.CLAIMED else _deadline(row, title) for row, title in found)
    return {one.object: one for one in told if one is not None and one.object in asked}


def claims_near(first: date, last: date) -> Iterator[Deadline]:
    """Yield claims of "done" that the head lead should answer from ``first`` to ``last``."""
    begin, end = (datetime.combine(day - APPROVE_WITHIN, time(), UTC) for day in (first, last + timedelta(days=2)))
    everywhere = (MilestoneRow.pilot_id.in_(select(Pilot.id)), MilestoneRow.region.in_(select(Organisation.key)))  # for the index
    claimed = MilestoneRow.status == Status.CLAIMED, MilestoneRow.updated_at.between(begin, end)
    found = (_claim(row, title) for row, title in _titled(_rows().where(*everywhere, *claimed)))
    return (claim for claim in found if claim is not None and first <= claim.due <= last)


def _rows() -> Asked:
    """Only the columns that deadlines are made of: a sweep reads tens of thousands."""
    row, line = MilestoneRow, MilestoneLine
    columns = (row.id, row.region, row.pilot_id, row.status, row.due, row.assumed, row.version, row.updated_at)
    of_line = (line.plan_key, line.key, line.occurrence, line.owner_role, line.reporting)
    return select(*columns, *of_line).join(row.line).order_by(row.id)


def _deadline(row: Any, title: Text) -> Deadline | None:
    if row.due is None:
        return None
    return Deadline(
        f"milestone:{row.id}", "reporting" if row.reporting else "milestone", title, row.region, row.pilot_id, row.due, row.owner_role,
        plan_id_of(row.key), "progress.show", _args(row), reporting=row.reporting, assumed=row.assumed, version=row.version,
        changed=row.updated_at,
    )  # fmt: skip


def _claim(row: Any, title: Text) -> Deadline | None:
    if row.updated_at is None:
        return None
    return Deadline(
        f"claim:{row.id}", "claim", title, row.region, row.pilot_id, local(row.updated_at).date() + APPROVE_WITHIN, Role.HEAD_LEAD,
        plan_id_of(row.key), "progress.show", _args(row), followed=False, version=row.version, changed=row.updated_at,
    )  # fmt: skip


def _args(row: Any) -> tuple[tuple[str, str], ...]:
    return (("plan", row.plan_key), ("slug", slug_of(row.key, row.occurrence)))


def _titled(statement: Asked) -> Iterator[tuple[Any, Text]]:
    plans = load_plans()
    for row in db.session.execute(statement.execution_options(yield_per=AT_A_TIME)):
        plan = plans.get(row.plan_key)
        item = plan.by_id.get(plan_id_of(row.key)) if plan else None
        if item is not None:
            yield row, _named(item.title, row.occurrence)


def _named(title: Text, occurrence: str) -> Text:
    if not occurrence:
        return title
    return Text(*(f"{text} · {period_of(occurrence)}" if text else "" for text in (title.sv, title.en)))
