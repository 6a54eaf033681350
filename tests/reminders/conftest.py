"""A pilot in which a few milestones are due, and the way to sweep, gather and send as the scheduler does."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from ccc_pilot.assessment.models import AssessmentRound
from ccc_pilot.config import Settings
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db, transaction
from ccc_pilot.decisions.models import Decision
from ccc_pilot.evidence.models import EvidenceItem
from ccc_pilot.i18n import today
from ccc_pilot.improvement.models import Action
from ccc_pilot.progress import service
from ccc_pilot.progress.models import MilestoneRow
from ccc_pilot.reminders import delivery, gathering, sweeping
from ccc_pilot.reminders.models import Outgoing
from tests.factories import pilot
from tests.support.installation import settings_in
from tests.support.mail_sink import Sink, listening

PLAN, SLUG = "sosr-wp4-2025", "P0-05"
DUE = date(2027, 3, 24)  # a Wednesday
FAR = date(2040, 1, 1)
OTHER_DATES = (AssessmentRound.due, Decision.due, Decision.review_on, Action.due, Action.claimed_on, EvidenceItem.valid_until)
STOCKHOLM = ZoneInfo("Europe/Stockholm")


def at(day: date, hour: int = 8, minute: int = 0) -> datetime:
    """Return a moment by the clock on the wall in Stockholm."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=STOCKHOLM)


def only_due(*places: tuple[str, str, date]) -> list[int]:
    """Let only these milestones (slug, region, day) be due, all others far away; returns their rows' ids."""
    with transaction():
        for column in OTHER_DATES:
            db.session.execute(update(column.class_).where(column.is_not(None)).values({column.key: FAR}))
        db.session.execute(MilestoneRow.__table__.update().values(due=FAR, assumed=False, status="ongoing"))
        found = []
        for slug, region, due in places:
            row = service.row(pilot(), PLAN, slug, region)
            row.due = due
            found.append(row.id)
        return found


@pytest.fixture
def row(pilot_context: Flask) -> int:
    """The row of one milestone in RÖ, due on DUE; all others are far away."""
    return only_due((SLUG, "ro", DUE))[0]


@pytest.fixture
def sqlite_pilot(build_app: Callable[[Settings], Flask], loaded_sqlite: Path, tmp_path: Path) -> Iterator[Flask]:
    """The application with the demo's pilot on SQLite alone, its context entered."""
    file = shutil.copyfile(loaded_sqlite, tmp_path / "pilot.sqlite")
    app = build_app(settings_in(tmp_path, f"sqlite:///{file}"))
    with app.app_context():
        yield app


@pytest.fixture
def sink() -> Sink:
    """The mail server at the other end; ``mode`` says how it behaves."""
    return Sink()


@pytest.fixture
def mailed_app(build_app: Callable[[Settings], Flask], pilot_url: str, tmp_path: Path, sink: Sink) -> Iterator[Flask]:
    """The application with the demo's pilot, a mail server, and its context entered; one milestone in RÖ is due on DUE."""
    with listening(sink) as smtp_url:
        app = build_app(replace(settings_in(tmp_path, pilot_url), smtp_url=smtp_url))
        with app.app_context():
            only_due((SLUG, "ro", DUE))
            yield app


def prepare(moment: datetime) -> None:
    """Sweep and gather at a moment, and send nothing."""
    with time_machine.travel(moment, tick=False), transaction():
        sweeping.sweep(today())
        gathering.gather(utc_now())


def turn(pause: Callable[[str], None] = lambda _at: None) -> delivery.Tally:
    """Sweep, gather and send once, as the scheduler's jobs do one after another; ``pause`` as in ``delivery.deliver``."""
    with transaction():
        sweeping.sweep(today())
    with transaction():
        gathering.gather(utc_now())
    return delivery.deliver(pause=pause)


def turn_at(moment: datetime) -> delivery.Tally:
    """``turn`` at a moment."""
    with time_machine.travel(moment, tick=False):
        return turn()


def messages():
    """Return the state of each message in the outbox."""
    db.session.expire_all()
    return [message.state for message in db.session.scalars(select(Outgoing).order_by(Outgoing.id))]
