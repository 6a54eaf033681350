"""Who answers what by when, what is said of a point, and what an earlier round brings along."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ccc_pilot.db import Base, UTCDateTime


class AssessmentAssignment(Base):
    """A chapter or a point (``scope_key``) that somebody answers or reviews for a region, by a day. Kept when it is taken away."""

    __tablename__ = "assessment_assignment"
    __table_args__ = (Index("ix_assessment_assignment_round", "round_id", "region", "scope_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"))
    region: Mapped[str] = mapped_column(String(20))
    scope_key: Mapped[str] = mapped_column(String(160))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    due: Mapped[date | None] = mapped_column(Date)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class AssessmentThread(Base):
    """A question on a point, jointly (``region`` empty) or within a region, until it is resolved."""

    __tablename__ = "assessment_thread"
    __table_args__ = (Index("ix_assessment_thread_point", "round_id", "point_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"))
    point_key: Mapped[str] = mapped_column(String(160))
    region: Mapped[str] = mapped_column(String(20), default="")
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    resolved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    resolved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    comments: Mapped[list["AssessmentComment"]] = relationship(order_by="AssessmentComment.id")


class AssessmentComment(Base):
    """What somebody says in a thread. Never altered."""

    __tablename__ = "assessment_comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("assessment_thread.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    text: Mapped[str] = mapped_column(Text)


class CarriedAnswer(Base):
    """An answer of an earlier round beside one of a new round: ``relation`` tells how the points are related, ``verdict`` what became of it."""

    __tablename__ = "assessment_carried"
    __table_args__ = (UniqueConstraint("answer_id", "source_id"), Index("ix_assessment_carried_source", "source_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("assessment_answer.id"))
    source_id: Mapped[int] = mapped_column(ForeignKey("assessment_answer.id"))
    relation: Mapped[str] = mapped_column(String(20))
    verdict: Mapped[str] = mapped_column(String(20), default="")
    judged_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    judged_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
