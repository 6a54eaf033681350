"""The texts of a pilot's own papers, that its briefings begin with, from their TOML file into the database; and a first briefing."""

import tomllib
from datetime import date
from pathlib import Path

from sqlalchemy import select

from ccc_pilot.briefings import drafting
from ccc_pilot.briefings.models import BriefingText
from ccc_pilot.db import db
from ccc_pilot.decisions.models import Meeting
from ccc_pilot.people.models import Pilot

FILE = Path(__file__).with_name("briefing.toml")
CUT_OFF = date(2025, 5, 9)


def load_texts(pilot: Pilot, file: Path = FILE) -> None:
    """Store the texts that ``file`` tells, with their sources, as those of ``pilot``."""
    for row in tomllib.loads(file.read_text(encoding="utf-8"))["texts"]:
        db.session.add(BriefingText(pilot_id=pilot.id, **{**row, "text": row["text"].strip()}))
    db.session.flush()


def load_briefing(pilot: Pilot, publisher_id: int) -> None:
    """Freeze and publish the briefing for the meeting that the pilot's paper was written for, so that readers find one."""
    meeting = db.session.scalars(select(Meeting).where(Meeting.pilot_id == pilot.id, Meeting.seed_key == "rsl-250512")).one()
    briefing = drafting.freeze(pilot=pilot, meeting_id=meeting.id, cut_off=CUT_OFF, actor_id=None)
    drafting.publish(briefing=briefing, actor_id=publisher_id)
