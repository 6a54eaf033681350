"""Every fault of the mail server: refusals, greylisting, hanging, broken lines, outages (REM-05 to REM-09)."""

import shutil
import socket
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from ccc_pilot import mail
from ccc_pilot.db import db, transaction
from ccc_pilot.progress.models import MilestoneRow
from ccc_pilot.reminders.models import ChannelState, Outgoing, OutgoingTry
from tests.reminders.conftest import DUE, SLUG, at, messages, only_due, turn, turn_at
from tests.support.installation import settings_in
from tests.support.mail_sink import listening
from tests.support.server import free_port

FIRST = DUE - timedelta(days=7)


@pytest.mark.every_engine
def test_a_greylisting_server_is_tried_again_after_five_minutes_with_the_same_letter(mailed_app, sink):
    sink.mode = "grey"
    turn_at(at(FIRST, 8))
    assert sink.taken == []
    turn_at(at(FIRST, 8, 3))
    assert sink.taken == []
    turn_at(at(FIRST, 8, 7))
    assert len(sink.taken) == 1
    assert messages() == ["sent"]


def test_a_receiver_who_is_not_there_is_dead_at_once_and_the_others_get_theirs(mailed_app, sink):
    only_due((SLUG, "ro", DUE), (SLUG, "rjl", DUE), (SLUG, "rkl", DUE))
    sink.mode = "no such receiver"
    with time_machine.travel(at(FIRST), tick=False):
        tally = turn()
    assert (tally.sent, tally.failed) == (0, 3)
    assert messages() == ["dead"] * 3
    assert [one.outcome for one in db.session.scalars(select(OutgoingTry))] == ["dead"] * 3


@pytest.mark.parametrize("mode", ["full", "not now"])
def test_a_server_that_says_later_is_asked_again_and_gives_one_copy(mailed_app, sink, mode):
    sink.mode = mode
    turn_at(at(FIRST, 8))
    sink.mode = "ok"
    turn_at(at(FIRST, 9))
    assert len(sink.taken) == 1
    assert messages() == ["sent"]


def test_a_letter_that_is_refused_for_good_is_dead(mailed_app, sink):
    sink.mode = "not this"
    turn_at(at(FIRST, 8))
    assert messages() == ["dead"]
    assert "554" in db.session.scalars(select(Outgoing)).one().error


@pytest.mark.every_engine
def test_a_line_that_breaks_after_the_letter_gives_the_same_letter_again_to_the_last_byte(mailed_app, sink):
    sink.mode = "cut"
    turn_at(at(FIRST, 8))
    sink.mode = "ok"
    turn_at(at(FIRST, 9))
    (_one, first), (_other, second) = sink.taken
    assert first == second
    assert len(sink.ids) == 1
    assert messages() == ["sent"]


def test_a_letter_in_doubt_whose_news_is_no_longer_true_is_not_sent_again(mailed_app, sink):
    (row,) = only_due((SLUG, "ro", DUE))
    sink.mode = "cut"
    turn_at(at(FIRST, 8))
    with transaction():
        db.session.get(MilestoneRow, row).status = "done"
    turn_at(at(FIRST, 9))
    assert len(sink.taken) == 1


def test_a_server_that_hangs_holds_up_nobody_for_longer_than_the_limit(mailed_app, sink, monkeypatch):
    monkeypatch.setattr(mail, "TIMEOUT_SECONDS", 0.3)
    sink.mode = "hang"
    turn_at(at(FIRST, 8))
    message = db.session.scalars(select(Outgoing)).one()
    assert (message.state, message.doubt) == ("waiting", True)


def test_a_slow_server_gets_one_copy_of_each_letter(mailed_app, sink):
    only_due((SLUG, "ro", DUE), (SLUG, "rkl", DUE))
    sink.mode = "slow"
    assert turn_at(at(FIRST)).sent == 2
    assert sorted(sink.ids.values()) == [1, 1]


def test_a_server_that_says_nothing_when_it_is_called_is_left_after_the_limit_and_called_again(
    build_app, loaded_sqlite, tmp_path, monkeypatch
):
    monkeypatch.setattr(mail, "TIMEOUT_SECONDS", 0.3)
    file = shutil.copyfile(loaded_sqlite, tmp_path / "pilot.sqlite")
    with socket.create_server(("127.0.0.1", 0)) as mute:
        port = mute.getsockname()[1]
        app = build_app(replace(settings_in(tmp_path, f"sqlite:///{file}"), smtp_url=f"smtp://127.0.0.1:{port}"))
        with app.app_context():
            only_due((SLUG, "ro", DUE))
            assert turn_at(at(FIRST)).failed == 1
            message = db.session.scalars(select(Outgoing)).one()
            assert (message.state, message.doubt) == ("waiting", False)


@pytest.mark.parametrize(("mode", "most", "lines"), [("ok", 100, 1), ("ok", 1, 3), ("ends", 100, 3)])
def test_one_line_takes_several_letters_until_the_server_or_their_number_ends_it(
    mailed_app, sink, monkeypatch, mode, most, lines
):
    monkeypatch.setattr(mail, "LETTERS_A_LINE", most)
    only_due((SLUG, "ro", DUE), (SLUG, "rjl", DUE), (SLUG, "rkl", DUE))
    sink.mode = mode
    assert turn_at(at(FIRST)).sent == 3
    assert sink.connections == lines


@pytest.mark.every_engine
def test_an_outage_of_an_hour_loses_nothing_and_is_not_a_storm(build_app, pilot_url, tmp_path, sink):
    port = free_port()
    app = build_app(replace(settings_in(tmp_path, pilot_url), smtp_url=f"smtp://127.0.0.1:{port}"))
    with app.app_context():
        only_due((SLUG, "ro", DUE), (SLUG, "rjl", DUE), (SLUG, "rkl", DUE))
        for minute in range(0, 60):
            turn_at(at(FIRST, 8, minute))
        tries = db.session.query(OutgoingTry).count()
        assert 10 <= tries <= 75
        assert set(messages()) == {"waiting"}
        with listening(sink, port):
            for minute in range(0, 60, 5):
                turn_at(at(FIRST, 9, minute))
        assert sorted(sink.ids.values()) == [1, 1, 1]
        assert db.session.get(ChannelState, "mail").failures == 0
