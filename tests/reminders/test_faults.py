"""The short form of ``make fault-test``: schedulers killed while they send lose nothing (REM-01, REM-02, REM-03)."""

from pathlib import Path

import pytest
import time_machine

from ccc_pilot.dates import utc_now
from ccc_pilot.db import db, transaction
from ccc_pilot.reminders import delivery
from ccc_pilot.reminders.models import Outgoing
from tests.faults import sending
from tests.reminders.conftest import DUE, at, prepare

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
