"""Many schedulers on one database, killed at random while they send: what is lost, what is double, and by whose fault.

Promise: in the inbox exactly once; by mail at least once, and a second copy (the same to the last byte) only where a process died between
the server's "250" and our mark. ``python -m tests.faults.run`` runs it and prints the figures.
"""

import json
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, update

from ccc_pilot import create_app, demo, schema
from ccc_pilot.config import Settings
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db, transaction
from ccc_pilot.i18n import today
from ccc_pilot.people.models import Holding, Person
from ccc_pilot.progress import service
from ccc_pilot.progress.models import MilestoneRow
from ccc_pilot.reminders.models import Outgoing, OutgoingTry, Reminder, ReminderChoice
from tests.factories import pilot
from tests.support.installation import SECRET
from tests.support.server import ROOT, free_port

LEASE_SECONDS = 5  # shrunk from two minutes, so that a dead process's work is taken over within the run
LONGEST = 600
ALIVE_SECONDS = (0.3, 2.5)  # how long a worker lives before it is killed


@dataclass(frozen=True, slots=True)
class Figures:
    """How a run went. ``unexplained``: second copies that no death (or cut) between "250" and mark explains; ``unlike``: copies that differ.

    ``fenced``: tries that ended when another had taken over, and so marked nothing. ``waited``: how long one host waited for another that was
    cut off with an open transaction (seconds).
    """

    reminders: int
    kills: int
    lost: int
    double_in_inbox: int
    copies: int
    unexplained: int
    unlike: int
    fenced: int = 0
    cuts: int = 0
    waited: float = 0.0
    seconds: float = 0.0

    @property
    def are_met(self) -> bool:
        """Whether the promise was kept."""
        return (
            not (self.lost or self.double_in_inbox or self.unexplained or self.unlike)
            and self.copies <= self.kills + 2 * self.cuts
        )


def settings_of(folder: Path, url: str, port: int) -> Settings:
    """Return the settings under which the workers of a run send."""
    return Settings(
        data_dir=folder, database_url=url, secret_key=SECRET, base_url="http://localhost", smtp_url=f"smtp://127.0.0.1:{port}"
    )


def fill(settings: Settings, reminders: int, *, loaded: bool = False) -> None:
    """Make a pilot (unless one is ``loaded``) in which one milestone is due today, and ``reminders`` people lead its region: each is to be told."""
    app = create_app(settings)
    with app.app_context():
        if not loaded:
            schema.upgrade(settings.data_dir / "backups")
            demo.load()
        with transaction():
            db.session.execute(update(MilestoneRow).values(status="done"))
            row = service.row(pilot(), "sosr-wp4-2025", "P0-05", "ro")
            row.due, row.status, row.assumed = today(), "ongoing", False
            db.session.execute(update(Holding).where(Holding.post_key == "pl_ro").values(until=today().replace(year=2020)))
            people = [
                {"email": f"lead{n}@region.example", "name": f"Lead {n}", "created_at": utc_now()} for n in range(reminders)
            ]
            ids = db.session.scalars(insert(Person).returning(Person.id), people).all()
            db.session.execute(insert(Holding), [{"post_key": "pl_ro", "person_id": n, "since": today()} for n in ids])
            choice = {"hour": 0, "weekdays": "0123456", "muted": [], "version": 1}
            db.session.execute(insert(ReminderChoice), [{"person_id": n, **choice} for n in ids])
        db.session.remove()
        db.engine.dispose()


def run(url: str, folder: Path, *, reminders: int, kills: int, workers: int, loaded: bool = False) -> Figures:
    """Let ``workers`` processes tell ``reminders`` people, killing one at a time ``kills`` times; returns the figures. ``loaded``: see ``fill``."""
    port, log = free_port(), folder / "sink.log"
    log.touch()
    settings = settings_of(folder, url, port)
    fill(settings, reminders, loaded=loaded)
    began = time.monotonic()
    with _program("tests.support.mail_sink", str(port), str(log)) as sink:
        assert sink.stdout is not None
        sink.stdout.readline()
        killed = _chaos([url, str(folder), str(port)], settings, reminders, kills, workers)
    return replace(counted(settings, log, reminders), kills=killed, seconds=time.monotonic() - began)


def _chaos(arguments: list[str], settings: Settings, reminders: int, kills: int, workers: int) -> int:
    app, until, killed = create_app(settings), time.monotonic() + LONGEST, 0
    living = [_start(arguments) for _ in range(workers)]
    try:
        while time.monotonic() < until and (killed < kills or sent(app) < reminders):
            time.sleep(random.uniform(*ALIVE_SECONDS) / workers)
            if killed < kills and sent(app) < reminders:
                victim = random.randrange(workers)
                living[victim].kill()
                living[victim].wait()
                living[victim] = _start(arguments)
                killed += 1
            elif sent(app) >= reminders:
                break
    finally:
        for process in living:
            process.send_signal(signal.SIGKILL)
            process.wait()
    return killed


def sent(app: Any) -> int:
    """Return how many messages are marked as sent."""
    with app.app_context():
        return db.session.scalar(select(func.count(Outgoing.id)).where(Outgoing.state == "sent")) or 0


def _start(arguments: list[str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.worker", *arguments],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )


@contextmanager
def _program(name: str, *arguments: str) -> "Iterator[subprocess.Popen[str]]":
    process = subprocess.Popen([sys.executable, "-m", name, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def counted(settings: Settings, log: Path, reminders: int) -> Figures:
    """Compare what the mail servers wrote in ``log`` with what the database says; returns the figures."""
    taken = [json.loads(line) for line in log.read_text().splitlines()]
    copies = Counter(letter["to"][0] for letter in taken)
    kinds: dict[str, set[str]] = {}
    for letter in taken:
        kinds.setdefault(letter["to"][0], set()).add(f"{letter['id']} {letter['hash']}")
    with create_app(settings).app_context():
        inbox = Counter(db.session.scalars(select(Reminder.receiver).where(Reminder.channel == "inbox")))
        rows, tries = db.session.scalars(select(Outgoing)).all(), db.session.scalars(select(OutgoingTry)).all()
        known: Counter[int] = Counter(one.outgoing_id for one in tries if one.outcome not in {"late", "doubt"})
        # tries that were begun and of which nobody can say whether the server took the letter
        unknown = {row.address: row.attempts - known[row.id] for row in rows}
        last = {row.id: row.token for row in rows}
        fenced = sum(one.token < last[one.outgoing_id] and one.outcome in {"late", "doubt"} for one in tries)
        db.session.remove()
        db.engine.dispose()
    lost = sum(not copies[f"lead{n}@region.example"] for n in range(reminders)) + max(0, reminders - len(inbox))
    extra = {to: number - 1 for to, number in copies.items() if number > 1}
    return Figures(
        reminders, 0, lost, sum(number - 1 for number in inbox.values()), sum(extra.values()),
        sum(max(0, number - unknown.get(to, 0)) for to, number in extra.items()), sum(len(found) > 1 for found in kinds.values()), fenced,
    )  # fmt: skip
