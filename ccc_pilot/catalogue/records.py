"""The frozen records of a plan of milestones, as the rest of the house reads them."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from ccc_pilot.dates import DateSpan
from ccc_pilot.i18n import Text

KINDS = ("pilot", "call", "site_visit", "assignment")
CONFIDENCES = ("fact", "derived", "assumption")
# "proposed": a decision is proposed, its outcome unknown. "passed": the day has passed, the sources do not tell the outcome.
STATUSES = ("not_started", "ongoing", "done", "dropped", "proposed", "passed")
FREQUENCIES = {"monthly": 12, "quarterly": 4, "half_yearly": 2, "yearly": 1}  # periods in a year

Confidence = Literal["fact", "derived", "assumption"]
Status = Literal["not_started", "ongoing", "done", "dropped", "proposed", "passed"]


@dataclass(frozen=True, slots=True)
class Fixed:
    """A day or a span of the calendar."""

    span: DateSpan
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Offset:
    """A number of months after the plan's start."""

    months: int
    raw: str = ""


@dataclass(frozen=True, slots=True)
class PlanMonths:
    """Whole months counted from the plan's first month, which is 1: first=1, last=2 is the first two months."""

    first: int
    last: int
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Something due once in every period.

    ``period_ends`` holds (month, day) of each period's last day in a year, empty for calendar periods. It is due on ``day`` of the month
    after the period, else ``days_after`` days after the period's end.
    """

    freq: Literal["monthly", "quarterly", "half_yearly", "yearly"]
    period_ends: tuple[tuple[int, int], ...] = ()
    day: int | None = None
    days_after: int = 0
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Undated:
    """No day is known. ``raw`` holds what the source says instead, such as "vid behov"."""

    raw: str = ""


When = Fixed | Offset | PlanMonths | Recurrence | Undated


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of several contradicting dates for the same item, with the source that gives it."""

    span: DateSpan
    source: str
    source_ref: str = ""


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of a plan."""

    id: str
    title: Text
    order: int


@dataclass(frozen=True, slots=True)
class Source:
    """A document or a page that a plan rests on; ``ref`` is the short form that the items' ``source_ref`` begins with."""

    id: str
    title: Text
    ref: str = ""
    url: str = ""
    span: DateSpan | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What the sources leave open, and the role of the one to ask."""

    id: str
    text: Text
    ask: str
    source: str
    source_ref: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One milestone, task or duty of a plan.

    ``key`` is "plan:id". ``confidence`` is the weaker of what is known about the task and about its date. ``status`` is what the sources
    say, as of ``status_day``. ``conflict`` holds the contradicting dates, None when the sources agree. ``also`` holds the ids
    under which the sources' own lists carry the item.
    """

    id: str
    key: str
    title: Text
    phase: str
    owner_role: str
    when: When
    source: str
    confidence: Confidence
    order: int
    description: Text = field(default_factory=Text)
    per_region: bool = False
    reporting: bool = False
    report_to: str | None = None
    depends_on: tuple[str, ...] = ()
    reminder_days: tuple[int, ...] = ()
    source_ref: str = ""
    active: bool = True
    status: Status = "not_started"
    status_day: date | None = None
    conflict: tuple[Alternative, ...] | None = None
    warnings: tuple[Text, ...] = ()
    ja_ref: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A plan of milestones. ``start`` is None until somebody decides it; ``length_months`` is None when nothing is known."""

    key: str
    title: Text
    summary: Text
    kind: Literal["pilot", "call", "site_visit", "assignment"]
    edition: str
    phases: tuple[Phase, ...]
    items: tuple[Item, ...]
    sources: tuple[Source, ...] = ()
    open_questions: tuple[Question, ...] = ()
    start: date | None = None
    start_confidence: Confidence | None = None
    length_months: int | None = None
    receivers: tuple[str, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Item]:
        """Return the items by their id inside the plan."""
        return {item.id: item for item in self.items}

    @cached_property
    def waits_for(self) -> dict[str, tuple[str, ...]]:
        """Return what each item waits for, by keys ("plan:id"); items that wait for nothing are left out."""
        return {item.key: tuple(f"{self.key}:{name}" for name in item.depends_on) for item in self.items if item.depends_on}

    @cached_property
    def waited_for(self) -> dict[str, tuple[str, ...]]:
        """Return what waits for each item, by keys, in the plan's order; items that nothing waits for are left out."""
        found: dict[str, tuple[str, ...]] = {}
        for key, on in self.waits_for.items():
            for before in on:
                found[before] = (*found.get(before, ()), key)
        return found

    @cached_property
    def owner_roles(self) -> frozenset[str]:
        """Return the roles that own an item in use."""
        return frozenset(item.owner_role for item in self.items if item.active)
