"""Who is told of a deadline: its owner, the lead who reports it, the deputy of one who is away, the head lead when it has gone too far."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ccc_pilot.db import db
from ccc_pilot.people.doors import region_of
from ccc_pilot.people.models import Holding, Person, Post
from ccc_pilot.people.policy import NETWORK, Role
from ccc_pilot.reminders.deadlines import Deadline
from ccc_pilot.reminders.models import Absence
from ccc_pilot.reminders.rules import Why


@dataclass(frozen=True, slots=True)
class Seat:
    """A post that is held: by whom, with which deputy, where and in which pilot (None: in all)."""

    role: str
    region: str
    pilot_id: int | None
    person_id: int
    deputy_id: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One who is told, and why. ``mailed``: by mail too (somebody who is away has a deputy for that)."""

    person_id: int
    why: Why
    mailed: bool = True


@dataclass(frozen=True)
class Staff:
    """Everybody who holds a post on a day; ``away`` maps those who are away to their deputy (None: nobody)."""

    seats: tuple[Seat, ...]
    people: frozenset[int]
    away: dict[int, int | None] = field(default_factory=dict)

    def told(self, deadline: Deadline, *, escalated: bool) -> list[Told]:
        """Return who is told of ``deadline``, each once: its owner and who leads there, else the head lead, who is told too when it is ``escalated``."""
        heads = self._holders(Role.HEAD_LEAD, NETWORK, deadline.pilot_id)
        owners = self._owners(deadline)
        leads = heads if deadline.region == NETWORK else self._holders(Role.REGIONAL_LEAD, deadline.region, deadline.pilot_id)
        followers = (leads or heads) if deadline.followed or not owners else []
        found = [*((seat, Why.OWN) for seat in owners), *((seat, Why.LEAD) for seat in followers)]
        return self._stand_ins([*found, *((seat, Why.ESCALATED) for seat in heads if escalated)])

    def _owners(self, deadline: Deadline) -> list[Seat]:
        if deadline.person_id is not None:
            return [Seat("", deadline.region, None, deadline.person_id)] if deadline.person_id in self.people else []
        for role in filter(None, (deadline.role, deadline.or_role)):
            fitting = self._anywhere(role, deadline.pilot_id)
            there = fitting if deadline.everywhere else self._there(fitting, deadline.region)
            if able := [seat for seat in there if seat.person_id not in deadline.but]:
                return able
        return []

    def _anywhere(self, role: str, pilot_id: int) -> list[Seat]:
        return [seat for seat in self.seats if seat.role == role and seat.pilot_id in (None, pilot_id)]

    def _holders(self, role: str, region: str, pilot_id: int) -> list[Seat]:
        return self._there(self._anywhere(role, pilot_id), region)

    def _there(self, fitting: list[Seat], region: str) -> list[Seat]:
        there = [seat for seat in fitting if seat.region == region]
        return there or [seat for seat in fitting if seat.region == NETWORK]  # a post of the whole network, such as the economist

    def _stand_ins(self, found: Iterable[tuple[Seat, Why]]) -> list[Told]:
        told: dict[int, Told] = {}
        for one in self._each(found):
            told.setdefault(one.person_id, one)
        return list(told.values())

    def _each(self, found: Iterable[tuple[Seat, Why]]) -> Iterator[Told]:
        for seat, why in found:
            deputy = self.away.get(seat.person_id) or seat.deputy_id
            replaced = seat.person_id in self.away and deputy in self.people and deputy not in self.away
            yield Told(seat.person_id, why, mailed=not replaced)
            if replaced and deputy is not None:
                yield Told(deputy, Why.DEPUTY)


def on(day: date) -> Staff:
    """Return everybody who holds a post on ``day`` and may log in. Three queries."""
    held = db.session.scalars(
        select(Holding)
        .join(Holding.person)
        .options(joinedload(Holding.post).joinedload(Post.organisation))
        .where(Person.active.is_(True), Holding.approved.is_(True), Holding.since <= day)
        .where(Holding.until.is_(None) | (Holding.until >= day))
        .order_by(Holding.id)
    ).all()
    seats = tuple(Seat(h.post.role, region_of(h.post), h.post.pilot_id, h.person_id, h.deputy_id) for h in held)
    people = frozenset(db.session.scalars(select(Person.id).where(Person.active.is_(True))))
    return Staff(seats, people, _away(day))


def _away(day: date) -> dict[int, int | None]:
    found = db.session.scalars(
        select(Absence).where(Absence.first <= day, Absence.last >= day, Absence.ended_at.is_(None)).order_by(Absence.id)
    )
    return {absence.person_id: absence.deputy_id for absence in found}
