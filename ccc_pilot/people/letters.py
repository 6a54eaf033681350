"""The letters of this room: an invitation, a link for a new password. Composed in the transaction, handed over after it."""

import logging

from flask import current_app

from ccc_pilot import mail
from ccc_pilot.people import accounts, links
from ccc_pilot.people.models import Person

log = logging.getLogger(__name__)


def invitation(person: Person) -> mail.Letter:
    """Return the letter that invites ``person``, with a new link; belongs in a transaction."""
    return mail.compose(
        "invitation", person.email, person.language, addressee=person.name, url=links.invitation_url(person), days=7
    )


def reset(email: str) -> mail.Letter | None:
    """Return the letter with a link for a new password, or None if nobody active has this address; belongs in a transaction."""
    person = accounts.by_email(email)
    if person is None or not person.active:
        return None
    return mail.compose("reset", person.email, person.language, addressee=person.name, url=links.reset_url(person), minutes=60)


def hand_over(letter: mail.Letter | None) -> bool:
    """Send ``letter``; False if there was none or the mail server did not take it (which is logged)."""
    if letter is None:
        return False
    try:
        mail.send(current_app.extensions["ccc_settings"], letter)
    except (mail.MailError, OSError):
        log.exception("letter not taken")
        return False
    return True
