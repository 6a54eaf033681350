"""Chains: from a final reporting date back to region input, compiling, quality check and approval, each in working days before it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, selectinload

from ccc_pilot import journal
from ccc_pilot.dates import is_free_day, utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import Conflict, Forbidden, NotFound, Refused
from ccc_pilot.i18n import Text
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.models import Pilot
from ccc_pilot.people.policy import NETWORK, Access, Role
from ccc_pilot.reminders.chain_models import Chain, ChainStep
from ccc_pilot.reminders.deadlines import Deadline, number_of

PLAN = "milestone.plan"


@dataclass(frozen=True, slots=True)
class Link:
    """A step of a pattern: who does it, in each region or once, and how many working days before the final date."""

    key: str
    role: Role
    offset: int
    each_region: bool = False


STEPS = {
    "input": Text("Underlag från regionen", "Input from the region"),
    "compile": Text("Sammanställning", "Compiling"),
    "check": Text("Kvalitetsgranskning", "Quality check"),
    "approve": Text("Godkännande", "Approval"),
    "send": Text("Insändning", "Sending"),
}


def _pattern(*offsets: int) -> tuple[Link, ...]:
    into, compiling, check, approve = offsets
    return (
        Link("input", Role.REGIONAL_LEAD, into, each_region=True), Link("compile", Role.HEAD_LEAD, compiling), Link("check", Role.RCC_REVIEWER, check),
        Link("approve", Role.HEAD_LEAD, approve), Link("send", Role.HEAD_LEAD, 0),
    )  # fmt: skip


# The working days are the project's own proposal, to be confirmed by the network.
PATTERNS: dict[str, tuple[Text, tuple[Link, ...]]] = {
    "socialstyrelsen": (Text("Rapport till Socialstyrelsen", "Report to Socialstyrelsen"), _pattern(20, 12, 7, 3)),
    "eu": (Text("Rapport till EU-projektet", "Report to the EU project"), _pattern(20, 12, 7, 3)),
    "rsl": (Text("Underlag till RSL:s utskick", "Papers for the mailing to RSL"), _pattern(10, 6, 4, 2)),
    "final": (Text("Slutrapport", "Final report"), _pattern(30, 20, 12, 5)),
}


@dataclass(frozen=True, slots=True)
class Planned:
    """A step with its day, as it would be made."""

    key: str
    role: str
    region: str
    offset: int
    due: date


def days_back(final: date, working_days: int) -> date:
    """Return the day that lies ``working_days`` working days before ``final``; with 0 the final day itself, free or not."""
    day, left = final, working_days
    while left:
        day -= timedelta(days=1)
        left -= not is_free_day(day)
    return day


def planned(kind: str, final: date, regions: Sequence[str]) -> list[Planned]:
    """Return the steps that a chain of ``kind`` would get. Raises ``NotFound`` for an unknown kind."""
    if kind not in PATTERNS:
        raise NotFound
    return [
        Planned(link.key, link.role, region, link.offset, days_back(final, link.offset))
        for link in PATTERNS[kind][1]
        for region in (regions if link.each_region else [NETWORK])
    ]


def make(*, pilot: Pilot, kind: str, title: str, final: date, actor_id: int, today: date) -> Chain:
    """Make a chain with its feeder dates. Raises ``Refused`` for a final date that has passed."""
    if final < today:
        raise Refused(_("That day has passed."), "final")
    chain = Chain(
        pilot_id=pilot.id,
        kind=kind,
        title=title.strip() or str(PATTERNS[kind][0]),
        final=final,
        made_at=utc_now(),
        made_by_id=actor_id,
        version=1,
    )
    regions = [region.organisation_key for region in pilot.regions]
    chain.steps = [
        ChainStep(key=one.key, role=one.role, region=one.region, offset=one.offset, due=one.due)
        for one in planned(kind, final, regions)
    ]
    db.session.add(chain)
    db.session.flush()
    journal.write("chain.made", f"chain:{chain.id}", actor_id=actor_id, title=chain.title, final=final, rows=len(chain.steps))
    return chain


def move(*, chain: Chain, final: date, version: int, actor_id: int) -> Chain:
    """Move the final date: what is not yet done is counted back anew. Raises ``Conflict`` and ``Refused``."""
    db.session.refresh(chain, with_for_update=True)
    if chain.version != version:
        raise Conflict(theirs={"final": chain.final}, mine={"final": final}, version=chain.version)
    if final == chain.final:
        raise Refused(_("That is the date it has already."), "final")
    before, chain.final, chain.version = chain.final, final, version + 1
    for step in chain.steps:
        if step.done_at is None:
            step.due = days_back(final, step.offset)
    journal.write("chain.moved", f"chain:{chain.id}", actor_id=actor_id, final=[before, final], version=chain.version)
    return chain


def settle(*, chain: Chain, step_id: int, done: bool, access: Access, actor_id: int) -> ChainStep:
    """Say that a step is done, or is not after all. Raises ``NotFound``, or ``Forbidden`` for who neither has its role there nor plans."""
    step = db.session.get(ChainStep, step_id, with_for_update=True)
    if step is None or step.chain_id != chain.id or chain.cancelled_at is not None:
        raise NotFound
    if not may_settle(step, access):
        raise Forbidden
    if (step.done_at is not None) != done:
        step.done_at, step.done_by_id = (utc_now(), actor_id) if done else (None, None)
        step.due = step.due if done else days_back(chain.final, step.offset)
        journal.write(
            "chain.step",
            f"chain:{chain.id}",
            actor_id=actor_id,
            region=step.region,
            step=step.key,
            state="done" if done else "open",
        )
    return step


def may_settle(step: ChainStep, access: Access) -> bool:
    """Whether one with ``access`` has the step's role in its region, or plans for all."""
    return access.may(PLAN) or any(grant.role == step.role and step.region in {NETWORK, grant.region} for grant in access.grants)


