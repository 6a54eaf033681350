"""A scheduler process of the fault run: it sweeps, gathers and sends until it is killed.

With a point ("swept", "claimed", "accepted") and a file it stops there once: it makes the file, and goes on when that is gone.
"""

import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy.exc import OperationalError

from ccc_pilot import create_app
from ccc_pilot.db import db, transaction
from ccc_pilot.i18n import today
from ccc_pilot.reminders import outbox, sweeping
from tests.faults import sending
from tests.reminders.conftest import turn


def stopping(point: str, file: Path) -> Callable[[str], None]:
    """Return what stops the process at ``point``, once."""
    stopped = []

    def stop(at_point: str) -> None:
        if at_point == point and not stopped:
            stopped.append(point)
            file.touch()
            while file.exists():
                time.sleep(0.05)

    return stop


def work(url: str, folder: str, port: str, point: str = "", file: str = "") -> None:
    """Do what the scheduler's jobs do, over and over."""
    outbox.LEASE = timedelta(seconds=sending.LEASE_SECONDS)
    app, pause = create_app(sending.settings_of(Path(folder), url, int(port))), stopping(point, Path(file))
    while True:
        with app.app_context():
            try:
                if point == "swept":
                    with transaction():
                        sweeping.sweep(today())
                        pause("swept")
                turn(pause)
            except OperationalError:
                db.session.rollback()
        time.sleep(0.2)


if __name__ == "__main__":
    work(*sys.argv[1:])
