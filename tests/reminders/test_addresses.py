"""An address that mail does not reach is told to who leads, once, until it is mended (REM-09)."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from ccc_pilot.db import db, transaction
from ccc_pilot.reminders import addresses, inbox, sources
from ccc_pilot.reminders.models import Outgoing
from tests.factories import person
from tests.reminders.conftest import DUE, SLUG, at, only_due, turn_at

FIRST = DUE - timedelta(days=7)
LEADS = ("huvudprojektledare", "projektledare.ro", "projektledare.rkl")


@pytest.fixture
def refused(mailed_app, sink):
    """The mail of FIRST to RÖ's lead was refused for good; the server takes others."""
    sink.mode = "no such receiver"
    turn_at(at(FIRST, 8))
    sink.mode = "ok"
    return mailed_app


def kinds(*people):
    """Return the kinds in the inboxes of people (by their ids) on FIRST."""
    return [[one.deadline.kind for one in inbox.of(number, FIRST)] for number in people]


@pytest.mark.every_engine
def test_who_leads_is_told_of_it_until_the_address_is_mended(refused, sink):
    people = [person(name).id for name in LEADS]
    turn_at(at(FIRST, 9))
    assert kinds(*people) == [["address"], ["address", "milestone"], []]
    assert [to for to, _content in sink.taken] == ["huvudprojektledare@demo.example"]
    assert "kommer inte fram" in sink.letters[0].get_body(("plain",)).get_content()
    with transaction():
        person("projektledare.ro").email = "ny@demo.example"
    assert kinds(*people) == [[], ["milestone"], []]


def test_it_stands_in_no_calendar_and_is_over_when_a_mail_arrives(refused, sink):
    with time_machine.travel(at(FIRST, 9), tick=False):
        (one,) = addresses.near(FIRST, FIRST + timedelta(days=5))
        assert addresses.last_answer(person("projektledare.ro").id).startswith("550")
        assert one.object not in {other.object for other in sources.in_calendars(FIRST, FIRST + timedelta(days=9))}
    only_due((SLUG, "ro", DUE), ("P0-07", "ro", FIRST + timedelta(days=1)))
    turn_at(at(FIRST + timedelta(days=1), 8))
    assert not addresses.open_ones([one.object])
    assert addresses.last_answer(person("projektledare.ro").id) is None


def test_mail_of_it_to_an_address_that_is_dead_too_is_no_storm(mailed_app, sink):
    only_due((SLUG, "ro", FIRST))
    sink.mode = "no such receiver"
    for day in range(40):
        turn_at(at(FIRST + timedelta(days=day), 8))
    head = person("huvudprojektledare").id
    refused = db.session.scalars(select(Outgoing.state).where(Outgoing.receiver == f"person:{head}")).all()
    assert 2 <= len(refused) <= 6
    assert set(refused) == {"dead"}
