"""From the address to the question: what a list of milestones is narrowed to."""

from collections.abc import Mapping

from ccc_pilot.progress.narrowing import PAGE_SIZE, SORTS, WHOLE_SIZE, Query
from ccc_pilot.progress.rules import Status
from ccc_pilot.web.forms import clean

STATUSES = {*Status, "open", "late", "late_assumed", "soon"}
MOST = 100_000


def query_from(given: Mapping[str, str]) -> Query:
    """Read the parameters of an address; what cannot be meant is left out, so that an old link never fails."""
    status, sort = given.get("status", ""), given.get("sort", "")
    return Query(
        q=clean(given.get("q", ""))[:100],
        plan=given.get("plan", "")[:60],
        phase=given.get("phase", "")[:40],
        region=given.get("region", "")[:20],
        owner=given.get("owner", "")[:40],
        status=status if status in STATUSES else "",
        within=_whole(given.get("within", "")),
        reporting=given.get("reporting") == "1",
        all=given.get("all") == "1",
        whole=given.get("whole") == "1",
        counted=given.get("counted") == "1",
        size=WHOLE_SIZE if given.get("whole") == "1" else PAGE_SIZE,
        sort=sort if sort in SORTS else "plan",
        page=_whole(given.get("page", "")) or 1,
    )


def _whole(text: str) -> int | None:
    return int(text) if len(text) <= 6 and text.isascii() and text.isdigit() and int(text) <= MOST else None
