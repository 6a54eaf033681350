"""Where a milestone stands, region by region; its history and comments."""

from datetime import date, datetime

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ccc_pilot.db import Base, UTCDateTime


class MilestoneRow(Base):
    """One milestone of a plan in one region (or ``sosr``: joint), and where it stands.

    ``key`` is "edition:id" of the catalogue; ``occurrence`` is empty, or names which time of a recurring one ("2025-10").
    ``due`` is kept beside the catalogue so that rows can be sorted and filtered in the database; it is worked out anew when
    the pilot's start moves, but for rows whose date was set by hand. ``first_due`` never changes once set.
    """

    __tablename__ = "milestone_row"
    __table_args__ = (
        UniqueConstraint("pilot_id", "key", "region", "occurrence"),
        Index("ix_milestone_row_pilot_due", "pilot_id", "due"),
        Index("ix_milestone_row_pilot_position", "pilot_id", "position", "occurrence"),
        Index("ix_milestone_row_pilot_status", "pilot_id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"))
    plan_key: Mapped[str] = mapped_column(String(60))
    key: Mapped[str] = mapped_column(String(120), index=True)
    region: Mapped[str] = mapped_column(String(20))
    occurrence: Mapped[str] = mapped_column(String(20), default="")
    position: Mapped[int] = mapped_column(Integer)
    phase: Mapped[str] = mapped_column(String(40))
    title_fold: Mapped[str] = mapped_column(Text, default="")
    reporting: Mapped[bool] = mapped_column(Boolean, default=False)
    status: Mapped[str] = mapped_column(String(20), default="not_started")
    percent: Mapped[int] = mapped_column(Integer, default=0)
    comment: Mapped[str] = mapped_column(Text, default="")
    due: Mapped[date | None] = mapped_column(Date)
    first_due: Mapped[date | None] = mapped_column(Date)
    due_by_hand: Mapped[bool] = mapped_column(Boolean, default=False)
    due_reason: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(Integer, default=1)
    updated_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    updated_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    changes: Mapped[list["MilestoneChange"]] = relationship(order_by="MilestoneChange.id.desc()", back_populates="row")

    @property
    def place(self) -> str:
        """The row's name in the journal and in links: "edition:id@region" and the occurrence where there is one."""
        return f"{self.key}@{self.region}" + (f"/{self.occurrence}" if self.occurrence else "")


class MilestoneChange(Base):
    """One change of a row: who, when, from what to what, and why. Never altered."""

    __tablename__ = "milestone_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    row_id: Mapped[int] = mapped_column(ForeignKey("milestone_row.id"), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    status_from: Mapped[str] = mapped_column(String(20), default="")
    status_to: Mapped[str] = mapped_column(String(20), default="")
    percent_from: Mapped[int | None] = mapped_column(Integer)
    percent_to: Mapped[int | None] = mapped_column(Integer)
    due_from: Mapped[date | None] = mapped_column(Date)
    due_to: Mapped[date | None] = mapped_column(Date)
    text: Mapped[str] = mapped_column(Text, default="")
    row: Mapped[MilestoneRow] = relationship(back_populates="changes")


class AssumptionVerdict(Base):
    """The head lead's word on an assumption of a catalogue, kept apart from the catalogue itself."""

    __tablename__ = "assumption_verdict"
    __table_args__ = (UniqueConstraint("pilot_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"))
    key: Mapped[str] = mapped_column(String(120))
    verdict: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text, default="")
    due: Mapped[date | None] = mapped_column(Date)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(Integer, default=1)
