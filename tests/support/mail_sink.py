"""A mail server that takes letters down and misbehaves as it is told: the other end of the line in tests of sending.

As a program of its own: ``python -m tests.support.mail_sink PORT LOG [MODE SHARE]`` writes a line of JSON for each letter it has taken.
"""

import asyncio
import hashlib
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.support.server import free_port

SLOW_SECONDS = 0.4


class Sink:
    """What has been taken, and how to behave. ``mode``: ok, grey, no such receiver, full, not now, not this, cut,
    hang, ends (the line, after each letter), slow (each answer).

    ``share``: the part of the letters that meet the mode (1: all). ``taken`` holds (receiver, content) of each letter with a "250".
    """

    def __init__(self, mode: str = "ok", share: float = 1, log: Path | None = None):
        self.mode, self.share, self.log = mode, share, log
        self.taken: list[tuple[str, bytes]] = []
        self.seen: Counter[str] = Counter()
        self.connections = 0
        self.sealed: list[bool] = []

    async def handle_EHLO(self, server: SMTP, session: Session, envelope: Envelope, host: str, responses: list[str]) -> list[str]:
        self.connections += 1
        session.host_name = host
        return responses

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        self.seen[address] += 1
        if self.mode == "slow":
            await asyncio.sleep(SLOW_SECONDS)
        if self.mode == "grey" and self.seen[address] == 1:
            return "451 4.7.1 come again later"
        if self.mode == "no such receiver" and random.random() < self.share:
            return "550 5.1.1 no such receiver"
        if self.mode == "full" and random.random() < self.share:
            return "452 4.2.2 the box is full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        meets = random.random() < self.share
        if meets and self.mode == "not now":
            return "451 4.3.0 not now"
        if meets and self.mode == "not this":
            return "554 5.7.1 not this"
        if meets and self.mode == "hang":
            await asyncio.sleep(30)
        if self.mode == "slow":
            await asyncio.sleep(SLOW_SECONDS)
        self._take(envelope)
        self.sealed.append(session.ssl is not None)
        if meets and self.mode == "cut":
            assert server.transport is not None
            server.transport.abort()
        if meets and self.mode == "ends":
            assert server.transport is not None
            await server.push("250 taken")
            server.transport.close()
        return "250 taken"

    def _take(self, envelope: Envelope) -> None:
        content = bytes(envelope.content or b"")
        self.taken += [(address, content) for address in envelope.rcpt_tos]
        if self.log is not None:
            told = {"id": str(parsed(content)["Message-ID"]), "hash": hashlib.sha256(content).hexdigest(), "at": time.time()}
            with self.log.open("a") as file:
                file.write(json.dumps({**told, "to": envelope.rcpt_tos}) + "\n")

    @property
    def letters(self) -> list[EmailMessage]:
        """The letters taken, parsed."""
        return [parsed(content) for _to, content in self.taken]

    @property
    def ids(self) -> Counter[str]:
        """How many copies of each Message-ID were taken."""
        return Counter(str(letter["Message-ID"]) for letter in self.letters)


def parsed(content: bytes) -> EmailMessage:
    """Return a letter as a mail program reads it."""
    found: Any = message_from_bytes(content, policy=policy.default)
    return found


@contextmanager
def listening(sink: Sink, port: int | None = None, *, host: str = "127.0.0.1", **options: Any) -> Iterator[str]:
    """Let ``sink`` answer on a port of its own; yields the setting that leads there. ``options``: as aiosmtpd's, such as ``tls_context``."""
    controller = Controller(sink, hostname=host, port=port or free_port(), decode_data=False, enable_SMTPUTF8=True, **options)
    controller.start()
    try:
        yield f"smtp://{host}:{controller.port}"
    finally:
        controller.stop()


if __name__ == "__main__":
    mode, share = (sys.argv[3], float(sys.argv[4])) if len(sys.argv) > 3 else ("ok", 1.0)
    with listening(Sink(mode, share, Path(sys.argv[2])), int(sys.argv[1])):
        print("listening", flush=True)
        while True:
            time.sleep(3600)
