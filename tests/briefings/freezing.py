"""Meetings of the pilot's own papers, and briefings frozen for them."""

from datetime import date

from sqlalchemy import select

from ccc_pilot.briefings import drafting
from ccc_pilot.briefings.models import Briefing
from ccc_pilot.db import db, transaction
from ccc_pilot.decisions.models import Meeting
from tests.factories import person, pilot

CUT_OFF = date(2025, 5, 9)


def meeting(key: str = "rsl-250512") -> Meeting:
    """The meeting of the pilot's papers that has the key ``key`` there."""
    return db.session.scalars(select(Meeting).where(Meeting.seed_key == key)).one()


def frozen(key: str = "rsl-250512", cut_off: date = CUT_OFF) -> Briefing:
    """A new briefing by the head lead for that meeting."""
    with transaction():
        return drafting.freeze(
            pilot=pilot(), meeting_id=meeting(key).id, cut_off=cut_off, actor_id=person("huvudprojektledare").id
        )
