"""From the address to the question: what the table of actions is narrowed to."""

from collections.abc import Mapping
from typing import Any

from ccc_pilot.improvement.fields import OWN
from ccc_pilot.improvement.listing import PRIORITIES, SORTS, Query
from ccc_pilot.improvement.machine import Phase, State, Verdict
from ccc_pilot.web.forms import clean

STANDINGS = {*State, "open", "late", "soon", "done", "live", "incomplete", "no_effect"}
MOST = 100_000


def query_from(given: Mapping[str, str]) -> Query:
    """Read the parameters of an address; what cannot be meant is left out, so that an old link never fails."""
    own: dict[str, Any] = {name: clean(given.get(name, ""))[:200] for name in OWN}
    return Query(
        q=clean(given.get("q", ""))[:100],
        standing=_one_of(given.get("standing", ""), STANDINGS),
        review=_one_of(given.get("review", ""), {*Verdict, "mine", "draft"}),
        region=given.get("region", "")[:20],
        owner=given.get("owner", "")[:60],
        phase=_one_of(given.get("phase", ""), set(Phase)),
        priority=_one_of(given.get("priority", ""), set(PRIORITIES)),
        chapter=clean(given.get("chapter", ""))[:20],
        promise=given.get("promise", "")[:20],
        tag=clean(given.get("tag", ""))[:60],
        **own,
        sort=_one_of(given.get("sort", ""), set(SORTS)) or "code",
        page=_whole(given.get("page", "")) or 1,
    )


def _one_of(text: str, known: set[str]) -> str:
    return text if text in known else ""


def _whole(text: str) -> int | None:
    return int(text) if len(text) <= 6 and text.isascii() and text.isdigit() and int(text) <= MOST else None
