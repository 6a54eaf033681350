"""The fields of an action, between the form (texts and dates) and the row: read, put, and told apart."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, inspect

from ccc_pilot.db import db
from ccc_pilot.errors import Refused
from ccc_pilot.folding import fold
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.improvement.models import Action, ActionTag, ImprovementPlan

PLAIN = (
    "title", "region", "why", "current", "causes", "how", "goal", "measured", "measured_by", "proof", "keep", "promise", "indicator",
    "baseline", "aim", "for_patients", "for_staff", "for_governance", "owner_words", "start", "due", "priority", "effort", "cost",
)  # fmt: skip
OWN = ("x1", "x2", "x3", "x4", "x5")
CONTENT = (*PLAIN, "owner", "tags", *OWN)
MOST_TAGS = 12
LONGEST_TAG = 60
FIELD_WORDS: dict[str, Any] = {
    "title": _l("Action"), "region": _l("Region"), "why": _l("Why"), "current": _l("Where it stands now"), "causes": _l("Causes"),
    "how": _l("How"), "goal": _l("Measurable goal"), "measured": _l("How it is measured"), "measured_by": _l("Who measures"),
    "proof": _l("What proves that it is done"), "keep": _l("How it is kept"), "promise": _l("Patient promise"),
    "indicator": _l("Indicator"), "baseline": _l("Value before"), "aim": _l("Target"),
    "for_patients": _l("For inhabitants and patients"), "for_staff": _l("For operations and staff"),
    "for_governance": _l("For governance and management"), "owner": _l("Responsible"), "owner_words": _l("Responsible, in words"),
    "start": _l("Begins"), "due": _l("Due"), "priority": _l("Priority"), "effort": _l("Effort"), "cost": _l("Cost, kronor"),
    "tags": _l("Tags"), "percent": _l("Percent"), "phase": _l("PDSA"), "state": _l("State"), "review": _l("RCC"),
}  # fmt: skip


def shown(target: Action) -> dict[str, Any]:
    """Return what the form of an action shows, by field."""
    told: dict[str, Any] = {name: getattr(target, name) for name in PLAIN}
    return {**told, "owner": target.owner, "tags": ", ".join(target.tags), **{name: target.extra.get(name, "") for name in OWN}}


def put(target: Action, plan: ImprovementPlan, given: Mapping[str, Any]) -> None:
    """Put what was ``given`` into the action; fields that are not named stay. Raises ``Refused`` with the field at fault."""
    for name in PLAIN:
        if name in given:
            value = given[name]
            setattr(target, name, value if isinstance(value, date | int | type(None)) else str(value).strip())
    if "owner" in given:
        put_owner(target, given["owner"] or "")
    if "tags" in given:
        target.tags = tags_of(given["tags"])
    own = {column["key"]: column for column in plan.columns}
    extra = {name: _own_value(own[name], str(given[name] or "").strip()) for name in OWN if name in own and name in given}
    target.extra = {name: value for name, value in {**(target.extra or {}), **extra}.items() if value}
    if target.start and target.due and target.due < target.start:
        raise Refused(_("It cannot be due before it begins."), "due")


def put_owner(target: Action, owner: str) -> None:
    """Let ``owner`` ("post:<key>", "person:<id>" or nothing) be responsible for an action."""
    kind, _colon, key = owner.partition(":")
    target.post_key = key if kind == "post" else None
    target.owner_id = int(key) if kind == "person" else None


def tags_of(text: str) -> list[str]:
    """Return the tags in ``text``, which commas part, each once. Raises ``Refused`` for too many or too long ones."""
    found = {fold(tag): tag for tag in reversed([part.strip() for part in (text or "").replace(";", ",").split(",")]) if tag}
    tags = list(reversed(found.values()))
    if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
        raise Refused(_("At most %(most)s tags of at most %(long)s characters.", most=MOST_TAGS, long=LONGEST_TAG), "tags")
    return tags


def _own_value(column: Mapping[str, Any], value: str) -> str:
    if value and column["kind"] == "choice" and value not in column["choices"]:
        raise Refused(_("Choose one of: %(choices)s.", choices=", ".join(column["choices"])), column["key"])
    if value and column["kind"] == "whole" and not value.removeprefix("-").isdecimal():
        raise Refused(_("Write a whole number."), column["key"])
    return value[:500]


def store_tags(target: Action) -> None:
    """Store the tags of an action in the form in which lists are narrowed by them, where they were changed."""
    if inspect(target).persistent:
        db.session.execute(delete(ActionTag).where(ActionTag.action_id == target.id))
    rows = [{"action_id": target.id, "tag": fold(tag)} for tag in target.tags]
    if rows:
        db.session.execute(insert(ActionTag), rows)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[list[str]]:
    """Return [field, before, after] as texts for each field of ``after`` that is no longer what it was."""
    return [
        [name, _text(before.get(name)), _text(after[name])] for name in after if _text(before.get(name)) != _text(after[name])
    ]


def _text(value: Any) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
