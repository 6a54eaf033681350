"""Sending: claim a few, write them, send one after the other and mark each. Any number of processes and hosts may do so at once."""

import logging
import os
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from ccc_pilot.dates import steady_seconds
from ccc_pilot.db import transaction
from ccc_pilot.reminders import digests, invitations, outbox
from ccc_pilot.reminders.channels import WAYS, ChannelError, Way
from ccc_pilot.reminders.models import Outgoing
from ccc_pilot.reminders.outbox import Failure

MOST = 1000  # in one go; the scheduler comes again
AT_A_TIME = 20  # claimed and written together
FRESH_SECONDS = 15  # how long what was written together counts as true
WRITERS: dict[str, Any] = {"digest": digests, "invitation": invitations}  # what writes each kind of message
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

    @property
    def tried(self) -> int:
        """How many were tried."""
        return self.sent + self.failed

    def with_one(self, failure: Failure | None) -> "Tally":
        """Return it with one more."""
        return replace(self, failed=self.failed + 1) if failure else replace(self, sent=self.sent + 1)


def owner() -> str:
    """Return the name under which this process claims: its host and number."""
    return f"{socket.gethostname()[:60]}/{os.getpid()}"


def deliver(most: int = MOST, pause: Callable[[str], None] = lambda _at: None) -> Tally:
    """Send what waits, one after the other, at most ``most``; no transaction is open while something is sent.

    ``pause`` is called with the name of each point between the steps ("claimed", "accepted"), for tests that stop a process there.
    """
    with ExitStack() as open_ways:
        courier = _Courier(open_ways, pause)
        while (left := most - courier.tally.tried) > 0 and (parcels := courier.take(min(AT_A_TIME, left))) is not None:
            courier.bring(parcels)
        courier.settle()
    return courier.tally


class _Courier:
    """One round of sending. How a try ended is marked in the transaction in which the next one begins."""

    def __init__(self, open_ways: ExitStack, pause: Callable[[str], None]):
        self.tally = Tally()
        self._name = owner()
        self._pause = pause
        self._ways: dict[str, Way] = {}
        self._open_ways = open_ways
        self._unmarked: list[Callable[[], object]] = []

    def take(self, most: int) -> list[Parcel] | None:
        """Claim and write at most ``most``; None when nothing waits (an empty list: nothing that waited is true any more)."""
        with self._transaction():
            return _take(self._name, most)

    def bring(self, parcels: Sequence[Parcel]) -> None:
        """Send them; where the other side is in trouble, or it takes too long, the rest is given back."""
        until = steady_seconds() + FRESH_SECONDS
        for place, parcel in enumerate(parcels, 1):
            failure = self._bring(parcel)
            if (failure and failure.server) or steady_seconds() > until:
                self._unmarked.append(partial(outbox.release, [(one.number, one.token) for one in parcels[place:]]))
                return

    def settle(self) -> None:
        """Mark how the last try ended."""
        with self._transaction():
            pass

    def _bring(self, parcel: Parcel) -> Failure | None:
        with self._transaction():
            kept = {"address": parcel.address, "content": parcel.content}
            ours = outbox.begin(number=parcel.number, token=parcel.token, **kept)  # type: ignore[arg-type]
        begun = steady_seconds()
        self._pause("claimed")
        if not ours or steady_seconds() - begun > outbox.LEASE.total_seconds() / 2:
            return None  # it is another's; or this process slept so long that it may be
        failure = self._send(parcel)
        self._pause("accepted")
        self.tally = self.tally.with_one(failure)
        lease = {"number": parcel.number, "token": parcel.token, "owner": self._name}
        mark = partial(outbox.fail, failure=failure) if failure else partial(outbox.succeed, channel=parcel.channel)
        self._unmarked.append(partial(mark, **lease))
        return failure

    def _send(self, parcel: Parcel) -> Failure | None:
        if parcel.channel not in self._ways:
            way = WAYS[parcel.channel](current_app.extensions["ccc_settings"])
            self._ways[parcel.channel] = self._open_ways.enter_context(way)
        try:
            self._ways[parcel.channel].send(parcel.address, parcel.content)
        except ChannelError as error:
            log.warning("outgoing %s was not taken: %s", parcel.number, error)
            return Failure(str(error), error.permanent, error.server, error.doubt, error.grey)
        return None

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with transaction():
            for mark in self._unmarked:
                mark()
            yield
        self._unmarked.clear()


def _take(name: str, most: int) -> list[Parcel] | None:
    messages = outbox.claim(name, most)
    known = _known(messages)
    parcels = [_parcel(message, known, name) for message in messages]
    return [parcel for parcel in parcels if parcel is not None] if messages else None


def _known(messages: Sequence[Outgoing]) -> dict[int, Any]:
    """What each has to say, by its number; where one of them cannot be read, nothing: each is then asked alone."""
    known: dict[int, Any] = {}
    try:
        for kind, writer in WRITERS.items():
            known |= writer.news([message for message in messages if message.kind == kind])
    except SQLAlchemyError:
        raise
    except Exception:
        log.exception("of %s messages one at least cannot be read", len(messages))
        return {}
    return known


def _parcel(message: Outgoing, known: dict[int, Any], name: str) -> Parcel | None:
    """Write a message; None where nothing in it is true any more. What cannot be written at all is dead at once."""
    try:
        told = known[message.id] if message.id in known else WRITERS[message.kind].news([message])[message.id]
        written = _written(message, told)
    except SQLAlchemyError:
        raise
    except Exception as fault:  # one message that cannot be written may not stop the others
        log.exception("outgoing %s cannot be written", message.id)
        failure = Failure(f"{type(fault).__name__}: {fault}"[:500], permanent=True)
        outbox.fail(number=message.id, token=message.token, owner=name, failure=failure)
        return None
    if written is None:
        outbox.drop(message)
        return None
    return Parcel(message.id, message.token, message.channel, *written)


def _written(message: Outgoing, told: Any) -> tuple[str, bytes] | None:
    """Return address and content. Where an earlier try may have arrived they are what they were, to the last byte."""
    writer = WRITERS[message.kind]
    if message.doubt and message.content is not None:
        return (message.address, message.content) if writer.is_true(told) else None
    written: tuple[str, bytes] | None = writer.write(message, told)
    return written
