"""The links in mails: each for one person, one thing and one purpose, signed, expiring, working once; none logs anybody in.

Opening one changes nothing, as mail scanners open them; what is to be done must be chosen and sent by a person.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from itsdangerous import BadData

from ccc_pilot import journal
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people import links
from ccc_pilot.people.doors import access_of
from ccc_pilot.people.models import Person
from ccc_pilot.people.seals import signer
from ccc_pilot.reminders import answers, ladders, sources
from ccc_pilot.reminders.deadlines import Deadline
from ccc_pilot.reminders.models import ReminderChoice, SpentLink

ANSWER, UNDO, UNSUBSCRIBE = "mail-answer", "mail-undo", "mail-unsubscribe"
LIVES, UNDO_LIVES = timedelta(days=30), timedelta(days=1)
BY_MAIL_LINK = "mail_link"


@dataclass(frozen=True, slots=True)
class Opened:
    """A living link to answer: whose it is and what it is about."""

    person: Person
    deadline: Deadline
    nonce: str


def answer_url(person_id: int, object_key: str) -> str:
    """Return the address of a page on which the person, and nobody else, may answer one thing once, for 30 days."""
    token = signer(ANSWER).dumps([person_id, object_key, secrets.token_urlsafe(12)])
    return links.address("reminders.answer", token=token)


def unsubscribe_url(person_id: int) -> str:
    """Return the address on which the person's mails can be turned off, without an end."""
    return links.address("reminders.unsubscribe", token=signer(UNSUBSCRIBE).dumps(person_id))


def undo_token(nonce: str) -> str:
    """Return what undoes the answer by the link ``nonce``, for a day."""
    return str(signer(UNDO).dumps(nonce))


def opened(token: str) -> Opened | None:
    """Return the living link ``token``; None: forged, expired, used, its person gone, or the thing is done."""
    told = _read(ANSWER, token, LIVES)
    if not isinstance(told, list) or len(told) != 3 or db.session.get(SpentLink, told[2]) is not None:
        return None
    person, deadline = db.session.get(Person, told[0]), sources.open_ones([told[1]]).get(told[1])
    if person is None or not person.active or deadline is None or not answers.can_by(access_of(person)[0], deadline):
        return None
    return Opened(person, deadline, told[2])


def answer(*, link: Opened, status: str, percent: int | None, comment: str, version: int) -> SpentLink:
    """Answer by ``link``, which is then spent; the journal says that it was done by mail link.

    Raises ``Refused`` when another tab was faster, else as ``answers.answer``.
    """
    if db.session.get(SpentLink, link.nonce, with_for_update=True) is not None:
        raise Refused(_("This link has been used already."))
    with journal.by(BY_MAIL_LINK):
        done = answers.answer(
            object_key=link.deadline.object, person=link.person, status=status, percent=percent, comment=comment, version=version
        )
    spent = SpentLink(nonce=link.nonce, person_id=link.person.id, object_key=link.deadline.object, at=utc_now(), **done)
    db.session.add(spent)
    db.session.flush()
    return spent


def undo(*, token: str) -> bool:
    """Undo what was answered by a link; False when ``token`` is forged, too old, or it was undone before. Raises ``Refused``."""
    nonce = _read(UNDO, token, UNDO_LIVES)
    spent = db.session.get(SpentLink, nonce, with_for_update=True) if isinstance(nonce, str) else None
    person = db.session.get(Person, spent.person_id) if spent else None
    if spent is None or person is None or spent.undone_at is not None:
        return False
    spent.undone_at = utc_now()
    with journal.by(BY_MAIL_LINK):
        answers.undo(object_key=spent.object_key, before=spent.before, version=spent.version, person=person)
    return True


def subscriber(token: str) -> Person | None:
    """Return the person whose mails the link ``token`` turns off; None when it is forged."""
    number = _read(UNSUBSCRIBE, token, None)
    return db.session.get(Person, number) if isinstance(number, int) else None


def unsubscribe(*, person: Person) -> None:
    """Turn off the mails of all kinds for ``person``; one's own duties to report are told all the same."""
    row = db.session.get(ReminderChoice, person.id)
    if row is None:
        row = ReminderChoice(person_id=person.id, hour=7, weekdays="01234", version=0)
        db.session.add(row)
    row.muted, row.version, row.updated_at = list(ladders.KINDS), row.version + 1, utc_now()
    journal.write(
        "reminder.choices",
        f"person:{person.id}",
        actor_id=person.id,
        actor_kind=BY_MAIL_LINK,
        hour=row.hour,
        weekdays=row.weekdays,
        muted=row.muted,
    )


def _read(use: str, token: str, lives: timedelta | None) -> Any:
    try:
        return signer(use).loads(token, max_age=int(lives.total_seconds()) if lives else None)
    except (BadData, ValueError, TypeError):
        return None
