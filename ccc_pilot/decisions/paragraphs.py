"""The regions' paragraphs before a meeting: who has sent one, who is missing, and sending."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from ccc_pilot import journal
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.decisions.guarding import hold, touch
from ccc_pilot.decisions.models import Meeting, Paragraph
from ccc_pilot.decisions.rules import BEFORE
from ccc_pilot.errors import Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people import pilots
from ccc_pilot.people.models import Person, Pilot
from ccc_pilot.people.pilots import Region

LONGEST_TEXT = 4_000
PARTS = ("done", "coming", "risks", "asks")


@dataclass(frozen=True, slots=True)
class Asked:
    """A region that is asked for its paragraph: ``row`` is empty where nothing is written, ``sent`` when it was sent and by whom."""

    region: Region
    row: Paragraph | None
    sent_at: datetime | None
    by: str
    may_write: bool


def places(pilot: Pilot) -> list[Region]:
    """Return the regions of ``pilot`` in their order, and last the network as a whole, for what is joint."""
    whole = pilots.network(pilot)
    return [*pilots.regions(pilot), Region(whole.key, whole.short, whole.name)]


def asked(meeting: Meeting, regions: Sequence[Region], may_write: Sequence[str]) -> list[Asked]:
    """Return the regions in their order with what they have sent before ``meeting``; ``may_write``: keys of those one may write for."""
    found = {
        row.region: (row, name)
        for row, name in db.session.execute(
            select(Paragraph, Person.name)
            .outerjoin(Person, Person.id == Paragraph.updated_by_id)
            .where(Paragraph.meeting_id == meeting.id)
        )
    }
    return [
        Asked(one, row, row.sent_at if row else None, name or "", one.key in may_write)
        for one in regions
        for row, name in [found.get(one.key, (None, ""))]
    ]


def one(meeting: Meeting, region: str) -> Paragraph:
    """Return the paragraph of a region before a meeting: the one kept, or a blank one that is not stored."""
    found = db.session.scalar(select(Paragraph).where(Paragraph.meeting_id == meeting.id, Paragraph.region == region))
    return found or Paragraph(
        meeting_id=meeting.id, region=region, done="", coming="", risks="", asks="", unchanged=False, version=0, sent_at=None
    )


def latest(pilot: Pilot, meeting: Meeting, region: str) -> Paragraph | None:
    """Return what the region sent before the body's latest meeting earlier than ``meeting``."""
    return db.session.scalar(
        select(Paragraph)
        .join(Meeting, Meeting.id == Paragraph.meeting_id)
        .where(Meeting.pilot_id == pilot.id, Meeting.body_key == meeting.body_key, Meeting.day < meeting.day)
        .where(Paragraph.region == region, Paragraph.sent_at.is_not(None))
        .order_by(Meeting.day.desc())
        .limit(1)
    )


def send(
    *, meeting: Meeting, region: str, done: str, coming: str, risks: str, asks: str, unchanged: bool, version: int, actor_id: int
) -> Paragraph:
    """Send a region's paragraph, or another text in place of the one sent. ``unchanged``: nothing is new since the meeting before.

    Raises ``Conflict``, or ``Refused`` for a meeting that is past and for a paragraph that says nothing.
    """
    given = {"done": done, "coming": coming, "risks": risks, "asks": asks}
    if meeting.state not in BEFORE:
        raise Refused(_("The meeting has been held; its paragraphs stay as they are."))
    if not unchanged and not any(given.values()):
        raise Refused(_("Write a line, or say that nothing has changed."), "done")
    row = _hold(meeting, region, version, {**given, "unchanged": unchanged})
    for name, value in given.items():
        setattr(row, name, value)
    row.unchanged, row.sent_at = unchanged, utc_now()
    touch(row, actor_id)
    db.session.flush()
    journal.write(
        "meeting.paragraph", f"{meeting.place_key}@{region}", actor_id=actor_id, region=region, text="\n".join(filter(None, given.values())),
        version=row.version,
    )  # fmt: skip
    return row


def _hold(meeting: Meeting, region: str, version: int, mine: dict[str, object]) -> Paragraph:
    db.session.refresh(meeting, with_for_update={"of": Meeting, "key_share": True})  # two first paragraphs of a region take turns
    row = one(meeting, region)
    if row.id is None:
        db.session.add(row)
        return row
    hold(row, version, mine)
    return row
