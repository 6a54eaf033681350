"""The scheduler: a heartbeat that calls a few services at intervals. What is due is worked out from the data, not remembered here.

Intervals in UTC, so that the change to summer time neither skips nor doubles a call; a late call is made once, never dropped.
"""

import logging
import signal
import threading
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask, current_app

from ccc_pilot import drafts, heartbeat, sendings, works
from ccc_pilot.assessment import dossier
from ccc_pilot.briefings import files
from ccc_pilot.dates import utc_now
from ccc_pilot.db import transaction
from ccc_pilot.evidence import keeping, upkeep
from ccc_pilot.evidence.store import FOLDER, Store
from ccc_pilot.i18n import today
from ccc_pilot.people import sessions, throttle
from ccc_pilot.reminders import delivery, gathering, sweeping

NAME = "scheduler"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """One call into a service, ``every`` so often and once at the start; in one transaction, unless it ``minds_its_own``."""

    name: str
    every: timedelta
    call: Callable[[], object]
    minds_its_own: bool = False


def _beat() -> None:
    heartbeat.beat(NAME)


def _sweep_sessions() -> int:
    return sessions.sweep(current_app.config["PERMANENT_SESSION_LIFETIME"])


def _sweep_typed() -> None:
    drafts.sweep()
    sendings.sweep()
    works.sweep()


def _sweep_reminders() -> int:
    return sweeping.sweep(today())


def _gather_reminders() -> int:
    return gathering.gather(utc_now())


def _dossier(report: Any, **args: Any) -> works.Made:
    return dossier.perform(report, store=_store(), **args)


def _store() -> Store:
    return Store(current_app.extensions["ccc_settings"].data_dir / FOLDER)


def _read_texts() -> object:
    return upkeep.read_texts(_store())


def _look_over_files() -> object:
    return upkeep.look_over(_store())


def _sweep_files() -> int:
    return keeping.sweep(_store())


def _ask_addresses() -> object:
    return upkeep.ask_addresses() if current_app.extensions["ccc_settings"].check_links else None


# What may be asked for as long work (see works.ask), by its kind.
WORKS: works.Kinds = {dossier.KIND: _dossier, "briefing.files": files.all_files}
LOOK_SECONDS = 1.0
PATIENCE_SECONDS = 20.0

JOBS = (
    Job("heartbeat", timedelta(minutes=1), _beat),
    Job("reminders", timedelta(minutes=10), _sweep_reminders),
    Job("mails", timedelta(minutes=1), _gather_reminders),
    Job("delivery", timedelta(minutes=1), delivery.deliver, minds_its_own=True),
    Job("sessions", timedelta(hours=1), _sweep_sessions),
    Job("attempts", timedelta(hours=1), throttle.sweep),
    Job("typed", timedelta(hours=6), _sweep_typed),
    Job("evidence texts", timedelta(minutes=1), _read_texts, minds_its_own=True),
    Job("evidence files", timedelta(hours=24), _look_over_files, minds_its_own=True),
    Job("evidence orphans", timedelta(hours=24), _sweep_files),
    Job("evidence addresses", timedelta(hours=6), _ask_addresses, minds_its_own=True),
)


def perform(app: Flask, job: Job) -> None:
    """Do ``job`` once in the context of ``app``: all of it is stored, or nothing, unless it minds its own transactions."""
    with app.app_context(), nullcontext() if job.minds_its_own else transaction():
        job.call()


def build(app: Flask, jobs: tuple[Job, ...] = JOBS) -> BackgroundScheduler:
    """Return a scheduler of ``jobs`` that is not yet started."""
    scheduler = BackgroundScheduler(
        timezone=UTC,
        jobstores={"default": MemoryJobStore()},
        executors={"default": ThreadPoolExecutor(2)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for job in jobs:
        scheduler.add_job(
            perform, "interval", (app, job), id=job.name, seconds=job.every.total_seconds(), next_run_time=utc_now()
        )
    return scheduler


def work(app: Flask, over: threading.Event, kinds: works.Kinds = WORKS) -> None:
    """Do long work as it is asked for, one at a time, until ``over`` is set; one that fell does not stop those that follow."""
    while not over.wait(LOOK_SECONDS):
        with app.app_context():
            try:
                while not over.is_set() and works.perform_next(kinds):
                    pass
            except Exception:
                log.exception("long work")


def run(app: Flask) -> None:
    """Run until the process is asked to end (SIGTERM, Ctrl+C); a job that has begun is finished first.

    Long work is given ``PATIENCE_SECONDS``; what is cut off is taken up by the next process when its lease is over.
    """
    over = threading.Event()
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, lambda *_: over.set())
    scheduler = build(app)
    scheduler.start()
    worker = threading.Thread(target=work, args=(app, over), daemon=True)
    worker.start()
    while not over.wait(3600):
        pass
    scheduler.shutdown(wait=True)
    worker.join(PATIENCE_SECONDS)
