"""Calendars to subscribe to: the meetings, and the deadlines of a person or of a region, at a secret address that can be revoked.

A deadline that is done leaves the calendar, a cancelled meeting stays as cancelled, what is moved is the same event on another day. Reference: RFC 5545, RFC 7986.
"""

import secrets
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from itsdangerous import BadData
from sqlalchemy import select

from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import Forbidden, NotFound, Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.office import calendars
from ccc_pilot.office.calendars import Event
from ccc_pilot.people import links
from ccc_pilot.people.doors import access_of
from ccc_pilot.people.models import Person
from ccc_pilot.people.policy import NETWORK, Access
from ccc_pilot.people.seals import signer
from ccc_pilot.reminders import house_calendar, meetings, sources, staff, words
from ccc_pilot.reminders.deadlines import Deadline
from ccc_pilot.reminders.models import CalendarFeed

USE = "calendar"
BACK, AHEAD = timedelta(days=90), timedelta(days=550)
MOST = 10  # living addresses a person
ALARMS = (timedelta(days=7, hours=-9), timedelta(hours=-8))
UNCHANGED = datetime(2025, 1, 1, tzinfo=UTC)  # an event that nobody has changed since the plan was loaded


def make(*, person_id: int, region: str, access: Access) -> CalendarFeed:
    """Return a new address for the person: of their own deadlines (``region`` empty) or of a region's. Raises ``Refused`` or ``Forbidden``."""
    if region and not access.may("milestone.read", region):
        raise Forbidden
    if len(of(person_id)) >= MOST:
        raise Refused(_("You have %(most)s addresses already; take one away first.", most=MOST), "region")
    feed = CalendarFeed(person_id=person_id, region=region, seal=secrets.token_urlsafe(18), at=utc_now())
    db.session.add(feed)
    db.session.flush()
    return feed


def revoke(*, person_id: int, number: int) -> None:
    """Let an address die. Raises ``NotFound`` for another's."""
    feed = db.session.get(CalendarFeed, number, with_for_update=True)
    if feed is None or feed.person_id != person_id or feed.revoked_at is not None:
        raise NotFound
    feed.revoked_at = utc_now()


def of(person_id: int) -> list[CalendarFeed]:
    """Return the person's living addresses, oldest first."""
    mine = select(CalendarFeed).where(CalendarFeed.person_id == person_id, CalendarFeed.revoked_at.is_(None))
    return list(db.session.scalars(mine.order_by(CalendarFeed.id)))


def address(feed: CalendarFeed) -> str:
    """Return the address at which a calendar program fetches ``feed``; it is a secret."""
    return links.address("reminders.feed", token=signer(USE).dumps([feed.id, feed.seal]))


def opened(token: str) -> tuple[CalendarFeed, Person] | None:
    """Return the living feed at the address ``token`` and its person; None: forged, revoked, its person gone or without access now."""
    try:
        number, seal = signer(USE).loads(token)
    except (BadData, ValueError, TypeError):
        return None
    feed = db.session.get(CalendarFeed, number)
    person = db.session.get(Person, feed.person_id) if feed else None
    if feed is None or person is None or not person.active or feed.revoked_at is not None:
        return None
    if not secrets.compare_digest(str(seal), feed.seal) or not access_of(person)[0].may("milestone.read", feed.region or None):
        return None
    return feed, person


def write(feed: CalendarFeed, person: Person, day: date, shorts: dict[str, str], host: str) -> bytes:
    """Return the calendar of ``feed`` as it is on ``day``, in the language now in use; ``host`` is this house's name in the events' ids."""
    access = access_of(person)[0]
    found = _of_region(feed.region, day, access) if feed.region else _of_person(person.id, day)
    name = _("Deadlines %(region)s", region=words.region_word(feed.region, shorts)) if feed.region else _("My deadlines")
    events = [_event(deadline, shorts, host) for deadline in found]
    if access.may(meetings.READ):
        events += [meetings.event(row, host) for row in meetings.between(day - BACK, day + AHEAD)]
    return calendars.write(events, name=name, language=person.language, text=_("From the program of the cancer network's pilot."))


def _near(day: date) -> Iterator[Deadline]:
    return sources.in_calendars(day - BACK, day + AHEAD)


def _of_region(region: str, day: date, access: Access) -> Iterable[Deadline]:
    return (one for one in _near(day) if one.region in {region, NETWORK} and house_calendar.may_see(access, one))


def _of_person(person_id: int, day: date) -> Iterable[Deadline]:
    there = staff.on(day)
    return (
        deadline for deadline in _near(day) if any(told.person_id == person_id for told in there.told(deadline, escalated=False))
    )


def _event(deadline: Deadline, shorts: dict[str, str], host: str) -> Event:
    page = links.address(deadline.endpoint, **dict(deadline.args))
    about = [str(deadline.title), f"{words.ref(deadline)} · {words.region_word(deadline.region, shorts)}"]
    about += [_("The date is an assumption that nobody has confirmed.")] if deadline.assumed else []
    return Event(
        calendars.uid_of(deadline.object, host), f"{deadline.ref} {deadline.title} ({words.region_word(deadline.region, shorts)})".strip(),
        deadline.due, deadline.changed or UNCHANGED, sequence=deadline.version, text="\n".join([*about, page]), address=page,
        alarms=() if deadline.assumed else ALARMS, kinds=(str(deadline.kind),),
    )  # fmt: skip
