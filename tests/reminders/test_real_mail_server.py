"""A mail server that institutions run (Debian's Exim) takes the day's mail and delivers it; a receiver it does not know is dead."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from ccc_pilot.db import db, transaction
from ccc_pilot.reminders.models import Outgoing
from tests.factories import person
from tests.reminders.conftest import DUE, SLUG, at, only_due, turn_at
from tests.support import mail_server
from tests.support.installation import settings_in
from tests.support.mail_server import MailServer


@pytest.fixture
def server() -> Iterator[MailServer]:
    """The mail server, running."""
    try:
        mail_server.program()
    except LookupError as missing:
        pytest.fail(str(missing), pytrace=False)
    with mail_server.serving() as found:
        yield found


def test_a_letter_is_delivered_as_it_was_written_and_an_unknown_receiver_is_dead(build_app, loaded_sqlite, tmp_path, server):
    file = tmp_path / "pilot.sqlite"
    file.write_bytes(loaded_sqlite.read_bytes())
    app = build_app(replace(settings_in(tmp_path, f"sqlite:///{file}"), smtp_url=server.url))
    with app.app_context():
        only_due((SLUG, "ro", DUE), (SLUG, "rkl", DUE))
        with transaction():
            person("projektledare.rkl").email = "borta@demo.example"
        tally = turn_at(at(DUE, 8))
        assert (tally.sent, tally.failed) == (1, 1)
        rows = {row.address: row for row in db.session.scalars(select(Outgoing))}
        assert rows["projektledare.ro@demo.example"].state == "sent"
        assert rows["borta@demo.example"].state == "dead"
        assert "No such person here" in rows["borta@demo.example"].error
        sent = mail_id(rows["projektledare.ro@demo.example"])
    (letter,) = server.letters(1)
    assert str(letter["Message-ID"]) == sent
    assert SLUG in letter.get_body(("plain",)).get_content()
    assert "å" in letter.get_body(("html",)).get_content()


def mail_id(row: Outgoing) -> str:
    """Return the Message-ID of the letter that the outbox kept."""
    return str(mail_server.parsed(row.content)["Message-ID"])
