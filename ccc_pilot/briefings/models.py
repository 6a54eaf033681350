"""Briefings before a meeting: what was frozen, what the lead wrote to it, and the texts and template that go on from one to the next."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Date, ForeignKey, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ccc_pilot.db import Base, UTCDateTime


class Briefing(Base):
    """A briefing for a meeting. ``snapshot`` holds what was known on the day ``cut_off``, ``digest`` its SHA-256; neither ever changes.

    ``state``: draft or published. What is published is not edited; a new freeze makes a new briefing.
    """

    __tablename__ = "briefing"

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"), index=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    cut_off: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(20), default="draft")
    snapshot: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    digest: Mapped[str] = mapped_column(String(64))
    frozen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    frozen_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    sections: Mapped[list["BriefingSection"]] = relationship(
        order_by="BriefingSection.position, BriefingSection.id", cascade="all, delete-orphan"
    )

    @property
    def place_key(self) -> str:
        """The briefing's name in the journal."""
        return f"briefing:{self.id}"


class BriefingSection(Base):
    """A section as the lead arranges it: its place, whether it is ``hidden``, and the prose that stands in it.

    ``key`` of ``sections.SECTIONS``, or "own-…" for one of the lead's own, which then has a ``title``.
    """

    __tablename__ = "briefing_section"
    __table_args__ = (UniqueConstraint("briefing_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    briefing_id: Mapped[int] = mapped_column(ForeignKey("briefing.id"), index=True)
    key: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(Integer)
    hidden: Mapped[bool] = mapped_column(Boolean, default=False)
    title: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column(Integer, default=1)
    updated_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    updated_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class BriefingText(Base):
    """A text that a pilot's first briefing begins with: from the pilot's own documents, with its source."""

    __tablename__ = "briefing_text"
    __table_args__ = (UniqueConstraint("pilot_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"))
    key: Mapped[str] = mapped_column(String(60))
    after: Mapped[str] = mapped_column(String(60), default="")
    title: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(200), default="")
    source_ref: Mapped[str] = mapped_column(String(100), default="")
    confidence: Mapped[str] = mapped_column(String(20), default="")


class BriefingTemplate(Base):
    """The pilot's own PowerPoint template, whose layouts its decks use."""

    __tablename__ = "briefing_template"

    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
