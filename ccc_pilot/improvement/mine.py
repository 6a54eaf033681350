"""What waits for one person in the plans of a pilot, the most pressing first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from ccc_pilot.db import db
from ccc_pilot.i18n import gettext as _
from ccc_pilot.improvement.machine import OPEN, PlanState, State, Verdict
from ccc_pilot.improvement.models import Action, ImprovementPlan
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import Current
from ccc_pilot.people.models import Holding, Pilot
from ccc_pilot.people.policy import NETWORK

MOST = 20


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of what waits: its name, the first actions, and how many there are in all."""

    title: str
    actions: Sequence[Action]
    total: int


def lists(pilot: Pilot, who: Current, today: date) -> list[Part]:
    """Return what waits for ``who``: sent back first, then what is theirs, to be verified, to be reviewed; empty kinds are left out."""
    return [part for title, condition in kinds(pilot, who, today) if (part := _part(pilot, title, condition)).total]


def kinds(pilot: Pilot, who: Current, today: date) -> list[tuple[str, ColumnElement[bool]]]:
    """Return what may wait for ``who``, in its order: the name of each kind, and the condition on ``Action`` joined to its plan."""
    held = select(Holding.post_key).where(or_(Holding.person_id == who.person_id, Holding.deputy_id == who.person_id))
    held = held.where(Holding.approved.is_(True), Holding.since <= today, or_(Holding.until.is_(None), Holding.until >= today))
    own = or_(Action.owner_id == who.person_id, Action.post_key.in_(held))
    regions = who.access.regions("improvement.write", [NETWORK, *(region.key for region in pilots.regions(pilot))])
    written = or_(own, Action.created_by_id == who.person_id, and_(Action.post_key.is_(None), Action.region.in_(regions)))
    found: list[tuple[str, ColumnElement[bool]]] = [
        (_("Sent back by the RCC"), and_(Action.review == Verdict.RETURNED, written)),
        (_("Yours, open"), and_(Action.state.in_(OPEN - {State.DONE_CLAIMED}), own)),
    ]
    if who.may("improvement.verify"):
        others = and_(
            or_(Action.owner_id.is_(None), Action.owner_id != who.person_id), Action.claimed_by_id.is_distinct_from(who.person_id)
        )
        found.append((_("To be verified"), and_(Action.state == State.DONE_CLAIMED, others)))
    if who.may("improvement.review"):
        found.append((_("To be reviewed"), and_(Action.review == Verdict.WAITING, ImprovementPlan.state == PlanState.RCC_REVIEW)))
    return found


def _part(pilot: Pilot, title: str, condition: ColumnElement[bool]) -> Part:
    conditions = (ImprovementPlan.pilot_id == pilot.id, condition)
    total = db.session.scalar(select(func.count(Action.id)).join(Action.plan).where(*conditions)) or 0
    statement = select(Action).join(Action.plan).where(*conditions).options(joinedload(Action.plan), selectinload(Action.links))
    return Part(title, db.session.scalars(statement.order_by(Action.due.asc().nulls_last(), Action.id).limit(MOST)).all(), total)
