"""What decisions have to do with in other rooms: the titles of what they are linked to, and what of it has begun."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from ccc_pilot.catalogue import load_plans
from ccc_pilot.db import db
from ccc_pilot.decisions.neighbours import Neighbours
from ccc_pilot.overview import told
from ccc_pilot.overview.telling import milestone
from ccc_pilot.people import pilots
from ccc_pilot.people.models import Pilot
from ccc_pilot.progress.models import MilestoneLine, MilestoneRow
from ccc_pilot.progress.rules import Status

IDLE = (Status.NOT_STARTED, Status.CANCELLED, Status.UNKNOWN)


def titles(keys: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """Return title and address of the things with ``keys``; those that nobody knows are left out."""
    found = {key: _milestone(key) for key in keys}
    return {key: told for key, told in found.items() if told}


def _milestone(key: str) -> tuple[str, str] | None:
    plan_key, _colon, rest = key.partition(":")
    name, _slash, occurrence = rest.partition("/")
    plan = load_plans().get(plan_key)
    item = plan.by_id.get(name.partition("@")[0]) if plan else None
    return milestone(plan_key, item, occurrence) if item else None


def find(pilot: Pilot, text: str) -> str:
    """Return the key of what ``text`` names: a milestone's id or key, or the address of its page; empty where it names nothing."""
    last = text.strip().rstrip("/").rsplit("/", 1)[-1].partition("#")[0].partition("?")[0]
    plan_key, _colon, name = last.rpartition(":")
    plans = load_plans()
    for key in [plan_key] if plan_key else pilot.plan_keys:
        item = plans[key].by_id.get(name.upper()) or plans[key].by_id.get(name) if key in plans else None
        if item is not None:
            return item.key
    return ""


def started(keys: Iterable[str]) -> frozenset[str]:
    """Return those of ``keys`` whose things have begun: a milestone that is under way or done in one region at least."""
    wanted = {key: key.partition("/")[0].partition("@")[0] for key in keys}
    begun = set(
        db.session.scalars(
            select(MilestoneLine.key)
            .join(MilestoneRow, MilestoneRow.line_id == MilestoneLine.id)
            .where(MilestoneLine.pilot_id == pilots.chosen().id, MilestoneLine.key.in_(set(wanted.values())))
            .where(MilestoneRow.status.not_in(IDLE))
        )
    )
    return frozenset(key for key, line in wanted.items() if line in begun)


NEIGHBOURS = Neighbours(titles=titles, started=started, find=find, prefill=told.prefill)
