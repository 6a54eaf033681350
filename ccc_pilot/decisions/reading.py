"""What other rooms read of meetings and decisions, as frozen facts: for briefings, reminders, search and the start page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from ccc_pilot.db import db
from ccc_pilot.decisions import rules
from ccc_pilot.decisions.models import Decision, DecisionLink, DecisionSum, Meeting, Paragraph
from ccc_pilot.decisions.rules import BEFORE, IN_FORCE, OPEN_STATES, Debt, Due, MeetingState, Relation
from ccc_pilot.people.models import Body, Pilot

Started = Callable[[Iterable[str]], frozenset[str]]


@dataclass(frozen=True, slots=True)
class MeetingFact:
    """A meeting: ``key`` is "meeting:<id>", ``short`` the body's short name (else the meeting's title)."""

    id: int
    key: str
    body: str | None
    short: str
    title: str
    day: date
    state: str
    source: str
    source_ref: str
    confidence: str


@dataclass(frozen=True, slots=True)
class SumFact:
    """Money of a decision: ``amount`` in kronor, None where it is not known; ``years`` as they are written ("2025–2026")."""

    id: int
    account: str
    amount: int | None
    years: str
    first_year: int | None
    last_year: int | None
    recipient: str
    key: str
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class DecisionFact:
    """A proposal or decision: ``text`` is what was decided, else the proposal; ``number`` is empty where none was given.

    ``links``: (relation, key of another thing, note). ``sides``: what contradicting sources say. ``owed``: its debt on the day asked for.
    """

    id: int
    key: str
    number: str
    title: str
    kind: str
    status: str
    proposal: str
    decided: str
    text: str
    conditions: str
    executor: str
    day: date | None
    due: date | None
    review_on: date | None
    meeting_id: int | None
    body: str | None
    decider: str
    locked: bool
    links: tuple[tuple[str, str, str], ...]
    sides: tuple[dict[str, str], ...]
    source: str
    source_ref: str
    confidence: str
    owed: tuple[Debt, ...] = ()
    sums: tuple[SumFact, ...] = ()
    follow_up: bool = True


@dataclass(frozen=True, slots=True)
class ParagraphFact:
    """A region's words before a meeting; ``sent_at`` None: not sent yet. ``unchanged``: the region says that nothing is new."""

    region: str
    done: str
    coming: str
    risks: str
    asks: str
    unchanged: bool
    sent_at: datetime | None
    version: int


def meetings(pilot: Pilot, body: str | None = None) -> list[MeetingFact]:
    """Return the meetings of ``pilot`` in the order of their days; of one ``body`` (its key) only, where given. Cancelled ones are left out."""
    statement = (
        select(Meeting, Body.short, Body.name_sv)
        .outerjoin(Body, Body.key == Meeting.body_key)
        .where(Meeting.pilot_id == pilot.id, Meeting.state != MeetingState.CANCELLED)
        .where(Meeting.body_key == body if body else Meeting.id.is_not(None))
        .order_by(Meeting.day, Meeting.id)
    )
    return [_meeting(row, short or name or "") for row, short, name in db.session.execute(statement)]


def coming(pilot: Pilot, today: date, body: str | None = None) -> MeetingFact | None:
    """Return the nearest meeting that is planned or called, from ``today`` on."""
    return next((one for one in meetings(pilot, body) if one.day >= today and one.state in BEFORE), None)


def previous(pilot: Pilot, body: str, before: date) -> MeetingFact | None:
    """Return the latest meeting of ``body`` earlier than the day ``before`` that was held, as far as is known."""
    found = [one for one in meetings(pilot, body) if one.day < before and one.state not in BEFORE]
    return found[-1] if found else None


def decisions_of(meeting_id: int) -> list[DecisionFact]:
    """Return what was proposed and decided at a meeting, in the order of the paragraphs, those without one last."""
    return [_decision(row) for row in _of(Decision.meeting_id == meeting_id)]


def proposals_for(meeting_id: int) -> list[DecisionFact]:
    """Return what the meeting is asked to decide: what is proposed and not settled."""
    return [fact for fact in decisions_of(meeting_id) if fact.status in OPEN_STATES]


