"""Meetings in calendars: as events to follow, and as one invitation to take along. A cancelled one stays, as cancelled."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select

from ccc_pilot.db import db
from ccc_pilot.decisions.models import Meeting
from ccc_pilot.decisions.rules import MeetingState
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import in_zone
from ccc_pilot.office import calendars
from ccc_pilot.office.calendars import Event
from ccc_pilot.people import links

READ = "decision.read"
AT_A_TIME, ALL_DAY = (timedelta(days=1), timedelta(minutes=15)), (timedelta(hours=16),)  # how long before it rings
UNCHANGED = datetime(2025, 1, 1, tzinfo=UTC)  # a meeting that nobody has changed since the pilot's sources were loaded


def between(first: date, last: date, pilot_id: int | None = None) -> Sequence[Meeting]:
    """Return the meetings that have a day from ``first`` to ``last``, of one pilot or of all, by day and hour; cancelled ones too."""
    asked = select(Meeting).where(Meeting.day <= last, func.coalesce(Meeting.last_day, Meeting.day) >= first)
    if pilot_id is not None:
        asked = asked.where(Meeting.pilot_id == pilot_id)
    return db.session.scalars(asked.order_by(Meeting.day, Meeting.starts, Meeting.id)).all()


def event(row: Meeting, host: str) -> Event:
    """Return a meeting as an event; ``host`` is this house's name in its id, which stays when the meeting is moved."""
    page, cancelled = links.address("decisions.meeting", meeting_id=row.id), row.state == MeetingState.CANCELLED
    begins, ends = _times(row)
    return Event(
        calendars.uid_of(row.place_key, host), _("Cancelled: %(title)s", title=row.title) if cancelled else row.title, begins,
        row.updated_at or UNCHANGED, ends, row.version, page, row.place, page, AT_A_TIME if isinstance(begins, datetime) else ALL_DAY,
        ("meeting",), cancelled,
    )  # fmt: skip


def invitation(row: Meeting, host: str, language: str) -> bytes:
    """Return a meeting as a file that a calendar program opens as one appointment."""
    return calendars.appointment(event(row, host), language=language)


def _times(row: Meeting) -> tuple[date, date | None] | tuple[datetime, datetime | None]:
    """Whole days, unless the hour is known (for a meeting of several days: both hours)."""
    if not row.starts or (row.last_day and not row.ends):
        return row.day, row.last_day
    begins = _moment(row.day, row.starts)
    ends = _moment(row.last_day or row.day, row.ends) if row.ends else None
    return begins, ends if ends and ends > begins else None


def _moment(day: date, clock: str) -> datetime:
    return in_zone(datetime.combine(day, time.fromisoformat(clock))).astimezone(UTC)
