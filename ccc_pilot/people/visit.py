"""A browser's visit at the edge: its cookie, its counters, the log-in it carries, and where it wanted to go."""

import secrets
from datetime import timedelta

from flask import g, redirect, request, session
from itsdangerous import BadData
from werkzeug.wrappers import Response

from ccc_pilot import journal
from ccc_pilot.dates import utc_now
from ccc_pilot.people import accounts, sessions, throttle
from ccc_pilot.people.models import LoginSession, Person
from ccc_pilot.people.seals import signer
from ccc_pilot.web.paths import safe_next

DEVICE_COOKIE = "device"
DEVICE_SECONDS = 365 * 24 * 3600
HALF_LIVES = timedelta(minutes=10)


def enter(person: Person, *, how: str, stage: str = sessions.FULL, target: str | None = None) -> None:
    """Begin a log-in of ``person`` in this browser: a new token, and nothing of what the cookie carried before.

    ``how`` tells the journal the way; with ``stage`` HALF the second factor is still asked for and ``target`` is remembered.
    """
    end()
    session["token"] = sessions.begin(person, stage=stage, agent=request.user_agent.string)
    if target:
        session["next"] = target
    if stage == sessions.FULL:
        journal.write("session.started", accounts.key_of(person), actor_id=person.id, how=how)


def end() -> None:
    """End this browser's log-in, if it has one, and empty its cookie."""
    if token := session.get("token"):
        sessions.end(token)
    session.clear()


def half() -> LoginSession | None:
    """The log-in of this browser that still wants its second factor (at most 10 minutes), or None."""
    row: LoginSession | None = getattr(g, "login", None)
    waits = row is not None and row.stage == sessions.HALF and utc_now() - row.started_at <= HALF_LIVES
    return row if waits else None


def onward(target: str | None, person: Person) -> Response:
    """Send a person who has just logged in to where they wanted to go, and let this browser be known as one of theirs."""
    response = redirect(safe_next(target) or "/")
    if _known()[0] != person.id:
        value = signer("device").dumps([person.id, secrets.token_urlsafe(12)])
        response.set_cookie(
            DEVICE_COOKIE, value, max_age=DEVICE_SECONDS, path="/login", httponly=True, samesite="Lax", secure=g.settings.is_https
        )
    return response


def subjects(email: str) -> list[str]:
    """Return the counters of a log-in with ``email`` from here.

    A browser in which that person has logged in before has its own; all others share that of the account and that of the place.
    """
    person = accounts.by_email(email)
    known, device = _known()
    if person is not None and known == person.id:
        return [throttle.subject("device", f"{person.id}:{device}")]
    return places(email)


def places(email: str) -> list[str]:
    """Return the counters of the account that ``email`` names, there or not, and of the place on the network."""
    return [throttle.subject("account", email.strip().lower()), throttle.subject("place", throttle.origin(request.remote_addr))]


def _known() -> tuple[int | None, str]:
    """Return who has logged in here before and the device's own number, as signed: one cookie can be written in many ways."""
    try:
        person_id, device = signer("device").loads(request.cookies.get(DEVICE_COOKIE, ""), max_age=DEVICE_SECONDS)
        return int(person_id), str(device)
    except (BadData, ValueError, TypeError):
        return None, ""
