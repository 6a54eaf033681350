"""The meetings and decisions of a pilot's documents, from their TOML file into the database."""

import tomllib
from pathlib import Path
from typing import Any

from ccc_pilot.db import db
from ccc_pilot.decisions.models import AgendaPoint, Attendance, Decision, DecisionLink, DecisionSum, Meeting
from ccc_pilot.people.models import Pilot

FILE = Path(__file__).with_name("meetings.toml")


def load_meetings(pilot: Pilot, file: Path = FILE) -> None:
    """Store the meetings and decisions that ``file`` tells, with their sources, as those of ``pilot``."""
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    points: dict[str, AgendaPoint] = {}
    meetings = {row["key"]: _meeting(pilot, row, points) for row in told["meetings"]}
    made: dict[str, Decision] = {}
    for row in told["decisions"]:
        made[row["key"]] = _decision(pilot, row, meetings, points, made)


def _meeting(pilot: Pilot, row: dict[str, Any], points: dict[str, AgendaPoint]) -> Meeting:
    words = {name: value for name, value in row.items() if name not in {"key", "body", "points", "attendance"}}
    meeting = Meeting(pilot_id=pilot.id, seed_key=row["key"], body_key=row.get("body"), **words)
    meeting.attendance = [Attendance(name=name, present=True) for name in row.get("attendance", ())]
    for position, told in enumerate(row.get("points", ()), 1):
        point = AgendaPoint(position=position, **{name: value for name, value in told.items() if name != "key"})
        meeting.points.append(point)
        points[f"{row['key']}/{told['key']}"] = point
    db.session.add(meeting)
    db.session.flush()
    return meeting


def _decision(
    pilot: Pilot, row: dict[str, Any], meetings: dict[str, Meeting], points: dict[str, AgendaPoint], made: dict[str, Decision]
) -> Decision:
    names = {"key", "body", "meeting", "point", "follows", "links", "sums"}
    words = {name: value for name, value in row.items() if name not in names}
    decision = Decision(pilot_id=pilot.id, seed_key=row["key"], body_key=row.get("body"), **words)
    decision.links = [DecisionLink(**link) for link in row.get("links", ())]
    decision.sums = [DecisionSum(**told) for told in row.get("sums", ())]
    if "meeting" in row:
        decision.meeting_id = meetings[row["meeting"]].id
        decision.point_id = points[f"{row['meeting']}/{row['point']}"].id
    decision.follows_id = made[row["follows"]].id if "follows" in row else None
    db.session.add(decision)
    db.session.flush()
    return decision
