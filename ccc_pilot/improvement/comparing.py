"""A plan's content as a version keeps it, and two versions compared line by line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from ccc_pilot.db import db
from ccc_pilot.errors import NotFound
from ccc_pilot.improvement import fields, naming
from ccc_pilot.improvement.machine import State
from ccc_pilot.improvement.models import Action, ImprovementPlan, PlanVersion

Content = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of one action: ``kind`` added, dropped or changed, and its fields as (name, before, after)."""

    kind: str
    code: str
    title: str
    changes: list[tuple[str, str, str]]


def content(plan: ImprovementPlan) -> list[dict[str, str]]:
    """Return what the plan says now: its actions that are not cancelled, each field as text, the responsible one by name."""
    found = db.session.scalars(
        select(Action).where(Action.plan_id == plan.id, Action.state != State.CANCELLED).order_by(Action.number)
    ).all()
    known = naming.names(found, ())
    return [
        {
            "number": str(action.number),
            "code": action.code,
            **{name: _text(value) for name, value in _told(action, known).items()},
        }
        for action in found
    ]


def _told(action: Action, known: naming.Names) -> dict[str, Any]:
    return {**fields.shown(action), "owner": known.owner(action), "owner_words": ""}


def _text(value: Any) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def version(plan: ImprovementPlan, number: int) -> Content:
    """Return the content of the adopted version ``number``, or what the plan says now where that is the one worked on.

    Raises ``NotFound``.
    """
    kept = db.session.scalar(select(PlanVersion).where(PlanVersion.plan_id == plan.id, PlanVersion.number == number))
    if kept is not None:
        return kept.content
    if number != plan.number:
        raise NotFound
    return content(plan)


def versions(plan: ImprovementPlan) -> Sequence[PlanVersion]:
    """Return the adopted versions of a plan, the newest first."""
    return db.session.scalars(select(PlanVersion).where(PlanVersion.plan_id == plan.id).order_by(PlanVersion.number.desc())).all()


def compare(before: Content, after: Content) -> list[Difference]:
    """Return what differs between two contents, action by action in their order; an action keeps its number for ever."""
    old, new = ({row["number"]: row for row in rows} for rows in (before, after))
    told = [_difference(old.get(number), new.get(number)) for number in sorted({*old, *new}, key=int)]
    return [one for one in told if one is not None]


def _difference(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Difference | None:
    row = new or old or {}
    kind = "added" if old is None else "dropped" if new is None else "changed"
    old, new = old or {}, new or {}
    names = [name for name in dict.fromkeys((*old, *new)) if name not in {"number", "code"}]
    changes = [(name, old.get(name, ""), new.get(name, "")) for name in names if old.get(name, "") != new.get(name, "")]
    return Difference(kind, row["code"], row["title"], changes) if changes else None
