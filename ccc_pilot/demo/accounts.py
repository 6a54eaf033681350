"""The demo people's accounts: how they log in, and who they are once they are there."""

from sqlalchemy import select

from ccc_pilot.db import db
from ccc_pilot.people.doors import Current, current_of
from ccc_pilot.people.models import Person

PASSWORD = "demo-pilot-2025"
DOMAIN = "demo.example"


def who(login: str) -> Current:
    """Return the demo person with the log-in name ``login``, with what they may do."""
    return current_of(db.session.scalars(select(Person).where(Person.email == f"{login}@{DOMAIN}")).one())
