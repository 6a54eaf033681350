"""The journal's entries in words: what happened, to what, and what it says of it, as far as the reader may know."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from ccc_pilot import said
from ccc_pilot.catalogue import Item, Recurrence, load_plans
from ccc_pilot.decisions.words import DECISION_WORDS, MEETING_WORDS
from ccc_pilot.events import EVENTS
from ccc_pilot.evidence.words import ADDRESS_WORDS
from ccc_pilot.evidence.words import STATE_WORDS as EVIDENCE_WORDS
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.journal import Entry
from ccc_pilot.overview.event_words import EVENT_WORDS, FIELD_WORDS, KIND_WORDS
from ccc_pilot.people.doors import Current
from ccc_pilot.progress.rules import Status
from ccc_pilot.progress.words import STATUS_WORDS

# What one must be allowed to read, there where it happened, to see the texts of an event of this kind.
CONTENT = {
    "milestone": "milestone.read",
    "pilot": "milestone.read",
    "plan": "milestone.read",
    "evidence": "evidence.confidential",
    "meeting": "decision.read",
    "decision": "decision.read",
}
# Things that are named by their number, with the page that shows one.
ROOMS_OF_NUMBERS = {
    "meeting": ("decisions.meeting", "meeting_id", _l("Meeting %(number)s")),
    "decision": ("decisions.decision", "decision_id", _l("Decision %(number)s")),
}
STANDINGS = {str(state): word for words in (MEETING_WORDS, DECISION_WORDS) for state, word in words.items()}
LINK_WORDS = {str(state): word for words in (EVIDENCE_WORDS, ADDRESS_WORDS) for state, word in words.items()}
PERSONS = ("person", "deputy")  # fields that hold a person's id


@dataclass(frozen=True, slots=True)
class Told:
    """An entry, ready to be read. ``url`` is empty where the object has no page that the reader may open.

    ``changes``: (name, before, after) of each field; ``withheld``: the fields are content that the reader's role does not read.
    """

    seq: int
    at: datetime
    by: str
    what: str
    object: str
    url: str
    region: str
    changes: list[tuple[str, str, str]]
    withheld: bool


def told(entry: Entry, names: Mapping[int, str], shorts: Mapping[str, str], who: Current) -> Told:
    """Return ``entry`` as ``who`` may read it; ``names`` gives the persons' names by id, ``shorts`` the regions'.

    Who does not read the pilot's content sees which milestone an entry is about, but none of its texts; who does not read the list of
    people sees the numbers of those concerned.
    """
    action = CONTENT.get(kind_of(entry.event))
    withheld = action is not None and not who.may(action, entry.region)
    known = names if who.may("people.read") else {}
    name, url = (entry.object_key, "") if withheld else _object(entry.object_key, known, who)
    return Told(
        entry.seq, entry.at, _by(entry, names), str(EVENT_WORDS[entry.event]), name, url,
        shorts.get(entry.region or "", entry.region or ""), [] if withheld else _changes(entry.fields, known), withheld,
    )  # fmt: skip


def _by(entry: Entry, names: Mapping[int, str]) -> str:
    name = names.get(entry.actor_id or 0, "") or _("The system")
    return _("%(name)s, by mail link", name=name) if entry.actor_kind == "mail_link" else name


def persons_of(entries: Iterable[Entry]) -> set[int]:
    """Return the ids of all persons whom ``entries`` name: who did it, whom it is about and whom it concerns."""
    found = {entry.actor_id for entry in entries}
    for entry in entries:
        kind, _colon, rest = entry.object_key.partition(":")
        found |= {int(rest)} if kind == "person" and rest.isdigit() else set()
        found |= {value for name, value in entry.fields.items() if name in PERSONS and isinstance(value, int)}
    return {number for number in found if number is not None}


def kind_of(event: str) -> str:
    """Return the first part of an event's name: "milestone" of "milestone.progress"."""
    return event.split(".", 1)[0]


def choices() -> list[tuple[str, Any, list[tuple[str, Any]]]]:
    """Return the events to choose among, by kind: (kind, its words, [(event, its words)])."""
    return [
        (kind, words, [(event, EVENT_WORDS[event]) for event in EVENTS if kind_of(event) == kind])
        for kind, words in KIND_WORDS.items()
    ]


def _object(key: str, names: Mapping[int, str], who: Current) -> tuple[str, str]:
    """Return an object's name in words (else its key), and its page where there is one that ``who`` may open."""
    kind, _colon, rest = key.partition(":")
    if kind == "person" and rest.isdigit():
        return names.get(int(rest), key), url_for("people.person", person_id=int(rest)) if int(rest) in names else ""
    if kind == "evidence" and rest.isdigit():
        url = url_for("evidence.show", item_id=int(rest)) if who.may("evidence.read") else ""
        return _("Evidence %(number)s", number=rest), url
    if kind == "standard":
        return rest, url_for("frameworks.show", edition=rest) if who.may("standards.read") else ""
    if kind == "post":
        return key, url_for("people.post", key=rest) if who.may("people.read") else ""
    if kind in ROOMS_OF_NUMBERS:
        endpoint, argument, words = ROOMS_OF_NUMBERS[kind]
        number = rest.partition("@")[0]
        where: dict[str, Any] = {argument: int(number)} if number.isdigit() else {}
        url = url_for(endpoint, **where) if where and who.may("decision.read") else ""
        return str(words) % {"number": number}, url
    plan = load_plans().get(kind)
    name, _slash, occurrence = rest.partition("/")
    item = plan.by_id.get(name.partition("@")[0]) if plan else None
    return (key, "") if item is None else milestone(kind, item, occurrence)


def milestone(plan: str, item: Item, occurrence: str = "") -> tuple[str, str]:
    """Return the name and the address of a milestone of the plan with the key ``plan``; ``occurrence``: which time of a recurring one."""
    if isinstance(item.when, Recurrence) and not occurrence:
        return f"{item.id} {item.title}", url_for("progress.plan", plan=plan, _anchor=f"item-{item.id}")
    if occurrence:
        return f"{item.id} {item.title} · {occurrence.replace('--', '–')}", url_for(
            "progress.show", plan=plan, slug=f"{item.id}~{occurrence}"
        )
    return f"{item.id} {item.title}", url_for("progress.show", plan=plan, slug=item.id)


def _changes(fields: Mapping[str, Any], names: Mapping[int, str]) -> list[tuple[str, str, str]]:
    found = []
    for name, value in fields.items():
        before, after = value if isinstance(value, list) and len(value) == 2 else ("", value)
        if before != after and (after not in (None, "") or before not in (None, "")):
            found.append((str(FIELD_WORDS[name]), _in_words(name, before, names), _in_words(name, after, names)))
    return found


def _in_words(name: str, value: Any, names: Mapping[int, str]) -> str:
    if value is None or value == "":
        return ""
    if name == "status":
        return str(STATUS_WORDS[Status(value)])
    if name == "state" and value in LINK_WORDS:
        return str(LINK_WORDS[value])
    if name == "standing":
        return str(STANDINGS.get(value, value))
    if name in PERSONS:
        return names.get(value, str(value))
    if isinstance(value, dict):
        return ", ".join(f"{part}: {_in_words(part, one, names)}" for part, one in value.items())
    if isinstance(value, list):
        return " → ".join(str(one) if one not in (None, "") else "–" for one in value)
    return said.in_words(str(value)) if name == "text" else str(value)
