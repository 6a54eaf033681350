"""The list of milestones as a table for office programs: what is on the screen, all pages of it, a row per line and region.

Rows come as plain tuples from the database and words are looked up once each: twenty thousand rows are made in a breath.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from ccc_pilot.catalogue import ROLES, load_plans
from ccc_pilot.db import db
from ccc_pilot.i18n import Text, language, zone
from ccc_pilot.i18n import gettext as _
from ccc_pilot.office.tables import Column, Kind, Table, Value
from ccc_pilot.people.models import Pilot
from ccc_pilot.people.pilots import Region
from ccc_pilot.progress.models import MilestoneLine, MilestoneRow, period_of
from ccc_pilot.progress.narrowing import Query, row_conditions, wanted
from ccc_pilot.progress.rules import Status, days_late, slip_days
from ccc_pilot.progress.words import CONFIDENCE_WORDS, STATUS_WORDS

STORED = (
    MilestoneLine.plan_key, MilestoneLine.key, MilestoneLine.occurrence,
    MilestoneRow.region, MilestoneRow.status, MilestoneRow.percent, MilestoneRow.due, MilestoneRow.first_due,
    MilestoneRow.assumed, MilestoneRow.comment, MilestoneRow.updated_at,
)  # fmt: skip


def columns() -> tuple[Column, ...]:
    """Return the columns, headed in the language in use."""
    return (
        Column(_("Id"), width=9), Column(_("Milestone"), width=48), Column(_("Phase"), width=22), Column(_("Owner"), width=24),
        Column(_("Region"), width=10), Column(_("Status"), width=18), Column(_("Percent"), Kind.PERCENT, 9),
        Column(_("Due"), Kind.DAY, 12), Column(_("First date"), Kind.DAY, 12), Column(_("Slip, days"), Kind.WHOLE, 10),
        Column(_("Assumed date"), width=10), Column(_("Comment"), width=40), Column(_("Updated"), Kind.MOMENT, 16),
        Column(_("Source"), width=18), Column(_("Confidence"), width=12),
    )  # fmt: skip


def table(pilot: Pilot, regions: Sequence[Region], query: Query, today: date) -> Table:
    """Return the table of all that ``query`` asks for (its page is left aside); ``today`` decides what is late."""
    statement = wanted(pilot, query, today).join(MilestoneLine.rows).with_only_columns(*STORED).order_by(MilestoneRow.id)
    if conditions := row_conditions(query, today):
        statement = statement.where(*conditions)
    found = db.session.execute(statement, execution_options={"yield_per": 2_000})
    return Table(_("Milestones"), columns(), _rows(found, {region.key: region.short for region in regions}, today))


def _rows(found: Iterable[Any], shorts: dict[str, str], today: date) -> Iterator[tuple[Value, ...]]:
    words, joint, yes = _lookup(), _("Joint"), _("yes")
    status_of, wall = cache(_status), _clock()
    for plan_key, key, occurrence, region, status, percent, due, first_due, assumed, comment, updated_at in found:
        told = words(plan_key, key)
        if told is not None:
            item_id, title, phase, owner, source, confidence = told
            yield (
                item_id, f"{title} · {period_of(occurrence)}" if occurrence else title, phase, owner, shorts.get(region, joint),
                status_of(status, days_late(status, due, today) > 0, assumed), percent, due, first_due,
                slip_days(first_due, due) if due else None, yes if assumed else "", comment, wall(updated_at), source, confidence,
            )  # fmt: skip


def _status(status: str, late: bool, assumed: bool) -> str:
    if late:
        return _("Past assumed date") if assumed else _("Overdue")
    return str(STATUS_WORDS[Status(status)])


def _clock() -> Callable[[datetime | None], datetime | None]:
    """Return what tells a moment by the clock on the wall; the zone is asked for once."""
    here = zone()
    return lambda moment: moment.astimezone(here).replace(tzinfo=None) if moment else None


def _lookup() -> Callable[[str, str], tuple[str, ...] | None]:
    """Return a function from a line's plan and key to the item's words, which remembers; None for what is on no shelf any more."""
    plans, code = load_plans(), language()
    phases = {(plan.key, phase.id): phase.title.in_(code) for plan in plans.values() for phase in plan.phases}
    confidences = {name: str(word) for name, word in CONFIDENCE_WORDS.items()}

    @cache
    def words(plan_key: str, key: str) -> tuple[str, ...] | None:
        plan = plans.get(plan_key)
        item = plan.by_id.get(key.split(":", 1)[1]) if plan else None
        if item is None:
            return None
        return (
            item.id, item.title.in_(code), phases.get((plan_key, item.phase), ""), ROLES.get(item.owner_role, Text()).in_(code),
            " ".join(filter(None, (item.source, item.source_ref))), confidences[item.confidence],
        )  # fmt: skip

    return words
