"""The deadlines of milestones: what is open with a date, and claims of "done" that wait for the head lead."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from ccc_pilot.catalogue import load_plans
from ccc_pilot.db import db
from ccc_pilot.i18n import Text, local
from ccc_pilot.people.models import Organisation, Pilot
from ccc_pilot.people.policy import Role
from ccc_pilot.progress.models import MilestoneLine, MilestoneRow
from ccc_pilot.progress.rules import OPEN, Status
from ccc_pilot.reminders.deadlines import Deadline, number_of

AT_A_TIME = 1000
APPROVE_WITHIN = timedelta(days=7)


def near(first: date, last: date) -> Iterator[Deadline]:
    """Yield the open milestones due from ``first`` to ``last``, both included: by an index, so that what is far away costs nothing."""
    return _deadlines(_open().where(MilestoneRow.pilot_id.in_(select(Pilot.id)), MilestoneRow.due.between(first, last)))


def open_ones(keys: Iterable[str]) -> Mapping[str, Deadline]:
    """Return those of ``keys`` that are still open, by key."""
    return {found.object: found for found in _deadlines(_open().where(MilestoneRow.id.in_([number_of(key) for key in keys])))}


def claims_near(first: date, last: date) -> Iterator[Deadline]:
    """Yield claims of "done" that the head lead should answer from ``first`` to ``last``."""
    begin, end = (datetime.combine(day - APPROVE_WITHIN, time(), UTC) for day in (first, last + timedelta(days=2)))
    everywhere = (MilestoneRow.pilot_id.in_(select(Pilot.id)), MilestoneRow.region.in_(select(Organisation.key)))  # for the index
    found = _claims(_claimed().where(*everywhere, MilestoneRow.updated_at.between(begin, end)))
    return (claim for claim in found if first <= claim.due <= last)


def open_claims(keys: Iterable[str]) -> Mapping[str, Deadline]:
    """Return those of the claims ``keys`` that still wait, by key."""
    return {found.object: found for found in _claims(_claimed().where(MilestoneRow.id.in_([number_of(key) for key in keys])))}


def _open() -> Select[tuple[MilestoneRow]]:
    return _rows().where(MilestoneRow.status.in_(OPEN))


def _claimed() -> Select[tuple[MilestoneRow]]:
    return _rows().where(MilestoneRow.status == Status.CLAIMED, MilestoneRow.updated_at.is_not(None))


def _rows() -> Select[tuple[MilestoneRow]]:
    return select(MilestoneRow).join(MilestoneRow.line).options(contains_eager(MilestoneRow.line)).order_by(MilestoneRow.id)


def _deadlines(statement: Select[tuple[MilestoneRow]]) -> Iterator[Deadline]:
    for row, title in _titled(statement):
        if row.due is not None:
            line = row.line
            yield Deadline(
                f"milestone:{row.id}", "reporting" if line.reporting else "milestone", title, row.region, row.pilot_id, row.due,
                line.owner_role, line.plan_id, "progress.show", (("plan", line.plan_key), ("slug", line.slug)),
                reporting=line.reporting, assumed=row.assumed, version=row.version, changed=row.updated_at,
            )  # fmt: skip


def _claims(statement: Select[tuple[MilestoneRow]]) -> Iterator[Deadline]:
    for row, title in _titled(statement):
        if row.updated_at is not None:
            yield Deadline(
                f"claim:{row.id}", "claim", title, row.region, row.pilot_id, local(row.updated_at).date() + APPROVE_WITHIN,
                Role.HEAD_LEAD, row.line.plan_id, "progress.show", (("plan", row.line.plan_key), ("slug", row.line.slug)), followed=False,
                version=row.version, changed=row.updated_at,
            )  # fmt: skip


def _titled(statement: Select[tuple[MilestoneRow]]) -> Iterator[tuple[MilestoneRow, Text]]:
    plans = load_plans()
    found = db.session.scalars(statement.execution_options(yield_per=AT_A_TIME))
    for row in found:
        item = plans[row.line.plan_key].by_id.get(row.line.plan_id) if row.line.plan_key in plans else None
        if item is not None:
            yield row, _named(item.title, row.line)


def _named(title: Text, line: MilestoneLine) -> Text:
    if not line.occurrence:
        return title
    return Text(*(f"{text} · {line.period}" if text else "" for text in (title.sv, title.en)))
