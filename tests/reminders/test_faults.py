"""The short form of ``make fault-test``: schedulers killed while they send lose nothing (REM-01, REM-02, REM-03)."""

from pathlib import Path

import pytest
import time_machine

from ccc_pilot.dates import utc_now
from ccc_pilot.db import db, transaction
from ccc_pilot.reminders import delivery
from ccc_pilot.reminders.models import Outgoing
from tests.faults import sending
from tests.reminders.conftest import DUE, SLUG, at, only_due, prepare

pytestmark = pytest.mark.every_engine


class Dies(BaseException):
    """The process ends here."""


def test_schedulers_that_are_killed_lose_nothing_and_tell_nothing_twice_in_the_inbox(empty_url: str, tmp_path: Path):
    figures = sending.run(empty_url, tmp_path, reminders=60, kills=4, workers=2)
    assert figures.are_met, figures


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
