"""The improvement plan as it stands: its state, and each action with its region, date and what the RCC's review says of it."""

from datetime import date
from typing import Any

from sqlalchemy import select

from ccc_pilot.briefings.gathering_rows import end_of
from ccc_pilot.db import db
from ccc_pilot.improvement import reading
from ccc_pilot.improvement.machine import State
from ccc_pilot.improvement.models import Action
from ccc_pilot.people.models import Pilot

STORED = (Action.id, Action.number, Action.title, Action.region, Action.state, Action.due, Action.review, Action.cost)


def plan(pilot: Pilot, day: date) -> dict[str, Any] | None:
    """Return the plan that is worked on, if it was there at the end of ``day``, with its actions but for those cancelled."""
    found = reading.latest(pilot)
    if found is None or found.created_at >= end_of(day):
        return None
    rows = db.session.execute(
        select(*STORED).where(Action.plan_id == found.id, Action.state != State.CANCELLED).order_by(Action.number)
    )
    actions = [
        {"id": number, "number": place, "title": title, "region": region, "state": state, "due": due.isoformat() if due else None, "review": review, "cost": cost}
        for number, place, title, region, state, due, review, cost in rows
    ]  # fmt: skip
    return {"id": found.id, "title": found.title, "state": found.state, "number": found.number, "actions": actions}
