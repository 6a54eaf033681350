"""Where deadlines come from: one line a room. Whoever adds a room with deadlines adds its line here and its ladder in ``ladders.py``."""

from collections.abc import Iterable, Iterator
from datetime import date

from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.reminders import addresses, asked, chains, mentions, milestones, reviews, rooms
from ccc_pilot.reminders.deadlines import Ask, Deadline, Source, kind_of

ROOMS = {
    "decision": _l("Decisions to carry out"),
    "review": _l("Decisions to look at again"),
    "action": _l("Actions of the improvement plan"),
    "round": _l("Rounds of self-assessment"),
    "peer": _l("Peer reviews"),
    "evidence": _l("Evidence that expires"),
}
SOURCES = (
    Source("milestone", _l("Milestones and reports"), milestones.near, milestones.open_ones),
    Source("chain", _l("Reports counted back"), chains.near, chains.open_ones),
    Source("claim", _l("Claims of done that wait for approval"), milestones.claims_near, milestones.open_ones),
    Source(
        "verify", _l("Actions said to be done that wait to be verified"), reviews.verifications_near, reviews.open_verifications
    ),
    Source("plan", _l("Plans that wait for the RCC's review"), reviews.plans_near, reviews.open_plans),
    Source("paragraph", _l("Paragraphs before a meeting"), asked.paragraphs_near, asked.open_paragraphs),
    Source("assignment", _l("Parts of a self-assessment given to somebody"), asked.assignments_near, asked.open_assignments),
    *rooms.sources(ROOMS),
    Source(mentions.KIND, _l("Remarks in which one is spoken to"), mentions.near, mentions.open_ones, in_calendars=False),
    Source(addresses.KIND, _l("Addresses that mail does not reach"), addresses.near, addresses.open_ones, in_calendars=False),
)
BY_KEY = {source.kind: source for source in SOURCES}


def near(first: date, last: date) -> Iterator[Deadline]:
    """Yield everything open that is due from ``first`` to ``last``, both included, room by room."""
    for source in SOURCES:
        yield from source.near(first, last)


def in_calendars(first: date, last: date) -> Iterator[Deadline]:
    """Yield as ``near`` does what belongs in calendars."""
    for source in SOURCES:
        if source.in_calendars:
            yield from source.near(first, last)


def open_ones(keys: Iterable[str]) -> dict[str, Deadline]:
    """Return those of the object keys that are still open, by key: what a reminder says must still be true. A query a room."""
    asked: dict[Ask, list[str]] = {}
    for key in keys:
        if source := BY_KEY.get(kind_of(key)):
            asked.setdefault(source.open_ones, []).append(key)
    return {key: deadline for ask, some in asked.items() for key, deadline in ask(some).items()}
