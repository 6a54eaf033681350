"""Handing over what lies on a person rather than on a post: a given part of a self-assessment, an improvement action. One line a kind."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from ccc_pilot.assessment import assigning
from ccc_pilot.assessment.models import AssessmentRound
from ccc_pilot.assessment.talk_models import AssessmentAssignment
from ccc_pilot.db import db
from ccc_pilot.errors import Forbidden, NotFound
from ccc_pilot.improvement import reading, service
from ccc_pilot.improvement.models import Action
from ccc_pilot.people.doors import Current
from ccc_pilot.people.models import Person
from ccc_pilot.reminders import staff
from ccc_pilot.reminders.deadlines import Deadline, kind_of, number_of


@dataclass(frozen=True, slots=True)
class Handing:
    """How one kind is handed over: who ``may``, to which ``people`` in what order, and how it is ``given``."""

    may: Callable[[Current, Deadline], bool]
    people: Callable[[Deadline, date], Sequence[Person]]
    given: Callable[[Deadline, int, int, Current, date], None]


def _row(model: Any, deadline: Deadline) -> Any:
    row = db.session.get(model, number_of(deadline.object))
    if row is None:
        raise NotFound
    return row


def _may_part(who: Current, deadline: Deadline) -> bool:
    return deadline.person_id == who.person_id or who.may("assessment.assign", deadline.region)


def _give_part(deadline: Deadline, person_id: int, _version: int, who: Current, day: date) -> None:
    row = _row(AssessmentAssignment, deadline)
    round_ = db.session.get_one(AssessmentRound, row.round_id)
    told = {"round_": round_, "region": row.region, "actor_id": who.person_id}
    assigning.take_away(**told, number=row.id)
    assigning.assign(**told, part=row.scope_key.partition(":")[2], person_id=person_id, due=row.due, day=day)


def _may_action(who: Current, deadline: Deadline) -> bool:
    return reading.may_edit(who, _row(Action, deadline))


def _holders(deadline: Deadline, day: date) -> Sequence[Person]:
    """Who holds a post in the region, the deputies of these first."""
    seats = [seat for seat in staff.on(day).seats if seat.region == deadline.region]
    deputies = {seat.deputy_id for seat in seats if seat.deputy_id}
    wanted = deputies | {seat.person_id for seat in seats}
    people = db.session.scalars(select(Person).where(Person.id.in_(wanted), Person.active.is_(True)))
    return sorted(people, key=lambda person: (person.id not in deputies, person.name))


def _give_action(deadline: Deadline, person_id: int, version: int, who: Current, _day: date) -> None:
    service.amend(target=_row(Action, deadline), who=who, version=version, owner=f"person:{person_id}")


KINDS = {
    "assignment": Handing(_may_part, lambda deadline, day: assigning.able(deadline.region, day), _give_part),
    "action": Handing(_may_action, _holders, _give_action),
}


def can(who: Current, deadline: Deadline) -> bool:
    """Whether ``who`` may hand ``deadline`` over to somebody."""
    handing = KINDS.get(kind_of(deadline.object))
    return handing is not None and handing.may(who, deadline)


def people(deadline: Deadline, day: date) -> list[tuple[int, str]]:
    """Return those to whom ``deadline`` may be handed: (id, name), without the one on whom it lies."""
    found = KINDS[kind_of(deadline.object)].people(deadline, day)
    return [(person.id, person.name) for person in found if person.id != deadline.person_id]


def version(deadline: Deadline) -> int:
    """Return the version of what is handed over, for its form; what counts no changes of its own has 1."""
    return _row(Action, deadline).version if kind_of(deadline.object) == "action" else 1


def hand(*, deadline: Deadline, person_id: int, version: int, who: Current, day: date) -> None:
    """Let ``deadline`` lie on somebody else; its room keeps who did that and when. ``version`` is the one of the form.

    Raises ``Forbidden`` for who may not, or one to whom it may not go, ``Refused`` and ``Conflict`` as its room does.
    """
    if not can(who, deadline) or person_id not in dict(people(deadline, day)):
        raise Forbidden
    KINDS[kind_of(deadline.object)].given(deadline, person_id, version, who, day)
