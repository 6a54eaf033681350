"""Plans themselves: a new one, and what stands around it."""

from ccc_pilot import journal
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.improvement import reading
from ccc_pilot.improvement.machine import PlanState
from ccc_pilot.improvement.models import ImprovementPlan
from ccc_pilot.people.models import Pilot


def make(*, pilot: Pilot, title: str, summary: str, kind: str, feeds_id: int | None, actor_id: int | None) -> ImprovementPlan:
    """Begin a plan (``kind``: improvement or strategic) that feeds the plan ``feeds_id``. Raises ``NotFound`` for another pilot's."""
    if feeds_id is not None:
        reading.plan(pilot, feeds_id)
    made = ImprovementPlan(
        pilot_id=pilot.id, title=title, summary=summary, kind=kind, feeds_id=feeds_id, state=PlanState.DRAFT, number=1, quorum=1,
        columns=[], version=1, created_at=utc_now(),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    journal.write("improvement.plan_made", f"improvement-plan:{made.id}", actor_id=actor_id, title=title, kind=kind)
    return made
