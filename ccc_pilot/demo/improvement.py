"""Documented improvement themes as example actions, each with its source and confidence; what the source does not tell stays blank."""

import tomllib
from pathlib import Path
from typing import Any

from ccc_pilot.db import db
from ccc_pilot.improvement import fields, plans, service
from ccc_pilot.improvement.models import Action, ActionChange, ImprovementPlan
from ccc_pilot.people.models import Pilot

FILE = Path(__file__).with_name("improvement.toml")


def load_improvement(pilot: Pilot, file: Path = FILE) -> ImprovementPlan:
    """Store the plan that ``file`` describes, with its actions, and the strategic plan that it feeds; returns the first."""
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    strategic = _plan(pilot, told["strategic"], "strategic", None)
    plan = _plan(pilot, told["plan"], "improvement", strategic.id)
    for number, row in enumerate(told["actions"], 1):
        _action(plan, number, row)
    return plan


def _plan(pilot: Pilot, told: dict[str, Any], kind: str, feeds_id: int | None) -> ImprovementPlan:
    made = plans.make(
        pilot=pilot, title=told["title"], summary=told["summary"], kind=kind, feeds_id=feeds_id, actor_id=None
    )  # fmt: skip
    made.source, made.confidence = told["source"], told["confidence"]
    return made


def _action(plan: ImprovementPlan, number: int, row: dict[str, Any]) -> None:
    made = Action(
        plan_id=plan.id, number=number, state=row.pop("state"), phase=row.pop("phase"), percent=row.pop("percent", 0),
        source=row.pop("source"), confidence=row.pop("confidence"), extra={}, created_at=plan.created_at, updated_at=plan.created_at,
    )  # fmt: skip
    fields.put(made, plan, {**row, "tags": ", ".join(row.pop("tags"))})
    made.first_due, made.search = made.due, service.search_text(made)
    db.session.add(made)
    db.session.flush()
    fields.store_tags(made)
    db.session.add(ActionChange(action_id=made.id, at=made.created_at, kind="made", changes=[]))
