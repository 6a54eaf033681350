"""The scheduler: a heartbeat; each job is one call in a transaction of its own, and a fall of one does not stop the others."""

import logging
from datetime import UTC, timedelta

import pytest

from ccc_pilot import heartbeat, scheduler
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db, transaction
from ccc_pilot.people import accounts, sessions
from ccc_pilot.people.models import LoginSession
from tests.test_commands import wait_for

pytestmark = pytest.mark.every_engine


def states(app):
    """Return the states of both names, read anew."""
    with app.app_context():
        return heartbeat.state(scheduler.NAME), heartbeat.state("other")


def test_the_heartbeat_is_stored(app):
    assert states(app)[0] == "never"
    scheduler.perform(app, scheduler.JOBS[0])
    assert states(app)[0] == "ok"


def test_a_job_that_falls_stores_nothing(app):
    def beat_and_fall():
        heartbeat.beat("other")
        raise RuntimeError("fallen")

    with pytest.raises(RuntimeError):
        scheduler.perform(app, scheduler.Job("falling", timedelta(minutes=1), beat_and_fall))
    assert states(app)[1] == "never"


def test_log_ins_older_than_the_limit_are_swept_and_others_stay(app):
    with app.app_context(), transaction():
        person = accounts.create("anna@region.example", "Anna Berg")
        for age in (timedelta(hours=1), timedelta(hours=99)):
            sessions.begin(person)
            db.session.flush()
            db.session.query(LoginSession).order_by(LoginSession.id.desc()).first().started_at = utc_now() - age
    (sweep,) = [job for job in scheduler.JOBS if job.name == "sessions"]
    scheduler.perform(app, sweep)
    with app.app_context():
        (left,) = db.session.query(LoginSession).all()
        assert utc_now() - left.started_at < timedelta(hours=2)


def test_each_job_begins_at_the_start_and_a_fall_of_one_leaves_the_others(app, caplog):
    def fall():
        raise RuntimeError("fallen")

    jobs = (scheduler.Job("falling", timedelta(hours=1), fall), *scheduler.JOBS)
    with caplog.at_level(logging.ERROR):
        running = scheduler.build(app, jobs)
        running.start()
        wait_for(lambda: states(app)[0] == "ok")
        running.shutdown()
    assert any("fallen" in (record.exc_text or str(record.exc_info)) for record in caplog.records)


def test_a_late_call_is_made_once_and_never_dropped(app):
    running = scheduler.build(app)
    running.start(paused=True)
    for job in running.get_jobs():
        assert (job.coalesce, job.max_instances, job.misfire_grace_time) == (True, 1, None)
        assert job.trigger.timezone is UTC
    running.shutdown()


def test_the_jobs_have_names_of_their_own():
    assert len({job.name for job in scheduler.JOBS}) == len(scheduler.JOBS)
