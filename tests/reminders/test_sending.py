"""Sending: at most one mail a day, what is no longer true is not told, and every fault of the other side is met (REM-05 to REM-17, REM-22)."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from ccc_pilot import mail
from ccc_pilot.db import db, transaction
from ccc_pilot.people.models import Holding
from ccc_pilot.progress.models import MilestoneRow
from ccc_pilot.reminders import inbox, outbox, rules
from ccc_pilot.reminders.models import Outgoing, OutgoingTry, Reminder, ReminderChoice
from tests.factories import person
from tests.reminders.conftest import DUE, SLUG, at, messages, only_due, prepare, turn_at

pytestmark = pytest.mark.every_engine

FIRST = DUE - timedelta(days=7)
LATER = timedelta(minutes=10)


def test_the_days_mail_tells_what_is_due_once_in_the_readers_language(mailed_app, sink):
    for hour in (5, 6, 7, 8, 9, 15):
        turn_at(at(FIRST, hour))
    (letter,) = sink.letters
    assert letter["To"] == "projektledare.ro@demo.example"
    assert letter["Subject"] == "1 sak att göra"
    assert (letter["Auto-Submitted"], letter["X-Auto-Response-Suppress"]) == ("auto-generated", "All")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for part in ("plain", "html"):
        text = letter.get_body((part,)).get_content()
        assert SLUG in text
        assert "om 7 dagar" in text
        assert "/mail/answer/" in text


def test_the_days_mail_waits_for_the_hour_and_the_weekday_that_were_chosen(mailed_app, sink):
    with transaction():
        db.session.add(ReminderChoice(person_id=person("projektledare.ro").id, hour=16, weekdays="4", muted=[]))
    for day in range(3):  # Wednesday to Friday
        for hour in (8, 17):
            turn_at(at(FIRST + timedelta(days=day), hour))
            assert len(sink.taken) == (1 if (day, hour) == (2, 17) else 0)


def test_several_things_are_in_one_mail_the_gravest_first(mailed_app, sink):
    only_due(("P0-05", "ro", DUE), ("P0-07", "ro", FIRST - timedelta(days=3)), ("P0-10", "ro", FIRST))
    turn_at(at(FIRST))
    (text,) = [letter.get_body(("plain",)).get_content() for letter in sink.letters if "projektledare.ro" in letter["To"]]
    assert text.index("P0-07") < text.index("P0-10") < text.index("P0-05")


def test_what_is_done_or_moved_before_the_mail_goes_is_not_told(mailed_app, sink):
    (row,) = only_due((SLUG, "ro", DUE))
    turn_at(at(FIRST, 3))
    with transaction():
        db.session.get(MilestoneRow, row).status = "done"
    turn_at(at(FIRST, 8))
    assert sink.taken == []
    assert messages() == ["empty"]


def test_an_urgent_step_goes_apart_when_the_days_mail_has_gone(mailed_app, sink):
    turn_at(at(FIRST, 8))
    (row,) = only_due((SLUG, "ro", FIRST))
    with transaction():
        db.session.get(MilestoneRow, row).line.reporting = True
    turn_at(at(FIRST, 10))
    turn_at(at(FIRST, 11))
    assert len(sink.taken) == 2
    assert "I dag" in sink.letters[1].get_body(("plain",)).get_content()


def test_one_who_has_left_gets_no_mail_and_the_next_in_line_does(mailed_app, sink):
    turn_at(at(FIRST, 3))
    with transaction():
        person("projektledare.ro").active = False
        for holding in db.session.scalars(select(Holding).where(Holding.post_key == "pl_ro")):
            holding.until = FIRST - timedelta(days=1)
    turn_at(at(FIRST, 8))
    assert [to for to, _content in sink.taken] == ["huvudprojektledare@demo.example"]


def test_a_date_that_was_moved_and_moved_back_before_the_mail_goes_is_told(mailed_app, sink):
    (row,) = only_due((SLUG, "ro", DUE))
    for hour, due in enumerate((DUE, FIRST + timedelta(days=1), DUE), 1):
        with transaction():
            db.session.get(MilestoneRow, row).due = due
        turn_at(at(FIRST, hour))
    turn_at(at(FIRST, 8))
    (letter,) = sink.letters
    assert f"{DUE}" in letter.get_body(("plain",)).get_content()
    with time_machine.travel(at(FIRST, 9)):
        assert [notice.deadline.due for notice in inbox.of(person("projektledare.ro").id, FIRST)] == [DUE]


def test_mail_that_no_server_took_for_days_comes_as_one(mailed_app, sink):
    sink.mode = "full"
    for day in range(7):
        turn_at(at(FIRST - timedelta(days=8 - day)))
    sink.mode = "ok"
    only_due((SLUG, "ro", DUE), ("P0-07", "ro", FIRST))
    turn_at(at(FIRST, 6))
    turn_at(at(FIRST, 12))
    assert [to for to, _content in sink.taken if to.startswith("projektledare")] == ["projektledare.ro@demo.example"]


def test_what_cannot_be_written_is_dead_and_the_others_go_out(mailed_app, sink, monkeypatch):
    from ccc_pilot.reminders import digests

    only_due((SLUG, "ro", DUE), (SLUG, "rjl", DUE))
    write = digests.write

    def broken(message, told):
        if message.person_id == person("projektledare.rjl").id:
            raise LookupError("a template without its word")
        return write(message, told)

    monkeypatch.setattr(digests, "write", broken)
    turn_at(at(FIRST))
    assert sorted(messages()) == ["dead", "sent"]


def test_one_who_lost_the_lease_cannot_mark_and_the_extra_copy_is_noted(mailed_app, sink):
    prepare(at(FIRST))
    with time_machine.travel(at(FIRST), tick=False):
        with transaction():
            (first,) = outbox.claim("slow")
            number, token = first.id, first.token
        with transaction():
            assert outbox.claim("quick") == []
            db.session.get(Outgoing, number).lease_until = at(date(2020, 1, 1))
        with transaction():
            (second,) = outbox.claim("quick")
            assert (second.id, second.token) == (number, token + 1)
        with transaction():
            assert outbox.succeed(number=number, token=token + 1, owner="quick")
        with transaction():
            assert not outbox.succeed(number=number, token=token, owner="slow")
    assert [one.outcome for one in db.session.scalars(select(OutgoingTry).order_by(OutgoingTry.id))] == ["sent", "late"]


def test_a_message_is_given_up_after_three_days_and_a_dead_server_never(mailed_app):
    prepare(at(FIRST))
    states = []
    for server in (True, False):
        with time_machine.travel(at(FIRST) + rules.GIVE_UP_AFTER + LATER, tick=False), transaction():
            message = db.session.scalars(select(Outgoing)).one()
            message.token, message.state = message.token + 1, "waiting"
            db.session.flush()
            failure = outbox.Failure("away", server=server)
            outbox.fail(number=message.id, token=message.token, owner="x", failure=failure)
        states += messages()
    assert states == ["waiting", "dead"]


def test_nobody_is_sent_anything_while_a_mail_is_under_way_in_a_transaction(mailed_app, sink, monkeypatch):
    open_while_sending = []
    send = mail.MailServer.send

    def watching(self, to, content):
        open_while_sending.append(db.session().in_transaction())
        return send(self, to, content)

    monkeypatch.setattr(mail.MailServer, "send", watching)
    turn_at(at(FIRST))
    assert open_while_sending == [False]


def test_every_reminder_in_a_sent_mail_was_gathered_into_it(mailed_app, sink):
    turn_at(at(FIRST))
    states = db.session.execute(select(Reminder.channel, Reminder.state)).all()
    assert sorted(map(tuple, states)) == [("inbox", "shown"), ("mail", "gathered")]
