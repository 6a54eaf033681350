"""The outbox: what is on its way out, who holds it while it is sent, and how a try ended.

Whoever sends claims some messages (leases, each with a token) and writes them. Before each is sent its try is begun: the lease is
renewed and the bytes are kept, in a transaction that ends before the sending; another one marks how it went. A process that dies in
between leaves the lease to run out; the next one sends the same bytes again. Source: RFC 1047, the gap between a server's "250" and our
mark cannot be closed, so a mail goes out at least once and every copy is the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import uniform
from typing import cast

from sqlalchemy import DateTime, Table, func, insert, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.elements import ColumnElement

from ccc_pilot.dates import utc_now
from ccc_pilot.db import UTCDateTime, db
from ccc_pilot.reminders import rules
from ccc_pilot.reminders.models import ChannelState, Outgoing, OutgoingTry

LEASE = timedelta(seconds=120)
PROBE = timedelta(seconds=60)
WAITING, SENT, DEAD, EMPTY = "waiting", "sent", "dead", "empty"
OUTBOX, TRIES = (cast(Table, model.__table__) for model in (Outgoing, OutgoingTry))


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a try failed. ``permanent``: no use to try again; ``server``: the channel itself is in trouble; ``doubt``: it may have arrived;
    ``grey``: the receiver asked for a later try.
    """

    text: str
    permanent: bool = False
    server: bool = False
    doubt: bool = False
    grey: bool = False


def put(*, key: str, channel: str, receiver: str, person_id: int | None, day: date, kind: str = "digest") -> int | None:
    """Put a message with this ``key`` in the outbox; returns its number, or None when there is one already."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    now = utc_now()
    row = {
        "key": key, "kind": kind, "channel": channel, "receiver": receiver, "person_id": person_id, "day": day, "state": WAITING, "attempts": 0, "made_at": now,
        "next_try_at": now, "lease_owner": "", "token": 0, "doubt": False, "address": "", "error": "",
    }  # fmt: skip
    made = dialect.insert(Outgoing).values(row).on_conflict_do_nothing(index_elements=["key"]).returning(Outgoing.id)
    number: int | None = db.session.scalar(made)
    return number


def claim(owner: str, most: int = 1) -> list[Outgoing]:
    """Take the leases of at most ``most`` messages that wait, on channels that are not shut, those that have waited longest first.

    The leases are measured by the database's clock where hosts share one, so that hosts may go wrong.
    """
    now = utc_now()
    troubled = {state.channel: state for state in db.session.scalars(select(ChannelState).where(ChannelState.failures > 0))}
    shut = [name for name, state in troubled.items() if state.shut_until is not None and state.shut_until > now]
    fragile = [name for name, state in troubled.items() if rules.shut_seconds(state.failures) and name not in shut]
    found = _claimed(owner, now, shut, 1 if fragile else most)
    for message in found:
        if message.channel in fragile:  # one message tries the way; the others wait for how that ends
            troubled[message.channel].shut_until = now + PROBE
    return found


def _claimed(owner: str, now: datetime, shut: list[str], most: int) -> list[Outgoing]:
    waiting = (
        select(Outgoing.id)
        .where(Outgoing.state == WAITING, Outgoing.next_try_at <= now, Outgoing.channel.not_in(shut))
        .where(or_(Outgoing.lease_until.is_(None), Outgoing.lease_until < _clock()))
        .order_by(Outgoing.next_try_at, Outgoing.id)
        .limit(most)
        .with_for_update(skip_locked=True)
        .cte("waiting")
    )
    values = {"lease_owner": owner, "lease_until": _clock(LEASE), "token": Outgoing.token + 1}
    taken = update(Outgoing).where(Outgoing.id.in_(select(waiting.c.id))).values(values).returning(Outgoing)
    found = db.session.scalars(taken, execution_options={"populate_existing": True, "synchronize_session": False}).all()
    return sorted(found, key=lambda message: (message.next_try_at, message.id))


def _clock(later: timedelta = timedelta()) -> ColumnElement[datetime]:
    if db.engine.dialect.name == "postgresql":
        return func.clock_timestamp(type_=DateTime(timezone=True)) + later
    return literal(utc_now() + later, UTCDateTime)


def begin(*, number: int, token: int, address: str, content: bytes) -> bool:
    """Begin a try: renew the lease, keep what is sent, and note that from now on it may have arrived; False when the lease was lost.

    Until the contrary is known these bytes are sent again.
    """
    values = {
        "lease_until": _clock(LEASE),
        "attempts": Outgoing.attempts + 1,
        "address": address,
        "content": content,
        "doubt": True,
    }
    return _mark(number, token, values)


def release(leases: Iterable[tuple[int, int]]) -> None:
    """Give back the leases (number, token) of messages whose try was not begun."""
    for number, token in leases:
        _mark(number, token, {"lease_until": None})


def drop(message: Outgoing) -> None:
    """Nothing in it is true any more: it is not sent."""
    message.state, message.lease_until, message.doubt = EMPTY, None, False


def succeed(*, number: int, token: int, owner: str, channel: str = "") -> bool:
    """Mark a message as sent; False when the lease had been lost (the try is noted all the same: there may be two copies).

    A ``channel`` that is named had failed before, and is no longer in trouble.
    """
    ours = _mark(number, token, {"state": SENT, "sent_at": utc_now(), "lease_until": None, "error": ""})
    _note(number, token, owner, "sent" if ours else "late")
    if channel:
        well = {"failures": 0, "shut_until": None, "error": ""}
        db.session.execute(update(ChannelState).where(ChannelState.channel == channel, ChannelState.failures > 0).values(well))
    return ours


def fail(*, number: int, token: int, owner: str, failure: Failure) -> None:
    """Mark that a try failed: it waits for the next one, or is dead when that is of no use or was tried for three days."""
    row = db.session.get(Outgoing, number, populate_existing=True)
    assert row is not None  # nothing is taken out of the outbox
    now = utc_now()
    wait = rules.wait_seconds(max(1, row.attempts), grey=failure.grey, jitter=uniform(-0.2, 0.2))
    dead = failure.permanent or (not failure.server and now - row.made_at > rules.GIVE_UP_AFTER)
    values = {
        "state": DEAD if dead else WAITING, "next_try_at": now + timedelta(seconds=wait), "lease_until": None, "error": failure.text,
        "doubt": failure.doubt,
    }  # fmt: skip
    _mark(number, token, values)
    _note(number, token, owner, "doubt" if failure.doubt else "dead" if dead else "refused", failure.text)
    if failure.server:
        _shut_after(row.channel, failure.text, now)


def _mark(number: int, token: int, values: dict[str, object]) -> bool:
    mine = (OUTBOX.c.id == number, OUTBOX.c.token == token, OUTBOX.c.state == WAITING)
    return bool(db.session.connection().execute(update(OUTBOX).where(*mine).values(values)).rowcount)


def _note(number: int, token: int, owner: str, outcome: str, text: str = "") -> None:
    told = {"outgoing_id": number, "token": token, "owner": owner, "at": utc_now(), "outcome": outcome, "text": text}
    db.session.connection().execute(insert(TRIES), told)


def _shut_after(channel: str, text: str, now: datetime) -> None:
    state = db.session.get(ChannelState, channel, with_for_update=True)
    if state is None:
        state = ChannelState(channel=channel, failures=0)
        db.session.add(state)
    state.failures, state.error = state.failures + 1, text
    seconds = rules.shut_seconds(state.failures)
    state.shut_until = now + timedelta(seconds=seconds) if seconds else None
