"""What the key of a thing leads to: its name and its page, told by the key alone (evidence knows no feature)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from ccc_pilot.catalogue import load_plans
from ccc_pilot.catalogue.editions import editions
from ccc_pilot.evidence import rules
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l

LONGEST = 160
DOCUMENT = re.compile(r"(\d{1,9})/([\w-]{1,20})", re.ASCII)  # of a round: "7/01"
# First part of a key -> the kind of thing in words, its page and the page's argument.
KINDS: dict[str, tuple[Any, str, str]] = {
    "meeting": (_l("Meeting %(number)s"), "decisions.meeting", "meeting_id"),
    "decision": (_l("Decision %(number)s"), "decisions.decision", "decision_id"),
    "action": (_l("Action %(number)s"), "improvement.show", "action_id"),
    "finding": (_l("Finding %(number)s"), "", ""),
    "round": (_l("Round %(number)s"), "", ""),
}


@dataclass(frozen=True, slots=True)
class Thing:
    """What an item proves: how it is called, and its page (empty where there is none)."""

    title: str
    url: str = ""


def thing(object_key: str, shorts: Mapping[str, str]) -> Thing:
    """Return what ``object_key`` names, its region by the name in ``shorts``; a key that leads nowhere is its own name."""
    first, _colon, rest = object_key.partition(":")
    region = rules.region_of(object_key)
    short = shorts.get(region, region)
    if first in editions():
        return _point(first, rest.partition("@")[0], short) or Thing(object_key)
    if first in load_plans():
        return _milestone(first, rest, short) or Thing(object_key)
    if first == "round" and (found := DOCUMENT.fullmatch(rest)):
        return Thing(
            _("Requested document %(number)s", number=found[2]),
            url_for("assessment.document", number=int(found[1]), document=found[2]),
        )
    if first in KINDS and rest.isdigit():
        words, endpoint, argument = KINDS[first]
        told: dict[str, Any] = {argument: int(rest)}
        return Thing(str(words) % {"number": rest}, url_for(endpoint, **told) if endpoint else "")
    return Thing(object_key)


def _point(edition: str, number: str, short: str) -> Thing | None:
    key = f"{edition}:{number}"
    point = next((point for point in editions()[edition].points if point.key == key), None)
    if point is None:
        return None
    return Thing(
        _named(f"{point.number} {point.text}", short),
        url_for("frameworks.show", edition=edition, _anchor=number),
    )


def _milestone(plan: str, rest: str, short: str) -> Thing | None:
    place, _slash, occurrence = rest.partition("/")
    name, _tilde, told = place.partition("@")[0].partition("~")
    item = load_plans()[plan].by_id.get(name)
    if item is None:
        return None
    slug = f"{name}~{occurrence or told}" if occurrence or told else name
    return Thing(_named(f"{item.id} {item.title}", short), url_for("progress.show", plan=plan, slug=slug))


def _named(title: str, short: str) -> str:
    told = title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…"
    return f"{short} · {told}" if short else told
