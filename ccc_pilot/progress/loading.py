"""From a plan on the shelf to the lines that a pilot follows, and the dates that move with the pilot's start."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import contains_eager

from ccc_pilot import journal
from ccc_pilot.catalogue import Item, Occurrence, Plan, Recurrence, due, load_plans, occurrences
from ccc_pilot.dates import add_months, utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import Conflict, NotFound
from ccc_pilot.folding import fold
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.models import Pilot
from ccc_pilot.progress.models import MilestoneChange, MilestoneLine, MilestoneRow
from ccc_pilot.progress.rules import JOINT, Status

POSITIONS_PER_PLAN = 100_000
# What the sources say of an item, as the status its rows begin with. A proposal is no decision, and a day that passed without
# a known outcome is not done.
FIRST_STATUS = {
    "not_started": Status.NOT_STARTED,
    "ongoing": Status.ONGOING,
    "done": Status.DONE,
    "dropped": Status.CANCELLED,
    "proposed": Status.UNKNOWN,
    "passed": Status.UNKNOWN,
}


def plan(key: str) -> Plan:
    """Return the plan with ``key``. Raises ``NotFound``."""
    found = load_plans().get(key)
    if found is None:
        raise NotFound
    return found


def item(key: str) -> Item:
    """Return the catalogue's item with ``key`` ("edition:id"). Raises ``NotFound``."""
    edition, _colon, name = key.partition(":")
    found = plan(edition).by_id.get(name)
    if found is None:
        raise NotFound
    return found


def follow(pilot: Pilot, plan_key: str, *, actor_id: int | None) -> int:
    """Let ``pilot`` follow a plan: a line per active item (per occurrence of a recurring one), a row per region or one joint row.

    Lines that are there already stay as they are. Returns how many rows were made. Raises ``NotFound`` for an unknown plan.
    """
    followed = plan(plan_key)
    lock(pilot)
    place = [*pilot.plan_keys, plan_key].index(plan_key)
    have = set(db.session.execute(select(MilestoneLine.key, MilestoneLine.occurrence).where(MilestoneLine.pilot_id == pilot.id)))
    lines = [line for line in _lines(pilot, followed, place) if (line["key"], line["occurrence"]) not in have]
    rows = _store(pilot, followed, lines)
    if plan_key not in pilot.plan_keys:
        pilot.plan_keys = [*pilot.plan_keys, plan_key]
    if rows:
        journal.write("pilot.loaded", f"pilot:{pilot.key}", actor_id=actor_id, plans=plan_key, rows=rows)
    return rows


def lock(pilot: Pilot) -> None:
    """Read ``pilot`` anew and hold it: two who change its plans or its start take turns. Rows that only point to it are not held up."""
    db.session.refresh(pilot, ["start", "start_confidence", "plan_keys", "version"], with_for_update={"key_share": True})


def _lines(pilot: Pilot, followed: Plan, place: int) -> Iterator[dict[str, Any]]:
    for entry in followed.items:
        if entry.active:
            for time in _times(entry, pilot):
                yield {
                    "pilot_id": pilot.id, "plan_key": followed.key, "key": entry.key, "occurrence": time.label if time else "",
                    "position": place * POSITIONS_PER_PLAN + entry.order, "phase": entry.phase, "owner_role": entry.owner_role,
                    "reporting": entry.reporting, "search": search_text(entry), "due": time.due if time else due(entry, begins(pilot, followed)),
                }  # fmt: skip


def _times(entry: Item, pilot: Pilot) -> Sequence[Occurrence | None]:
    if not isinstance(entry.when, Recurrence):
        return [None]
    if pilot.start is None:
        return []
    return occurrences(entry, pilot.start, add_months(pilot.start, pilot.length_months))


def begins(pilot: Pilot, followed: Plan) -> date | None:
    """Return the day that the plan's offsets count from: the pilot's start for a pilot's plan, else the plan's own."""
    return pilot.start if followed.kind == "pilot" else followed.start