def decisions_in_force(pilot: Pilot, body: str | None = None) -> list[DecisionFact]:
    """Return all decisions that hold (decided, being carried out, carried out, reported back), oldest first; of one ``body`` only, where given."""
    where = [Decision.pilot_id == pilot.id, Decision.status.in_(IN_FORCE)]
    return [_decision(row) for row in _of(*where, *([Decision.body_key == body] if body else []))]


def allocating(pilot: Pilot) -> list[DecisionFact]:
    """Return the proposals that are open and the decisions in force that say where money goes, oldest first."""
    where = (Decision.pilot_id == pilot.id, Decision.status.in_(OPEN_STATES | IN_FORCE), Decision.sums.any())
    return [_decision(row) for row in _of(*where)]


def in_debt(pilot: Pilot, today: date, started: Started = lambda keys: frozenset()) -> list[DecisionFact]:
    """Return the decisions that are owed something on ``today``, oldest first, each with what (see ``rules.debts``).

    ``started`` is told the keys of the things that carry decisions out, and returns those that have begun; a room above knows them.
    """
    where = (Decision.pilot_id == pilot.id, Decision.status.in_(IN_FORCE), Decision.follow_up.is_(True))
    rows = _of(*where)
    keys = {row.place_key for row in rows} | {link.object_key for row in rows for link in row.links if is_action(link)}
    begun = started(keys) if keys else frozenset()
    facts = (_decision(row, owed(row, today, begun)) for row in rows)
    return [fact for fact in facts if fact.owed]


def owed(row: Decision, today: date, begun: frozenset[str]) -> tuple[Debt, ...]:
    """Return the debt of one decision; ``begun``: the keys of things that have begun, or of the decision itself where something of it has."""
    started = row.place_key in begun or any(link.object_key in begun for link in row.links if is_action(link))
    return rules.debts(Due(row.status, row.day, row.due, row.review_on, row.reviewed_on, row.follow_up, started), today)


def is_action(link: DecisionLink) -> bool:
    """Whether a link leads to something that carries the decision out."""
    return link.relation == Relation.CREATES and bool(link.object_key)


def paragraphs(meeting_id: int) -> dict[str, ParagraphFact]:
    """Return the regions' paragraphs before a meeting, by region key; a region that has written nothing is not there."""
    rows = db.session.scalars(select(Paragraph).where(Paragraph.meeting_id == meeting_id))
    return {
        row.region: ParagraphFact(row.region, row.done, row.coming, row.risks, row.asks, row.unchanged, row.sent_at, row.version)
        for row in rows
    }


def _of(*conditions: ColumnElement[bool]) -> list[Decision]:
    statement = (
        select(Decision)
        .options(joinedload(Decision.links), joinedload(Decision.sums))
        .where(*conditions)
        .order_by(Decision.day, Decision.paragraph.is_(None), Decision.paragraph, Decision.id)
    )
    return list(db.session.scalars(statement).unique())


def _meeting(row: Meeting, short: str) -> MeetingFact:
    return MeetingFact(
        row.id, row.place_key, row.body_key, short or row.title, row.title, row.day, row.state, row.source, row.source_ref,
        row.confidence,
    )  # fmt: skip


def _decision(row: Decision, owed: tuple[Debt, ...] = ()) -> DecisionFact:
    return DecisionFact(
        row.id, row.place_key, row.number, row.title, row.kind, row.status, row.proposal, row.decided, row.decided or row.proposal,
        row.conditions, row.executor, row.day, row.due, row.review_on, row.meeting_id, row.body_key, row.decider,
        row.locked_at is not None, tuple((link.relation, link.object_key, link.note) for link in row.links), tuple(row.sides),
        row.source, row.source_ref, row.confidence, owed, tuple(_sum(one) for one in row.sums), row.follow_up,
    )  # fmt: skip


def _sum(row: DecisionSum) -> SumFact:
    return SumFact(
        row.id, row.account, row.amount, row.years, row.year, row.last_year or row.year, row.recipient, row.object_key, row.note, row.source,
    )  # fmt: skip