def of(pilot: Pilot) -> list[Chain]:
    """Return the pilot's chains, by their final date."""
    found = select(Chain).options(selectinload(Chain.steps)).where(Chain.pilot_id == pilot.id, Chain.cancelled_at.is_(None))
    return list(db.session.scalars(found.order_by(Chain.final, Chain.id)))


def get(pilot: Pilot, number: int) -> Chain:
    """Return a chain of the pilot. Raises ``NotFound``."""
    chain = db.session.get(Chain, number)
    if chain is None or chain.pilot_id != pilot.id or chain.cancelled_at is not None:
        raise NotFound
    return chain


def near(first: date, last: date) -> Iterator[Deadline]:
    """Yield the open steps due from ``first`` to ``last``, both included."""
    return _deadlines(_open().where(ChainStep.due.between(first, last)))


def open_ones(keys: Iterable[str]) -> Mapping[str, Deadline]:
    """Return those of the steps ``keys`` that are still open, by key."""
    return {found.object: found for found in _deadlines(_open().where(ChainStep.id.in_([number_of(key) for key in keys])))}


def _open() -> Select[ChainStep]:
    found = select(ChainStep).join(ChainStep.chain).options(contains_eager(ChainStep.chain))
    return found.where(ChainStep.done_at.is_(None), Chain.cancelled_at.is_(None)).order_by(ChainStep.id)


def _deadlines(statement: Select[Any]) -> Iterator[Deadline]:
    for step in db.session.scalars(statement):
        words, chain = STEPS[step.key], step.chain
        yield Deadline(
            f"chain:{step.id}", "chain", Text(f"{words.sv}: {chain.title}", f"{words.en}: {chain.title}"), step.region, chain.pilot_id, step.due,
            step.role, "", "reminders.chain", (("number", str(chain.id)),), reporting=True, followed=False, everywhere=step.region == NETWORK, version=chain.version,
            changed=chain.made_at,
        )  # fmt: skip
