"""From single reminders to messages: at most one mail a day and person, at the hour they chose; urgent ones apart when that mail has gone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from ccc_pilot.db import db
from ccc_pilot.i18n import local
from ccc_pilot.reminders import choices, inviting, outbox, rules
from ccc_pilot.reminders.models import Outgoing, Reminder, ReminderChoice

MORNING, EVENING = 7, 18  # urgent ones go out between these hours


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for one receiver: the newest of the urgent ones (0: none is)."""

    receiver: str
    channel: str
    person_id: int | None
    urgent: int


def gather(now: datetime) -> int:
    """Put what waits into messages whose hour has come, and what is to be told of meetings; returns how many messages were made.

    Belongs in a transaction.
    """
    chosen = {row.person_id: row for row in db.session.scalars(select(ReminderChoice))}
    return inviting.put_out(local(now).date()) + sum(
        _gather(one, chosen.get(one.person_id or 0, choices.usual()), local(now)) for one in _waiting()
    )


def _waiting() -> Sequence[Waiting]:
    urgent = func.max(Reminder.id).filter(Reminder.urgent.is_(True))
    found = db.session.execute(
        select(Reminder.receiver, Reminder.channel, func.max(Reminder.person_id), func.coalesce(urgent, 0))
        .where(Reminder.state == "waiting", Reminder.channel != "inbox")
        .group_by(Reminder.receiver, Reminder.channel)
        .order_by(Reminder.receiver)
    )
    return [Waiting(*row) for row in found]


def _gather(one: Waiting, choice: ReminderChoice, there: datetime) -> bool:
    """Make the day's message for one receiver if its hour has come, or one for urgent things alone. ``there``: the local time."""
    if (unsent := _unsent(one)) is not None:
        _attach(unsent, one, urgent=False)
        return False
    day = there.date()
    if rules.wants_mail(choice.weekdays, choice.hour, day, there.hour):
        made = _put(one, f"digest:{one.receiver}:{one.channel}:{day}", day)
        if made is not None:
            _attach(made, one, urgent=False)
            return True
    elif choice.weekdays and str(day.weekday()) in choice.weekdays:
        return False  # the day's mail is still to come and takes the urgent ones along
    if one.urgent and MORNING <= there.hour < EVENING:
        made = _put(one, f"urgent:{one.receiver}:{one.channel}:{one.urgent}", day)
        if made is not None:
            _attach(made, one, urgent=True)
            return True
    return False


def _unsent(one: Waiting) -> int | None:
    """A message to them that no server has taken yet: after an outage all is in one, not in one for each day."""
    return db.session.scalar(
        select(Outgoing.id)
        .where(Outgoing.receiver == one.receiver, Outgoing.channel == one.channel)
        .where(Outgoing.state == outbox.WAITING, Outgoing.doubt.is_(False), Outgoing.kind == "digest")
        .order_by(Outgoing.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def _put(one: Waiting, key: str, day: object) -> int | None:
    return outbox.put(key=key, channel=one.channel, receiver=one.receiver, person_id=one.person_id, day=day)  # type: ignore[arg-type]


def _attach(number: int, one: Waiting, *, urgent: bool) -> None:
    mine = (Reminder.receiver == one.receiver, Reminder.channel == one.channel, Reminder.state == "waiting")
    wanted = [*mine, Reminder.urgent.is_(True)] if urgent else mine
    db.session.execute(update(Reminder).where(*wanted).values(state="gathered", outgoing_id=number))
