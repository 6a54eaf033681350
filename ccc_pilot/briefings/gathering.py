"""What is known on a day, gathered from all rooms into one plain record that can be frozen: numbers, texts, keys, no words of ours.

Each function of ``PARTS`` gives one part; a room that has nothing yet gives an empty one.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import select

from ccc_pilot.briefings import carrying_out, gathering_actions, gathering_rows, gathering_standards
from ccc_pilot.db import db
from ccc_pilot.decisions import finding, reading
from ccc_pilot.decisions.models import Decision, Meeting, Registration
from ccc_pilot.decisions.rules import BEFORE
from ccc_pilot.evidence import reading as proofs
from ccc_pilot.people import pilots
from ccc_pilot.people.models import Organisation, Pilot

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: a meeting of a pilot, and how things stood at the end of the day ``cut_off``."""

    pilot: Pilot
    meeting: Meeting
    previous: reading.MeetingFact | None
    cut_off: date


def gather(pilot: Pilot, meeting: Meeting, cut_off: date, before: dict[str, Any] | None) -> dict[str, Any]:
    """Return the snapshot for ``meeting`` as of the end of ``cut_off``.

    ``before`` is the snapshot of the last meeting's briefing, where there is one; else the rows as they stood that day are read from
    the history.
    """
    asked = _asked(pilot, meeting, cut_off)
    return {**_told(asked), "before": _before(asked, before)}


def now(pilot: Pilot, meeting: Meeting, cut_off: date) -> dict[str, Any]:
    """Return a snapshot that is compared with nothing earlier: for a look at what has changed since a freeze."""
    return {**_told(_asked(pilot, meeting, cut_off)), "before": None}


def _asked(pilot: Pilot, meeting: Meeting, cut_off: date) -> Asked:
    return Asked(pilot, meeting, reading.previous(pilot, meeting.body_key, meeting.day) if meeting.body_key else None, cut_off)


def _told(asked: Asked) -> dict[str, Any]:
    return {"format": FORMAT, "cut_off": asked.cut_off.isoformat(), **{name: part(asked) for name, part in PARTS.items()}}


def _before(asked: Asked, before: dict[str, Any] | None) -> dict[str, Any] | None:
    if before is not None:
        rows = {name: row["standing"] for name, row in before["rows"].items()}
        return {
            "day": before["cut_off"],
            "whole": True,
            "rows": rows,
            "standards": before.get("standards", []),
            "improvement": before.get("improvement"),
        }
    if asked.previous is None:
        return None
    rows = gathering_rows.standings(asked.pilot, asked.previous.day)
    return {"day": asked.previous.day.isoformat(), "whole": False, "rows": rows}


def _meeting(asked: Asked) -> dict[str, Any]:
    body = finding.bodies().get(asked.meeting.body_key or "")
    return {
        "key": asked.meeting.place_key, "title": asked.meeting.title, "day": asked.meeting.day.isoformat(),
        "body": asked.meeting.body_key or "", "short": (body.short or body.name_sv) if body else asked.meeting.title,
    }  # fmt: skip


def _previous(asked: Asked) -> dict[str, Any] | None:
    return _plain(asked.previous) if asked.previous else None


def _pilot(asked: Asked) -> dict[str, Any]:
    joint = pilots.network(asked.pilot)
    return {
        "key": asked.pilot.key, "name": {"sv": asked.pilot.name_sv, "en": asked.pilot.name_en},
        "network": {"short": joint.short, "sv": joint.name_sv, "en": joint.name_en},
    }  # fmt: skip


def _regions(asked: Asked) -> list[dict[str, Any]]:
    return [{"key": r.key, "short": r.short, "sv": r.name.sv, "en": r.name.en} for r in pilots.places(asked.pilot)]


def _organisations(_asked: Asked) -> dict[str, dict[str, str]]:
    named = select(Organisation.short, Organisation.name_sv, Organisation.name_en).where(Organisation.kind != "programme")
    rows = db.session.execute(named.order_by(Organisation.short))
    bodies = {body.short: {"sv": body.name_sv, "en": ""} for body in finding.bodies().values() if body.short}
    return {short: {"sv": sv, "en": en} for short, sv, en in rows} | bodies


