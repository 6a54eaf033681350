"""Lists of meetings and the log of decisions, narrowed and paged."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from ccc_pilot.db import db
from ccc_pilot.decisions import reading
from ccc_pilot.decisions.models import Decision, Meeting
from ccc_pilot.decisions.reading import DecisionFact, Started
from ccc_pilot.decisions.rules import BEFORE, IN_FORCE, OPEN_STATES, DecisionState
from ccc_pilot.folding import fold, folded
from ccc_pilot.people.models import Pilot

PAGE = 50
MOST = 20_000
ORDER = (Decision.day.is_(None), Decision.day.desc(), Decision.id.desc())
SETS: dict[str, frozenset[DecisionState]] = {"open": OPEN_STATES, "in_force": IN_FORCE}


@dataclass(frozen=True, slots=True)
class Query:
    """What the log is narrowed to. ``status``: a status, "open" (not settled), "in_force", "debt" or "money" (it allocates some); empty: all."""

    q: str = ""
    body: str = ""
    status: str = ""
    kind: str = ""
    year: int | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Log:
    """A page of the log: the rows, how many there are in all, and what is owed on each row's decision, by its id."""

    rows: Sequence[Decision]
    total: int
    page: int
    pages: int
    debts: dict[int, DecisionFact] = field(default_factory=dict)


def meetings(pilot: Pilot, today: date, body: str = "") -> tuple[list[Meeting], list[Meeting]]:
    """Return the meetings to come, the nearest first, and those past, the latest first; of one ``body`` where given."""
    statement = select(Meeting).where(Meeting.pilot_id == pilot.id, *([Meeting.body_key == body] if body else []))
    found = db.session.scalars(statement.order_by(Meeting.day, Meeting.id)).all()
    ahead = [one for one in found if one.day >= today and one.state in BEFORE]
    return ahead, [one for one in reversed(found) if one not in ahead]


def how_many(pilot: Pilot) -> dict[int, tuple[int, int]]:
    """Return per meeting id how many proposals are open and how many are settled."""
    is_open = Decision.status.in_(OPEN_STATES)
    statement = (
        select(Decision.meeting_id, is_open, func.count())
        .where(Decision.pilot_id == pilot.id, Decision.meeting_id.is_not(None))
        .group_by(Decision.meeting_id, is_open)
    )
    counts: dict[int, tuple[int, int]] = {}
    for meeting_id, waits, total in db.session.execute(statement):
        assert meeting_id is not None  # so it was asked
        before = counts.get(meeting_id, (0, 0))
        counts[meeting_id] = (before[0] + total, before[1]) if waits else (before[0], before[1] + total)
    return counts


def log(pilot: Pilot, query: Query, today: date, started: Started) -> Log:
    """Return the page of the log that ``query`` asks for, latest first; ``started`` as in ``reading.in_debt``."""
    owed = {fact.id: fact for fact in reading.in_debt(pilot, today, started)}
    statement = _wanted(pilot, query, list(owed))
    total = db.session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(1, query.page), pages)
    rows = db.session.scalars(
        statement.options(joinedload(Decision.meeting)).order_by(*ORDER).limit(PAGE).offset((page - 1) * PAGE)
    ).all()
    return Log(rows, total, page, pages, owed)


def everything(pilot: Pilot, query: Query, today: date, started: Started) -> Log:
    """Return all that ``query`` asks for, its page left aside, latest first (at most ``MOST``)."""
    owed = {fact.id: fact for fact in reading.in_debt(pilot, today, started)}
    statement = _wanted(pilot, query, list(owed)).options(selectinload(Decision.sums)).order_by(*ORDER)
    rows = db.session.scalars(statement.limit(MOST)).all()
    return Log(rows, len(rows), 1, 1, owed)


def counts(pilot: Pilot) -> dict[str, int]:
    """Return how many decisions and proposals stand in each status."""
    statement = select(Decision.status, func.count()).where(Decision.pilot_id == pilot.id).group_by(Decision.status)
    return dict(db.session.execute(statement).all())


def with_money(pilot: Pilot) -> int:
    """Return how many decisions and proposals say where money goes."""
    return db.session.scalar(select(func.count()).where(Decision.pilot_id == pilot.id, Decision.sums.any())) or 0


def years(pilot: Pilot) -> list[int]:
    """Return the years that the log has something of, latest first."""
    days = db.session.scalars(select(Decision.day).where(Decision.pilot_id == pilot.id, Decision.day.is_not(None)).distinct())
    return sorted({day.year for day in days if day}, reverse=True)


def _wanted(pilot: Pilot, query: Query, owed: list[int]) -> Select[Decision]:
    conditions: list[ColumnElement[bool]] = [Decision.pilot_id == pilot.id]
    if query.status == "debt":
        conditions.append(Decision.id.in_(owed))
    elif query.status == "money":
        conditions.append(Decision.sums.any())
    elif query.status:
        conditions.append(Decision.status.in_(SETS.get(query.status, frozenset({query.status}))))
    if query.body:
        conditions.append(Decision.body_key == query.body)
    if query.kind:
        conditions.append(Decision.kind == query.kind)
    if query.year:
        conditions.append(and_(Decision.day >= date(query.year, 1, 1), Decision.day <= date(query.year, 12, 31)))
    conditions += [_says(word) for word in fold(query.q).split()]
    return select(Decision).where(*conditions)


def _says(word: str) -> ColumnElement[bool]:
    texts = (Decision.number, Decision.title, Decision.proposal, Decision.decided, Decision.executor, Decision.conditions)
    return or_(*(folded(text).contains(word, autoescape=True) for text in texts))
