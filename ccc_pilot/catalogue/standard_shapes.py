"""The shape of standard.toml: keys, types and limits, strict, with nothing beside what is named here."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from ccc_pilot.catalogue.shapes import (
    Confidence,
    Day,
    Id,
    Line,
    Optional_,
    QuestionShape,
    Shape,
    SourceShape,
    Words,
    one_of,
    refuse,
)
from ccc_pilot.catalogue.standard_records import CORE_STATUSES, DESIGNATIONS, PDCA, POINT_STATUSES

MOST_STANDARDS = 5_000
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$")]
EditionKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
PointKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,59}:[A-Za-z0-9][A-Za-z0-9.-]{0,59}$")]
Designation = Annotated[str, AfterValidator(one_of(DESIGNATIONS))]
Pdca = Annotated[str, AfterValidator(one_of(PDCA))]


class LevelShape(Shape):
    """One step of the scale; without a value it means "not applicable"."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,19}$")]
    value: Annotated[int, Field(ge=0, le=100)] | None = None
    title: Words


class ScaleShape(Shape):
    """How points are scored."""

    key: Code
    title: Words
    levels: Annotated[list[LevelShape], Field(min_length=2, max_length=20)]

    @model_validator(mode="after")
    def _has_values(self) -> Self:
        return self if any(level.value for level in self.levels) else refuse("no_value_in_scale")


class RequirementShape(Shape):
    """A kind of proof that is asked for."""

    kind: Code
    mandatory: bool = False
    min_count: Annotated[int, Field(ge=1, le=20)] = 1


class ChapterShape(Shape):
    """A chapter but for its standards, which name it."""

    id: Id
    number: Optional_ = ""
    title: Words
    summary: Words = Words()


class MarksShape(Shape):
    """What a point may say of itself, and a standard for all its points."""

    core: bool | None = None
    core_status: Annotated[str, AfterValidator(one_of(CORE_STATUSES))] = "unknown"
    status: Annotated[str, AfterValidator(one_of(POINT_STATUSES))] = "reconstructed"
    applies: Annotated[list[Designation], Field(max_length=4)] = []
    requires: Annotated[list[RequirementShape], Field(max_length=40)] = []
    confidence: Confidence = "assumption"
    source: Line | None = None
    source_ref: Optional_ = ""


class PointShape(MarksShape):
    """What is scored; marks it does not bear are those of its standard."""

    number: Id
    official: Optional_ = ""
    text: Words
    guidance: Words = Words()
    pdca: Pdca | None = None
    weight: Annotated[int, Field(ge=1, le=100)] = 1
    was: Annotated[list[PointKey], Field(max_length=40)] = []
    stage_months: Annotated[int, Field(ge=0, le=600)] | None = None


class StandardShape(MarksShape):
    """A standard; one without points is itself its only point, numbered with ``.1`` after its own number."""

    number: Id
    official: Optional_ = ""
    chapter: Id
    title: Words
    description: Words = Words()
    points: Annotated[list[PointShape], Field(max_length=MOST_STANDARDS)] = []
    source: Line


class DocumentShape(Shape):
    """A document that the owner of a framework asks for beside the points."""

    id: Id
    title: Words
    source: Line
    source_ref: Optional_ = ""
    confidence: Confidence = "assumption"


class EditionShape(Shape):
    """An edition but for its standards, which are read one by one."""

    key: EditionKey
    title: Words
    summary: Words
    framework: Line
    version: Line
    valid_from: Day | None = None
    scale: ScaleShape
    kinds: dict[Code, Words] = {}
    chapters: Annotated[list[ChapterShape], Field(min_length=1, max_length=200)]
    documents: Annotated[list[DocumentShape], Field(max_length=200)] = []
    sources: list[SourceShape] = []
    open_questions: list[QuestionShape] = []
