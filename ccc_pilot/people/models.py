"""Who there is: organisations, bodies, pilots, persons, posts and who holds them, log-in sessions."""

from datetime import date, datetime

from sqlalchemy import JSON, Boolean, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ccc_pilot.db import Base, UTCDateTime
from ccc_pilot.i18n import Text as Words


class Organisation(Base):
    """A region, healthcare region, RCC, agency or other party; ``key`` is what other rows carry."""

    __tablename__ = "organisation"

    key: Mapped[str] = mapped_column(String(20), primary_key=True)
    short: Mapped[str] = mapped_column(String(40))
    name_sv: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    kind: Mapped[str] = mapped_column(String(30))
    parent_key: Mapped[str | None] = mapped_column(ForeignKey("organisation.key"))
    hospital: Mapped[str] = mapped_column(String(200), default="")
    source: Mapped[str] = mapped_column(String(200), default="")

    @property
    def name(self) -> Words:
        """The name in the languages of the house."""
        return Words(self.name_sv, self.name_en)


class Body(Base):
    """A body that meets: RSL, Samverkansnämnden, RCC's steering group … ``minutes``: anteckningar, protokoll or empty."""

    __tablename__ = "body"

    key: Mapped[str] = mapped_column(String(20), primary_key=True)
    short: Mapped[str] = mapped_column(String(40), default="")
    name_sv: Mapped[str] = mapped_column(String(200))
    organisation_key: Mapped[str] = mapped_column(ForeignKey("organisation.key"))
    minutes: Mapped[str] = mapped_column(String(20), default="")
    source: Mapped[str] = mapped_column(String(200), default="")


class Pilot(Base):
    """A pilot (kind: regional, national or cccn) with its regions in their fixed order and the plans it follows."""

    __tablename__ = "pilot"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    name_sv: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    network_key: Mapped[str] = mapped_column(ForeignKey("organisation.key"))
    start: Mapped[date | None] = mapped_column(Date)
    start_confidence: Mapped[str] = mapped_column(String(20), default="assumption")
    length_months: Mapped[int] = mapped_column(Integer, default=15)
    plan_keys: Mapped[list[str]] = mapped_column(JSON, default=list)
    version: Mapped[int] = mapped_column(Integer, default=1)
    network: Mapped["Organisation"] = relationship()
    regions: Mapped[list["PilotRegion"]] = relationship(order_by="PilotRegion.position", cascade="all, delete-orphan")

    @property
    def name(self) -> Words:
        """The name in the languages of the house."""
        return Words(self.name_sv, self.name_en)


class PilotRegion(Base):
    """A region that takes part in a pilot; ``position`` is its fixed column (RÖ, RJL, RKL)."""

    __tablename__ = "pilot_region"

    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"), primary_key=True)
    organisation_key: Mapped[str] = mapped_column(ForeignKey("organisation.key"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer)
    organisation: Mapped[Organisation] = relationship()


class Person(Base):
    """Somebody who can log in. No title or region here: those belong to the posts held."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(255), default="")
    language: Mapped[str] = mapped_column(String(2), default="sv")
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    demo: Mapped[bool] = mapped_column(Boolean, default=False)
    factor_secret: Mapped[str] = mapped_column(String(64), default="")
    factor_step: Mapped[int] = mapped_column(Integer, default=0)
    factor_reset_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    link_seal: Mapped[str] = mapped_column(String(32), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    holdings: Mapped[list["Holding"]] = relationship(back_populates="person", foreign_keys="Holding.person_id")

    @property
    def initials(self) -> str:
        """Up to two letters for the badge."""
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


class Post(Base):
    """A post (role at an organisation, in a pilot); it stays when its holder goes."""

    __tablename__ = "post"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    role: Mapped[str] = mapped_column(String(30), index=True)
    organisation_key: Mapped[str] = mapped_column(ForeignKey("organisation.key"))
    pilot_id: Mapped[int | None] = mapped_column(ForeignKey("pilot.id"))
    title_sv: Mapped[str] = mapped_column(String(120))
    title_en: Mapped[str] = mapped_column(String(120), default="")
    optional: Mapped[bool] = mapped_column(Boolean, default=False)
    position: Mapped[int] = mapped_column(Integer, default=0)
    source: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    organisation: Mapped[Organisation] = relationship()
    holdings: Mapped[list["Holding"]] = relationship(back_populates="post", order_by="Holding.since")

    @property
    def title(self) -> Words:
        """The title in the languages of the house."""
        return Words(self.title_sv, self.title_en)


class Holding(Base):
    """A person holds a post from–to. ``approved_by_id`` is empty while a second person's approval is waited for."""

    __tablename__ = "holding"
    __table_args__ = (Index("ix_holding_post_since", "post_key", "since"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post_key: Mapped[str] = mapped_column(ForeignKey("post.key"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    share_percent: Mapped[int | None] = mapped_column(Integer)
    months: Mapped[int | None] = mapped_column(Integer)
    handover_note: Mapped[str] = mapped_column(Text, default="")
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved: Mapped[bool] = mapped_column(Boolean, default=True)
    person: Mapped[Person] = relationship(back_populates="holdings", foreign_keys=[person_id])
    deputy: Mapped[Person | None] = relationship(foreign_keys=[deputy_id])
    post: Mapped[Post] = relationship(back_populates="holdings")

    def holds_on(self, day: date) -> bool:
        """Whether the post is held on ``day`` (both ends included) with its approval given."""
        return self.approved and self.since <= day and (self.until is None or day <= self.until)


class LoginSession(Base):
    """A log-in that lives on the server; the cookie carries only a token whose SHA-256 stands here."""

    __tablename__ = "login_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    stage: Mapped[str] = mapped_column(String(10), default="full")
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    agent: Mapped[str] = mapped_column(String(200), default="")
    person: Mapped[Person] = relationship()


class Attempt(Base):
    """A counted attempt (log-in, second factor, reset mail): throttling holds over all workers and hosts."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_kind_subject_at", "kind", "subject", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
