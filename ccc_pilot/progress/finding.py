"""One milestone and those around it: its line, what it waits for, what waits for it, and the choices that filters offer."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ccc_pilot.catalogue import ROLES, load_plans
from ccc_pilot.db import db
from ccc_pilot.errors import NotFound
from ccc_pilot.people.models import Person, Pilot
from ccc_pilot.progress import listing
from ccc_pilot.progress.listing import Line
from ccc_pilot.progress.models import AssumptionVerdict, MilestoneLine


def line(pilot: Pilot, plan_key: str, slug: str) -> Line:
    """Return one line by its plan and slug ("P1-01", or "PR-01~2025-10" for one time of a recurring one). Raises ``NotFound``. One query."""
    name, _tilde, occurrence = slug.partition("~")
    named = (MilestoneLine.key == f"{plan_key}:{name}", MilestoneLine.occurrence == occurrence)
    found = listing.read(pilot, MilestoneLine.pilot_id == pilot.id, *named)
    if not found:
        raise NotFound
    return found[0]


def plan_title(of: Line) -> str:
    """Return what the plan of a line is called; its key where it is on no shelf any more."""
    plan = load_plans().get(of.plan_key)
    return str(plan.title) if plan else of.plan_key


@dataclass(frozen=True, slots=True)
class Judged:
    """The head lead's word on an assumption, with who said it."""

    verdict: str
    note: str
    at: Any
    by: str
    version: int


def verdict(pilot: Pilot, of: Line) -> Judged | None:
    """Return the word on a line's assumption, if there is one; nothing is asked where there is none."""
    if not of.verdict:
        return None
    found = db.session.execute(
        select(AssumptionVerdict, Person.name)
        .outerjoin(Person, Person.id == AssumptionVerdict.person_id)
        .where(AssumptionVerdict.pilot_id == pilot.id, AssumptionVerdict.key == of.item.key)
    ).first()
    return Judged(found[0].verdict, found[0].note, found[0].at, found[1] or "", found[0].version) if found else None


def verdicts(pilot: Pilot, plan_key: str) -> dict[str, str]:
    """Return the words on a plan's assumptions, by the item's key."""
    statement = select(AssumptionVerdict.key, AssumptionVerdict.verdict).where(AssumptionVerdict.pilot_id == pilot.id)
    return dict(db.session.execute(statement.where(AssumptionVerdict.key.startswith(f"{plan_key}:", autoescape=True))).all())


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer: (value, words) pairs of the plans, phases and owners that the pilot's lines have."""

    plans: list[tuple[str, str]]
    phases: list[tuple[str, str]]
    owners: list[tuple[str, str]]


def choices(pilot: Pilot) -> Choices:
    """Return what the filters offer for ``pilot``; all from its plans, without asking the database."""
    plans = [load_plans()[key] for key in pilot.plan_keys if key in load_plans()]
    owners = {role: str(ROLES[role]) for plan in plans for role in plan.owner_roles}
    return Choices(
        [(plan.key, str(plan.title)) for plan in plans],
        [(phase.id, str(phase.title)) for plan in plans for phase in plan.phases],
        sorted(owners.items(), key=lambda pair: pair[1]),
    )
