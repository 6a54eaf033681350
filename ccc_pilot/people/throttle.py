"""Brakes on guessing: attempts are counted in the database, so that they hold over all workers and hosts.

Nobody can lock another out for long: the counters empty by themselves, and a browser in which the person has logged in before has
a counter of its own.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address, ip_network

from flask import current_app
from sqlalchemy import delete, func, select

from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.people.models import Attempt


@dataclass(frozen=True)
class Limit:
    """At most ``most`` attempts of this ``kind`` per subject ``within`` a time."""

    kind: str
    most: int
    within: timedelta


LOGIN = Limit("login", 10, timedelta(minutes=5))
FACTOR = Limit("factor", 5, timedelta(minutes=5))
RESET = Limit("reset", 5, timedelta(hours=1))
LONGEST = max(limit.within for limit in (LOGIN, FACTOR, RESET))


def admit(limit: Limit, *subjects: str) -> list[int]:
    """Count one attempt for each of ``subjects``; returns the counted rows' ids, none if a subject is at its limit."""
    _queue(limit, subjects)
    since = utc_now() - limit.within
    for subject in subjects:
        of_subject = (Attempt.kind == limit.kind, Attempt.subject == subject, Attempt.at > since)
        if (db.session.scalar(select(func.count(Attempt.id)).where(*of_subject)) or 0) >= limit.most:
            return []
    counted = [Attempt(kind=limit.kind, subject=subject, at=utc_now()) for subject in subjects]
    db.session.add_all(counted)
    db.session.flush()
    return [attempt.id for attempt in counted]


def _queue(limit: Limit, subjects: tuple[str, ...]) -> None:
    """Let attempts of one subject be counted one by one until the transaction ends; on SQLite those who write already queue."""
    if db.session.get_bind().dialect.name == "postgresql":
        for told in sorted({f"{limit.kind}:{subject}" for subject in subjects}):
            db.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(told))))


def take_back(counted: list[int]) -> None:
    """Do not count these attempts after all: they were right."""
    db.session.execute(delete(Attempt).where(Attempt.id.in_(counted)))


def sweep() -> int:
    """Remove attempts that no limit looks at any more; returns how many."""
    return db.session.execute(delete(Attempt).where(Attempt.at < utc_now() - LONGEST)).rowcount  # type: ignore[attr-defined,no-any-return]


def subject(kind: str, value: object) -> str:
    """Return what is stored for an account, an address or a browser: a keyed hash that tells nothing by itself."""
    key = str(current_app.secret_key).encode()
    return hmac.new(key, f"{kind}:{value}".encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def origin(address: str | None) -> str:
    """Return what counts as one place on the network: an IPv4 address, or the /64 in which an IPv6 address lies."""
    try:
        ip = ip_address(address or "")
    except ValueError:
        return "unknown"
    return str(ip) if ip.version == 4 else str(ip_network((ip, 64), strict=False))
