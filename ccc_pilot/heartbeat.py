"""Signs of life: which process of the house lived when. The scheduler beats; /healthz and the banner read."""

from datetime import datetime, timedelta

from sqlalchemy import String
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from ccc_pilot.dates import utc_now
from ccc_pilot.db import Base, UTCDateTime, db

LATE_AFTER = timedelta(minutes=5)


class Heartbeat(Base):
    """When a process of the house last said that it lives."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)


def beat(name: str) -> None:
    """Note that the process ``name`` lives now."""
    row = db.session.get(Heartbeat, name)
    if row is None:
        db.session.add(Heartbeat(name=name, at=utc_now()))
    else:
        row.at = utc_now()


def state(name: str) -> str:
    """Return "ok", "late" (silent for more than ``LATE_AFTER``) or "never"."""
    row = db.session.get(Heartbeat, name)
    if row is None:
        return "never"
    return "ok" if utc_now() - row.at <= LATE_AFTER else "late"


def signs() -> dict[str, str]:
    """Return how the database ("ok" or "away") and the scheduler (as ``state``, "unknown" without a database) are."""
    try:
        return {"database": "ok", "scheduler": state("scheduler")}
    except SQLAlchemyError:
        db.session.rollback()
        return {"database": "away", "scheduler": "unknown"}