def _store(pilot: Pilot, followed: Plan, lines: list[dict[str, Any]]) -> int:
    if not lines:
        return 0
    regions = [region.organisation_key for region in pilot.regions]
    dues = [line.pop("due") for line in lines]
    ids = db.session.scalars(insert(MilestoneLine).returning(MilestoneLine.id, sort_by_parameter_order=True), lines).all()
    rows = [
        row
        for line, day, line_id in zip(lines, dues, ids, strict=True)
        for row in _rows(
            pilot, followed.by_id[line["key"].split(":", 1)[1]], line_id, day, regions, again=bool(line["occurrence"])
        )
    ]
    db.session.execute(insert(MilestoneRow), rows)
    return len(rows)


def _rows(
    pilot: Pilot, entry: Item, line_id: int, day: date | None, regions: list[str], *, again: bool
) -> Iterator[dict[str, Any]]:
    status = Status.NOT_STARTED if again else FIRST_STATUS[entry.status]
    for region in regions if entry.per_region else [JOINT]:
        yield {
            "line_id": line_id, "pilot_id": pilot.id, "region": region, "recurs": again, "status": status,
            "percent": 100 if status == Status.DONE else 0, "due": day, "first_due": day,
            "assumed": day is not None and entry.confidence == "assumption",
        }  # fmt: skip


def search_text(entry: Item) -> str:
    """Return what a search looks in, folded: case and the rings and dots of å, ä, ö do not matter."""
    return fold(f"{entry.id} {entry.title.sv} {entry.title.en}")


def move_start(*, pilot: Pilot, start: date, reason: str, version: int, actor_id: int) -> int:
    """Move the pilot's start: dates counted from it follow, dates set by hand stay. Returns how many rows moved.

    Recurring lines whose period now falls within the pilot are added; none is taken away. ``version`` is the pilot's that the
    form was based on. Raises ``Conflict`` when somebody else moved the start meanwhile.
    """
    lock(pilot)
    if pilot.version != version:
        raise Conflict(theirs={"start": pilot.start}, mine={"start": start}, version=pilot.version)
    before = pilot.start
    pilot.start, pilot.start_confidence, pilot.version = start, "fact", version + 1
    moved = [row for row in _that_follow(pilot) if _follow_start(row, pilot, reason, actor_id)]
    journal.write(
        "pilot.start_moved", f"pilot:{pilot.key}", actor_id=actor_id, start=[before, start], reason=reason, rows=len(moved)
    )
    for plan_key in pilot.plan_keys:
        follow(pilot, plan_key, actor_id=actor_id)
    return len(moved)


def _that_follow(pilot: Pilot) -> Sequence[MilestoneRow]:
    """The rows whose date follows the start, read anew and held, in one order for all who hold several."""
    statement = select(MilestoneRow).join(MilestoneRow.line).options(contains_eager(MilestoneRow.line)).order_by(MilestoneRow.id)
    statement = statement.where(
        MilestoneRow.pilot_id == pilot.id, MilestoneLine.occurrence == "", MilestoneRow.due_by_hand.is_(False)
    )
    return db.session.scalars(statement.with_for_update(of=MilestoneRow).execution_options(populate_existing=True)).all()


def _follow_start(row: MilestoneRow, pilot: Pilot, reason: str, actor_id: int) -> bool:
    day = due(item(row.line.key), begins(pilot, plan(row.line.plan_key)))
    if day == row.due:
        return False
    now = utc_now()
    change = MilestoneChange(
        row_id=row.id,
        at=now,
        person_id=actor_id,
        due_from=row.due,
        due_to=day,
        text=_("The pilot's start was moved: %(reason)s", reason=reason),
    )
    db.session.add(change)
    row.first_due = row.first_due or row.due
    row.due, row.version, row.updated_at, row.updated_by_id = day, row.version + 1, now, actor_id
    return True
