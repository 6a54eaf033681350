"""From the address to the question: what the log of decisions is narrowed to."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import url_for

from ccc_pilot.decisions.listing import SETS, Query
from ccc_pilot.decisions.rules import DecisionKind, DecisionState
from ccc_pilot.web.forms import clean

STATUSES = {*DecisionState, *SETS, "debt", "money"}
FIRST_YEAR, LAST_YEAR = 1990, 2100


def query_from(given: Mapping[str, str]) -> Query:
    """Read the parameters of an address; what cannot be meant is left out, so that an old link never fails."""
    status, kind, year = given.get("status", ""), given.get("kind", ""), _whole(given.get("year", ""))
    return Query(
        q=clean(given.get("q", ""))[:100],
        body=given.get("body", "")[:20],
        status=status if status in STATUSES else "",
        kind=kind if kind in set(DecisionKind) else "",
        year=year if year and FIRST_YEAR <= year <= LAST_YEAR else None,
        page=_whole(given.get("page", "")) or 1,
    )


def address(query: Query, endpoint: str = "decisions.log", **changes: object) -> str:
    """Return the address of the log (or of another ``endpoint``) as ``query`` narrows it, with ``changes``."""
    wanted = replace(query, page=1) if changes and "page" not in changes else query
    wanted = replace(wanted, **changes)  # type: ignore[arg-type]
    told: dict[str, Any] = {"q": wanted.q, "body": wanted.body, "status": wanted.status, "kind": wanted.kind, "year": wanted.year}
    if wanted.page > 1:
        told["page"] = wanted.page
    return url_for(endpoint, **{k: v for k, v in told.items() if v})


def _whole(text: str) -> int | None:
    return int(text) if len(text) <= 6 and text.isascii() and text.isdigit() else None
