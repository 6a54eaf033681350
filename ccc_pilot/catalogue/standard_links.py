"""Whether the parts of an edition fit together: numbers, chapters, kinds of evidence, the core mark."""

from collections.abc import Iterable, Iterator

from ccc_pilot.catalogue import standard_shapes as shapes
from ccc_pilot.catalogue.faults import Findings

Placed = tuple[str, shapes.StandardShape]
PlacedMarks = tuple[str, shapes.MarksShape]


def check(head: shapes.EditionShape, standards: list[Placed], findings: Findings) -> None:
    """Note every number that stands twice, and every chapter and kind of evidence that the edition does not have."""
    _check_unique(_numbers(head, standards), findings)
    _check_unique(((f"scale.levels[{n}].code", level.code) for n, level in enumerate(head.scale.levels, 1)), findings)
    for name in ("documents", "sources", "open_questions"):
        _check_unique(((f"{name}[{n}].id", part.id) for n, part in enumerate(getattr(head, name), 1)), findings)
    chapters = {chapter.id for chapter in head.chapters}
    for place, standard in standards:
        if standard.chapter not in chapters:
            findings.add(f"{place}.chapter", "no_such_chapter", id=standard.chapter)
    for place, marks in _marked(standards):
        _check_marks(place, marks, set(head.kinds), findings)


def _numbers(head: shapes.EditionShape, standards: list[Placed]) -> Iterator[tuple[str, str]]:
    """Chapters, standards and points share one row of keys, since each has its place on the edition's page."""
    for number, chapter in enumerate(head.chapters, 1):
        yield f"chapters[{number}].id", chapter.id
    for place, standard in standards:
        yield f"{place}.number", standard.number
        if not standard.points:
            yield f"{place}.number", f"{standard.number}.1"
        for number, point in enumerate(standard.points, 1):
            yield f"{place}.points[{number}].number", point.number


def _check_unique(named: Iterable[tuple[str, str]], findings: Findings) -> None:
    seen: set[str] = set()
    for place, name in named:
        if name in seen:
            findings.add(place, "doubled_id", id=name)
        seen.add(name)


def _marked(standards: list[Placed]) -> Iterator[PlacedMarks]:
    for place, standard in standards:
        yield place, standard
        for number, point in enumerate(standard.points, 1):
            yield f"{place}.points[{number}] {point.number}", point


def _check_marks(place: str, marks: shapes.MarksShape, kinds: set[str], findings: Findings) -> None:
    for number, requirement in enumerate(marks.requires, 1):
        if requirement.kind not in kinds:
            findings.add(f"{place}.requires[{number}].kind", "no_such_kind", id=requirement.kind)
    if (marks.core is None) != (marks.core_status == "unknown"):
        findings.add(f"{place}.core_status", "core_unclear")
