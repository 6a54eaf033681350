"""The journal as it is read: narrowed by the address, paged by number, and only as much as the reader may see."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from flask_babel import to_utc
from sqlalchemy import ColumnElement, func, select

from ccc_pilot.db import db
from ccc_pilot.journal import Entry
from ccc_pilot.overview import telling
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import Current
from ccc_pilot.people.models import Person, Pilot
from ccc_pilot.people.policy import NETWORK

PAGE_SIZE = 50


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the journal is narrowed to; each field is a parameter of the address, empty means: all.

    ``event`` is an event or its first part ("milestone"), ``object`` a part of an object's key; ``since`` and ``until`` are days (both
    included); ``before`` is the number below which the page begins (None: at the newest).
    """

    event: str = ""
    person: int | None = None
    region: str = ""
    object: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None


@dataclass(frozen=True)
class Trail:
    """A page of entries, newest first, and the names of the persons in it by id; ``older`` asks for the next page (None: no more)."""

    entries: list[Entry]
    names: dict[int, str]
    older: Wanted | None


def read(pilot: Pilot, wanted: Wanted, who: Current) -> Trail:
    """Return the page of the journal that ``wanted`` asks for, of what ``who`` may see. Two queries."""
    statement = select(Entry).where(*_conditions(wanted), *_visible(pilot, who)).order_by(Entry.seq.desc()).limit(PAGE_SIZE + 1)
    found = db.session.scalars(statement).all()
    page = list(found[:PAGE_SIZE])
    named = select(Person.id, Person.name).where(Person.id.in_(sorted(telling.persons_of(page))))
    older = replace(wanted, before=page[-1].seq) if len(found) > PAGE_SIZE else None
    return Trail(page, dict(db.session.execute(named).all()), older)


def actors(pilot: Pilot, who: Current) -> list[tuple[int, str]]:
    """Return those who have done something that ``who`` may see, by name."""
    told = select(Entry.seq).where(Entry.actor_id == Person.id, *_visible(pilot, who))
    statement = select(Person.id, Person.name).where(told.exists()).order_by(Person.name, Person.id)
    return [(number, name) for number, name in db.session.execute(statement)]


def regions(pilot: Pilot, who: Current) -> list[pilots.Region]:
    """Return the regions whose entries ``who`` may see."""
    return [region for region in pilots.regions(pilot) if who.may("journal.read", region.key)]


def reads_all(who: Current) -> bool:
    """Whether ``who`` reads the journal of the whole network."""
    return who.may("journal.read", NETWORK)


def _visible(pilot: Pilot, who: Current) -> list[ColumnElement[bool]]:
    """Those who may read the journal of the whole network see all; others only what was done in a region of theirs."""
    if reads_all(who):
        return []
    return [Entry.region.in_([region.key for region in regions(pilot, who)])]


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.event:
        part = Entry.event.startswith(f"{wanted.event}.", autoescape=True)
        conditions.append(Entry.event == wanted.event if "." in wanted.event else part)
    if wanted.person is not None:
        conditions.append(Entry.actor_id == wanted.person)
    if wanted.region:
        conditions.append(Entry.region == wanted.region)
    if wanted.object:
        conditions.append(func.lower(Entry.object_key).contains(wanted.object.lower(), autoescape=True))
    if wanted.since:
        conditions.append(Entry.at >= _midnight(wanted.since))
    if wanted.until:
        conditions.append(Entry.at < _midnight(wanted.until + timedelta(days=1)))
    if wanted.before is not None:
        conditions.append(Entry.seq < wanted.before)
    return conditions


def _midnight(day: date) -> datetime:
    """The moment at which ``day`` begins where the pilot is."""
    moment: datetime = to_utc(datetime.combine(day, time()))
    return moment.replace(tzinfo=UTC)
