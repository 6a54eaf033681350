"""The short form of ``make fault-test``: schedulers killed while they send lose nothing (REM-01, REM-02, REM-03)."""

from pathlib import Path

import pytest
import time_machine

from ccc_pilot.dates import utc_now
from ccc_pilot.db import KEEPALIVES, db, transaction
from ccc_pilot.reminders import delivery, outbox
from ccc_pilot.reminders.models import Outgoing
from tests.faults import run, sending
from tests.reminders.conftest import DUE, SLUG, at, only_due, prepare
from tests.support.installation import settings_in


class Dies(BaseException):
    """The process ends here."""


@pytest.mark.every_engine
def test_schedulers_that_are_killed_lose_nothing_and_tell_nothing_twice_in_the_inbox(pilot_url: str, tmp_path: Path):
    figures = sending.run(pilot_url, tmp_path, reminders=60, kills=3, workers=2, loaded=True)
    assert figures.are_met, figures


def test_where_no_network_can_be_laid_the_fault_run_says_so_and_why(monkeypatch, capsys):
    monkeypatch.setenv("PATH", "")
    assert run.two_hosts_are_well(reminders=1, cuts=1)
    said = capsys.readouterr().out
    assert "NOT RUN" in said
    assert "only root" in said or "is missing" in said


def test_a_line_to_the_database_is_kept_alive_so_that_a_host_that_is_cut_off_is_noticed(build_app, postgres_url, tmp_path):
    with build_app(settings_in(tmp_path, postgres_url)).app_context():
        told = db.session.connection().connection.dbapi_connection.info.get_parameters()
        assert {name: told[name] for name in KEEPALIVES} == {name: str(seconds) for name, seconds in KEEPALIVES.items()}


def test_one_who_slept_longer_than_the_lease_lasts_sends_nothing_that_may_be_anothers(mailed_app, sink, monkeypatch):
    slept = iter([0.0, 0.0, outbox.LEASE.total_seconds()])
    monkeypatch.setattr(delivery, "steady_seconds", lambda: next(slept, 1000.0))
    prepare(at(DUE))
    with time_machine.travel(at(DUE), tick=False):
        assert delivery.deliver() == delivery.Tally()
    assert sink.taken == []


@pytest.mark.every_engine
@pytest.mark.parametrize("point", ["claimed", "accepted"])
def test_a_process_that_dies_at_a_point_is_followed_by_one_that_sends_the_same_letter(mailed_app, sink, point):
    def die(at_point):
        if at_point == point:
            raise Dies

    prepare(at(DUE))
    with time_machine.travel(at(DUE), tick=False):
        with pytest.raises(Dies):
            delivery.deliver(pause=die)
        db.session.rollback()
        assert delivery.deliver().sent == 0
        with transaction():
            db.session.query(Outgoing).one().lease_until = utc_now().replace(year=2020)
        assert delivery.deliver().sent == 1
    assert len(sink.taken) == (1 if point == "claimed" else 2)
    assert len({content for _to, content in sink.taken}) == 1


@pytest.mark.every_engine
def test_what_another_has_taken_over_meanwhile_is_not_sent_by_the_one_who_lost_it(mailed_app, sink):
    only_due((SLUG, "ro", DUE), (SLUG, "rkl", DUE))
    prepare(at(DUE))

    def another_takes_the_second(at_point):
        if at_point == "accepted":
            with transaction():
                for message in db.session.query(Outgoing).filter_by(attempts=0):
                    message.token += 1

    with time_machine.travel(at(DUE), tick=False):
        assert delivery.deliver(pause=another_takes_the_second).sent == 1
    assert len(sink.taken) == 1


def test_where_the_other_side_is_in_trouble_the_rest_is_given_back_untried(mailed_app, sink):
    only_due((SLUG, "ro", DUE), (SLUG, "rjl", DUE), (SLUG, "rkl", DUE))
    prepare(at(DUE))
    sink.mode = "not now"
    with time_machine.travel(at(DUE), tick=False):
        tally = delivery.deliver(most=1)
    assert (tally.sent, tally.failed) == (0, 1)
    waiting = db.session.query(Outgoing).order_by(Outgoing.attempts).all()
    assert [(row.attempts, row.lease_until) for row in waiting] == [(0, None), (0, None), (1, None)]
