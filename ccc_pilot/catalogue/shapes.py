"""The shape of plan.toml: keys, types and limits, strict, with nothing beside what is named here."""

from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import Annotated, Any, NoReturn, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from ccc_pilot.catalogue.records import CONFIDENCES, FREQUENCIES, KINDS, STATUSES
from ccc_pilot.catalogue.roles import ROLES
from ccc_pilot.dates import BadDate, DateSpan, parse_span

_DATE_CODES = {"unreadable": "unreadable_date", "no_such_day": "impossible_date", "year_missing": "year_missing"}


def refuse(code: str, **parameters: object) -> NoReturn:
    """Refuse the value with the message ``code`` of faults.MESSAGES. Always raises, and the reader notes it with its place."""
    raise PydanticCustomError("ours", "{code}", {"code": code, **parameters})


def one_of(allowed: Collection[str]) -> Callable[[str], str]:
    """Return a check that lets a text through only if it is one of ``allowed``."""

    def check(value: str) -> str:
        return value if value in allowed else refuse("not_one_of", allowed=", ".join(allowed))

    return check


def _span(value: Any) -> DateSpan:
    if isinstance(value, date) and not isinstance(value, datetime):
        return DateSpan(value, value, "day", value.isoformat())
    if not isinstance(value, str):
        refuse("not_date")
    try:
        return parse_span(value, None)
    except BadDate as fault:
        refuse(_DATE_CODES[fault.code], text=value[:60])


def _day(value: Any) -> date:
    span = _span(value)
    return span.start if span.start == span.end else refuse("not_date")


def _month_day(value: str) -> tuple[int, int]:
    try:
        day = date.fromisoformat(f"2023-{value}")
    except ValueError:
        refuse("impossible_date", text=value[:20])
    return day.month, day.day


Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]{0,59}$")]
ForeignId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,59}$")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Optional_ = Annotated[str, StringConstraints(max_length=500)]
Role = Annotated[str, AfterValidator(one_of(ROLES))]
Confidence = Annotated[str, AfterValidator(one_of(CONFIDENCES))]
Span = Annotated[DateSpan, PlainValidator(_span)]
Day = Annotated[date, PlainValidator(_day)]
MonthDay = Annotated[str, AfterValidator(_month_day)]
PlanMonth = Annotated[int, Field(ge=-120, le=240)]


class Shape(BaseModel):
    """What every table has in common: strict types and no unknown keys."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Words(Shape):
    """A text, inline in the two languages of the house."""

    sv: Annotated[str, StringConstraints(max_length=20_000)] = ""
    en: Annotated[str, StringConstraints(max_length=20_000)] = ""


class WhenShape(Shape):
    """When an item is due: one of date, offset_months, months and repeats, or none of them."""

    date: Span | None = None
    offset_months: PlanMonth | None = None
    months: Annotated[list[PlanMonth], Field(min_length=2, max_length=2)] | None = None
    repeats: Annotated[str, AfterValidator(one_of(FREQUENCIES))] | None = None
    period_ends: Annotated[list[MonthDay], Field(max_length=12)] = []
    day: Annotated[int, Field(ge=1, le=31)] | None = None
    days_after: Annotated[int, Field(ge=0, le=400)] | None = None
    raw: Optional_ = ""

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if sum(value is not None for value in (self.date, self.offset_months, self.months, self.repeats)) > 1:
            refuse("two_whens")
        if self.months and self.months[0] > self.months[1]:
            refuse("out_of_range", limits=f"≥ {self.months[0]}")
        return self

    @model_validator(mode="after")
    def _whole_recurrence(self) -> Self:
        how = [value for value in (self.day, self.days_after) if value is not None]
        if len(how) > 1 or ((how or self.period_ends) and self.repeats is None):
            refuse("day_or_days_after")
        if self.period_ends and self.repeats and len(set(self.period_ends)) != (count := FREQUENCIES[self.repeats]):
            refuse("wrong_periods", freq=self.repeats, count=count)
        return self


class AlternativeShape(Shape):
    """One of several contradicting dates."""

    date: Span
    source: Line
    source_ref: Optional_ = ""


class PhaseShape(Shape):
    """A stretch of the plan."""

    id: Id
    title: Words
    order: Annotated[int, Field(ge=-1000, le=1000)]


class SourceShape(Shape):
    """A document or page the plan rests on."""

    id: Id
    title: Words
    ref: Optional_ = ""
    url: Annotated[str, StringConstraints(pattern=r"^(https?://\S+)?$", max_length=500)] = ""
    date: Span | None = None


class QuestionShape(Shape):
    """What the sources leave open."""

    id: Id
    text: Words
    ask: Role
    source: Line
    source_ref: Optional_ = ""


class ItemShape(Shape):
    """One milestone, task or duty."""

    id: Id
    title: Words
    description: Words = Words()
    phase: Id
    owner_role: Role
    per_region: bool = False
    when: WhenShape = WhenShape()
    reporting: bool = False
    report_to: Role | None = None
    depends_on: Annotated[list[Id], Field(max_length=100)] = []
    reminder_days: Annotated[list[Annotated[int, Field(ge=0, le=1000)]], Field(max_length=20)] = []
    source: Line
    source_ref: Optional_ = ""
    confidence: Confidence
    active: bool = True
    status: Annotated[str, AfterValidator(one_of(STATUSES))] = "not_started"
    status_day: Day | None = None
    alternatives: list[AlternativeShape] = []
    warnings: list[Words] = []
    ja_ref: Optional_ = ""
    also: list[ForeignId] = []

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.reporting and self.report_to is None:
            refuse("report_to_missing")
        if len(self.alternatives) == 1:
            refuse("one_alternative")
        return self


class PlanShape(Shape):
    """A plan but for its items, which are read one by one."""

    key: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
    title: Words
    summary: Words
    kind: Annotated[str, AfterValidator(one_of(KINDS))]
    edition: Line
    start: Day | None = None
    start_confidence: Confidence | None = None
    length_months: Annotated[int, Field(ge=1, le=240)] | None = None
    receivers: list[Role] = []
    phases: Annotated[list[PhaseShape], Field(min_length=1, max_length=100)]
    sources: list[SourceShape] = []
    open_questions: list[QuestionShape] = []
