"""What carries decisions out and has begun: actions and milestones by their keys, and decisions of which something has come."""

from collections.abc import Iterable

from sqlalchemy import select

from ccc_pilot.db import db
from ccc_pilot.improvement.machine import State
from ccc_pilot.improvement.models import Action, ActionLink, ImprovementPlan
from ccc_pilot.people.models import Pilot
from ccc_pilot.progress.models import MilestoneLine, MilestoneRow
from ccc_pilot.progress.rules import Status

ACTION, DECISION = "action:", "decision:"
UNBEGUN = (State.PROPOSED, State.AGREED, State.CANCELLED)
IDLE = (Status.NOT_STARTED, Status.CANCELLED, Status.UNKNOWN)


def started(pilot: Pilot, keys: Iterable[str]) -> frozenset[str]:
    """Return those of ``keys`` whose things have begun: an action; a milestone that is under way or done in one region at least; a decision
    that an action which has begun comes from."""
    asked = frozenset(keys)
    actions = {
        key: int(key.removeprefix(ACTION)) for key in asked if key.startswith(ACTION) and key.removeprefix(ACTION).isdigit()
    }
    decisions = {key for key in asked if key.startswith(DECISION)}
    lines = {key: key.partition("/")[0].partition("@")[0] for key in asked - decisions if not key.startswith(ACTION)}
    begun = _begun_actions(pilot, set(actions.values())) if actions else set()
    moving = _moving(pilot, set(lines.values())) if lines else set()
    return frozenset(
        {key for key, number in actions.items() if number in begun}
        | {key for key, line in lines.items() if line in moving}
        | (_acted_upon(pilot, decisions) if decisions else set())
    )


def _begun_actions(pilot: Pilot, numbers: set[int]) -> set[int]:
    asked = select(Action.id).join(ImprovementPlan).where(ImprovementPlan.pilot_id == pilot.id, Action.state.not_in(UNBEGUN))
    return set(db.session.scalars(asked.where(Action.id.in_(numbers))))


def _moving(pilot: Pilot, lines: set[str]) -> set[str]:
    asked = select(MilestoneLine.key).join(MilestoneRow, MilestoneRow.line_id == MilestoneLine.id)
    return set(
        db.session.scalars(
            asked.where(MilestoneLine.pilot_id == pilot.id, MilestoneLine.key.in_(lines), MilestoneRow.status.not_in(IDLE))
        )
    )


def _acted_upon(pilot: Pilot, decisions: set[str]) -> set[str]:
    asked = select(ActionLink.key).join(Action, Action.id == ActionLink.action_id).join(ImprovementPlan)
    return set(
        db.session.scalars(
            asked.where(
                ImprovementPlan.pilot_id == pilot.id,
                ActionLink.kind == "origin",
                ActionLink.key.in_(decisions),
                Action.state.not_in(UNBEGUN),
            )
        )
    )
