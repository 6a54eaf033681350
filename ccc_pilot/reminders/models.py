"""What was told to whom, what is on its way out, and what each person and region has chosen of it."""

from datetime import date, datetime

from sqlalchemy import JSON, Boolean, Date, ForeignKey, Index, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ccc_pilot.db import Base, UTCDateTime


class Reminder(Base):
    """One step of a ladder, told to one receiver over one channel; the unique key is the claim that it is told once.

    ``receiver``: "person:7", or "teams:ro" for a region's channel. ``state`` of a mail: waiting, gathered (into an outgoing one) or dropped
    (no longer true); in the inbox: shown, then seen. ``why`` of ``rules.Why``.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("object_key", "due", "step", "receiver", "channel", "rule"),
        Index("ix_reminder_receiver_channel_state", "receiver", "channel", "state"),
        Index("ix_reminder_channel_state", "channel", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[str] = mapped_column(String(30))
    object_key: Mapped[str] = mapped_column(String(160))
    due: Mapped[date] = mapped_column(Date)
    step: Mapped[str] = mapped_column(String(20))
    receiver: Mapped[str] = mapped_column(String(40))
    channel: Mapped[str] = mapped_column(String(10))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    region: Mapped[str] = mapped_column(String(20))
    why: Mapped[str] = mapped_column(String(12))
    urgent: Mapped[bool] = mapped_column(Boolean, default=False)
    state: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    seen_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    outgoing_id: Mapped[int | None] = mapped_column(ForeignKey("outgoing.id"), index=True)


class Outgoing(Base):
    """One message on its way out. ``key`` makes it unique ("digest:7:2026-11-23"), its hash is the Message-ID on every try.
    ``kind``: what writes it, digest or invitation.

    ``state``: waiting, sent, dead or empty (nothing in it was true any more). Whoever sends it holds the lease; ``token`` is raised with
    each claim, so that one who lost the lease cannot mark it. ``doubt``: a try may have reached the receiver, so ``content`` is sent
    again as it is.
    """

    __tablename__ = "outgoing"
    __table_args__ = (Index("ix_outgoing_state_next_try_at", "state", "next_try_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(String(12), default="digest", server_default="digest")
    channel: Mapped[str] = mapped_column(String(10))
    receiver: Mapped[str] = mapped_column(String(40), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    day: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    next_try_at: Mapped[datetime] = mapped_column(UTCDateTime)
    lease_owner: Mapped[str] = mapped_column(String(80), default="")
    lease_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    token: Mapped[int] = mapped_column(Integer, default=0)
    doubt: Mapped[bool] = mapped_column(Boolean, default=False)
    address: Mapped[str] = mapped_column(Text, default="")
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    error: Mapped[str] = mapped_column(Text, default="")
    tries: Mapped[list["OutgoingTry"]] = relationship(order_by="OutgoingTry.id")


class OutgoingTry(Base):
    """One try to send: who made it, and how it ended (sent, late: sent when the lease was lost, or why not). Never altered."""

    __tablename__ = "outgoing_try"

    id: Mapped[int] = mapped_column(primary_key=True)
    outgoing_id: Mapped[int] = mapped_column(ForeignKey("outgoing.id"), index=True)
    token: Mapped[int] = mapped_column(Integer)
    owner: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    outcome: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text, default="")


class ChannelState(Base):
    """Whether a channel can be reached: after several failures in a row nobody tries until ``shut_until``."""

    __tablename__ = "channel_state"

    channel: Mapped[str] = mapped_column(String(10), primary_key=True)
    failures: Mapped[int] = mapped_column(Integer, default=0)
    shut_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    error: Mapped[str] = mapped_column(Text, default="")


class ReminderLadder(Base):
    """The head lead's own ladder for a kind of deadline, instead of the one in ``ladders.py``; ``ladder`` has its fields."""

    __tablename__ = "reminder_ladder"

    kind: Mapped[str] = mapped_column(String(30), primary_key=True)
    ladder: Mapped[dict[str, object]] = mapped_column(JSON)
    version: Mapped[int] = mapped_column(Integer, default=1)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class ReminderChoice(Base):
    """When a person wants the day's mail, and which kinds not at all. Who has no row has the defaults."""

    __tablename__ = "reminder_choice"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    hour: Mapped[int] = mapped_column(Integer, default=7)
    weekdays: Mapped[str] = mapped_column(String(7), default="01234")
    muted: Mapped[list[str]] = mapped_column(JSON, default=list)
    version: Mapped[int] = mapped_column(Integer, default=1)
    updated_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Absence(Base):
    """A person is away from–to (both days included); the deputy gets the mails. ``ended_at``: taken back."""

    __tablename__ = "absence"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    first: Mapped[date] = mapped_column(Date)
    last: Mapped[date] = mapped_column(Date)
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Snooze(Base):
    """A person wants to hear nothing of one thing before ``until``, and said why."""

    __tablename__ = "snooze"
    __table_args__ = (Index("ix_snooze_person_object", "person_id", "object_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    object_key: Mapped[str] = mapped_column(String(160))
    until: Mapped[date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class SpentLink(Base):
    """A link of a mail by which something was answered: it works once. ``before`` is what an undo restores, ``version`` the answer's own."""

    __tablename__ = "spent_link"

    nonce: Mapped[str] = mapped_column(String(40), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    object_key: Mapped[str] = mapped_column(String(160))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    before: Mapped[dict[str, object]] = mapped_column(JSON)
    version: Mapped[int] = mapped_column(Integer)
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class CalendarFeed(Base):
    """A secret address at which a calendar fetches the deadlines of a person (``region`` empty) or of a region. Revoked, it is dead."""

    __tablename__ = "calendar_feed"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    region: Mapped[str] = mapped_column(String(20), default="")
    seal: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class TeamsHook(Base):
    """The webhook of a region's channel in Teams (of the joint one, the network's key). The address is a secret."""

    __tablename__ = "teams_hook"

    region: Mapped[str] = mapped_column(String(20), primary_key=True)
    address: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
