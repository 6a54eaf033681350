"""Where a milestone stands, region by region; its history, comments and links."""

from datetime import date, datetime

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ccc_pilot.db import Base, UTCDateTime


def plan_id_of(key: str) -> str:
    """Return the id within its plan of a line's ``key``."""
    return key.split(":", 1)[1]


def slug_of(key: str, occurrence: str) -> str:
    """Return how a line stands in addresses: its id, with its occurrence where it has one ("PR-01~2025-10")."""
    return f"{plan_id_of(key)}~{occurrence}" if occurrence else plan_id_of(key)


def period_of(occurrence: str) -> str:
    """Return which time of a recurring line it is, as people read it ("2026-04–2026-09"); else empty."""
    return occurrence.replace("--", "–")


class MilestoneLine(Base):
    """One milestone that a pilot follows: a line of the matrix.

    ``key`` is "edition:id" of the catalogue, where all its text is; ``occurrence`` is empty, or names which time of a
    recurring one ("2025-10"). Phase, owner and the folded search text are here so that the database can filter and page.
    """

    __tablename__ = "milestone_line"
    __table_args__ = (
        UniqueConstraint("pilot_id", "key", "occurrence"),
        Index("ix_milestone_line_order", "pilot_id", "position", "occurrence"),
        Index("ix_milestone_line_reporting", "pilot_id", "reporting", "position", "occurrence"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"))
    plan_key: Mapped[str] = mapped_column(String(60))
    key: Mapped[str] = mapped_column(String(120), index=True)
    occurrence: Mapped[str] = mapped_column(String(20), default="")
    position: Mapped[int] = mapped_column(Integer)
    phase: Mapped[str] = mapped_column(String(40))
    owner_role: Mapped[str] = mapped_column(String(40))
    reporting: Mapped[bool] = mapped_column(Boolean, default=False)
    search: Mapped[str] = mapped_column(Text, default="")
    rows: Mapped[list["MilestoneRow"]] = relationship(back_populates="line", order_by="MilestoneRow.id")

    @property
    def plan_id(self) -> str:
        """The id within its plan."""
        return plan_id_of(self.key)

    @property
    def slug(self) -> str:
        """The id as it stands in addresses: with its occurrence where it has one ("PR-01~2025-10")."""
        return slug_of(self.key, self.occurrence)

    @property
    def period(self) -> str:
        """Which time of a recurring one, as people read it ("2026-04–2026-09"); else empty."""
        return period_of(self.occurrence)


class MilestoneRow(Base):
    """Where a line stands in one region (or jointly). ``first_due`` never changes once set; ``due`` may, with a reason.

    ``assumed``: the date rests on an assumption that nobody has confirmed. ``recurs``: one time of a recurring line.
    """

    __tablename__ = "milestone_row"
    __table_args__ = (
        UniqueConstraint("line_id", "region"),
        Index("ix_milestone_row_standing", "pilot_id", "region", "status", "due", "recurs", "assumed"),
        Index("ix_milestone_row_due", "pilot_id", "due"),
        Index("ix_milestone_row_of_line", "pilot_id", "line_id", "status", "due", "region", "recurs"),
        Index("ix_milestone_row_line_due", "line_id", "due"),
        Index("ix_milestone_row_recurring", "pilot_id", "recurs", "region", "status", "due"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("milestone_line.id"))
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"))
    region: Mapped[str] = mapped_column(String(20))
    recurs: Mapped[bool] = mapped_column(Boolean, default=False)
    status: Mapped[str] = mapped_column(String(20), default="not_started")
    percent: Mapped[int] = mapped_column(Integer, default=0)
    comment: Mapped[str] = mapped_column(Text, default="")
    due: Mapped[date | None] = mapped_column(Date)
    first_due: Mapped[date | None] = mapped_column(Date)
    assumed: Mapped[bool] = mapped_column(Boolean, default=False)
    due_by_hand: Mapped[bool] = mapped_column(Boolean, default=False)
    due_reason: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(Integer, default=1)
    updated_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    updated_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    line: Mapped[MilestoneLine] = relationship(back_populates="rows")
    changes: Mapped[list["MilestoneChange"]] = relationship(order_by="MilestoneChange.id.desc()", back_populates="row")

    @property
    def place(self) -> str:
        """The row's name in the journal: "edition:id@region", with the occurrence where there is one."""
        return f"{self.line.key}@{self.region}" + (f"/{self.line.occurrence}" if self.line.occurrence else "")


class MilestoneTally(Base):
    """How many rows stand where, region by region. Kept by triggers of the database (migration 0015); nobody else writes it."""

    __tablename__ = "milestone_tally"

    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"), primary_key=True)
    region: Mapped[str] = mapped_column(String(20), primary_key=True)
    status: Mapped[str] = mapped_column(String(20), primary_key=True)
    n: Mapped[int] = mapped_column(Integer)


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


class MilestoneBatch(Base):
    """Several rows changed at once by one person, so that it can be told how it went and undone in one step."""

    __tablename__ = "milestone_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    parts: Mapped[list["MilestoneBatchPart"]] = relationship(order_by="MilestoneBatchPart.id")


class MilestoneBatchPart(Base):
    """How it went with one row of a batch: ``outcome`` of ``bulk.Outcome``, ``why`` in the words of the one who did it.

    ``version`` is the row's after it was saved; the fields ``…_before`` are what an undo restores.
    """

    __tablename__ = "milestone_batch_part"
    __table_args__ = (UniqueConstraint("batch_id", "row_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("milestone_batch.id"))
    row_id: Mapped[int] = mapped_column(ForeignKey("milestone_row.id"))
    outcome: Mapped[str] = mapped_column(String(20))
    why: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(Integer)
    status_before: Mapped[str] = mapped_column(String(20))
    percent_before: Mapped[int] = mapped_column(Integer)
    comment_before: Mapped[str] = mapped_column(Text)
    row: Mapped[MilestoneRow] = relationship()


class MilestoneComment(Base):
    """What somebody says of a line, jointly or for a ``region`` (else empty). Never altered; it can be retracted, and is kept then too."""

    __tablename__ = "milestone_comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("milestone_line.id"), index=True)
    region: Mapped[str] = mapped_column(String(20), default="")
    text: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    retracted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    retracted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class MilestoneLink(Base):
    """A page (``address``) or a document elsewhere (``note`` tells where) that belongs to a line. Never fetched; kept when removed."""

    __tablename__ = "milestone_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("milestone_line.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class AssumptionVerdict(Base):
    """The head lead's word on an assumption of a catalogue (confirmed or corrected), kept apart from the catalogue itself."""

    __tablename__ = "assumption_verdict"
    __table_args__ = (UniqueConstraint("pilot_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"))
    key: Mapped[str] = mapped_column(String(120))
    verdict: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(Integer, default=1, server_default="1")


class MilestoneDependency(Base):
    """A dependency of the pilot's own, beside those of its plans: the line ``key`` waits for the line ``waits_for``."""

    __tablename__ = "milestone_dependency"
    __table_args__ = (UniqueConstraint("pilot_id", "key", "waits_for"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"))
    key: Mapped[str] = mapped_column(String(120))
    waits_for: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
