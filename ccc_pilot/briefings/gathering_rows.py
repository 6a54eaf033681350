"""The milestones as they stood at the end of a day: the rows of now, with the later changes taken back."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from ccc_pilot.briefings.rules import Change, Standing, as_of
from ccc_pilot.catalogue import load_plans
from ccc_pilot.db import db
from ccc_pilot.i18n import Text, in_zone
from ccc_pilot.people.models import Pilot
from ccc_pilot.progress.models import MilestoneChange, MilestoneLine, MilestoneRow

STORED = (
    MilestoneRow.id, MilestoneLine.plan_key, MilestoneLine.key, MilestoneLine.occurrence, MilestoneLine.reporting, MilestoneRow.region,
    MilestoneRow.status, MilestoneRow.percent, MilestoneRow.due, MilestoneRow.first_due, MilestoneRow.assumed, MilestoneRow.recurs,
    MilestoneRow.comment,
)  # fmt: skip


def items(pilot: Pilot) -> dict[str, dict[str, Any]]:
    """Return what the pilot's plans call their items, by key: title and phase in both languages, the source."""
    told = {}
    for plan in load_plans().values():
        if plan.key in pilot.plan_keys:
            phases = {phase.id: phase.title for phase in plan.phases}
            for item in plan.items:
                phase = phases.get(item.phase, Text())
                told[item.key] = {
                    "id": item.id, "sv": item.title.sv, "en": item.title.en, "phase_sv": phase.sv, "phase_en": phase.en,
                    "source": " ".join(filter(None, (item.source, item.source_ref))),
                }  # fmt: skip
    return told


def rows(pilot: Pilot, day: date) -> dict[str, dict[str, Any]]:
    """Return the rows as they stood at the end of ``day``, by id ("plan:item~occurrence@region"), in the order of the plans."""
    later = _later(pilot, day)
    found = db.session.execute(
        select(*STORED)
        .join(MilestoneLine, MilestoneLine.id == MilestoneRow.line_id)
        .where(MilestoneRow.pilot_id == pilot.id)
        .order_by(MilestoneLine.position, MilestoneLine.occurrence, MilestoneRow.id)
    )
    told = {}
    for number, plan, key, occurrence, reporting, region, status, percent, due, first, assumed, recurs, comment in found:
        stood = as_of(Standing(status, percent, _iso(due)), later.get(number, ()))
        slug = f"{key}~{occurrence}" if occurrence else key
        told[f"{slug}@{region}"] = {
            "item": key, "plan": plan, "occurrence": occurrence, "region": region, "standing": [stood.status, stood.percent, stood.due],
            "first": _iso(first), "assumed": assumed, "recurs": recurs, "reporting": reporting, "comment": comment,
        }  # fmt: skip
    return told


def standings(pilot: Pilot, day: date) -> dict[str, list[Any]]:
    """Return only where the rows stood at the end of ``day``, by id."""
    return {name: row["standing"] for name, row in rows(pilot, day).items()}


def _later(pilot: Pilot, day: date) -> dict[int, list[Change]]:
    """The changes after the end of ``day``, newest first, by row."""
    changes: dict[int, list[Change]] = defaultdict(list)
    found = db.session.scalars(
        select(MilestoneChange)
        .join(MilestoneChange.row)
        .where(MilestoneRow.pilot_id == pilot.id, MilestoneChange.at >= end_of(day))
        .order_by(MilestoneChange.id.desc())
    )
    for change in found:
        came = change.status_from if change.status_to else ""
        percent = change.percent_from if change.percent_to is not None else None
        changes[change.row_id].append(Change(came, percent, _iso(change.due_from), change.due_to is not None))
    return changes


def end_of(day: date) -> datetime:
    """Return the moment when ``day`` is over where the pilot is."""
    return in_zone(datetime.combine(day + timedelta(days=1), time.min))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