def _meetings(asked: Asked) -> list[dict[str, Any]]:
    """The meetings since the last one of the same body, as far as they were held."""
    since = asked.previous.day if asked.previous else None
    found = reading.meetings(asked.pilot)
    return [
        _plain(one)
        for one in found
        if one.day < asked.meeting.day and (since is None or one.day > since) and one.state not in BEFORE
    ]


def _earlier(asked: Asked) -> list[dict[str, Any]]:
    """What was decided last time, and older decisions that are owed something."""
    last = reading.decisions_of(asked.previous.id) if asked.previous else []
    owed = reading.in_debt(asked.pilot, asked.cut_off, partial(carrying_out.started, asked.pilot))
    known = {one.id for one in last}
    debts = {one.id: one.owed for one in owed}
    older = [one for one in owed if one.id not in known and one.meeting_id != asked.meeting.id]
    return [_plain(replace(one, owed=debts.get(one.id, ()))) for one in (*last, *older)]


def _proposals(asked: Asked) -> list[dict[str, Any]]:
    return [_plain(one) for one in reading.decisions_of(asked.meeting.id)]


def _money(asked: Asked) -> list[dict[str, Any]]:
    """What the meeting is asked to give money to, what is followed up here, and what the same body has decided for this year or later."""
    year = asked.meeting.day.year
    return [
        {name: _plain(one)[name] for name in ("id", "number", "title", "status", "sums")}
        for one in reading.allocating(asked.pilot)
        if one.meeting_id == asked.meeting.id or one.follow_up
        or (one.body == asked.meeting.body_key and any((money.last_year or 0) >= year for money in one.sums))
    ]  # fmt: skip


def _documents(asked: Asked) -> list[dict[str, Any]]:
    """The evidence linked to the meeting or to what is proposed there, but for what is confidential."""
    keys = [asked.meeting.place_key, *(one.key for one in reading.decisions_of(asked.meeting.id))]
    found = proofs.for_objects(keys)
    shown = {proof.item_id: proof for key in keys for proof in found.get(key, ()) if not proof.confidential}
    return [{"id": proof.item_id, "title": proof.title} for proof in shown.values()]


def _registered(asked: Asked) -> list[list[str]]:
    """The numbers under which the organisations have registered what is proposed (diarienummer)."""
    rows = db.session.execute(
        select(Organisation.short, Registration.number)
        .join(Organisation, Organisation.key == Registration.organisation_key)
        .join(Decision, Decision.id == Registration.decision_id)
        .where(Decision.meeting_id == asked.meeting.id)
        .order_by(Registration.id)
    )
    return [[short, number] for short, number in rows]


def _paragraphs(asked: Asked) -> dict[str, dict[str, Any]]:
    return {region: _plain(one) for region, one in reading.paragraphs(asked.meeting.id).items()}


def _plain(fact: Any) -> dict[str, Any]:
    return {name: _value(value) for name, value in asdict(fact).items()}


def _value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return [_value(one) for one in value] if isinstance(value, tuple | list) else value


PARTS: dict[str, Callable[[Asked], Any]] = {
    "pilot": _pilot,
    "meeting": _meeting,
    "previous": _previous,
    "regions": _regions,
    "organisations": _organisations,
    "items": lambda asked: gathering_rows.items(asked.pilot),
    "rows": lambda asked: gathering_rows.rows(asked.pilot, asked.cut_off),
    "standards": lambda asked: gathering_standards.rounds(asked.pilot, asked.cut_off),
    "improvement": lambda asked: gathering_actions.plan(asked.pilot, asked.cut_off),
    "meetings": _meetings,
    "decisions": _earlier,
    "proposals": _proposals,
    "money": _money,
    "documents": _documents,
    "registered": _registered,
    "paragraphs": _paragraphs,
}
