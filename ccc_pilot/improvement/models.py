"""The improvement plan: its actions, where they come from, and what has become of each."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ccc_pilot.db import Base, UTCDateTime


class ImprovementPlan(Base):
    """An improvement plan (or a strategic plan that one feeds). ``number`` is the version now worked on, ``state`` of ``rules.PlanState``.

    ``columns`` holds up to five columns of its own: key, title, kind (text, choice, day, whole) and choices. ``quorum``: how many of the
    named reviewers must have said yes. ``feeds_id``: the plan that this one feeds. ``version`` is the row's, for those who save at once.
    """

    __tablename__ = "improvement_plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[str] = mapped_column(String(20), default="improvement")
    state: Mapped[str] = mapped_column(String(30), default="draft")
    number: Mapped[int] = mapped_column(Integer, default=1)
    quorum: Mapped[int] = mapped_column(Integer, default=1)
    columns: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    feeds_id: Mapped[int | None] = mapped_column(ForeignKey("improvement_plan.id"))
    source: Mapped[str] = mapped_column(String(200), default="")
    confidence: Mapped[str] = mapped_column(String(20), default="fact")
    version: Mapped[int] = mapped_column(Integer, default=1)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    updated_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class PlanVersion(Base):
    """A version of a plan as it was adopted: every action's fields as they stood. Never altered."""

    __tablename__ = "improvement_plan_version"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("improvement_plan.id"))
    number: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decision: Mapped[str] = mapped_column(String(200), default="")
    content: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class PlanStep(Base):
    """A step that a plan has taken: who moved it, from which state to which, and why. Never altered.

    ``region``: whose agreement it was, which ``stands`` until something of that region's is changed.
    """

    __tablename__ = "improvement_plan_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("improvement_plan.id"), index=True)
    number: Mapped[int] = mapped_column(Integer)
    state_from: Mapped[str] = mapped_column(String(30))
    state_to: Mapped[str] = mapped_column(String(30))
    region: Mapped[str] = mapped_column(String(20), default="")
    reference: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    stands: Mapped[bool] = mapped_column(Boolean, default=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class PlanReviewer(Base):
    """A person who is named to review a plan on behalf of the RCC."""

    __tablename__ = "improvement_reviewer"

    plan_id: Mapped[int] = mapped_column(ForeignKey("improvement_plan.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)


class PlanGap(Base):
    """A gap or a finding that a plan must answer, by its key ("gap:<round>:<point>@<region>", "finding:<id>").

    ``risk_decision`` names the decision by which its risk was accepted instead of acted upon; ``core``: it concerns a core point.
    """

    __tablename__ = "improvement_gap"
    __table_args__ = (UniqueConstraint("plan_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("improvement_plan.id"))
    key: Mapped[str] = mapped_column(String(160))
    title: Mapped[str] = mapped_column(Text, default="")
    region: Mapped[str] = mapped_column(String(20))
    core: Mapped[bool] = mapped_column(Boolean, default=False)
    noted_at: Mapped[datetime] = mapped_column(UTCDateTime)
    risk_decision: Mapped[str] = mapped_column(String(160), default="")
    risk_reason: Mapped[str] = mapped_column(Text, default="")
    risk_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    risk_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


def code_of(number: int) -> str:
    """Return what the action ``number`` of a plan is called by: F-01, F-02 …"""
    return f"F-{number:02}"


class Action(Base):
    """One action of a plan. ``first_due`` never changes once the action is agreed; ``due`` may, with a reason, and each move counts.

    ``region`` is a region's key or that of the whole network. ``state`` of ``rules.State``, ``phase`` of ``rules.Phase``, ``review`` of
    ``rules.Verdict``. The responsible one is a post, a person, or words where neither is known here. ``extra``: the plan's own columns.
    """

    __tablename__ = "improvement_action"
    __table_args__ = (
        UniqueConstraint("plan_id", "number"),
        Index("ix_improvement_action_standing", "plan_id", "state", "review", "due", "region"),
        Index("ix_improvement_action_review", "plan_id", "review"),
        Index("ix_improvement_action_owner", "owner_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("improvement_plan.id"))
    number: Mapped[int] = mapped_column(Integer)
    region: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(300))
    why: Mapped[str] = mapped_column(Text, default="")
    current: Mapped[str] = mapped_column(Text, default="")
    causes: Mapped[str] = mapped_column(Text, default="")
    how: Mapped[str] = mapped_column(Text, default="")
    goal: Mapped[str] = mapped_column(Text, default="")
    measured: Mapped[str] = mapped_column(Text, default="")
    measured_by: Mapped[str] = mapped_column(String(200), default="")
    proof: Mapped[str] = mapped_column(Text, default="")
    keep: Mapped[str] = mapped_column(Text, default="")
    promise: Mapped[str] = mapped_column(String(20), default="")
    indicator: Mapped[str] = mapped_column(String(200), default="")
    baseline: Mapped[str] = mapped_column(String(100), default="")
    aim: Mapped[str] = mapped_column(String(100), default="")
    for_patients: Mapped[str] = mapped_column(Text, default="")
    for_staff: Mapped[str] = mapped_column(Text, default="")
    for_governance: Mapped[str] = mapped_column(Text, default="")
    post_key: Mapped[str | None] = mapped_column(ForeignKey("post.key"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    owner_words: Mapped[str] = mapped_column(String(200), default="")
    start: Mapped[date | None] = mapped_column(Date)
    due: Mapped[date | None] = mapped_column(Date)
    first_due: Mapped[date | None] = mapped_column(Date)
    due_reason: Mapped[str] = mapped_column(Text, default="")
    shifts: Mapped[int] = mapped_column(Integer, default=0)
    phase: Mapped[str] = mapped_column(String(10), default="plan")
    priority: Mapped[str] = mapped_column(String(10), default="")
    effort: Mapped[str] = mapped_column(String(200), default="")
    cost: Mapped[int | None] = mapped_column(Integer)
    percent: Mapped[int] = mapped_column(Integer, default=0)
    state: Mapped[str] = mapped_column(String(20), default="proposed")
    blocked_reason: Mapped[str] = mapped_column(Text, default="")
    waiting_for: Mapped[str] = mapped_column(String(200), default="")
    decision: Mapped[str] = mapped_column(String(160), default="")
    claimed_on: Mapped[date | None] = mapped_column(Date)
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    effect: Mapped[str] = mapped_column(String(20), default="")
    effect_value: Mapped[str] = mapped_column(String(100), default="")
    review: Mapped[str] = mapped_column(String(20), default="")
    tags: Mapped[list[str]] = mapped_column(JSON, default=list)
    extra: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    search: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(200), default="")
    confidence: Mapped[str] = mapped_column(String(20), default="fact")
    version: Mapped[int] = mapped_column(Integer, default=1)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    plan: Mapped[ImprovementPlan] = relationship()
    links: Mapped[list["ActionLink"]] = relationship(order_by="ActionLink.id", cascade="all, delete-orphan")

    @property
    def code(self) -> str:
        """What the action is called by: F-01, F-02 …"""
        return code_of(self.number)

    @property
    def owner(self) -> str:
        """Who is responsible, as the form has it: "post:<key>", "person:<id>" or nothing."""
        return f"post:{self.post_key}" if self.post_key else f"person:{self.owner_id}" if self.owner_id else ""

    @property
    def key(self) -> str:
        """How other rooms point to it."""
        return f"action:{self.id}"


class ActionLink(Base):
    """What an action comes from or belongs to, by its key. ``kind``: origin, milestone or waits_for (another action's key); ``title`` in words."""

    __tablename__ = "improvement_link"
    __table_args__ = (UniqueConstraint("action_id", "kind", "key"), Index("ix_improvement_link_key", "key"))

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("improvement_action.id"))
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(160))
    title: Mapped[str] = mapped_column(Text, default="")


class ActionTag(Base):
    """A tag of an action, folded, so that the database can narrow a list by it."""

    __tablename__ = "improvement_tag"

    action_id: Mapped[int] = mapped_column(ForeignKey("improvement_action.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(60), primary_key=True)


class ActionChange(Base):
    """One thing done to an action, never altered. ``kind``: made, edit, progress, turn (of PDSA), link, state or review.

    ``changes``: [field, before, after] each, as texts.
    """

    __tablename__ = "improvement_change"
    __table_args__ = (Index("ix_improvement_change_action_at", "action_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("improvement_action.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    phase: Mapped[str] = mapped_column(String(10), default="")
    changes: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    text: Mapped[str] = mapped_column(Text, default="")
