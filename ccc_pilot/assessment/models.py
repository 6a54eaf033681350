"""A round of assessment, the regions' answers in it and the network's, with their history."""

from datetime import date, datetime

from sqlalchemy import JSON, Boolean, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ccc_pilot.db import Base, UTCDateTime
from ccc_pilot.people.policy import NETWORK


class AssessmentRound(Base):
    """One round: an edition of standards that the regions of a pilot answer together, from its opening to its close.

    ``designation`` is what is sought (CC, CCC, NET) and chooses the points, empty takes all; ``independent``: regions do not see one
    another until they are ``revealed_at``, or the due date has passed. ``signed_*`` and ``project_group`` are asked for at the go/no-go.
    """

    __tablename__ = "assessment_round"

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    edition_key: Mapped[str] = mapped_column(String(80))
    designation: Mapped[str] = mapped_column(String(10), default="")
    region_keys: Mapped[list[str]] = mapped_column(JSON)
    independent: Mapped[bool] = mapped_column(Boolean, default=True)
    index_year: Mapped[int | None] = mapped_column(Integer)
    start: Mapped[date] = mapped_column(Date)
    due: Mapped[date] = mapped_column(Date)
    first_due: Mapped[date] = mapped_column(Date)
    visit: Mapped[date | None] = mapped_column(Date)
    plan_due: Mapped[date | None] = mapped_column(Date)
    stage: Mapped[str] = mapped_column(String(20), default="open")
    revealed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    frozen_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    frozen_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    signed_on: Mapped[date | None] = mapped_column(Date)
    signed_by: Mapped[str] = mapped_column(String(200), default="")
    project_group: Mapped[str] = mapped_column(Text, default="")
    source_id: Mapped[int | None] = mapped_column(ForeignKey("assessment_round.id"))
    demo: Mapped[bool] = mapped_column(Boolean, default=False)
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(Integer, default=1)

    @property
    def key(self) -> str:
        """The round's name in the journal and in links: "round:7"."""
        return f"round:{self.id}"

    @property
    def joint(self) -> bool:
        """Whether the network answers as one, instead of each region for itself."""
        return self.region_keys == [NETWORK]

    def point_key(self, slug: str) -> str:
        """The key of one of its points by the id that stands in addresses."""
        return f"{self.edition_key}:{slug}"


class AssessmentAnswer(Base):
    """What a region answers on a point. ``score`` is a code of the edition's scale, None while it is not scored.

    ``pdca``: which of P, D, C and A are in place; ``absence``: why mandatory evidence is missing; ``improvement``: what is to be
    improved; ``reopened``: for clarification. Chapter and position are here so that the database can count and order.
    """

    __tablename__ = "assessment_answer"
    __table_args__ = (
        UniqueConstraint("round_id", "region", "point_key"),
        Index("ix_assessment_answer_order", "round_id", "region", "position"),
        Index("ix_assessment_answer_standing", "round_id", "region", "chapter_key", "state", "score"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"))
    region: Mapped[str] = mapped_column(String(20))
    point_key: Mapped[str] = mapped_column(String(160), index=True)
    chapter_key: Mapped[str] = mapped_column(String(160))
    position: Mapped[int] = mapped_column(Integer)
    score: Mapped[str | None] = mapped_column(String(20))
    na_reason: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    summary_en: Mapped[str] = mapped_column(Text, default="")
    pdca: Mapped[str] = mapped_column(String(4), default="")
    absence: Mapped[str] = mapped_column(Text, default="")
    improvement: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(20), default="empty")
    reopened: Mapped[bool] = mapped_column(Boolean, default=False)
    demo: Mapped[bool] = mapped_column(Boolean, default=False)
    scored_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    updated_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(Integer, default=1)
    round: Mapped[AssessmentRound] = relationship()

    @property
    def object_key(self) -> str:
        """The answer's name in the journal, and that by which evidence is linked to it: "edition:point@region"."""
        return f"{self.point_key}@{self.region}"

    @property
    def slug(self) -> str:
        """The point's id as it stands in addresses."""
        return self.point_key.split(":", 1)[1]


class AnswerChange(Base):
    """One step of an answer: who, when, what, from which state and score to which, and what was said. Never altered."""

    __tablename__ = "assessment_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("assessment_answer.id"), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    act: Mapped[str] = mapped_column(String(20))
    state_from: Mapped[str] = mapped_column(String(20))
    state_to: Mapped[str] = mapped_column(String(20))
    score_from: Mapped[str | None] = mapped_column(String(20))
    score_to: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text, default="")
    comment: Mapped[str] = mapped_column(Text, default="")


class NetworkAnswer(Base):
    """The network's own answer on a point, as agreed: its score, why, which regions agreed, and the view of those who did not.

    ``rule``: lowest (the default) or agreed; ``basis``: the regions' scores that it was decided on.
    """

    __tablename__ = "assessment_network_answer"
    __table_args__ = (UniqueConstraint("round_id", "point_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"))
    point_key: Mapped[str] = mapped_column(String(160))
    score: Mapped[str] = mapped_column(String(20))
    rule: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text, default="")
    agreed: Mapped[list[str]] = mapped_column(JSON)
    basis: Mapped[dict[str, str | None]] = mapped_column(JSON)
    dissent: Mapped[str] = mapped_column(Text, default="")
    updated_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    version: Mapped[int] = mapped_column(Integer, default=1)


class RoundTransition(Base):
    """One move of a round between stages: who, when, why. Never altered."""

    __tablename__ = "assessment_transition"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    stage_from: Mapped[str] = mapped_column(String(20))
    stage_to: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")


class RoundWaiver(Base):
    """A rule of readiness that the lead project manager lets a round pass without, and why."""

    __tablename__ = "assessment_waiver"
    __table_args__ = (UniqueConstraint("round_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"))
    code: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class OutsideDecision(Base):
    """What a body outside decided on a round: recorded with body and day, never worked out."""

    __tablename__ = "assessment_outside_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"), index=True)
    stage: Mapped[str] = mapped_column(String(20))
    body: Mapped[str] = mapped_column(String(200))
    decided_on: Mapped[date] = mapped_column(Date)
    verdict: Mapped[str] = mapped_column(String(20), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class RoundSnapshot(Base):
    """A round as it was frozen: all its answers as JSON in a fixed form, and the SHA-256 of that. Never altered."""

    __tablename__ = "assessment_snapshot"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    content: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(String(64))
