"""From the address to the question: what the library is narrowed to."""

from collections.abc import Mapping

from ccc_pilot.evidence.library import SORTS, STANDINGS, Query
from ccc_pilot.evidence.words import LANGUAGES
from ccc_pilot.web.forms import clean

MOST = 100_000


def query_from(given: Mapping[str, str]) -> Query:
    """Read the parameters of an address; what cannot be meant is left out, so that an old link never fails."""
    standing, sort, language = given.get("standing", ""), given.get("sort", ""), given.get("language", "")
    number = given.get("page", "")
    return Query(
        q=clean(given.get("q", ""))[:100],
        region=given.get("region", "")[:20],
        kind=given.get("kind", "")[:40],
        standing=standing if standing in STANDINGS else "",
        language=language if language in LANGUAGES else "",
        sort=sort if sort in SORTS else "changed",
        page=min(int(number), MOST) if number.isascii() and number.isdigit() and 0 < len(number) < 8 and int(number) else 1,
    )
