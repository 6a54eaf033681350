"""What a message says: all that was gathered for its receiver and is still true, what has most weight first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import current_app
from sqlalchemy import select

from ccc_pilot import mail
from ccc_pilot.db import db
from ccc_pilot.i18n import force_locale, today
from ccc_pilot.people import doors, links
from ccc_pilot.people.models import Organisation, Person
from ccc_pilot.people.policy import Access
from ccc_pilot.reminders import answers, inbox, mail_links, sources, teams, words
from ccc_pilot.reminders.deadlines import Deadline
from ccc_pilot.reminders.inbox import Notice
from ccc_pilot.reminders.models import Outgoing, Reminder

MOST = 30


@dataclass(frozen=True, slots=True)
class News:
    """What a message has to say, and to whom (None: a channel, or nobody who is there). ``shorts``: the regions' short names by key."""

    notices: Sequence[Notice]
    person: Person | None
    shorts: Mapping[str, str]


def news(messages: Sequence[Outgoing]) -> dict[int, News]:
    """Return what each of the messages has to say that is still true, by its number, what has most weight first. A query a room.

    What is no longer true is marked as dropped. Belongs in a transaction.
    """
    day, gathered = today(), _gathered(messages)
    still = sources.open_ones({row.object_key for rows in gathered.values() for row in rows})
    wanted = {message.person_id for message in messages if message.person_id}
    people = select(Person).where(Person.id.in_(wanted), Person.active.is_(True))
    there = {person.id: person for person in db.session.scalars(people)}
    shorts = {row.key: row.short for row in db.session.scalars(select(Organisation))}
    return {
        message.id: News(_true(gathered[message.id], still, day), there.get(message.person_id or 0), shorts)
        for message in messages
    }


def is_true(told: News) -> bool:
    """Whether there is anything to tell."""
    return bool(told.notices)


def write(message: Outgoing, told: News) -> tuple[str, bytes] | None:
    """Return the address and the content of ``message``; None when there is nothing to tell, or nobody is there to read it."""
    if message.channel == "teams":
        return _to_teams(message, told)
    if not told.notices or told.person is None:
        return None
    letter = digest(told.person, told, message)
    return told.person.email, mail.as_message(current_app.extensions["ccc_settings"], letter).as_bytes()


def _to_teams(message: Outgoing, told: News) -> tuple[str, bytes] | None:
    hook = teams.hooks().get(message.receiver.partition(":")[2])
    if hook is None or not told.notices:
        return None
    return hook.address, teams.post(told.notices, told.shorts, MOST)


def digest(person: Person, told: News, message: Outgoing) -> mail.Letter:
    """Return the letter to ``person``; its Message-ID follows from the message's key, so that it is the same on every try."""
    settings, notices = current_app.extensions["ccc_settings"], told.notices
    unsubscribe, access = mail_links.unsubscribe_url(person.id), doors.access_of(person)[0]
    with force_locale(person.language):
        rows = [_row(notice, person, access, told.shorts) for notice in notices[:MOST]]
    letter = mail.compose(
        "digest", person.email, person.language, addressee=person.name, rows=rows, more=len(notices) - len(rows), count=len(notices),
        late=sum(notice.is_late and not notice.deadline.assumed for notice in notices), home=links.address("reminders.index"),
        unsubscribe=unsubscribe, choose=links.address("reminders.choose"),
    )  # fmt: skip
    headers = (("List-Unsubscribe", f"<{unsubscribe}>"), ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    return replace(letter, message_id=mail.lasting_id(settings, message.key), headers=headers, at=message.made_at)


def _row(notice: Notice, person: Person, access: Access, shorts: Mapping[str, str]) -> dict[str, Any]:
    deadline = notice.deadline
    return {
        "title": str(deadline.title), "ref": words.ref(deadline), "region": words.region_word(deadline.region, shorts), "due": deadline.due,
        "near": words.near(notice), "why": words.why(notice),
        "url": links.address(deadline.endpoint, **dict(deadline.args)),
        "answer": mail_links.answer_url(person.id, deadline.object) if answers.can_by(access, deadline) else "",
    }  # fmt: skip


def _gathered(messages: Sequence[Outgoing]) -> dict[int, list[Reminder]]:
    found: dict[int, list[Reminder]] = {message.id: [] for message in messages}
    rows = select(Reminder).where(Reminder.outgoing_id.in_(found), Reminder.state == "gathered").order_by(Reminder.id.desc())
    for row in db.session.scalars(rows):
        found[row.outgoing_id or 0].append(row)
    return found


def _true(rows: Sequence[Reminder], still: Mapping[str, Deadline], day: date) -> list[Notice]:
    true = inbox.true_of(rows, still, day)
    for row in rows:
        if row.id not in true:
            row.state = "dropped"
    return sorted(true.values(), key=inbox.weight)
