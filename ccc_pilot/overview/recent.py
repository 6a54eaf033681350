"""What was changed lately: the latest changes of milestones, told in a line each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from ccc_pilot import said
from ccc_pilot.dates import format_day, utc_now
from ccc_pilot.db import db
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import language
from ccc_pilot.people import pilots
from ccc_pilot.people.models import Person, Pilot
from ccc_pilot.progress import loading
from ccc_pilot.progress.models import MilestoneChange, MilestoneRow
from ccc_pilot.progress.rules import Status
from ccc_pilot.progress.words import STATUS_WORDS


@dataclass(frozen=True, slots=True)
class Change:
    """One change: when, where, by whom, of what, and what it says in a few words (``text``: what was written with it)."""

    at: datetime
    by: str
    region: str
    title: str
    url: str
    what: str
    text: str


def changes(pilot: Pilot, *, most: int, regions: Collection[str] | None = None, days: int | None = None) -> list[Change]:
    """Return the latest changes, newest first: of these ``regions`` (None: all), within the last ``days`` (None: ever). One query."""
    statement = (
        select(MilestoneChange, Person.name)
        .join(MilestoneChange.row)
        .join(MilestoneRow.line)
        .outerjoin(Person, Person.id == MilestoneChange.person_id)
        .options(contains_eager(MilestoneChange.row).contains_eager(MilestoneRow.line))
        .where(MilestoneChange.row.has(MilestoneRow.pilot_id == pilot.id))  # not of the row joined: the newest are read first
        .order_by(MilestoneChange.id.desc())
        .limit(most)
    )
    if regions is not None:
        statement = statement.where(MilestoneRow.region.in_(regions))
    if days is not None:
        statement = statement.where(MilestoneChange.at >= utc_now() - timedelta(days=days))
    shorts = {region.key: region.short for region in pilots.regions(pilot)}
    return [_change(change, by or _("The system"), shorts) for change, by in db.session.execute(statement)]


def _change(change: MilestoneChange, by: str, shorts: dict[str, str]) -> Change:
    line = change.row.line
    title = str(loading.item(line.key).title)
    return Change(
        change.at, by, shorts.get(change.row.region, _("Joint")), f"{title} · {line.period}" if line.occurrence else title,
        url_for("progress.show", plan=line.plan_key, slug=line.slug, _anchor="history"), _what(change), said.in_words(change.text),
    )  # fmt: skip


def _what(change: MilestoneChange) -> str:
    if change.due_to:
        return _("moved to %(day)s", day=format_day(change.due_to, language()))
    if change.status_to and change.status_to != change.status_from:
        return str(STATUS_WORDS[Status(change.status_to)])
    if change.percent_to is not None and change.percent_to != change.percent_from:
        return f"{change.percent_to}\u00a0%"
    return _("commented")
