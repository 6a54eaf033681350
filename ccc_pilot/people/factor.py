"""The second factor: codes of an authenticator app (TOTP, RFC 6238), each good once, one step of 30 seconds either way."""

import hmac
from enum import StrEnum

import pyotp
from sqlalchemy import select

from ccc_pilot import journal
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import NotFound, Refused
from ccc_pilot.i18n import gettext
from ccc_pilot.people import rules, sessions, throttle
from ccc_pilot.people.models import Person

STEP_SECONDS = 30
SKEW = 1
ISSUER = "ccc_pilot"


class Outcome(StrEnum):
    """What came of a code."""

    PASSED = "passed"
    WRONG = "wrong"
    WAIT = "wait"


def new_secret() -> str:
    """Return a secret for an app that is about to be enrolled."""
    return pyotp.random_base32()


def drawing(secret: str, email: str) -> str:
    """Return the QR code of a secret as SVG without any inline style."""
    import segno

    uri = pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)
    return segno.make(uri, error="m", micro=False).svg_inline(
        scale=4, border=4, dark="#000", light="#fff", title=gettext("QR code")
    )


def step_of(secret: str, code: str, *, after: int) -> int | None:
    """Return the time step for which ``code`` is right now, None if there is none later than step ``after``."""
    digits = "".join(code.split())
    now = int(utc_now().timestamp()) // STEP_SECONDS
    for step in range(now - SKEW, now + SKEW + 1):
        right = hmac.compare_digest(pyotp.TOTP(secret).generate_otp(step).encode(), digits.encode("utf-8", "replace"))
        if right and step > after:
            return step
    return None


def attempt(person_id: int, code: str) -> Outcome:
    """Try ``code`` for a person: at most 5 times in 5 minutes, no code twice; the row is locked, so that tries queue."""
    person = _locked(person_id)
    counted = throttle.admit(throttle.FACTOR, throttle.subject("person", person_id))
    if not counted:
        return Outcome.WAIT
    step = step_of(person.factor_secret, code, after=person.factor_step) if person.factor_secret else None
    if step is None:
        journal.write("login.refused", f"person:{person_id}", actor_id=None, reason="factor")
        return Outcome.WRONG
    throttle.take_back(counted)
    person.factor_step = step
    return Outcome.PASSED


def enrol(person_id: int, secret: str, code: str, keep_token: str) -> None:
    """Give a person without a second factor this one, proved by a first ``code``; their other log-ins end. Raises ``Refused``."""
    person = _locked(person_id)
    step = step_of(secret, code, after=0)
    if person.factor_secret or not secret:
        raise Refused(gettext("The page had been open too long. Begin again."), "code")
    if step is None:
        raise Refused(gettext("That code is not right. Wait for the next one and check the clock of the device."), "code")
    person.factor_secret, person.factor_step, person.factor_reset_by_id = secret, step, None
    sessions.end_all(person_id, except_token=keep_token)
    journal.write("person.factor", f"person:{person_id}", actor_id=person_id, state="on")


def remove(person_id: int) -> None:
    """Take a person's own second factor away, after a code of it has been tried with ``attempt``."""
    person = _locked(person_id)
    person.factor_secret, person.factor_step, person.factor_reset_by_id = "", 0, None
    journal.write("person.factor", f"person:{person_id}", actor_id=person_id, state="off")


def propose_reset(person_id: int, by_id: int) -> None:
    """Ask for a lost second factor to be taken away; nothing happens before somebody else approves. Raises ``Refused``."""
    person = _locked(person_id)
    if not person.factor_secret:
        raise Refused(gettext("There is no second factor to take away."))
    if person_id == by_id:
        raise Refused(gettext("Ask another administrator: nobody resets their own second factor."))
    person.factor_reset_by_id = by_id
    journal.write("person.factor", f"person:{person_id}", actor_id=by_id, state="reset proposed")


def approve_reset(person_id: int, by_id: int) -> None:
    """Take a lost second factor away as the second person; all log-ins of the person end. Raises ``Refused``."""
    person = _locked(person_id)
    if person.factor_reset_by_id is None:
        raise Refused(gettext("Nobody has asked for this."))
    if not rules.may_approve(by_id, proposer=person.factor_reset_by_id, concerned=[person_id]):
        raise Refused(gettext("Another person than the one who asked must approve, and not the one it concerns."))
    person.factor_secret, person.factor_step, person.factor_reset_by_id = "", 0, None
    sessions.end_all(person_id)
    journal.write("person.factor", f"person:{person_id}", actor_id=by_id, state="reset")


def _locked(person_id: int) -> Person:
    person = db.session.scalar(
        select(Person).where(Person.id == person_id).with_for_update(of=Person).execution_options(populate_existing=True)
    )
    if person is None:
        raise NotFound
    return person
