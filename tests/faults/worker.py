"""A scheduler process of the fault run: it sweeps, gathers and sends until it is killed."""

import sys
import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy.exc import OperationalError

from ccc_pilot import create_app
from ccc_pilot.db import db
from ccc_pilot.reminders import outbox
from tests.faults import sending
from tests.reminders.conftest import turn


def work(url: str, folder: str, port: str) -> None:
    """Do what the scheduler's jobs do, over and over."""
    outbox.LEASE = timedelta(seconds=sending.LEASE_SECONDS)
    app = create_app(sending.settings_of(Path(folder), url, int(port)))
    while True:
        with app.app_context():
            try:
                turn()
            except OperationalError:
                db.session.rollback()
        time.sleep(0.2)


if __name__ == "__main__":
    work(*sys.argv[1:4])
