"""What proves that actions are done: the evidence that is linked to them in the room of evidence, by the action's key."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, String, cast, exists, literal, or_, select

from ccc_pilot.db import db
from ccc_pilot.evidence.models import EvidenceItem, EvidenceLink
from ccc_pilot.evidence.rules import LinkState
from ccc_pilot.improvement import rules
from ccc_pilot.improvement.models import Action

COUNTS_NOT = (LinkState.SUGGESTED, LinkState.REJECTED)


def _counts() -> list[ColumnElement[bool]]:
    return [
        EvidenceLink.item_id == EvidenceItem.id, EvidenceLink.removed_at.is_(None), EvidenceItem.withdrawn_at.is_(None),
        EvidenceLink.state.not_in(COUNTS_NOT),
    ]  # fmt: skip


def is_proved() -> ColumnElement[bool]:
    """Whether an action has evidence, as a condition of a question about actions."""
    key = literal("action:", String) + cast(Action.id, String)
    return exists().where(EvidenceLink.object_key == key, *_counts())


def proved(keys: Sequence[str]) -> set[str]:
    """Return those of the actions' keys that have evidence. One query; none where no key is asked for."""
    statement = select(EvidenceLink.object_key).distinct().where(EvidenceLink.object_key.in_(keys), *_counts())
    return set(db.session.scalars(statement)) if keys else set()


def lacking(action: Action, proved: bool) -> tuple[str, ...]:
    """Return the codes of what an action lacks for a review; ``proved``: evidence is linked to it."""
    return rules.lacks(
        owner=bool(action.post_key or action.owner_id or action.owner_words), due=action.due is not None, goal=bool(action.goal),
        proof=bool(action.proof) or proved,
    )  # fmt: skip


def bearers(keys: Collection[str]) -> Mapping[str, Collection[int]]:
    """Return who is responsible for the actions with these keys or said that they are done: they do not judge what proves it. One query."""
    ids = [int(key.partition(":")[2]) for key in keys if key.startswith("action:") and key.partition(":")[2].isdecimal()]
    someone = or_(Action.owner_id.is_not(None), Action.claimed_by_id.is_not(None))
    statement = select(Action.id, Action.owner_id, Action.claimed_by_id).where(Action.id.in_(ids), someone)
    found = db.session.execute(statement) if ids else ()
    return {f"action:{number}": {person for person in persons if person is not None} for number, *persons in found}
