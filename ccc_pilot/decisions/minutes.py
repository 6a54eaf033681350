"""The minutes: what is written under each point and beside them, kept with every revision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from ccc_pilot import journal
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.decisions.guarding import hold, write
from ccc_pilot.decisions.models import AgendaPoint, Meeting, Revision
from ccc_pilot.decisions.rules import SEALED
from ccc_pilot.errors import Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.models import Person

MOST = 100


@dataclass(frozen=True, slots=True)
class Kept:
    """A text of the minutes as it was saved: where it stands, when and by whom."""

    number: int
    place: str
    text: str
    at: datetime
    by: str


def write_point(*, target: Meeting, point: AgendaPoint, notes: str, open: bool, version: int, actor_id: int) -> AgendaPoint:
    """Keep what was said under a point; ``open``: it comes back at the next meeting. Raises ``Conflict``, ``Refused`` once approved."""
    hold(point, version, {"notes": notes, "open": open})
    _begin(target, actor_id)
    changed = write(point, {"notes": notes, "open": open}, actor_id)
    if "notes" in changed:
        _keep(target, point, notes, actor_id)
    return point


def write_text(*, target: Meeting, text: str, version: int, actor_id: int) -> Meeting:
    """Keep what belongs to no point. Raises ``Conflict``, or ``Refused`` once the minutes are approved."""
    hold(target, version, {"text": text})
    _begin(target, actor_id)
    if write(target, {"text": text}, actor_id):
        _keep(target, None, text, actor_id)
    return target


def revisions(target: Meeting, point_id: int | None = None) -> Sequence[Kept]:
    """Return the texts as they were saved, newest first (at most ``MOST``); of one point where ``point_id`` is given."""
    statement = (
        select(Revision, AgendaPoint.title, Person.name)
        .outerjoin(AgendaPoint, AgendaPoint.id == Revision.point_id)
        .join(Person, Person.id == Revision.person_id)
        .where(Revision.meeting_id == target.id, *([Revision.point_id == point_id] if point_id else []))
        .order_by(Revision.id.desc())
        .limit(MOST)
    )
    return [
        Kept(row.id, title or _("Beside the points"), row.text, row.at, by) for row, title, by in db.session.execute(statement)
    ]


def _begin(target: Meeting, actor_id: int) -> None:
    if target.state in SEALED:
        raise Refused(_("The minutes are approved; nothing of the meeting is changed any more."))
    if target.written_by_id != actor_id:
        target.written_by_id = actor_id


def _keep(target: Meeting, point: AgendaPoint | None, text: str, actor_id: int) -> None:
    db.session.add(
        Revision(meeting_id=target.id, point_id=point.id if point else None, text=text, at=utc_now(), person_id=actor_id)
    )
    title = point.title if point else ""
    journal.write("meeting.minutes", target.place_key, actor_id=actor_id, title=title, text=text)
