"""Addresses that mail does not reach: who leads is told, so that somebody sees to it; told until the address is mended or a mail arrives."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import aliased

from ccc_pilot.db import db
from ccc_pilot.i18n import Text, today
from ccc_pilot.people.models import Person
from ccc_pilot.people.policy import NETWORK, Role
from ccc_pilot.reminders import outbox, rooms, staff
from ccc_pilot.reminders.deadlines import Deadline, number_of
from ccc_pilot.reminders.models import Outgoing

KIND = "address"
MEND_WITHIN = timedelta(days=3)  # the project's own proposal


def near(first: date, last: date) -> Iterator[Deadline]:
    """Yield the addresses that should be mended from ``first`` to ``last``, both included."""
    return (one for one in _deadlines(_dead()) if first <= one.due <= last)


def open_ones(keys: Iterable[str]) -> Mapping[str, Deadline]:
    """Return those of the addresses ``keys`` that mail does not reach still, by key."""
    return {one.object: one for one in _deadlines(_dead().where(Person.id.in_([number_of(key) for key in keys])))}


def last_answer(person_id: int) -> str | None:
    """Return what the mail server said of the person's address when it last refused it; None where mail arrives."""
    return db.session.scalar(
        _dead()
        .where(Person.id == person_id)
        .group_by(None)
        .with_only_columns(Outgoing.error)
        .order_by(Outgoing.id.desc())
        .limit(1)
    )


def _dead() -> Select[Person, date]:
    """Those to whose address as it is now a mail was given up, with the day of the first, and none has arrived since."""
    later = aliased(Outgoing)
    arrived = exists().where(
        later.receiver == Outgoing.receiver, later.channel == "mail", later.state == outbox.SENT, later.sent_at > Outgoing.made_at
    )
    return (
        select(Person, func.min(Outgoing.day))
        .join(Outgoing, Outgoing.person_id == Person.id)
        .where(
            Outgoing.state == outbox.DEAD, Outgoing.channel == "mail", Outgoing.address == Person.email, Person.active.is_(True)
        )
        .where(~arrived)
        .group_by(Person.id)
        .order_by(Person.id)
    )


def _deadlines(statement: Select[Person, date]) -> Iterator[Deadline]:
    found = db.session.execute(statement).all()
    seats = {seat.person_id: seat for seat in reversed(staff.on(today()).seats)} if found else {}
    pilots = rooms.first_pilots() if found else {}
    for person, day in found:
        seat = seats.get(person.id)
        region = seat.region if seat else NETWORK
        pilot_id = (seat and seat.pilot_id) or pilots.get(region) or pilots.get(NETWORK, 0)
        title = Text(f"Mejl till {person.name} kommer inte fram", f"Mail to {person.name} does not arrive")
        yield Deadline(
            f"{KIND}:{person.id}", KIND, title, region, pilot_id, day + MEND_WITHIN, Role.HEAD_LEAD, person.email,
            "reminders.undelivered_page", (),
        )  # fmt: skip
