"""What people do with meetings: plan one, put points on its agenda, take it a step further."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select

from ccc_pilot import journal
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.decisions import carrying, rules
from ccc_pilot.decisions.guarding import hold, refused, touch, write
from ccc_pilot.decisions.models import AgendaPoint, Attendance, Decision, Meeting, Revision
from ccc_pilot.decisions.rules import SEALED, Broken, DecisionState, Facts, MeetingState
from ccc_pilot.errors import Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.models import Body, Pilot

LONGEST_TEXT = 20_000


def plan(
    *, pilot: Pilot, body_key: str, title: str, day: date, more_days: Sequence[date] = (), actor_id: int, **more: Any
) -> Meeting:
    """Plan a meeting of a body (``body_key`` empty: of none that is registered) on ``day``, and one on each of ``more_days``.

    Standing points come along, and points left open at the body's latest meeting come to the first. ``more``: the other columns.
    Returns the first. Raises ``Refused`` where neither body nor title is told.
    """
    body = db.session.get(Body, body_key) if body_key else None
    if body is None and not title:
        raise Refused(_("Choose a body, or write what the meeting is called."), "title")
    made = []
    for when in sorted({day, *more_days}):
        meeting = Meeting(
            pilot_id=pilot.id, body_key=body_key or None, title=title or (body.name_sv if body else ""), day=when, state="planned",
            updated_at=utc_now(), updated_by_id=actor_id, **more,
        )  # fmt: skip
        db.session.add(meeting)
        db.session.flush()
        carrying.begin(meeting)
        journal.write("meeting.planned", meeting.place_key, actor_id=actor_id, title=meeting.title, day=when)
        made.append(meeting)
    return made[0]


def change(*, target: Meeting, version: int, actor_id: int, **given: Any) -> Meeting:
    """Change what is told of a meeting (columns of it). Raises ``Conflict``, or ``Refused`` once the minutes are approved."""
    given["body_key"] = given.get("body_key") or None
    hold(target, version, given)
    _unsealed(target)
    changed = write(target, given, actor_id)
    if changed:
        journal.write("meeting.changed", target.place_key, actor_id=actor_id, fields=", ".join(changed), version=target.version)
    return target


def step(*, target: Meeting, to: str, version: int, today: date, actor_id: int) -> Meeting:
    """Take a meeting to the state ``to``. Approving its minutes locks what was decided. Raises ``Conflict`` and ``Refused``."""
    hold(target, version, {"state": to})
    try:
        after = rules.meeting_step(target.state, to, _facts(target, today, actor_id))
    except Broken as broken:
        raise refused(broken) from broken
    before, target.state = target.state, after
    if after == MeetingState.ADJUSTED:
        _seal(target, actor_id)
    if after == MeetingState.WRITTEN:
        carrying.onward(target)
    touch(target, actor_id)
    journal.write("meeting.state", target.place_key, actor_id=actor_id, standing=[before, after])
    return target


def hindrances(target: Meeting, today: date, actor_id: int) -> dict[str, str]:
    """Return the states that can follow, each with why the meeting cannot come to it now, as a sentence (empty where it can)."""
    facts = _facts(target, today, actor_id)
    return {state: _hindrance(target.state, state, facts) for state in rules.MEETING_STEPS[MeetingState(target.state)]}


def _hindrance(before: str, to: str, facts: Facts) -> str:
    try:
        rules.meeting_step(before, to, facts)
    except Broken as broken:
        return str(refused(broken).message)
    return ""


def for_the_recorder(to: str) -> str:
    """Return the state asked for, but for approving, which another permission is for: that is no step here."""
    return "" if to == MeetingState.ADJUSTED else to


def _facts(target: Meeting, today: date, actor_id: int) -> Facts:
    rows = decisions(target)
    undecided = sum(row.status == DecisionState.PROPOSED for row in rows)
    writers = {target.written_by_id, *(row.recorded_by_id for row in rows if row.locked_at is None)} - {None}
    texts = sum(bool(point.notes) for point in target.points) + bool(target.text) + len(rows) - undecided
    writer = actor_id if actor_id in writers else next(iter(writers), None)
    return Facts(today, target.day, len(target.points), undecided, texts, writer, actor_id)


def _seal(target: Meeting, actor_id: int) -> None:
    target.adjusted_at, target.adjusted_by_id = utc_now(), actor_id
    for row in decisions(target):
        if row.locked_at is None:
            row.locked_at, row.locked_by_id = utc_now(), actor_id
            touch(row, actor_id)
            journal.write("decision.locked", row.place_key, actor_id=actor_id, title=row.number or row.title)


def decisions(target: Meeting) -> Sequence[Decision]:
    """Return what was proposed and decided at a meeting."""
    return db.session.scalars(select(Decision).where(Decision.meeting_id == target.id).order_by(Decision.id)).all()


def add_point(*, target: Meeting, title: str, kind: str, actor_id: int, **more: Any) -> AgendaPoint:
    """Put a point last on the agenda. ``more``: presenter, clock, text, standing. Raises ``Refused`` once the minutes are approved."""
    _unsealed(target)
    last = db.session.scalar(select(func.max(AgendaPoint.position)).where(AgendaPoint.meeting_id == target.id)) or 0
    point = AgendaPoint(meeting_id=target.id, position=last + 1, title=title, kind=kind, **more)
    db.session.add(point)
    db.session.flush()
    _told(target, point, "added", actor_id)
    return point


def change_point(*, target: Meeting, point: AgendaPoint, version: int, actor_id: int, **given: Any) -> AgendaPoint:
    """Change a point of the agenda. Raises ``Conflict``, or ``Refused`` once the minutes are approved."""
    hold(point, version, given)
    _unsealed(target)
    if write(point, given, actor_id):
        _told(target, point, "changed", actor_id)
    return point


def move_point(*, target: Meeting, point: AgendaPoint, up: bool, actor_id: int) -> None:
    """Let a point change places with the one above or below. Raises ``Refused`` once the minutes are approved."""
    _unsealed(target)
    order = [one.id for one in target.points]
    place = order.index(point.id)
    other = place - 1 if up else place + 1
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
        for one in target.points:
            one.position = order.index(one.id) + 1
        _told(target, point, "moved", actor_id)


def remove_point(*, target: Meeting, point: AgendaPoint, actor_id: int) -> None:
    """Take a point off the agenda. Raises ``Refused`` where something was written or proposed under it."""
    _unsealed(target)
    used = db.session.scalar(select(func.count()).where(Decision.point_id == point.id))
    kept = db.session.scalar(select(func.count()).where(Revision.point_id == point.id))
    came = db.session.scalar(select(func.count()).where(AgendaPoint.came_from_id == point.id))
    if used or kept or came or point.notes:
        raise Refused(_("Something is written or proposed under this point; it stays."))
    _told(target, point, "removed", actor_id)
    db.session.delete(point)


def attend(*, target: Meeting, names: str, version: int, actor_id: int) -> Meeting:
    """Say who was there: ``names``, one on each line. Raises ``Conflict``, or ``Refused`` once the minutes are approved."""
    hold(target, version, {})
    _unsealed(target)
    wanted = list(dict.fromkeys(line.strip()[:200] for line in names.splitlines() if line.strip()))
    if wanted != [one.name for one in target.attendance]:
        target.attendance = [Attendance(name=name, present=True) for name in wanted]
        touch(target, actor_id)
        journal.write("meeting.changed", target.place_key, actor_id=actor_id, fields="attendance", version=target.version)
    return target


def _unsealed(target: Meeting) -> None:
    if target.state in SEALED:
        raise Refused(_("The minutes are approved; nothing of the meeting is changed any more."))


def _told(target: Meeting, point: AgendaPoint, verdict: str, actor_id: int) -> None:
    journal.write("meeting.point", target.place_key, actor_id=actor_id, title=point.title, verdict=verdict)
