"""What a message says: all that was gathered for its receiver and is still true, what has most weight first."""

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any

from flask import current_app
from sqlalchemy import select

from ccc_pilot import mail
from ccc_pilot.db import db
from ccc_pilot.i18n import force_locale, today
from ccc_pilot.people import links
from ccc_pilot.people.models import Organisation, Person
from ccc_pilot.reminders import answers, inbox, mail_links, sources, teams, words
from ccc_pilot.reminders.inbox import Notice
from ccc_pilot.reminders.models import Outgoing, Reminder
from ccc_pilot.reminders.rules import Why

MOST = 30


def is_true(message: Outgoing) -> bool:
    """Whether anything in the message is still true."""
    return bool(_true(message, today()))


def write(message: Outgoing) -> tuple[str, bytes] | None:
    """Return the address and the content of ``message`` as it is true now; None when nothing in it is, or nobody is there to read it.

    What is no longer true is marked as dropped. Belongs in a transaction.
    """
    notices = sorted(_true(message, today()), key=inbox.weight)
    if message.channel == "teams":
        return _to_teams(message, notices)
    person = db.session.get(Person, message.person_id) if message.person_id else None
    if not notices or person is None or not person.active:
        return None
    letter = digest(person, notices, message)
    return person.email, mail.as_message(current_app.extensions["ccc_settings"], letter).as_bytes()


def _to_teams(message: Outgoing, notices: list[Notice]) -> tuple[str, bytes] | None:
    hook = teams.hooks().get(message.receiver.partition(":")[2])
    if hook is None or not notices:
        return None
    shorts = {row.key: row.short for row in db.session.scalars(select(Organisation))}
    return hook.address, teams.post(notices, shorts, MOST)


def digest(person: Person, notices: list[Notice], message: Outgoing) -> mail.Letter:
    """Return the letter with ``notices`` to ``person``; its Message-ID follows from the message's key, so that it is the same on every try."""
    settings = current_app.extensions["ccc_settings"]
    unsubscribe = mail_links.unsubscribe_url(person.id)
    with force_locale(person.language):
        rows = [_row(notice, person) for notice in notices[:MOST]]
    letter = mail.compose(
        "digest", person.email, person.language, addressee=person.name, rows=rows, more=len(notices) - len(rows), count=len(notices),
        late=sum(notice.days < 0 and not notice.deadline.assumed for notice in notices), home=links.address("reminders.index"),
        unsubscribe=unsubscribe, choose=links.address("reminders.choose"),
    )  # fmt: skip
    name = hashlib.sha256(message.key.encode()).hexdigest()[:32]
    headers = (("List-Unsubscribe", f"<{unsubscribe}>"), ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    return replace(letter, message_id=f"<{name}@{mail.domain(settings)}>", headers=headers, at=message.made_at)


def _row(notice: Notice, person: Person) -> dict[str, Any]:
    deadline = notice.deadline
    shorts = {row.key: row.short for row in db.session.scalars(select(Organisation).where(Organisation.key == deadline.region))}
    return {
        "title": str(deadline.title), "ref": deadline.ref, "region": words.region_word(deadline.region, shorts), "due": deadline.due,
        "near": words.nearness(notice.days, assumed=deadline.assumed), "why": str(words.WHY_WORDS[notice.why]),
        "url": links.address(deadline.endpoint, **dict(deadline.args)),
        "answer": mail_links.answer_url(person.id, deadline.object) if answers.can(person, deadline) else "",
    }  # fmt: skip


def _true(message: Outgoing, day: date) -> list[Notice]:
    rows = db.session.scalars(
        select(Reminder).where(Reminder.outgoing_id == message.id, Reminder.state == "gathered").order_by(Reminder.id.desc())
    ).all()
    newest: dict[str, Reminder] = {}
    for row in rows:
        newest.setdefault(row.object_key, row)
    still = sources.open_ones(newest)
    true = {key: row for key, row in newest.items() if key in still and still[key].due == row.due}
    for row in rows:
        if true.get(row.object_key) is not row:
            row.state = "dropped"
    return [Notice(row.id, still[key], (row.due - day).days, Why(row.why)) for key, row in true.items()]
