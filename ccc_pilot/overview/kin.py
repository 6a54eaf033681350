"""What decisions have to do with in other rooms: the titles of what they are linked to, and what of it has begun."""

import re
from collections.abc import Iterable, Mapping, Sequence

from flask import url_for
from sqlalchemy import select

from ccc_pilot.briefings import carrying_out
from ccc_pilot.catalogue import load_plans
from ccc_pilot.db import db
from ccc_pilot.decisions.neighbours import Neighbours
from ccc_pilot.improvement.models import Action, ImprovementPlan
from ccc_pilot.improvement.reading import latest
from ccc_pilot.improvement.standing import actions_at
from ccc_pilot.overview import told
from ccc_pilot.overview.telling import milestone
from ccc_pilot.people import pilots
from ccc_pilot.people.models import Pilot

ACTION = "action:"


def titles(keys: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """Return title and address of the things with ``keys``; those that nobody knows are left out."""
    found = {key: _milestone(key) for key in keys if not key.startswith(ACTION)}
    return {key: told for key, told in found.items() if told} | _actions(keys)


def _actions(keys: Iterable[str]) -> dict[str, tuple[str, str]]:
    rows = _rows(keys)
    return {f"{ACTION}{row.id}": (f"{row.code} {row.title}", url_for("improvement.show", action_id=row.id)) for row in rows}


def _rows(keys: Iterable[str]) -> list[Action]:
    """The actions of the pilot that ``keys`` name, read at once; nothing is asked where none is named."""
    told = {int(key.removeprefix(ACTION)) for key in keys if key.startswith(ACTION) and key.removeprefix(ACTION).isdigit()}
    of_pilot = select(ImprovementPlan.id).where(ImprovementPlan.pilot_id == pilots.chosen().id)
    return list(db.session.scalars(select(Action).where(Action.id.in_(told), Action.plan_id.in_(of_pilot)))) if told else []


def _milestone(key: str) -> tuple[str, str] | None:
    plan_key, _colon, rest = key.partition(":")
    name, _slash, occurrence = rest.partition("/")
    plan = load_plans().get(plan_key)
    item = plan.by_id.get(name.partition("@")[0]) if plan else None
    return milestone(plan_key, item, occurrence) if item else None


def find(pilot: Pilot, text: str) -> str:
    """Return the key of what ``text`` names: an action (F-01), a milestone's id or key, or the address of either's page; else nothing."""
    if action := _action(pilot, text.strip()):
        return action
    last = text.strip().rstrip("/").rsplit("/", 1)[-1].partition("#")[0].partition("?")[0]
    plan_key, _colon, name = last.rpartition(":")
    plans = load_plans()
    for key in [plan_key] if plan_key else pilot.plan_keys:
        item = plans[key].by_id.get(name.upper()) or plans[key].by_id.get(name) if key in plans else None
        if item is not None:
            return item.key
    return ""


def _action(pilot: Pilot, text: str) -> str:
    by_code = re.fullmatch(r"F-?0*(\d{1,6})", text, re.IGNORECASE)
    by_page = re.search(r"(?:/actions/|^action:)(\d{1,9})\b", text)
    plan = latest(pilot) if by_code else None
    if by_code and plan:
        number = db.session.scalar(select(Action.id).where(Action.plan_id == plan.id, Action.number == int(by_code[1])))
        return f"{ACTION}{number}" if number else ""
    return next((f"{ACTION}{row.id}" for row in _rows([f"{ACTION}{by_page[1]}"])), "") if by_page else ""


def started(keys: Iterable[str]) -> frozenset[str]:
    """Return those of ``keys`` whose things have begun (see ``carrying_out.started``)."""
    return carrying_out.started(pilots.chosen(), keys)


def made(key: str) -> Sequence[tuple[str, str]]:
    """Return the actions that come from the decision with ``key``: (code and title, address)."""
    return [(one.title, one.url) for one in actions_at(key)]


NEIGHBOURS = Neighbours(titles=titles, started=started, made=made, find=find, prefill=told.prefill)
