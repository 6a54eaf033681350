"""The frozen records of an edition of a standards framework, as the rest of the house reads them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from ccc_pilot.catalogue.records import Confidence, Question, Source
from ccc_pilot.i18n import Text

DESIGNATIONS = ("CC", "CCC", "NET", "UNIT")  # cancer centre, comprehensive cancer centre, network, a unit of one
# How sure the number and the topic are: seen in a public text, concluded by us, or the place of a text that is not public yet.
POINT_STATUSES = ("confirmed", "reconstructed", "placeholder")
CORE_STATUSES = ("confirmed", "reconstructed", "unknown")
PDCA = ("P", "D", "C", "A", "PD", "DC", "CA", "PDC", "DCA", "PDCA")  # which steps of plan, do, check, act a point covers
ORIGINS = ("shelf", "imported")

PointStatus = Literal["confirmed", "reconstructed", "placeholder"]
CoreStatus = Literal["confirmed", "reconstructed", "unknown"]


@dataclass(frozen=True, slots=True)
class Level:
    """One step of a scale. ``value`` is None for "not applicable", which leaves every sum."""

    code: str
    value: int | None
    title: Text


@dataclass(frozen=True, slots=True)
class Scale:
    """How the points of an edition are scored; the levels stand in the order in which they are shown."""

    key: str
    title: Text
    levels: tuple[Level, ...]

    def level(self, code: str) -> Level:
        """Return the level called ``code``. Raises ``KeyError`` when the scale has none."""
        for level in self.levels:
            if level.code == code:
                return level
        raise KeyError(code)

    @property
    def top(self) -> int:
        """Return the highest value: the denominator of every index."""
        return max(level.value for level in self.levels if level.value is not None)


@dataclass(frozen=True, slots=True)
class EvidenceKind:
    """A kind of proof, such as an organisation chart."""

    code: str
    title: Text


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a point asks for as proof: so many of a kind (its code); only the ``mandatory`` ones count as missing."""

    kind: str
    mandatory: bool = False
    min_count: int = 1


@dataclass(frozen=True, slots=True)
class Point:
    """What is scored. ``key`` is "edition:number"; ``standard`` and ``chapter`` are keys too.

    ``official`` is the owner's own number, only where it is confirmed. ``core`` is None when nobody outside the owner knows.
    ``applies`` holds the designations the point is meant for, empty for all. ``stage_months`` is how long after the start the point is
    expected (None: no stage). ``was`` holds the keys of the points that it replaces. ``order`` is its place in the edition, from 1.
    """

    key: str
    number: str
    text: Text
    standard: str
    chapter: str
    order: int
    source: str
    confidence: Confidence
    official: str | None = None
    guidance: Text = field(default_factory=Text)
    core: bool | None = None
    core_status: CoreStatus = "unknown"
    status: PointStatus = "reconstructed"
    applies: frozenset[str] = frozenset()
    pdca: str | None = None
    weight: int = 1
    requires: tuple[Requirement, ...] = ()
    was: tuple[str, ...] = ()
    stage_months: int | None = None
    source_ref: str = ""


@dataclass(frozen=True, slots=True)
class Standard:
    """Points that belong together under one heading; ``key`` is "edition:number", ``chapter`` the chapter's key."""

    key: str
    number: str
    title: Text
    chapter: str
    points: tuple[Point, ...]
    official: str | None = None
    description: Text = field(default_factory=Text)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of an edition; ``key`` is "edition:id", ``number`` what stands before the title (may be empty)."""

    key: str
    number: str
    title: Text
    standards: tuple[Standard, ...]
    summary: Text = field(default_factory=Text)

    @property
    def points(self) -> tuple[Point, ...]:
        """Return the chapter's points in order."""
        return tuple(point for standard in self.standards for point in standard.points)


@dataclass(frozen=True, slots=True)
class RequestedDocument:
    """A document that is asked for beside the points; ``number`` is our own within the edition."""

    number: str
    title: Text
    source: str
    confidence: Confidence
    source_ref: str = ""


@dataclass(frozen=True, eq=False)
class Edition:
    """One edition of a framework. An edition that is in use changes only in spelling; a new text is a new edition."""

    key: str
    title: Text
    summary: Text
    framework: str
    version: str
    scale: Scale
    chapters: tuple[Chapter, ...]
    kinds: Mapping[str, EvidenceKind] = field(default_factory=lambda: MappingProxyType({}))
    valid_from: date | None = None
    origin: Literal["shelf", "imported"] = "shelf"
    documents: tuple[RequestedDocument, ...] = ()
    sources: tuple[Source, ...] = ()
    questions: tuple[Question, ...] = ()

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """Return all points in order."""
        return tuple(point for chapter in self.chapters for point in chapter.points)

    @cached_property
    def _points(self) -> dict[str, Point]:
        return {point.key: point for point in self.points}

    @cached_property
    def _standards(self) -> dict[str, Standard]:
        return {standard.key: standard for chapter in self.chapters for standard in chapter.standards}

    @cached_property
    def _chapters(self) -> dict[str, Chapter]:
        return {chapter.key: chapter for chapter in self.chapters}

    def at(self, key: str) -> Point | Standard | Chapter | None:
        """Return the point, standard or chapter with this key, or None: they share one row of keys."""
        return self._points.get(key) or self._standards.get(key) or self._chapters.get(key)

    def point(self, key: str) -> Point:
        """Return the point with this key ("edition:number"). Raises ``KeyError``."""
        return self._points[key]

    def standard(self, key: str) -> Standard:
        """Return the standard with this key ("edition:number"). Raises ``KeyError``."""
        return self._standards[key]

    def chapter(self, key: str) -> Chapter:
        """Return the chapter with this key ("edition:id"). Raises ``KeyError``."""
        return self._chapters[key]

    def points_for(self, designation: str) -> tuple[Point, ...]:
        """Return the points meant for ``designation`` (one of DESIGNATIONS), in order. Raises ``ValueError`` for any other word."""
        if designation not in DESIGNATIONS:
            raise ValueError(designation)
        return tuple(point for point in self.points if not point.applies or designation in point.applies)
