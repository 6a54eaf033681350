"""An action that is begun on the page of a decision or finding: what its address fills in, and whether the thing has an address of its own."""

import re
from collections.abc import Container, Mapping
from datetime import date
from typing import Any

NUMBERED = re.compile(r"(?:finding|decision|visit|meeting):[0-9]{1,9}")
LONGEST = {"title": 300, "why": 2_000, "owner_words": 200}


def read(told: Mapping[str, str], regions: Container[str]) -> dict[str, Any]:
    """Return what the parameters of an address fill in: title, why, owner_words, due (ISO) and region (of ``regions``).

    What cannot be meant is left out, so that no address fails.
    """
    given: dict[str, Any] = {name: told[name].strip()[:longest] for name, longest in LONGEST.items() if told.get(name)}
    if told.get("region") in regions:
        given["region"] = told["region"]
    if due := _day(told.get("due", "")):
        given["due"] = due
    return given


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
