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
NOT_TEXTS = frozenset({"start", "due", "cost"})
OWN = ("x1", "x2", "x3", "x4", "x5")
CONTENT = (*PLAIN, "owner", "tags", *OWN)
MOST_TAGS = 12
LONGEST_TAG = 60
LONGEST_TEXT = 8_000
LONGEST = {
    "title": 300, "measured_by": 200, "indicator": 200, "baseline": 100, "aim": 100, "owner_words": 200, "effort": 200, "tags": 800,
    **dict.fromkeys(OWN, 500),
}  # fmt: skip
FIRST_YEAR, LAST_YEAR = 2015, 2050
MOST_KRONOR = 2_000_000_000
FIELD_WORDS: dict[str, Any] = {
    "title": _l("Action"), "region": _l("Region"), "why": _l("Why"), "current": _l("Where it stands now"), "causes": _l("Causes"),
    "how": _l("How"), "goal": _l("Measurable goal"), "measured": _l("How it is measured"), "measured_by": _l("Who measures"),
    "proof": _l("What proves that it is done"), "keep": _l("How it is kept"), "promise": _l("Patient promise"),
    "indicator": _l("Indicator"), "baseline": _l("Value before"), "aim": _l("Target"),
    "for_patients": _l("For inhabitants and patients"), "for_staff": _l("For operations and staff"),
    "for_governance": _l("For governance and management"), "owner": _l("Responsible"), "owner_words": _l("Responsible, in words"),
    "start": _l("Begins"), "due": _l("Due"), "priority": _l("Priority"), "effort": _l("Effort"), "cost": _l("Cost, kronor"),
    "tags": _l("Tags"), "percent": _l("Percent"), "phase": _l("PDSA"), "state": _l("State"), "review": _l("RCC"), "links": _l("Has to do with"),
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
            setattr(target, name, value if name in NOT_TEXTS else str(value or "").strip())
    if "owner" in given:
        put_owner(target, given["owner"] or "")
    if "tags" in given:
        target.tags = tags_of(given["tags"])
    own = {column["key"]: column for column in plan.columns}
    extra = {name: _own_value(own[name], str(given[name] or "").strip()) for name in OWN if name in own and name in given}
    target.extra = {name: value for name, value in {**(target.extra or {}), **extra}.items() if value}
    _check(target)


def _check(target: Action) -> None:
    """What no form, file or sheet may leave behind. Raises ``Refused``."""
    if not target.title:
        raise Refused(_("The action has no name."), "title")
    if target.start and target.due and target.due < target.start:
        raise Refused(_("It cannot be due before it begins."), "due")
    for name in ("start", "due"):
        day = getattr(target, name)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise Refused(_("The year must be between %(first)s and %(last)s.", first=FIRST_YEAR, last=LAST_YEAR), name)
    if target.cost is not None and not 0 <= target.cost <= MOST_KRONOR:
        raise Refused(_("Write whole kronor."), "cost")


def fault(target: Action, plan: ImprovementPlan, given: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the field at fault and why what is ``given`` cannot be put into the action, None where it can; nothing is changed."""
    like = Action(
        **{name: getattr(target, name) for name in PLAIN}, tags=list(target.tags), extra=dict(target.extra or {}),
        post_key=target.post_key, owner_id=target.owner_id,
    )  # fmt: skip
    try:
        put(like, plan, given)
    except Refused as refused:
        return refused.field or "", str(refused.message)
    return None


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
