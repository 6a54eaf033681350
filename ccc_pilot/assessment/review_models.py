"""Peer review of a frozen round: who reviews from when to when, their scores and notes, and what they find."""

from datetime import date, datetime

from sqlalchemy import JSON, Date, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ccc_pilot.db import Base, UTCDateTime


class PeerReview(Base):
    """A peer reviews a round as it was frozen (``snapshot_id``), from a day to a day, having declared to have no conflict of interest."""

    __tablename__ = "assessment_review"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"), index=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("assessment_snapshot.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date] = mapped_column(Date)
    declared_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class PeerAnswer(Base):
    """A peer's own score and note on a point, and a question to those who answered it."""

    __tablename__ = "assessment_peer_answer"
    __table_args__ = (UniqueConstraint("review_id", "point_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("assessment_review.id"))
    point_key: Mapped[str] = mapped_column(String(160))
    score: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text, default="")
    question: Mapped[str] = mapped_column(Text, default="")
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    version: Mapped[int] = mapped_column(Integer, default=1)


class Finding(Base):
    """What a review found: a strength or an opportunity to improve, on some points, addressed to a region or (empty) to all."""

    __tablename__ = "assessment_finding"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"), index=True)
    review_id: Mapped[int | None] = mapped_column(ForeignKey("assessment_review.id"))
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    point_keys: Mapped[list[str]] = mapped_column(JSON)
    region: Mapped[str] = mapped_column(String(20), default="")
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    retracted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    @property
    def key(self) -> str:
        """The finding's name in links: "finding:7"."""
        return f"finding:{self.id}"
