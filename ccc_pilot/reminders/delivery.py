"""Sending: claim one, end the transaction, send, mark, claim the next. Any number of processes and hosts may do so at once."""

import logging
import os
import socket
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from ccc_pilot.db import db, transaction
from ccc_pilot.reminders import digests, outbox
from ccc_pilot.reminders.channels import WAYS, ChannelError, Way
from ccc_pilot.reminders.models import Outgoing
from ccc_pilot.reminders.outbox import Failure

MOST = 1000  # in one go; the scheduler comes again
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is sent, and by which lease."""

    number: int
    token: int
    channel: str
    address: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Tally:
    """How it went: how many were sent, and how many were not taken."""

    sent: int = 0
    failed: int = 0


def owner() -> str:
    """Return the name under which this process claims: its host and number."""
    return f"{socket.gethostname()[:60]}/{os.getpid()}"


def deliver(most: int = MOST, pause: Callable[[str], None] = lambda _at: None) -> Tally:
    """Send what waits, one after the other, at most ``most``; no transaction is open while something is sent.

    ``pause`` is called with the name of each point between the steps ("claimed", "accepted"), for tests that stop a process there.
    """
    tally, settle, name = Tally(), _nothing, owner()
    with ExitStack() as open_ways:
        ways: dict[str, Way] = {}
        for _one in range(most):
            with transaction():
                settle()
                parcel = _take(name)
            settle = _nothing
            if parcel is None:
                return tally
            pause("claimed")
            if parcel.channel not in ways:
                ways[parcel.channel] = open_ways.enter_context(WAYS[parcel.channel](current_app.extensions["ccc_settings"]))
            failure = _send(ways[parcel.channel], parcel)
            pause("accepted")
            tally = replace(tally, failed=tally.failed + 1) if failure else replace(tally, sent=tally.sent + 1)
            settle = _settled(parcel, name, failure)
        with transaction():
            settle()
    return tally


def _nothing() -> None:
    return None


def _settled(parcel: Parcel, name: str, failure: Failure | None) -> Callable[[], object]:
    lease = {"number": parcel.number, "token": parcel.token, "owner": name}
    if failure is None:
        return lambda: outbox.succeed(**lease)  # type: ignore[arg-type]
    return lambda: outbox.fail(**lease, failure=failure)  # type: ignore[arg-type]


def _take(name: str) -> Parcel | None:
    """Claim messages until one is found that still has something true to say; what cannot be written at all is dead at once."""
    while (message := outbox.claim(name)) is not None:
        try:
            written = _written(message)
        except SQLAlchemyError:
            raise
        except Exception as fault:  # one message that cannot be written may not stop the others
            log.exception("outgoing %s cannot be written", message.id)
            failure = Failure(f"{type(fault).__name__}: {fault}"[:500], permanent=True)
            outbox.fail(number=message.id, token=message.token, owner=name, failure=failure)
            continue
        if written is None:
            outbox.drop(message)
            db.session.flush()
            continue
        outbox.write(message, *written)
        return Parcel(message.id, message.token, message.channel, *written)
    return None


def _written(message: Outgoing) -> tuple[str, bytes] | None:
    """Return address and content. Where an earlier try may have arrived they are what they were, to the last byte."""
    if message.doubt and message.content is not None:
        return (message.address, message.content) if digests.is_true(message) else None
    return digests.write(message)


def _send(way: Way, parcel: Parcel) -> Failure | None:
    try:
        way.send(parcel.address, parcel.content)
    except ChannelError as error:
        log.warning("outgoing %s was not taken: %s", parcel.number, error)
        return Failure(str(error), error.permanent, error.server, error.doubt, error.grey)
    return None
