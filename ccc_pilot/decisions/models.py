"""Meetings with their agenda and minutes, what was proposed and decided there, and the regions' paragraphs before a meeting."""

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, Boolean, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ccc_pilot.db import Base, UTCDateTime


class Meeting(Base):
    """A meeting of a body (``body_key`` empty: of none that is registered). ``state`` of ``rules.MeetingState``.

    ``text`` is the part of the minutes that belongs to no point. ``seed_key`` names a meeting that came with the pilot's sources.
    """

    __tablename__ = "meeting"
    __table_args__ = (UniqueConstraint("pilot_id", "seed_key"), Index("ix_meeting_pilot_day", "pilot_id", "day"))

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"))
    seed_key: Mapped[str | None] = mapped_column(String(60))
    body_key: Mapped[str | None] = mapped_column(ForeignKey("body.key"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date | None] = mapped_column(Date)
    starts: Mapped[str] = mapped_column(String(5), default="")
    ends: Mapped[str] = mapped_column(String(5), default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[str] = mapped_column(String(20), default="planned")
    note: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text, default="")
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    adjusted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    adjusted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(Integer, default=1)
    updated_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    updated_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    source: Mapped[str] = mapped_column(String(200), default="")
    source_ref: Mapped[str] = mapped_column(String(100), default="")
    confidence: Mapped[str] = mapped_column(String(20), default="")
    points: Mapped[list["AgendaPoint"]] = relationship(order_by="AgendaPoint.position, AgendaPoint.id", back_populates="meeting")
    attendance: Mapped[list["Attendance"]] = relationship(order_by="Attendance.id", cascade="all, delete-orphan")

    @property
    def place_key(self) -> str:
        """The meeting's key, as other things carry it and the journal names it."""
        return f"meeting:{self.id}"


class Attendance(Base):
    """Somebody at a meeting, by name, post or organisation; ``present`` None: not known. ``part``: chair, secretary, adjuster or empty."""

    __tablename__ = "attendance"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    part: Mapped[str] = mapped_column(String(20), default="")
    present: Mapped[bool | None] = mapped_column(Boolean)


class AgendaPoint(Base):
    """A point of an agenda. ``kind`` of ``rules.PointKind``; ``notes`` are its part of the minutes.

    ``standing``: it comes back at each meeting of the body. ``open``: it comes back at the next one. ``came_from_id``: the point it was then.
    """

    __tablename__ = "agenda_point"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    presenter: Mapped[str] = mapped_column(String(120), default="")
    clock: Mapped[str] = mapped_column(String(5), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    notes: Mapped[str] = mapped_column(Text, default="")
    standing: Mapped[bool] = mapped_column(Boolean, default=False)
    open: Mapped[bool] = mapped_column(Boolean, default=False)
    came_from_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_point.id"))
    version: Mapped[int] = mapped_column(Integer, default=1)
    updated_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    updated_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    meeting: Mapped[Meeting] = relationship(back_populates="points")


class Revision(Base):
    """A text of the minutes as it was saved: of a point, or (``point_id`` empty) of the meeting as a whole. Never altered."""

    __tablename__ = "minutes_revision"
    __table_args__ = (Index("ix_minutes_revision_place", "meeting_id", "point_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    point_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_point.id"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class Decision(Base):
    """A proposal, and what became of it. ``status`` of ``rules.DecisionState``; only what is decided has a ``decided`` text.

    ``number`` is the paragraph in the house's way ("RSL 250512 § 3"). ``decider`` names who decided where no registered body did. ``precision``: how well ``day`` is known (day, year, unknown).
    ``follow_up``: its carrying out is watched here. ``follows_id``: the decision in another body that it goes on from.
    ``sides``: what the sources say where they contradict each other, as {"says", "source", "source_ref"}.
    """

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("pilot_id", "seed_key"),
        UniqueConstraint("meeting_id", "paragraph", "correction"),
        Index("ix_decision_pilot_status", "pilot_id", "status", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"))
    seed_key: Mapped[str | None] = mapped_column(String(60))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    point_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_point.id"), index=True)
    body_key: Mapped[str | None] = mapped_column(ForeignKey("body.key"))
    decider: Mapped[str] = mapped_column(String(120), default="")
    day: Mapped[date | None] = mapped_column(Date)
    precision: Mapped[str] = mapped_column(String(10), default="day")
    paragraph: Mapped[int | None] = mapped_column(Integer)
    correction: Mapped[int] = mapped_column(Integer, default=0)
    number: Mapped[str] = mapped_column(String(80), default="")
    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20), default="proposed")
    proposal: Mapped[str] = mapped_column(Text, default="")
    decided: Mapped[str] = mapped_column(Text, default="")
    conditions: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[str] = mapped_column(Text, default="")
    executor: Mapped[str] = mapped_column(String(200), default="")
    due: Mapped[date | None] = mapped_column(Date)
    review_on: Mapped[date | None] = mapped_column(Date)
    reviewed_on: Mapped[date | None] = mapped_column(Date)
    follow_up: Mapped[bool] = mapped_column(Boolean, default=True)
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"), index=True)
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"), index=True)
    sides: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    locked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    locked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(Integer, default=1)
    updated_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    updated_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    source: Mapped[str] = mapped_column(String(200), default="")
    source_ref: Mapped[str] = mapped_column(String(100), default="")
    confidence: Mapped[str] = mapped_column(String(20), default="")
    meeting: Mapped[Meeting | None] = relationship()
    links: Mapped[list["DecisionLink"]] = relationship(order_by="DecisionLink.id", cascade="all, delete-orphan")
    sums: Mapped[list["DecisionSum"]] = relationship(order_by="DecisionSum.id", cascade="all, delete-orphan")
    registrations: Mapped[list["Registration"]] = relationship(order_by="Registration.id", cascade="all, delete-orphan")
    changes: Mapped[list["DecisionChange"]] = relationship(order_by="DecisionChange.id.desc()")

    @property
    def place_key(self) -> str:
        """The decision's key, as other things carry it and the journal names it."""
        return f"decision:{self.id}"


class DecisionLink(Base):
    """What a decision has to do with another thing, by its key ("sosr-wp4-2025:P0-05", "action:7"), or told in words alone.

    ``relation`` of ``rules.Relation``: basis, unblocks, creates, accepts.
    """

    __tablename__ = "decision_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    relation: Mapped[str] = mapped_column(String(20))
    object_key: Mapped[str] = mapped_column(String(200), default="", index=True)
    note: Mapped[str] = mapped_column(String(300), default="")


class DecisionSum(Base):
    """Money that a decision allocates (a proposal: would): ``amount`` in kronor, None where it is not known; ``account`` or source it comes from.

    ``year`` None: not told; ``last_year``: where it goes on. ``object_key``: what the money is for, by its key.
    """

    __tablename__ = "decision_sum"

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    account: Mapped[str] = mapped_column(String(200))
    amount: Mapped[int | None] = mapped_column(BigInteger)
    year: Mapped[int | None] = mapped_column(Integer)
    last_year: Mapped[int | None] = mapped_column(Integer)
    recipient: Mapped[str] = mapped_column(String(200), default="")
    object_key: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(String(300), default="")
    source: Mapped[str] = mapped_column(String(200), default="")
    source_ref: Mapped[str] = mapped_column(String(100), default="")

    @property
    def years(self) -> str:
        """The years as they are written: "2025", "2025–2026", empty where not told."""
        return "–".join(str(one) for one in (self.year, self.last_year) if one is not None)


class Registration(Base):
    """The number under which an organisation has registered a decision (diarienummer); each organisation has its own."""

    __tablename__ = "decision_registration"
    __table_args__ = (UniqueConstraint("decision_id", "organisation_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    organisation_key: Mapped[str] = mapped_column(ForeignKey("organisation.key"))
    number: Mapped[str] = mapped_column(String(60))


class DecisionChange(Base):
    """One change of a decision: who, when, from what status to what, and why. Never altered."""

    __tablename__ = "decision_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    status_from: Mapped[str] = mapped_column(String(20), default="")
    status_to: Mapped[str] = mapped_column(String(20), default="")
    text: Mapped[str] = mapped_column(Text, default="")


class Paragraph(Base):
    """A region's words before a meeting: what was done, what comes next, risks, what it asks for. ``sent_at`` empty: being written."""

    __tablename__ = "meeting_paragraph"
    __table_args__ = (UniqueConstraint("meeting_id", "region"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    region: Mapped[str] = mapped_column(String(20))
    done: Mapped[str] = mapped_column(Text, default="")
    coming: Mapped[str] = mapped_column(Text, default="")
    risks: Mapped[str] = mapped_column(Text, default="")
    asks: Mapped[str] = mapped_column(Text, default="")
    unchanged: Mapped[bool] = mapped_column(Boolean, default=False)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    version: Mapped[int] = mapped_column(Integer, default=1)
    updated_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    updated_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
