"""What has become of a piece of evidence, read from the journal: who did what, when, from what to what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from ccc_pilot.db import db
from ccc_pilot.evidence import objects
from ccc_pilot.evidence.models import EvidenceItem
from ccc_pilot.evidence.neighbours import neighbours
from ccc_pilot.evidence.words import EVENT_WORDS, PARTICULAR_WORDS, STATE_WORDS
from ccc_pilot.i18n import today
from ccc_pilot.journal import Entry
from ccc_pilot.people.doors import Current
from ccc_pilot.people.models import Person

MOST = 100


@dataclass(frozen=True, slots=True)
class Told:
    """One change, ready to be read."""

    at: datetime
    by: str
    text: str
    changes: list[tuple[str, str, str]]


def of(item: EvidenceItem, shorts: Mapping[str, str], who: Current) -> list[Told]:
    """Return the latest changes of ``item`` that ``who`` may know of, newest first; ``shorts`` gives the regions' short names."""
    hidden = neighbours().hiding(who, today())
    statement = (
        select(Entry, Person.name)
        .outerjoin(Person, Person.id == Entry.actor_id)
        .where(Entry.object_key == item.key)
        .order_by(Entry.seq.desc())
        .limit(MOST)
    )
    return [
        _told(entry, name or "", shorts)
        for entry, name in db.session.execute(statement)
        if entry.event in EVENT_WORDS and not ("proves" in entry.fields and hidden(entry.fields["proves"], entry.at))
    ]


def _told(entry: Entry, by: str, shorts: Mapping[str, str]) -> Told:
    fields = entry.fields
    about = [objects.thing(fields["proves"], shorts).title] if "proves" in fields else []
    about += [str(fields[name]) for name in ("place", "reason", "note", "carrier") if fields.get(name)]
    return Told(
        entry.at, by, ": ".join([str(EVENT_WORDS[entry.event]), *([" · ".join(about)] if about else [])]), _changes(fields)
    )


def _changes(fields: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    told = [
        (str(PARTICULAR_WORDS[name]), _plain(before), _plain(after))
        for name, (before, after) in (fields.get("fields") or {}).items()
    ]
    if isinstance(state := fields.get("state"), list):
        told.append((str(PARTICULAR_WORDS["state"]), str(STATE_WORDS[state[0]]), str(STATE_WORDS[state[1]])))
    return told


def _plain(value: Any) -> str:
    return "" if value is None else {True: "✓", False: "–"}.get(value, str(value)) if isinstance(value, bool) else str(value)
