"""An action's history in words: who, when, from what to what, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ccc_pilot import said
from ccc_pilot.db import db
from ccc_pilot.i18n import gettext as _
from ccc_pilot.improvement import naming, words
from ccc_pilot.improvement.fields import FIELD_WORDS
from ccc_pilot.improvement.models import Action, ActionChange
from ccc_pilot.improvement.naming import Names
from ccc_pilot.people.models import Person
from ccc_pilot.people.pilots import Region

MOST = 100


@dataclass(frozen=True, slots=True)
class Told:
    """One thing done to an action, ready to be read; ``turn`` names the phase of PDSA that a note belongs to."""

    at: Any
    by: str
    title: str
    text: str
    turn: str
    changes: list[tuple[str, str, str]]


def of(action: Action, regions: Sequence[Region]) -> list[Told]:
    """Return what was done to ``action``, newest first, at most ``MOST``; ``regions`` names those that it moved between."""
    statement = (
        select(ActionChange, Person.name)
        .outerjoin(Person, Person.id == ActionChange.person_id)
        .where(ActionChange.action_id == action.id)
        .order_by(ActionChange.id.desc())
        .limit(MOST)
    )
    own = {column["key"]: column["title"] for column in action.plan.columns}
    rows = [(change, name) for change, name in db.session.execute(statement)]
    owners = [text for change, _name in rows for key, *both in change.changes if key == "owner" for text in both]
    known = naming.of_keys(owners, regions)
    return [_told(change, name, own, known) for change, name in rows]


def _told(change: ActionChange, name: str | None, own: dict[str, str], known: Names) -> Told:
    titles = {"made": _("Written down"), "edit": _("Changed"), "turn": _("Next turn"), "review": _("RCC")}
    told = [
        (str(FIELD_WORDS.get(key, own.get(key, key))), in_words(key, before, known), in_words(key, after, known))
        for key, before, after in change.changes
    ]
    return Told(
        change.at,
        name or "",
        titles.get(change.kind, ""),
        said.in_words(change.text),
        str(words.PHASE_WORDS.get(change.phase, "")),
        told,
    )


def in_words(key: str, value: str, names: Names | None = None) -> str:
    """Return the stored ``value`` of a field as it is read; ``names``: those of the posts, persons and regions that may stand in it."""
    if names and key == "owner":
        return names.responsible(value)
    if names and key == "region":
        return names.region(value) if value else ""
    known = {
        "state": words.STATE_WORDS, "review": words.REVIEW_WORDS, "phase": words.PHASE_WORDS, "priority": words.PRIORITY_WORDS,
        "promise": words.PROMISE_WORDS,
    }.get(key)  # fmt: skip
    return str(known.get(value, value)) if known else value
