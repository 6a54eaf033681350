"""Briefings and their sections, found for the one who asks."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload, undefer

from ccc_pilot.briefings.models import Briefing, BriefingSection
from ccc_pilot.db import db
from ccc_pilot.decisions.models import Meeting
from ccc_pilot.errors import NotFound
from ccc_pilot.people.models import Pilot


def briefing(pilot: Pilot, number: int, *, drafts: bool) -> Briefing:
    """Return a briefing with its snapshot and sections. Raises ``NotFound``, also for a draft where ``drafts`` are not for the reader."""
    found = db.session.scalar(
        select(Briefing)
        .options(undefer(Briefing.snapshot), selectinload(Briefing.sections))
        .where(Briefing.id == number, Briefing.pilot_id == pilot.id)
    )
    if found is None or (found.state == "draft" and not drafts):
        raise NotFound
    return found


def section(found: Briefing, key: str) -> BriefingSection:
    """Return a section of the briefing ``found`` by its key. Raises ``NotFound``."""
    chosen = next((one for one in found.sections if one.key == key), None)
    if chosen is None:
        raise NotFound
    return chosen


def briefings(pilot: Pilot, *, drafts: bool) -> Sequence[tuple[Briefing, Meeting]]:
    """Return the briefings with their meetings, the latest meeting and freeze first; ``drafts``: those too."""
    statement = (
        select(Briefing, Meeting)
        .join(Meeting, Meeting.id == Briefing.meeting_id)
        .where(Briefing.pilot_id == pilot.id)
        .order_by(Meeting.day.desc(), Briefing.id.desc())
    )
    if not drafts:
        statement = statement.where(Briefing.state == "published")
    return [(row, meeting) for row, meeting in db.session.execute(statement)]


def last_for(pilot: Pilot, meeting: Meeting) -> Briefing | None:
    """Return the latest briefing for this meeting or an earlier one of the same body: whose sections go on."""
    return db.session.scalar(_earlier(pilot, meeting).where(Meeting.day <= meeting.day).limit(1))


def before(pilot: Pilot, meeting: Meeting) -> Briefing | None:
    """Return the latest briefing for an earlier meeting of the same body: what the new one is compared with."""
    return db.session.scalar(_earlier(pilot, meeting).where(Meeting.day < meeting.day).limit(1))


def _earlier(pilot: Pilot, meeting: Meeting) -> Select[Briefing]:
    return (
        select(Briefing)
        .join(Meeting, Meeting.id == Briefing.meeting_id)
        .options(undefer(Briefing.snapshot), selectinload(Briefing.sections))
        .where(Briefing.pilot_id == pilot.id, Meeting.body_key == meeting.body_key)
        .order_by(Meeting.day.desc(), Briefing.id.desc())
    )
