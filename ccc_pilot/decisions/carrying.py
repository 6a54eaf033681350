"""Points that come back: standing ones at each meeting of a body, open ones at its next, with what was deferred there."""

from sqlalchemy import func, select

from ccc_pilot.db import db
from ccc_pilot.decisions import rules
from ccc_pilot.decisions.models import AgendaPoint, Decision, Meeting
from ccc_pilot.decisions.rules import BEFORE, DecisionState, MeetingState, Point


def begin(target: Meeting) -> None:
    """Give a new meeting the points that come back from the body's meeting before it; open ones only from one that was held."""
    before = _neighbour(target, later=False)
    if before is not None:
        _copy(before, target, settled=before.state not in BEFORE)


def onward(held: Meeting) -> None:
    """Give the body's next meeting, where one is planned, the points that were left open at ``held``."""
    after = _neighbour(held, later=True)
    if after is not None and after.state in BEFORE:
        _copy(held, after, settled=True)


def _neighbour(target: Meeting, *, later: bool) -> Meeting | None:
    if target.body_key is None:
        return None
    statement = select(Meeting).where(
        Meeting.pilot_id == target.pilot_id, Meeting.body_key == target.body_key, Meeting.state != MeetingState.CANCELLED,
        Meeting.day > target.day if later else Meeting.day < target.day,
    )  # fmt: skip
    return db.session.scalar(statement.order_by(Meeting.day if later else Meeting.day.desc(), Meeting.id).limit(1))


def _copy(old: Meeting, new: Meeting, *, settled: bool) -> None:
    points = db.session.scalars(select(AgendaPoint).where(AgendaPoint.meeting_id == old.id).order_by(AgendaPoint.position)).all()
    back = rules.carried(Point(one.id, one.standing, one.open and settled) for one in points)
    there = set(db.session.scalars(select(AgendaPoint.came_from_id).where(AgendaPoint.meeting_id == new.id)))
    last = db.session.scalar(select(func.max(AgendaPoint.position)).where(AgendaPoint.meeting_id == new.id)) or 0
    for one in points:
        if one.id in back and one.id not in there and not _is_there(one, new):
            last += 1
            _bring(one, new, last)


def _is_there(point: AgendaPoint, new: Meeting) -> bool:
    """Whether a standing point of the same name is on the agenda already."""
    same = select(AgendaPoint.id).where(AgendaPoint.meeting_id == new.id, AgendaPoint.title == point.title)
    return point.standing and db.session.scalar(same.where(AgendaPoint.standing.is_(True)).limit(1)) is not None


def _bring(old: AgendaPoint, new: Meeting, position: int) -> None:
    text = old.text if old.open else ""  # what was written of a standing point is about the meeting that it was written for
    point = AgendaPoint(
        meeting_id=new.id, position=position, title=old.title, kind=old.kind, presenter=old.presenter, text=text,
        standing=old.standing, came_from_id=old.id,
    )  # fmt: skip
    db.session.add(point)
    db.session.flush()
    waiting = select(Decision).where(Decision.point_id == old.id, Decision.status == DecisionState.DEFERRED)
    for row in db.session.scalars(waiting.order_by(Decision.id)):
        db.session.add(
            Decision(
                pilot_id=row.pilot_id, meeting_id=new.id, point_id=point.id, body_key=row.body_key, day=new.day, title=row.title,
                kind=row.kind, status="proposed", proposal=row.proposal, conditions=row.conditions, executor=row.executor, follows_id=row.id,
            )
        )  # fmt: skip
