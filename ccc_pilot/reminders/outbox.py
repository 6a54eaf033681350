"""The outbox: what is on its way out, who holds it while it is sent, and how a try ended.

Whoever sends claims one message (a lease with a token), ends the transaction, sends, and marks it in another. A process that dies in
between leaves the lease to run out; the next one sends the same bytes again. Source: RFC 1047, the gap between a server's "250" and our
mark cannot be closed, so a mail goes out at least once and every copy is the same.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import uniform

from sqlalchemy import DateTime, func, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.elements import ColumnElement

from ccc_pilot.dates import utc_now
from ccc_pilot.db import UTCDateTime, db
from ccc_pilot.reminders import rules
from ccc_pilot.reminders.models import ChannelState, Outgoing, OutgoingTry

LEASE = timedelta(seconds=120)
PROBE = timedelta(seconds=60)
WAITING, SENT, DEAD, EMPTY = "waiting", "sent", "dead", "empty"


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


def put(*, key: str, channel: str, receiver: str, person_id: int | None, day: date) -> int | None:
    """Put a message with this ``key`` in the outbox; returns its number, or None when there is one already."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    now = utc_now()
    row = {
        "key": key, "channel": channel, "receiver": receiver, "person_id": person_id, "day": day, "state": WAITING, "attempts": 0, "made_at": now,
        "next_try_at": now, "lease_owner": "", "token": 0, "doubt": False, "address": "", "error": "",
    }  # fmt: skip
    made = insert(Outgoing).values(row).on_conflict_do_nothing(index_elements=["key"]).returning(Outgoing.id)
    return db.session.scalar(made)


def claim(owner: str) -> Outgoing | None:
    """Take the lease of one message that waits, on a channel that is not shut; None when there is nothing to do.

    The lease is measured by the database's clock where hosts share one, so that hosts may go wrong.
    """
    now = utc_now()
    waiting = (
        select(Outgoing.id)
        .where(Outgoing.state == WAITING, Outgoing.next_try_at <= now, Outgoing.channel.not_in(_shut(now)))
        .where(or_(Outgoing.lease_until.is_(None), Outgoing.lease_until < _clock()))
        .order_by(Outgoing.next_try_at, Outgoing.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    values = {
        "lease_owner": owner,
        "lease_until": _clock(LEASE),
        "token": Outgoing.token + 1,
        "attempts": Outgoing.attempts + 1,
    }
    taken = update(Outgoing).where(Outgoing.id == waiting.scalar_subquery()).values(values).returning(Outgoing)
    found = db.session.scalar(taken, execution_options={"populate_existing": True, "synchronize_session": False})
    if found is not None:
        _probe(found.channel, now)
    return found


def _clock(later: timedelta = timedelta()) -> ColumnElement[datetime]:
    if db.engine.dialect.name == "postgresql":
        return func.clock_timestamp(type_=DateTime(timezone=True)) + later
    return literal(utc_now() + later, UTCDateTime)


def _shut(now: datetime) -> list[str]:
    return list(db.session.scalars(select(ChannelState.channel).where(ChannelState.shut_until > now)))


def _probe(channel: str, now: datetime) -> None:
    """Of a channel that was shut one message tries the way; the others wait for how that ends."""
    state = db.session.get(ChannelState, channel)
    if state is not None and rules.shut_seconds(state.failures):
        state.shut_until = now + PROBE


def write(message: Outgoing, address: str, content: bytes) -> None:
    """Keep what is sent, and note that from now on it may have arrived: until the contrary is known these bytes are sent again."""
    message.address, message.content, message.doubt = address, content, True


def drop(message: Outgoing) -> None:
    """Nothing in it is true any more: it is not sent."""
    message.state, message.lease_until, message.doubt = EMPTY, None, False


def succeed(*, number: int, token: int, owner: str) -> bool:
    """Mark a message as sent; False when the lease had been lost (the try is noted all the same: there may be two copies)."""
    values = {"state": SENT, "sent_at": utc_now(), "lease_until": None, "error": ""}
    ours = _mark(number, token, values)
    _note(number, token, owner, "sent" if ours else "late")
    state = db.session.get(ChannelState, _channel(number))
    if state is not None and state.failures:
        state.failures, state.shut_until, state.error = 0, None, ""
    return ours


def fail(*, number: int, token: int, owner: str, failure: Failure) -> None:
    """Mark that a try failed: it waits for the next one, or is dead when that is of no use or was tried for three days."""
    row = db.session.get(Outgoing, number, populate_existing=True)
    assert row is not None  # nothing is taken out of the outbox
    now = utc_now()
    wait = rules.wait_seconds(row.attempts, grey=failure.grey, jitter=uniform(-0.2, 0.2))
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
    mine = update(Outgoing).where(Outgoing.id == number, Outgoing.token == token, Outgoing.state == WAITING)
    found = db.session.execute(mine.values(values), execution_options={"synchronize_session": False})
    return bool(found.rowcount)  # type: ignore[attr-defined]


def _note(number: int, token: int, owner: str, outcome: str, text: str = "") -> None:
    db.session.add(OutgoingTry(outgoing_id=number, token=token, owner=owner, at=utc_now(), outcome=outcome, text=text))


def _channel(number: int) -> str:
    return db.session.scalars(select(Outgoing.channel).where(Outgoing.id == number)).one()


def _shut_after(channel: str, text: str, now: datetime) -> None:
    state = db.session.get(ChannelState, channel, with_for_update=True)
    if state is None:
        state = ChannelState(channel=channel, failures=0)
        db.session.add(state)
    state.failures, state.error = state.failures + 1, text
    seconds = rules.shut_seconds(state.failures)
    state.shut_until = now + timedelta(seconds=seconds) if seconds else None
