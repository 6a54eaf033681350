"""Editions as their pages show them: what is counted, marked, asked for and related, ready for the template."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import url_for

from ccc_pilot.catalogue import DESIGNATIONS, Chapter, Edition, Point, Standard, editions
from ccc_pilot.catalogue.crosswalks import Relation, related, titled
from ccc_pilot.catalogue.standard_records import POINT_STATUSES
from ccc_pilot.frameworks import words
from ccc_pilot.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Summary:
    """An edition in the list."""

    edition: Edition
    url: str
    standards: int
    points: int
    sure: list[str]


@dataclass(frozen=True, slots=True)
class Mark:
    """A small mark beside a point: an icon and a word, and the class of its look."""

    icon: str
    word: Any
    css: str = ""


@dataclass(frozen=True, slots=True)
class Kin:
    """Something in another edition that a point stands to: how, in which edition, what, where, and why."""

    how: Any
    edition: Any
    what: str
    url: str
    reason: Any
    suggested: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A point on the page. ``heading`` is the standard that begins with it, if that says more than the point itself."""

    point: Point
    marks: list[Mark]
    proofs: list[tuple[Any, bool, int]]
    kin: list[Kin]
    heading: Standard | None


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter on the page; ``source`` is the one that all its points have, None where they differ."""

    chapter: Chapter
    lines: list[Line]
    source: str | None


def summaries() -> list[Summary]:
    """Return every edition with what it holds: those with a text of their own first, then the places for texts that are not public."""
    found = [_summary(edition) for edition in editions.editions().values()]
    return sorted(
        found, key=lambda one: (all(point.status == "placeholder" for point in one.edition.points), str(one.edition.title))
    )


def _summary(edition: Edition) -> Summary:
    statuses: Counter[str] = Counter(point.status for point in edition.points)
    standards = sum(len(chapter.standards) for chapter in edition.chapters)
    sure = [words.counted(status, statuses[status]) for status in POINT_STATUSES if statuses[status]]
    return Summary(edition, url_for("frameworks.show", edition=edition.key), standards, len(edition.points), sure)


def chips(edition: Edition, designation: str | None) -> list[dict[str, Any]]:
    """Return the ways to narrow the edition to a designation; none where all its points are meant for all."""
    if not any(point.applies for point in edition.points):
        return []
    named = {word for point in edition.points for word in point.applies}
    choices: list[tuple[str | None, Any, int]] = [(None, _("All"), len(edition.points))]
    choices += [(one, words.DESIGNATIONS[one], len(edition.points_for(one))) for one in DESIGNATIONS if one in named]
    return [
        {
            "url": url_for("frameworks.show", edition=edition.key, designation=one),
            "label": label, "count": count, "current": one == designation,
        }
        for one, label, count in choices
    ]  # fmt: skip


def chapters(edition: Edition, designation: str | None) -> list[Section]:
    """Return each chapter with its points as lines, those that are not meant for ``designation`` (if any) left out."""
    meant = set(edition.points_for(designation) if designation else edition.points)
    return [_section(edition, chapter, meant) for chapter in edition.chapters]


def _section(edition: Edition, chapter: Chapter, meant: set[Point]) -> Section:
    lines = list(_lines(edition, chapter, meant))
    sources = {line.point.source for line in lines}
    return Section(chapter, lines, sources.pop() if len(sources) == 1 else None)


def _lines(edition: Edition, chapter: Chapter, meant: set[Point]) -> Iterable[Line]:
    for standard in chapter.standards:
        alone = len(standard.points) == 1 and standard.points[0].text == standard.title
        heading = None if alone else standard
        for point in standard.points:
            if point in meant:
                proofs = [(edition.kinds[one.kind].title, one.mandatory, one.min_count) for one in point.requires]
                yield Line(point, _marks(point), proofs, _kin(point), heading)
                heading = None


def _marks(point: Point) -> list[Mark]:
    marks = [Mark(*words.MARKS[point.status])] if point.status in words.MARKS else []
    if point.core:
        marks.insert(
            0, Mark("certificate", _("Core") if point.core_status == "confirmed" else _("Core, in our judgement"), "core")
        )
    if point.stage_months is not None:
        marks.append(Mark("clock", _stage(point.stage_months)))
    if point.pdca:
        marks.append(Mark("refresh", " · ".join(str(words.PDCA[step]) for step in point.pdca)))
    if point.applies:
        meant = [str(words.DESIGNATIONS[one]) for one in DESIGNATIONS if one in point.applies]
        marks.append(Mark("building-hospital", " · ".join(meant)))
    return marks


def _stage(months: int) -> str:
    return _("After %(months)s months", months=months) if months else _("At the start")


def _kin(point: Point) -> list[Kin]:
    """Return what the point stands to, a standard or chapter that holds many related points told once."""
    once = {(relation.kind, relation.via): relation for relation in related(point.key)}
    return [_one(relation) for relation in once.values()]


def _one(relation: Relation) -> Kin:
    home = editions.edition(relation.via.split(":")[0])
    number = relation.via.split(":", 1)[1]
    return Kin(
        how=words.KINDS[relation.kind], edition=home.title, what=f"{number} {titled(home, relation.via)}",
        url=url_for("frameworks.show", edition=home.key, _anchor=number), reason=relation.reason, suggested=relation.suggested,
    )  # fmt: skip
