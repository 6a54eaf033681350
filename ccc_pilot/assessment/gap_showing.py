"""The gap list, ready to be shown."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from ccc_pilot.assessment import results_showing
from ccc_pilot.assessment.gaps import Gap, Reason, gap_key
from ccc_pilot.assessment.gaps import gaps as all_gaps
from ccc_pilot.assessment.results import Results
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.people.pilots import Region
from ccc_pilot.web.paging import Page

PAGE_SIZE = 100
REASON_WORDS = {
    Reason.SCORE: _l("not met"), Reason.CORE: _l("core point not met"), Reason.UNSCORED: _l("not scored"),
    Reason.EVIDENCE: _l("mandatory evidence missing"),
}  # fmt: skip
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Paged(Generic[Row]):
    """The rows of the page in the address, and the pager."""

    rows: Sequence[Row]
    page: Page


@dataclass(frozen=True, slots=True)
class Asked:
    """Which page of a list the address asks for, and the address of another."""

    number: int
    url: Callable[[int], str]


def paged(rows: Sequence[Row], asked: Asked) -> Paged[Row]:
    """Return the rows of the page that is asked for."""
    pages = max(1, -(-len(rows) // PAGE_SIZE))
    number = min(max(asked.number, 1), pages)
    return Paged(rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], Page(number, pages, len(rows), asked.url))


class Action(Protocol):
    """What is done about a gap, as the room of improvement tells it. ``open``: it is not settled yet."""

    title: str
    url: str
    owner: str
    due: date | None
    open: bool


@dataclass(frozen=True, slots=True)
class GapLine:
    """A gap in the list. ``key`` is how actions and decisions link to it; ``actions`` is what is done about it (see ``Action``)."""

    key: str
    shown: results_showing.Shown
    priority: int
    reasons: list[str]
    missing: int
    actions: Sequence[Action]


Actions = Mapping[str, Sequence[Action]]  # by a gap's key


def gaps(
    found: Results, regions: Sequence[Region], acted: Actions, asked: Asked, *, region: str, chapter: str, reason: str
) -> dict[str, Any]:
    """Return what the page of gaps shows: a page of them, and how many there are for each reason. ``acted``: what is done about them."""
    shorts = {one.key: one.short for one in regions}
    kept = [
        one
        for one in all_gaps(
            found.facts, found.stick, {key.split(":", 2)[2] for key, told in acted.items() if any(one.open for one in told)}
        )
        if region in {"", one.fact.region} and chapter in {"", one.fact.point.chapter}
    ]
    counts = Counter(why for one in kept for why in one.reasons)
    chosen = [one for one in kept if reason not in REASON_WORDS or reason in one.reasons]
    told = paged(chosen, asked)
    return {
        "gaps": [_line(found, one, shorts, acted) for one in told.rows], "page": told.page, "total": len(kept),
        "reasons": [(str(why), str(said), counts[why]) for why, said in REASON_WORDS.items()], "top": chosen[0].priority if chosen else 0,
    }  # fmt: skip


def _line(found: Results, gap: Gap, shorts: dict[str, str], acted: Actions) -> GapLine:
    key = gap_key(found.round_.id, gap.fact.key)
    return GapLine(
        key, results_showing.shown(found, gap.fact, shorts), gap.priority, [str(REASON_WORDS[reason]) for reason in gap.reasons], gap.missing,
        acted.get(key, ()),
    )  # fmt: skip
