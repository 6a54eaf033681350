"""Log-ins that live on the server: begun, found again, ended. The cookie carries a random token, the table only its hash."""

import hashlib
import secrets
from datetime import timedelta
from functools import cache

from sqlalchemy import Select, bindparam, delete, select, update
from sqlalchemy.orm import joinedload

from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.people.models import LoginSession, Person

FULL, HALF = "full", "half"
SEEN_EVERY = timedelta(minutes=5)


def begin(person: Person, *, stage: str = FULL, agent: str = "") -> str:
    """Begin a log-in and return its token. ``stage`` HALF: the password is right, the second factor is still asked for."""
    token = secrets.token_urlsafe(32)
    now = utc_now()
    db.session.add(
        LoginSession(token_hash=_hash(token), person_id=person.id, stage=stage, started_at=now, seen_at=now, agent=agent[:200])
    )
    return token


def find(token: str | None, *, idle: timedelta, longest: timedelta) -> LoginSession | None:
    """Return the log-in behind ``token`` if it lives.

    That is: not ended, not idle longer than ``idle``, not older than ``longest``, its person active.
    """
    if not token:
        return None
    row = db.session.scalar(_by_token(), {"token_hash": _hash(token)})
    if row is None or not row.person.active:
        return None
    now = utc_now()
    return row if now - row.seen_at <= idle and now - row.started_at <= longest else None


def owner(token: str | None) -> int | None:
    """Return whose log-in ``token`` was, also when it is over by time: for keeping what they typed, never for letting them in."""
    if not token:
        return None
    statement = select(LoginSession.person_id).join(LoginSession.person)
    return db.session.scalar(
        statement.where(LoginSession.token_hash == _hash(token), LoginSession.stage == FULL, Person.active.is_(True))
    )


@cache
def _by_token() -> Select[LoginSession]:
    """The question that every request begins with; it is put into words once."""
    statement = select(LoginSession).options(joinedload(LoginSession.person))
    return statement.where(LoginSession.token_hash == bindparam("token_hash"))


def needs_seen(row: LoginSession) -> bool:
    """Whether it is time to note that the log-in is in use (at most every ``SEEN_EVERY``)."""
    return utc_now() - row.seen_at > SEEN_EVERY


def note_seen(session_id: int) -> None:
    """Note that a log-in is in use; nothing where it has just ended."""
    db.session.execute(update(LoginSession).where(LoginSession.id == session_id).values(seen_at=utc_now()))


def end(token: str) -> None:
    """End one log-in; its cookie is worth nothing afterwards."""
    db.session.execute(delete(LoginSession).where(LoginSession.token_hash == _hash(token)))


def end_all(person_id: int, *, except_token: str | None = None) -> None:
    """End all log-ins of a person (disabling, change of role or password), but for the one with ``except_token``."""
    statement = delete(LoginSession).where(LoginSession.person_id == person_id)
    if except_token:
        statement = statement.where(LoginSession.token_hash != _hash(except_token))
    db.session.execute(statement)


def sweep(longest: timedelta) -> int:
    """Remove log-ins that are too old to live; returns how many."""
    return db.session.execute(delete(LoginSession).where(LoginSession.started_at < utc_now() - longest)).rowcount  # type: ignore[attr-defined,no-any-return]


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
