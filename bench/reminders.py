"""A sweep over many deadlines, and many mails against a server that takes all of them: seconds, megabytes, mails a second.

Run: python -m bench.reminders [deadlines] [mails]
"""

import random
import resource
import subprocess
import sys
import tempfile
import time
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
REGIONS = ("ro", "rjl", "rkl")


def sweeps(url: str, folder: Path, deadlines: int) -> list[str]:
    """Return what a first sweep over ``deadlines`` costs, one that finds nothing new, and one on the next day."""
    app = create_app(Settings(data_dir=folder, database_url=url, secret_key=SECRET))
    with app.app_context():
        schema.upgrade(folder / "backups")
        demo.load()
        with transaction():
            _spread(deadlines, today())
        before = _megabytes()
        figures = [_timed(today()), _timed(today()), _timed(today() + timedelta(days=1))]
        db.session.remove()
        db.engine.dispose()
    return [*(f"{made} in {seconds:.2f} s" for made, seconds in figures), f"{_megabytes() - before:.0f} MB"]


def _spread(deadlines: int, day: date) -> None:
    """Make ``deadlines`` open rows of one item, due on days around ``day``."""
    model = db.session.scalars(select(MilestoneLine).where(MilestoneLine.key == "sosr-wp4-2025:P0-05")).one()
    shared = {
        "pilot_id": model.pilot_id,
        "plan_key": model.plan_key,
        "key": model.key,
        "position": 1,
        "phase": "",
        "reporting": False,
    }
    lines = [
        {**shared, "owner_role": model.owner_role, "search": "", "occurrence": f"b{n}"}
        for n in range(-(-deadlines // len(REGIONS)))
    ]
    ids = db.session.scalars(insert(MilestoneLine).returning(MilestoneLine.id), lines).all()
    rows = [
        {"line_id": line, "pilot_id": model.pilot_id, "region": region, "status": "ongoing", "percent": 0, "due": _near(day)}
        for line in ids
        for region in REGIONS
    ]
    db.session.execute(insert(MilestoneRow), rows[:deadlines])


def _near(day: date) -> date:
    return day + timedelta(days=random.randrange(-SPREAD_DAYS // 3, 2 * SPREAD_DAYS // 3))


def _timed(day: date) -> tuple[int, float]:
    began = time.perf_counter()
    with transaction():
        made = sweeping.sweep(day)
    return made, time.perf_counter() - began


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def mails(url: str, folder: Path, count: int) -> str:
    """Return how many mails a second one worker hands to a server that takes all of them."""
    port, log = free_port(), folder / "sink.log"
    settings = sending.settings_of(folder, url, port)
    sending.fill(settings, count)
    sink = subprocess.Popen(
        [sys.executable, "-m", "tests.support.mail_sink", str(port), str(log)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert sink.stdout is not None
    sink.stdout.readline()
    try:
        with create_app(settings).app_context():
            with transaction():
                sweeping.sweep(today())
                gathering.gather(utc_now())
            began = time.perf_counter()
            sent = delivery.deliver(most=count + 1).sent
            took = time.perf_counter() - began
            db.session.remove()
            db.engine.dispose()
    finally:
        sink.kill()
        sink.wait()
        sink.stdout.close()
    return f"{sent} in {took:.1f} s: {sent / took:.0f} a second"


def main() -> None:
    """Print the table for both engines."""
    deadlines, letters = (int(text) for text in (sys.argv[1:] + ["50000", "10000"][len(sys.argv) - 1 :]))
    print(
        f"| {deadlines} deadlines | first sweep | again | the next day | memory more | {letters} mails |\n|---|---|---|---|---|---|"
    )
    cluster = Cluster()
    try:
        for name in ("SQLite", "PostgreSQL"):
            with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
                first, second = (
                    f"sqlite:///{folder}/bench.sqlite" if name == "SQLite" else cluster.url(cluster.create())
                    for folder in (one, other)
                )
                cells = [*sweeps(first, Path(one), deadlines), mails(second, Path(other), letters)]
            print(f"| {name} | {' | '.join(cells)} |", flush=True)
    finally:
        cluster.stop()


if __name__ == "__main__":
    main()
