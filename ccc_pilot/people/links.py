"""Signed one-time links for an invitation or a new password.

A link carries the person's seal of that moment. Making a new link or choosing a password changes the seal, so that used and
older links are dead; fetching one changes nothing, since mail scanners do that.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app
from itsdangerous import BadData

from ccc_pilot.config import Settings
from ccc_pilot.db import db
from ccc_pilot.people.models import Person
from ccc_pilot.people.seals import signer


@dataclass(frozen=True)
class Purpose:
    """What a link is for, and how long it lives."""

    name: str
    lives: timedelta


INVITATION = Purpose("invitation", timedelta(days=7))
RESET = Purpose("reset", timedelta(hours=1))
PURPOSES = {purpose.name: purpose for purpose in (INVITATION, RESET)}


def invitation_url(person: Person) -> str:
    """Return a new invitation link for ``person`` (7 days); earlier links of theirs die. Belongs in a transaction."""
    return _url(person, INVITATION)


def reset_url(person: Person) -> str:
    """Return a new link for a new password (1 hour); earlier links of theirs die. Belongs in a transaction."""
    return _url(person, RESET)


def holder(token: str, purpose: Purpose) -> Person | None:
    """Return the active person whose living link ``token`` is; None: expired, used, replaced, forged, for another purpose."""
    try:
        person_id, seal = signer(purpose.name).loads(token, max_age=int(purpose.lives.total_seconds()))
    except (BadData, ValueError, TypeError):
        return None
    person = db.session.get(Person, person_id)
    alive = person is not None and person.active and bool(seal) and secrets.compare_digest(str(seal), person.link_seal)
    return person if alive else None


def spend(person: Person) -> None:
    """Let every link of ``person`` die."""
    person.link_seal = ""


def address(endpoint: str, **values: str | int) -> str:
    """Return the full address of a page as it may stand in a mail: from the setting BASE_URL, never from the request."""
    path = current_app.url_map.bind("localhost").build(endpoint, values)
    settings: Settings = current_app.extensions["ccc_settings"]
    return settings.base_url.rstrip("/") + path


def _url(person: Person, purpose: Purpose) -> str:
    person.link_seal = secrets.token_urlsafe(18)
    return address(
        "people.choose_password", purpose=purpose.name, token=signer(purpose.name).dumps([person.id, person.link_seal])
    )
