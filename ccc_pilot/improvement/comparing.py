"""A plan's content as a version keeps it, and two versions compared line by line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from ccc_pilot.db import db
from ccc_pilot.errors import NotFound
from ccc_pilot.improvement import fields, naming
from ccc_pilot.improvement.machine import State
from ccc_pilot.improvement.models import Action, ImprovementPlan, PlanVersion
from ccc_pilot.people.models import Post

Content = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of one action: ``kind`` added, dropped or changed, and its fields as (name, before, after)."""

    kind: str
    code: str
    title: str
    changes: list[tuple[str, str, str]]


def content(plan: ImprovementPlan) -> list[dict[str, str]]:
    """Return what the plan says now: its actions that are not cancelled, each field as text.

    A post that is responsible stands by its key, so that no language is kept; a person by name.
    """
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
    return {
        **fields.shown(action),
        "owner": f"post:{action.post_key}" if action.post_key else known.owner(action),
        "owner_words": "",
    }


def _text(value: Any) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def version(plan: ImprovementPlan, number: int) -> Content:
    """Return the content of the adopted version ``number``, or what the plan says now where that is the one worked on.

    Raises ``NotFound``.
    """
    kept = db.session.scalar(select(PlanVersion).where(PlanVersion.plan_id == plan.id, PlanVersion.number == number))
    if kept is not None:
        return _by_key(kept.content)
    if number != plan.number:
        raise NotFound
    return content(plan)


def _by_key(kept: Content) -> Content:
    """Versions that were kept before posts stood by their keys have the title, in the language of whoever adopted them."""
    words = {row["owner"] for row in kept if row["owner"] and not row["owner"].startswith("post:")}
    posts = db.session.scalars(select(Post).where(or_(Post.title_sv.in_(words), Post.title_en.in_(words)))) if words else ()
    keys = {title: f"post:{post.key}" for post in posts for title in (post.title_sv, post.title_en)}
    return [{**row, "owner": keys.get(row["owner"], row["owner"])} for row in kept]


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
