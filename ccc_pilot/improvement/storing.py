"""Many actions stored at once: their new versions, their history and the journal, in as many statements however many there are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import selectinload

from ccc_pilot import journal
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.folding import fold
from ccc_pilot.improvement import amending, fields, service
from ccc_pilot.improvement.models import Action, ActionChange, ActionTag, ImprovementPlan

DAYS = ("start", "due", "first_due")
# What the columns of an action hold that may be changed, but for its state and what a step leaves behind.
ATTRIBUTES = (
    *fields.PLAIN, "post_key", "owner_id", "tags", "extra", "percent", "phase", "first_due", "shifts", "due_reason",
)  # fmt: skip
ONLY_REPORTED = frozenset({"percent", "phase", "state"})  # to change these is to report, not to write the plan anew


@dataclass(frozen=True, slots=True)
class Changed:
    """An action that was changed: its differences as (field, before, after), and what is said of it."""

    action: Action
    changes: list[list[str]]
    text: str = ""

    @property
    def is_content(self) -> bool:
        """Whether something was changed that the plan says, so that reviews and agreements no longer fit."""
        return any(name not in ONLY_REPORTED for name, *_rest in self.changes)


def hold(plan: ImprovementPlan, ids: Iterable[int]) -> Sequence[Action]:
    """Return those of the actions ``ids`` that are in ``plan``, locked in the order of their ids, with their links."""
    statement = select(Action).where(Action.id.in_(list(ids)), Action.plan_id == plan.id).options(selectinload(Action.links))
    held = statement.order_by(Action.id).with_for_update(of=Action).execution_options(populate_existing=True)
    return db.session.scalars(held).all()


def told(action: Action) -> dict[str, Any]:
    """Return what is told apart of an action before and after a change."""
    return {**fields.shown(action), "percent": action.percent, "phase": action.phase, "state": action.state}


def snapshot(action: Action, names: Sequence[str] = ATTRIBUTES) -> dict[str, Any]:
    """Return the columns ``names`` of an action as they can be kept: dates as texts."""
    found = {name: getattr(action, name) for name in names}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in found.items()}


def restore(action: Action, before: Mapping[str, Any]) -> None:
    """Let the columns of an action be what a snapshot says."""
    for name, value in before.items():
        setattr(action, name, date.fromisoformat(value) if name in DAYS and value else value)


def store(plan: ImprovementPlan, changed: Sequence[Changed], actor_id: int) -> None:
    """Store what was changed of the actions of ``plan``, which is held: see ``amending.open_all`` for what becomes of the plan."""
    amending.open_all(plan, [one.action for one in changed if one.is_content], actor_id)
    now, rows = utc_now(), []
    with journal.together():
        for one in changed:
            action, kind = one.action, "edit" if one.is_content else "progress"
            action.version, action.updated_at, action.updated_by_id = action.version + 1, now, actor_id
            action.search = service.search_text(action)
            rows.append(
                {
                    "action_id": action.id, "at": now, "person_id": actor_id, "kind": kind, "phase": "", "changes": one.changes, "text": one.text,
                }
            )  # fmt: skip
            journal.write(
                "improvement.action", action.key, actor_id=actor_id, region=action.region, kind=kind, text=one.text, version=action.version,
                changes={name: [before, after] for name, before, after in one.changes},
            )  # fmt: skip
    if rows:
        db.session.execute(insert(ActionChange), rows)
    _store_tags([one.action for one in changed if any(name == "tags" for name, *_rest in one.changes)])


def _store_tags(actions: Sequence[Action]) -> None:
    if actions:
        db.session.execute(delete(ActionTag).where(ActionTag.action_id.in_([action.id for action in actions])))
    tags = [{"action_id": action.id, "tag": tag} for action in actions for tag in dict.fromkeys(map(fold, action.tags))]
    if tags:
        db.session.execute(insert(ActionTag), tags)
