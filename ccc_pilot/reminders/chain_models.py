"""Chains: a final date by which something is reported, and the feeder dates that are counted back from it."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ccc_pilot.db import Base, UTCDateTime


class Chain(Base):
    """A report with its final date; ``kind`` is the pattern it was made from."""

    __tablename__ = "chain"

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"))
    kind: Mapped[str] = mapped_column(String(30))
    title: Mapped[str] = mapped_column(String(200))
    final: Mapped[date] = mapped_column(Date)
    version: Mapped[int] = mapped_column(Integer, default=1)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    cancelled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    steps: Mapped[list["ChainStep"]] = relationship(order_by="ChainStep.due, ChainStep.id", back_populates="chain")


class ChainStep(Base):
    """One feeder date: what is to be done by whom; ``offset``: working days before the final date."""

    __tablename__ = "chain_step"
    __table_args__ = (Index("ix_chain_step_done_at_due", "done_at", "due"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    chain_id: Mapped[int] = mapped_column(ForeignKey("chain.id"), index=True)
    key: Mapped[str] = mapped_column(String(30))
    role: Mapped[str] = mapped_column(String(30))
    region: Mapped[str] = mapped_column(String(20))
    offset: Mapped[int] = mapped_column(Integer)
    due: Mapped[date] = mapped_column(Date)
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    chain: Mapped[Chain] = relationship(back_populates="steps")
