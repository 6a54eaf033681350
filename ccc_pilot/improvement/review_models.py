"""What is said of an improvement plan and its actions: reviews, comments, saved views, and changes of several at once."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ccc_pilot.db import Base, UTCDateTime
from ccc_pilot.improvement.models import Action


class Review(Base):
    """A reviewer's word on an action, or on the plan as a whole (``action_id`` None). Never altered; ``number`` is the plan's version.

    ``missing``: what was asked for (goal, measure, owner, proof); ``seen``: the version of the action or plan that was read. ``stands``
    is taken away when the plan is submitted anew, or the action is answered: the word then belongs to the history.
    """

    __tablename__ = "improvement_review"
    __table_args__ = (Index("ix_improvement_review_plan", "plan_id", "number", "stands"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("improvement_plan.id"))
    action_id: Mapped[int | None] = mapped_column(ForeignKey("improvement_action.id"), index=True)
    number: Mapped[int] = mapped_column(Integer)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    verdict: Mapped[str] = mapped_column(String(20))
    missing: Mapped[list[str]] = mapped_column(JSON, default=list)
    comment: Mapped[str] = mapped_column(Text, default="")
    seen: Mapped[int] = mapped_column(Integer)
    stands: Mapped[bool] = mapped_column(Boolean, default=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class Remark(Base):
    """What somebody says of an action, or of the plan (``action_id`` None). Never altered; it can be taken back, and is kept then too."""

    __tablename__ = "improvement_remark"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("improvement_plan.id"), index=True)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("improvement_action.id"), index=True)
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("improvement_remark.id"))
    text: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    retracted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    retracted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Mention(Base):
    """A person who is spoken to in a remark."""

    __tablename__ = "improvement_mention"

    remark_id: Mapped[int] = mapped_column(ForeignKey("improvement_remark.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    seen_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class SavedView(Base):
    """A way to look at a plan's table that somebody has named: ``query`` is the address's parameters. ``shared``: all may use it."""

    __tablename__ = "improvement_view"
    __table_args__ = (UniqueConstraint("plan_id", "person_id", "title"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("improvement_plan.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    title: Mapped[str] = mapped_column(String(80))
    query: Mapped[str] = mapped_column(Text)
    shared: Mapped[bool] = mapped_column(Boolean, default=False)
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class ActionBatch(Base):
    """Several actions changed at once by one person, so that it can be told how it went and undone in one step."""

    __tablename__ = "improvement_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("improvement_plan.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    parts: Mapped[list["ActionBatchPart"]] = relationship(order_by="ActionBatchPart.id")


class ActionBatchPart(Base):
    """How it went with one action of a batch: saved, same, changed, refused or undone, and ``why``.

    ``version`` is the action's after it was saved; ``before`` holds the fields that an undo restores, as texts.
    """

    __tablename__ = "improvement_batch_part"
    __table_args__ = (UniqueConstraint("batch_id", "action_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("improvement_batch.id"))
    action_id: Mapped[int] = mapped_column(ForeignKey("improvement_action.id"))
    outcome: Mapped[str] = mapped_column(String(20))
    why: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(Integer)
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    action: Mapped[Action] = relationship()
