"""What is told of a decision: its history, the numbers it is registered under, and how the decided text differs from the proposal."""

import difflib
import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from ccc_pilot.db import db
from ccc_pilot.decisions import words
from ccc_pilot.decisions.models import Decision, DecisionChange
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.models import Organisation, Person

MOST = 200
WORD = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Told:
    """One change of a decision: ``changes`` are (name, before, after)."""

    at: datetime
    by: str
    text: str
    changes: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text beside another: ``kind`` is "same", "gone" or "new"."""

    kind: str
    text: str


def history(found: Decision) -> list[Told]:
    """Return what was changed on a decision, newest first (the latest ``MOST``)."""
    rows = db.session.execute(
        select(DecisionChange, Person.name)
        .outerjoin(Person, Person.id == DecisionChange.person_id)
        .where(DecisionChange.decision_id == found.id)
        .order_by(DecisionChange.id.desc())
        .limit(MOST)
    )
    return [Told(row.at, by or _("The system"), row.text, _status(row)) for row, by in rows]


def _status(row: DecisionChange) -> list[tuple[str, str, str]]:
    if not row.status_to or row.status_from == row.status_to:
        return []
    before = words.decision(row.status_from).word if row.status_from else ""
    return [(_("Status"), before, words.decision(row.status_to).word)]


def difference(found: Decision) -> list[Piece]:
    """Return how what was decided differs from what was proposed, word by word; empty where one is missing or they are the same."""
    return compare(found.proposal, found.decided) if found.proposal and found.decided else []


def compare(before: str, after: str) -> list[Piece]:
    """Return the pieces of two texts, word by word; empty where they say the same."""
    if before.split() == after.split():
        return []
    old, new = WORD.findall(before), WORD.findall(after)
    pieces: list[Piece] = []
    for kind, i, j, m, n in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(new[m:n])))
            continue
        pieces += [Piece("gone", "".join(old[i:j]))] if i < j else []
        pieces += [Piece("new", "".join(new[m:n]))] if m < n else []
    return pieces


def registrations(found: Decision) -> list[tuple[str, str, str]]:
    """Return the numbers under which organisations have registered a decision: (organisation's key, short name, number)."""
    names = {row.key: row.short for row in db.session.scalars(select(Organisation))} if found.registrations else {}
    return [(row.organisation_key, names[row.organisation_key], row.number) for row in found.registrations]


def person(person_id: int | None) -> str:
    """Return a person's name; empty for nobody."""
    found = db.session.get(Person, person_id) if person_id is not None else None
    return found.name if found else ""
