"""What reminders cost: sweeps over many deadlines, and many mails against a server that takes all of them.

Run: python -m bench.reminders [deadlines] [mails]. It prints one table for both engines.
"""

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import insert, select

from ccc_pilot import create_app, demo, schema
from ccc_pilot.config import Settings
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db, transaction
from ccc_pilot.i18n import today
from ccc_pilot.progress.models import MilestoneLine, MilestoneRow
from ccc_pilot.reminders import delivery, gathering, sweeping
from tests.faults import sending
from tests.support.installation import SECRET
from tests.support.postgres import Cluster
from tests.support.server import ROOT, free_port

SPREAD_DAYS = 1095
MORE = 5  # so many times as many deadlines over as many times as many years: as much is due, more exists
REGIONS = ("ro", "rjl", "rkl")
AT_A_TIME = 10_000
ITEM = "sosr-wp4-2025:P0-05"
Column = dict[str, str]


def settings_of(url: str, folder: Path) -> Settings:
    """Return the settings of a house at ``url``."""
    return Settings(data_dir=folder, database_url=url, secret_key=SECRET)


def sweeps(url: str, folder: Path, deadlines: int) -> Column:
    """Return what sweeps over ``deadlines`` cost, and over ``MORE`` times as many of which as many are due."""
    with create_app(settings_of(url, folder)).app_context():
        schema.upgrade(folder / "backups")
        demo.load()
        _spread(deadlines, _near)
        there = _swept(url, folder)
        _spread(deadlines * (MORE - 1), _far)
        more = _swept(url, folder)
        db.session.remove()
        db.engine.dispose()
    return {
        f"first sweep over {deadlines} open deadlines": f"{there['first']:.2f} s, {there['made']} reminders made",
        "another, nothing new": f"{there['again']:.2f} s",
        "one on the next day": f"{there['next']:.2f} s",
        "memory of the sweeping process": f"{there['peak']:.0f} MB, {there['peak'] - there['before']:.0f} of it for the sweeps",
        f"another, nothing new, of {deadlines * MORE} as many being due": f"{more['again']:.2f} s, {more['peak']:.0f} MB",
    }


def _swept(url: str, folder: Path) -> dict[str, float]:
    """Sweep in a process of its own, whose memory is that of a sweep alone."""
    command = [sys.executable, "-m", "bench.reminders", "sweep", url, str(folder)]
    told: dict[str, float] = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    return told


def sweep(url: str, folder: Path) -> None:
    """Sweep three times and print how long each took, and the megabytes before and at most."""
    with create_app(settings_of(url, folder)).app_context():
        db.session.scalar(select(MilestoneLine.id).limit(1))
        before, day = _megabytes(), today()
        made, first = _timed(day)
        _none, again = _timed(day)
        _some, after = _timed(day + timedelta(days=1))
    told = {"made": made, "first": first, "again": again, "next": after, "before": before, "peak": _megabytes()}
    print(json.dumps(told))


def _timed(day: date) -> tuple[int, float]:
    began = time.perf_counter()
    with transaction():
        made = sweeping.sweep(day)
    return made, time.perf_counter() - began


def _megabytes() -> float:
    """The most memory this process has had: not as ``getrusage`` tells it, which counts what its parent had when it was started."""
    told = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(told["VmHWM"].split()[0]) / 1024


def _near(day: date) -> date:
    return day + timedelta(days=random.randrange(-SPREAD_DAYS // 3, 2 * SPREAD_DAYS // 3))


def _far(day: date) -> date:
    return day + timedelta(days=random.randrange(2 * SPREAD_DAYS // 3, MORE * SPREAD_DAYS - SPREAD_DAYS // 3))


def _spread(deadlines: int, due: Callable[[date], date]) -> None:
    """Make ``deadlines`` open rows of one item in the three regions, each ``due`` on a day that is drawn around today."""
    model = db.session.scalars(select(MilestoneLine).where(MilestoneLine.key == ITEM).order_by(MilestoneLine.id)).first()
    assert model is not None
    shared = {"pilot_id": model.pilot_id, "plan_key": model.plan_key, "key": model.key, "position": 1, "phase": ""}
    line = {**shared, "reporting": False, "owner_role": model.owner_role, "search": ""}
    row = {"pilot_id": model.pilot_id, "status": "ongoing", "percent": 0}
    for begin in range(0, deadlines, AT_A_TIME):
        some = min(AT_A_TIME, deadlines - begin)
        lines = [{**line, "occurrence": f"{due.__name__}{begin + n}"} for n in range(-(-some // len(REGIONS)))]
        with transaction():
            ids = db.session.scalars(insert(MilestoneLine).returning(MilestoneLine.id), lines).all()
            rows = [{**row, "line_id": number, "region": region, "due": due(today())} for number in ids for region in REGIONS]
            db.session.execute(insert(MilestoneRow), rows[:some])


def mails(url: str, folder: Path, count: int) -> Column:
    """Return how many mails a second one worker hands to a server that takes all of them."""
    port = free_port()
    settings = sending.settings_of(folder, url, port)
    sending.fill(settings, count)
    command = [sys.executable, "-m", "bench.sink", str(port)]
    sink = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert sink.stdout is not None
    sink.stdout.readline()
    try:
        with create_app(settings).app_context():
            with transaction():
                sweeping.sweep(today())
                gathering.gather(utc_now())
            began, worked = time.perf_counter(), time.process_time()
            sent = delivery.deliver(most=count + 1).sent
            took, worked = time.perf_counter() - began, time.process_time() - worked
            db.session.remove()
            db.engine.dispose()
    finally:
        sink.kill()
        sink.wait()
        sink.stdout.close()
    assert sent == count, f"{sent} of {count} were sent"
    return {f"{count} mails by one worker": f"{sent / took:.0f} a second, {worked / sent * 1000:.1f} ms of processor time each"}


def measured(engine: str, cluster: Cluster, deadlines: int, letters: int) -> Column:
    """Return the column of one engine; each measure has a database of its own."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        first, second = (
            f"sqlite:///{folder}/bench.sqlite" if engine == "SQLite" else cluster.url(cluster.create()) for folder in (one, other)
        )
        return sweeps(first, Path(one), deadlines) | mails(second, Path(other), letters)


def main() -> None:
    """Print the table."""
    deadlines, letters = (int(text) for text in (sys.argv[1:] + ["50000", "10000"][len(sys.argv) - 1 :]))
    cluster = Cluster()
    try:
        columns = {engine: measured(engine, cluster, deadlines, letters) for engine in ("SQLite", "PostgreSQL")}
    finally:
        cluster.stop()
    print(f"| | {' | '.join(columns)} |\n|---|---|---|")
    for name in next(iter(columns.values())):
        print(f"| {name} | {' | '.join(column[name] for column in columns.values())} |")


if __name__ == "__main__":
    if sys.argv[1:2] == ["sweep"]:
        sweep(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
