"""Several actions at once: one transaction, each row with the version it was chosen at. What cannot be saved is told, never overwritten.

Rows are read, changed and written together: the number of statements does not grow with the rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import selectinload

from ccc_pilot import said
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import NotFound, Refused
from ccc_pilot.folding import fold
from ccc_pilot.i18n import gettext as _
from ccc_pilot.improvement import amending, fields, machine, reading, service, storing, words
from ccc_pilot.improvement.machine import Broken
from ccc_pilot.improvement.models import Action, ImprovementPlan
from ccc_pilot.improvement.review_models import ActionBatch, ActionBatchPart
from ccc_pilot.improvement.storing import Changed
from ccc_pilot.people.doors import Current

MOST = 500
STEPS = ("agree", "start", "unblock")
KEPT = (
    "state", "percent", "phase", "priority", "post_key", "owner_id", "owner_words", "due", "first_due", "shifts", "due_reason", "tags",
)  # fmt: skip


class Outcome(StrEnum):
    """How it went with one row."""

    SAVED = "saved"
    SAME = "same"
    CHANGED = "changed"
    REFUSED = "refused"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the rows shall become; what is empty or None stays as it is. ``tag`` is added to those there are; ``step`` of ``STEPS``."""

    step: str = ""
    percent: int | None = None
    phase: str = ""
    priority: str = ""
    owner: str = ""
    due: date | None = None
    reason: str = ""
    tag: str = ""


def update(*, plan: ImprovementPlan, picked: Mapping[int, int], wish: Wish, who: Current) -> ActionBatch:
    """Let the actions ``picked`` (id to the version it was chosen at) become what is wished, each by the rules of its own region.

    Rows that somebody changed meanwhile, or that the rules refuse, are left and told in the batch; the others are saved. Raises
    ``Refused`` where nothing at all could be saved, and ``NotFound`` for an action of another plan.
    """
    amending.lock(plan)
    rows = _locked(plan, picked)
    batch = ActionBatch(plan_id=plan.id, person_id=who.person_id, at=utc_now())
    done = [_attempt(row, picked[row.id], wish, who) for row in rows]
    if not any(part["outcome"] == Outcome.SAVED for part, _changes in done):
        raise Refused(_("Nothing was saved. %(why)s", why=next((part["why"] for part, _changes in done), "")))
    storing.store(
        plan,
        [Changed(row, changes, wish.reason) for row, (_part, changes) in zip(rows, done, strict=True) if changes],
        who.person_id,
    )
    db.session.add(batch)
    db.session.flush()
    parts = [{**part, "batch_id": batch.id, "version": row.version} for (part, _changes), row in zip(done, rows, strict=True)]
    db.session.execute(insert(ActionBatchPart), parts)
    db.session.expire(batch, ["parts"])
    return batch


def _locked(plan: ImprovementPlan, picked: Mapping[int, int]) -> Sequence[Action]:
    found = storing.hold(plan, picked)
    if len(found) < len(picked):
        raise NotFound
    return found


def _attempt(row: Action, version: int, wish: Wish, who: Current) -> tuple[dict[str, Any], list[list[str]]]:
    """Change the row as wished; returns how it went, as a part of a batch, and what was changed."""
    before, told = storing.snapshot(row, KEPT), storing.told(row)
    part = {"action_id": row.id, "before": before}
    if row.version != version:
        return {**part, "outcome": Outcome.CHANGED, "why": _("It was changed meanwhile.")}, []
    if why := _become(row, wish, who):
        storing.restore(row, before)
        return {**part, "outcome": Outcome.REFUSED, "why": why}, []
    changes = fields.differences(told, storing.told(row))
    if not changes:
        return {**part, "outcome": Outcome.SAME, "why": _("It stands so already.")}, []
    return {**part, "outcome": Outcome.SAVED, "why": ""}, changes


def _become(row: Action, wish: Wish, who: Current) -> str:
    """Change the row as wished; returns why that is not possible, empty where it is."""
    edits = bool(wish.priority or wish.owner or wish.due or wish.tag)
    if edits and not reading.may_edit(who, row):
        return _("It belongs to another region.")
    if (wish.percent is not None or wish.phase) and not reading.may_report(who, row):
        return _("It belongs to another region.")
    if row.state in machine.SETTLED:
        return _("It is settled.")
    if wish.due and service.is_moved(row, wish.due) and not wish.reason.strip():
        return _("Say why the date is moved; the first one is kept.")
    _put(row, wish)
    return _step(row, wish.step, who) if wish.step else ""


def _put(row: Action, wish: Wish) -> None:
    row.percent = row.percent if wish.percent is None else wish.percent
    row.phase, row.priority = wish.phase or row.phase, wish.priority or row.priority
    if wish.owner:
        fields.put_owner(row, wish.owner)
    if wish.tag and fold(wish.tag) not in map(fold, row.tags) and len(row.tags) < fields.MOST_TAGS:
        row.tags = [*row.tags, wish.tag.strip()]
    if wish.due and wish.due != row.due:
        before, row.due = row.due, wish.due
        service.note_due(row, before, wish.reason)


def _step(row: Action, step: str, who: Current) -> str:
    way = machine.MOVES[step]
    if not reading.may_move(who, row, way.right):
        return _("It belongs to another region.")
    try:
        row.state = machine.move(row.state, step, service.facts(row, who))
    except Broken as broken:
        return str(words.refusal(broken))
    if step == "agree":
        row.first_due = row.due
    if step == "unblock":
        row.blocked_reason = row.waiting_for = ""
    return ""


def undo(*, plan: ImprovementPlan, batch: ActionBatch, who: Current) -> int:
    """Restore what the actions of ``batch`` were, as a new change of each; those that were changed since stay. Returns how many.

    Raises ``Refused`` the second time.
    """
    amending.lock(plan)
    db.session.refresh(batch, with_for_update=True)
    if batch.undone_at is not None:
        raise Refused(_("That has been undone already."))
    batch.undone_at = utc_now()
    saved = {part.action_id: part for part in batch.parts if part.outcome == Outcome.SAVED}
    rows = _locked(plan, {number: part.version for number, part in saved.items()})
    text = said.code("undone-several")
    changed = [Changed(row, changes, text) for row in rows if (changes := _undone(row, saved[row.id], who))]
    storing.store(plan, changed, who.person_id)
    return len(changed)


def _undone(row: Action, part: ActionBatchPart, who: Current) -> list[list[str]]:
    if row.version != part.version or not reading.may_report(who, row):
        part.why = _("It was changed since and stays as it is.")
        return []
    told = storing.told(row)
    storing.restore(row, part.before)
    part.outcome = Outcome.UNDONE
    return fields.differences(told, storing.told(row))


def batch_of(plan: ImprovementPlan, number: int, actor_id: int) -> ActionBatch:
    """Return the batch ``number`` with its actions, to the one who made it. Raises ``NotFound``."""
    statement = select(ActionBatch).options(selectinload(ActionBatch.parts).joinedload(ActionBatchPart.action))
    found = db.session.scalar(
        statement.where(ActionBatch.id == number, ActionBatch.plan_id == plan.id, ActionBatch.person_id == actor_id)
    )
    if found is None:
        raise NotFound
    return found
