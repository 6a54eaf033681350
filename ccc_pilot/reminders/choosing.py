"""What people decide of their reminders: when the mail comes and of what, when they are away and who then gets it, what may rest."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from ccc_pilot import journal
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import Conflict, NotFound, Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.models import Person
from ccc_pilot.reminders import rules, sources
from ccc_pilot.reminders.models import Absence, ReminderChoice, Snooze


def choose(*, person_id: int, hour: int, weekdays: Sequence[str], muted: Sequence[str], version: int) -> ReminderChoice:
    """Let the person's mail come at ``hour`` (0–23) on ``weekdays`` ("0" is Monday), without the kinds ``muted``.

    A person without weekdays gets no mail but urgent ones. ``version`` is the one the form was based on. Raises ``Conflict``.
    """
    row = db.session.get(ReminderChoice, person_id, with_for_update=True, populate_existing=True)
    if (row.version if row else 0) != version:
        stored = {"hour": row.hour, "weekdays": list(row.weekdays), "muted": row.muted} if row else {}
        mine = {"hour": hour, "weekdays": list(weekdays), "muted": list(muted)}
        raise Conflict(theirs=stored or mine, mine=mine, version=row.version if row else 0)
    if row is None:
        row = ReminderChoice(person_id=person_id, version=0)
        db.session.add(row)
    row.hour, row.weekdays, row.muted = hour, "".join(sorted(weekdays)), sorted(muted)
    row.version, row.updated_at = version + 1, utc_now()
    told: dict[str, Any] = {"hour": row.hour, "weekdays": row.weekdays, "muted": row.muted}
    journal.write("reminder.choices", f"person:{person_id}", actor_id=person_id, **told)
    return row


def leave(*, person_id: int, first: date, last: date, deputy_id: int | None, today: date) -> Absence:
    """Note that the person is away ``first``–``last``, both included; the deputy gets the mails. Raises ``Refused``."""
    if last < first:
        raise Refused(_("The last day is before the first."), "last")
    if last < today:
        raise Refused(_("That is over already."), "last")
    deputy = db.session.get(Person, deputy_id) if deputy_id else None
    if deputy_id and (deputy is None or not deputy.active or deputy_id == person_id):
        raise Refused(_("Choose somebody else as deputy."), "deputy_id")
    row = Absence(person_id=person_id, first=first, last=last, deputy_id=deputy_id)
    db.session.add(row)
    journal.write("reminder.absence", f"person:{person_id}", actor_id=person_id, since=first, until=last, deputy=deputy_id)
    db.session.flush()
    return row


def come_back(*, person_id: int, number: int) -> None:
    """Take an absence back. Raises ``NotFound`` for another's."""
    row = db.session.get(Absence, number, with_for_update=True)
    if row is None or row.person_id != person_id or row.ended_at is not None:
        raise NotFound
    row.ended_at = utc_now()
    told: dict[str, Any] = {"since": row.first, "until": None, "deputy": row.deputy_id}
    journal.write("reminder.absence", f"person:{person_id}", actor_id=person_id, **told)


def absences(person_id: int, day: date) -> list[tuple[Absence, str]]:
    """Return the person's absences that are not over on ``day``, each with its deputy's name (empty: nobody)."""
    found = db.session.execute(
        select(Absence, Person.name)
        .outerjoin(Person, Person.id == Absence.deputy_id)
        .where(Absence.person_id == person_id, Absence.last >= day, Absence.ended_at.is_(None))
        .order_by(Absence.first, Absence.id)
    )
    return [(row, name or "") for row, name in found]


def deputies(person_id: int) -> list[tuple[int, str]]:
    """Return everybody who may stand in for the person: (id, name), by name."""
    people = select(Person.id, Person.name).where(Person.active.is_(True), Person.id != person_id).order_by(Person.name)
    return [(number, name) for number, name in db.session.execute(people)]


def snooze(*, person_id: int, object_key: str, until: date, reason: str, today: date) -> Snooze:
    """Let a thing rest for the person until a day, with a reason. Raises ``NotFound`` and ``Refused``."""
    deadline = sources.open_ones([object_key]).get(object_key)
    if deadline is None:
        raise NotFound
    if not reason.strip():
        raise Refused(_("Say in a line why."), "reason")
    if not today < until <= today + timedelta(days=rules.LONGEST_SNOOZE):
        raise Refused(_("Choose a day within %(days)s days from now.", days=rules.LONGEST_SNOOZE), "until")
    row = Snooze(person_id=person_id, object_key=object_key, until=until, reason=reason.strip(), at=utc_now())
    db.session.add(row)
    where = dict(deadline.args)
    place = f"{where.get('plan', deadline.kind)}:{where.get('slug', deadline.ref or deadline.object)}@{deadline.region}"
    journal.write("reminder.snoozed", place, actor_id=person_id, region=deadline.region, until=until, reason=row.reason)
    db.session.flush()
    return row
