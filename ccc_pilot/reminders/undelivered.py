"""What could not be delivered: seen by those who can do something about it, and sent again by them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from ccc_pilot import journal
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import NotFound, Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.models import Person
from ccc_pilot.people.policy import NETWORK, Access
from ccc_pilot.reminders import house_calendar, outbox, sources
from ccc_pilot.reminders.deadlines import Deadline
from ccc_pilot.reminders.models import ChannelState, Outgoing, Reminder

DEAD_LETTERS = "reminder.dead"
MOST = 200


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message that is dead, or has been tried in vain, whom it was for, and what of it is still true: so that somebody can ring instead."""

    message: Outgoing
    name: str
    address: str
    things: Sequence[Deadline] = ()

    @property
    def is_dead(self) -> bool:
        """Whether nobody tries any more."""
        return self.message.state == outbox.DEAD


def all_of(access: Access) -> list[Undelivered]:
    """Return what is dead or was tried in vain, newest first: all of it, or what is about the regions that ``access`` reaches."""
    found = db.session.execute(_troubled(access).options(selectinload(Outgoing.tries)).order_by(Outgoing.id.desc()).limit(MOST))
    rows = [(message, name or message.receiver, address or "") for message, name, address in found]
    things = _things([message.id for message, _name, _address in rows], access)
    return [Undelivered(*row, things.get(row[0].id, ())) for row in rows]


def _things(numbers: Sequence[int], access: Access) -> dict[int, list[Deadline]]:
    """What is still open of that which the messages ``numbers`` tell, so far as one with ``access`` may read of it. A query a room."""
    pairs = db.session.execute(
        select(Reminder.outgoing_id, Reminder.object_key).where(Reminder.outgoing_id.in_(numbers)).distinct()
    ).all()
    still = sources.open_ones({key for _number, key in pairs})
    found: dict[int, list[Deadline]] = {}
    for number, key in pairs:
        if key in still and number is not None and house_calendar.may_see(access, still[key]):
            found.setdefault(number, []).append(still[key])
    return {number: sorted(some, key=lambda one: (one.due, one.object)) for number, some in found.items()}


def _troubled(access: Access) -> Select[Outgoing, str, str]:
    troubled = (Outgoing.state == outbox.DEAD) | ((Outgoing.state == outbox.WAITING) & (Outgoing.attempts > 0))
    asked = select(Outgoing, Person.name, Person.email).outerjoin(Person, Person.id == Outgoing.person_id).where(troubled)
    if access.may(DEAD_LETTERS, NETWORK):
        return asked
    regions = [grant.region for grant in access.grants if access.may(DEAD_LETTERS, grant.region)]
    about = select(Reminder.outgoing_id).where(Reminder.region.in_(regions), Reminder.outgoing_id.is_not(None))
    return asked.where(Outgoing.id.in_(about))


def resend(*, number: int, access: Access, actor_id: int) -> Outgoing:
    """Let a dead message be tried again, now. Raises ``NotFound``, or ``Refused`` for one that is not dead."""
    found = db.session.scalar(_troubled(access).where(Outgoing.id == number))
    row = db.session.get(Outgoing, number, with_for_update=True, populate_existing=True) if found else None
    if row is None:
        raise NotFound
    if row.state != outbox.DEAD:
        raise Refused(_("It is on its way already."))
    row.state, row.attempts, row.made_at, row.next_try_at, row.error = outbox.WAITING, 0, utc_now(), utc_now(), ""
    journal.write("reminder.resent", f"outgoing:{row.id}", actor_id=actor_id, receiver=row.receiver)
    return row


def troubled_channels() -> Sequence[ChannelState]:
    """Return the channels that failed lately, with what they said."""
    return db.session.scalars(select(ChannelState).where(ChannelState.failures > 0).order_by(ChannelState.channel)).all()
