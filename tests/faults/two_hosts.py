"""Two hosts on one database, each cut off from it at a bad moment: one loses its lease, comes back, and can neither mark nor send anew.

Each host has schedulers and a mail server of its own, as many have; the database is on a third. First a scheduler of host a is stopped in an
open transaction, with all the reminders made and not stored, and its cable is pulled: host b must not wait for it longer than
``LONGEST_WAIT``. Then one scheduler of each host is stopped while it sends (b before it sends, a after the server's "250") and cut off for
longer than the lease, so that the other takes over; then cables are pulled at random. Promise: nothing lost, nothing double in the inbox; a second copy by mail, the same
to the last byte, only where a cable was pulled between the server's "250" and our mark.
"""

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import select

from ccc_pilot import create_app
from ccc_pilot.db import db
from ccc_pilot.reminders.models import Outgoing
from tests.faults import network, sending
from tests.faults.network import Network
from tests.faults.sending import LEASE_SECONDS, LONGEST, Figures
from tests.support.postgres import Cluster
from tests.support.server import ROOT

PORT = 2525
LONGER = 3.0
LONGEST_WAIT = (
    45.0  # for a host that has fallen off the network with an open transaction: the database asks after it for half a minute
)


@dataclass
class Hosts:
    """The hosts with what runs on them."""

    net: Network
    stack: ExitStack
    folder: Path
    url: str

    def start(self, host: str, module: str, *arguments: str) -> None:
        """Start a program on ``host``; it is killed at the end."""
        command = [*self.net.within(host), sys.executable, "-m", module, *arguments]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.stack.callback(process.wait)
        self.stack.callback(process.kill)

    def scheduler(self, host: str, point: str = "") -> Path:
        """Start a scheduler on ``host``, which stops at ``point``; returns the file by which it says so."""
        stopped = self.folder / f"{host}-{point}.stopped"
        self.start(host, "tests.faults.worker", self.url, str(self.folder), str(PORT), *((point, str(stopped)) if point else ()))
        return stopped


def run(*, reminders: int, cuts: int) -> Figures:
    """Tell ``reminders`` people and pull a cable ``cuts`` times (three times at least); returns the figures. Raises ``NotAllowed``."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        net = stack.enter_context(network.laid())
        cluster = Cluster(
            network.DATABASE, (*net.within(""), "setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups")
        )
        stack.callback(cluster.stop)
        name, log = cluster.create(), folder / "sink.log"
        log.touch()
        settings, hosts = sending.settings_of(folder, cluster.url(name), PORT), Hosts(net, stack, folder, cluster.url_at(name))
        sending.fill(settings, reminders)
        for host in network.HOSTS:
            hosts.start(host, "tests.support.mail_sink", str(PORT), str(log))
        began = time.monotonic()
        waited, pulled = _told(hosts, create_app(settings), reminders, cuts)
        figures = sending.counted(settings, log, reminders)
    return replace(figures, cuts=pulled, waited=waited, seconds=time.monotonic() - began)


def _told(hosts: Hosts, app: Any, reminders: int, cuts: int) -> tuple[float, int]:
    """Let all be told; returns for how long host b waited for host a, and how often a cable was pulled."""
    until, swept = time.monotonic() + LONGEST, hosts.scheduler("a", "swept")
    _wait(swept.exists, until)
    hosts.net.cut("a")
    begin, claimed = time.monotonic(), hosts.scheduler("b", "claimed")
    _wait(claimed.exists, until)
    waited = time.monotonic() - begin
    hosts.net.join("a")
    accepted = hosts.scheduler("a", "accepted")
    _wait(accepted.exists, until)
    _cut_off(hosts.net, "b", LEASE_SECONDS + LONGER)
    claimed.unlink()  # it slept longer than its lease: what it had claimed it does not send
    hosts.net.cut("a")
    _wait(lambda: _is_taken_over(app), until)
    hosts.net.join("a")
    accepted.unlink()  # it comes back and wants to mark what another has sent
    swept.unlink()
    for host in network.HOSTS:
        hosts.scheduler(host)
    pulled = 3
    while sending.sent(app) < reminders and time.monotonic() < until:
        time.sleep(random.uniform(0.2, 1.0))
        if pulled < cuts:
            _cut_off(hosts.net, random.choice(list(network.HOSTS)), random.uniform(0.5, LEASE_SECONDS + LONGER))
            pulled += 1
    time.sleep(LONGER)
    return waited, pulled


def _is_taken_over(app: Any) -> bool:
    """Whether a message has been begun by one and sent by another."""
    with app.app_context():
        return bool(db.session.scalar(select(Outgoing.id).where(Outgoing.attempts > 1, Outgoing.state == "sent").limit(1)))


def _wait(come: Callable[[], bool], until: float) -> None:
    while not come():
        if time.monotonic() > until:
            raise AssertionError("a scheduler did not come as far as it was to be cut off at")
        time.sleep(0.05)


def _cut_off(net: Network, host: str, seconds: float) -> None:
    net.cut(host)
    time.sleep(seconds)
    net.join(host)
