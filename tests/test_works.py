"""Long work: asked for, done by another process, told as it goes; a killed process loses nothing, and a late one spoils nothing."""

import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from ccc_pilot import scheduler, works
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db, transaction
from ccc_pilot.errors import NotFound, Refused
from ccc_pilot.i18n import language
from ccc_pilot.works import Made, Report, Work
from tests.factories import client_of, person
from tests.support.server import ROOT, environment

pytestmark = pytest.mark.every_engine


def make(report: Report, words: str) -> Made:
    report(50, "half way")
    return Made("ord.txt", "text/plain", words.encode(), language())


def refuse(report: Report, words: str) -> Made:
    raise Refused(words)


def fall(report: Report, words: str) -> Made:
    raise ZeroDivisionError(words)


KINDS = {"make": make, "refuse": refuse, "fall": fall}


def ask(kind: str, words: str = "å", **more: str) -> int:
    with transaction():
        return works.ask(kind, person("huvudprojektledare").id, title="Ord", words=words, **more).id


def stored(number: int) -> Work:
    db.session.expire_all()
    return db.session.scalars(select(Work).where(Work.id == number)).one()


def test_work_is_done_in_the_order_it_was_asked_for_in_the_language_of_who_asks(pilot_context):
    first, second = ask("make", "ett", language="en"), ask("make", "två")
    assert works.perform_next(KINDS)
    assert (stored(first).state, stored(second).state) == (works.DONE, works.WAITING)
    assert works.perform_next(KINDS)
    assert not works.perform_next(KINDS)
    assert [(stored(n).file, stored(n).note, stored(n).progress) for n in (first, second)] == [
        (b"ett", "en", 100),
        ("två".encode(), "sv", 100),
    ]


def test_a_refusal_is_told_in_words_and_a_fall_is_written_down(pilot_context, caplog):
    refused, fallen = ask("refuse", "Mallen saknar layout"), ask("fall")
    while works.perform_next(KINDS):
        pass
    assert (stored(refused).state, stored(refused).note) == (works.FAILED, "Mallen saknar layout")
    assert stored(fallen).state == works.FAILED
    assert "ZeroDivisionError" in caplog.text
    assert "ZeroDivision" not in stored(fallen).note


def test_work_of_a_kind_that_this_process_does_not_know_is_left_for_another(pilot_context):
    number = ask("other")
    assert not works.perform_next(KINDS)
    assert stored(number).state == works.WAITING


def test_who_lost_the_lease_can_neither_tell_progress_nor_hand_in_a_file(pilot_context):
    number = ask("slow")

    def slow(report: Report, words: str) -> Made:
        with time_machine.travel(utc_now() + works.LEASE * 2, tick=False):  # the lease runs out, and another takes over
            assert works.perform_next({"slow": make})
        return Made("late.txt", "text/plain", b"late")

    assert works.perform_next({"slow": slow})
    assert (stored(number).file, stored(number).fence) == ("å".encode(), 2)


def test_a_lease_is_renewed_while_the_work_runs(pilot_context, monkeypatch):
    monkeypatch.setattr(works, "RENEW_SECONDS", 0.05)
    number = ask("long")

    def long(report: Report, words: str) -> Made:
        before = stored(number).lease
        until = time.monotonic() + 5
        while stored(number).lease == before and time.monotonic() < until:
            db.session.rollback()
            time.sleep(0.02)
        return Made(note=str(stored(number).lease > before))

    assert works.perform_next({"long": long})
    assert stored(number).note == "True"


def test_what_is_interrupted_again_and_again_is_given_up(pilot_context):
    number = ask("make")
    with transaction():
        work = stored(number)
        work.state, work.fence, work.lease = works.RUNNING, works.MOST_TRIES, utc_now() - timedelta(seconds=1)
    assert not works.perform_next(KINDS)
    assert stored(number).state == works.FAILED


KILLED = """
import sys, time
from ccc_pilot import create_app, works
works.LEASE = works.timedelta(seconds=1)
def slow(report, words):
    report(40, "half way")
    print("begun", flush=True)
    time.sleep(60)
with create_app().app_context():
    works.perform_next({"make": slow})
"""


def test_a_process_that_is_killed_in_the_middle_loses_nothing(pilot_context, pilot_url, tmp_path: Path):
    number = ask("make", "klart")
    url = pilot_url.replace("postgresql+psycopg:", "postgresql:")
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED], cwd=ROOT, env=environment(tmp_path, database_url=url), stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    assert (stored(number).state, stored(number).progress) == (works.RUNNING, 40)
    until = time.monotonic() + 10
    while not works.perform_next(KINDS):
        assert time.monotonic() < until
        db.session.rollback()
        time.sleep(0.1)
    assert (stored(number).state, stored(number).file, stored(number).fence) == (works.DONE, b"klart", 2)


def test_the_schedulers_process_does_what_is_asked_and_goes_on_after_a_fall(pilot_app: Flask, monkeypatch):
    monkeypatch.setattr(scheduler, "LOOK_SECONDS", 0.01)
    with pilot_app.app_context():
        fallen, made = ask("fall"), ask("make")
    over = threading.Event()
    thread = threading.Thread(target=scheduler.work, args=(pilot_app, over, KINDS))
    thread.start()
    until = time.monotonic() + 10
    with pilot_app.app_context():
        while not stored(made).is_over and time.monotonic() < until:
            db.session.rollback()
            time.sleep(0.05)
        over.set()
        thread.join(5)
        assert (stored(fallen).state, stored(made).state) == (works.FAILED, works.DONE)


def test_the_page_tells_how_far_it_has_come_and_gives_the_file_to_the_one_who_asked(pilot_app: Flask):
    with pilot_app.app_context():
        number = ask("make", back="/milestones")
    lead, other = client_of(pilot_app, "huvudprojektledare"), client_of(pilot_app, "projektledare.ro")
    assert lead.soup(f"/works/{number}").find(role="progressbar")["aria-valuenow"] == "0"
    assert "<html" not in lead.get(f"/works/{number}", headers={"HX-Request": "true"}).text
    assert lead.get(f"/works/{number}/file").status_code == 404
    with pilot_app.app_context():
        works.perform_next(KINDS)
    page = lead.soup(f"/works/{number}")
    assert page.find("a", href=f"/works/{number}/file")
    assert page.find("a", href="/milestones")
    answer = lead.get(f"/works/{number}/file")
    assert (answer.data, answer.mimetype) == ("å".encode(), "text/plain")
    assert "ord.txt" in answer.headers["Content-Disposition"]
    assert other.get(f"/works/{number}").status_code == other.get(f"/works/{number}/file").status_code == 404


def test_files_are_forgotten_after_a_week(pilot_context):
    number = ask("make")
    works.perform_next(KINDS)
    assert works.sweep() == 0
    with time_machine.travel(utc_now() + works.KEPT_FOR + timedelta(hours=1)), transaction():
        assert works.sweep() == 1
    with pytest.raises(NotFound):
        works.of(person("huvudprojektledare").id, number)
