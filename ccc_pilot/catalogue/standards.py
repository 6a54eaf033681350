"""Editions of standards: from standard.toml on the shelf, or a stored tree of the same shape, to frozen records."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from ccc_pilot.catalogue import standard_links as links
from ccc_pilot.catalogue import standard_shapes as shapes
from ccc_pilot.catalogue.faults import CatalogueFaults, Fault, Findings
from ccc_pilot.catalogue.reading import read_file, read_shape, read_tree
from ccc_pilot.catalogue.records import Confidence, Question, Source
from ccc_pilot.catalogue.shapes import Words
from ccc_pilot.catalogue.standard_records import (
    Chapter,
    Edition,
    EvidenceKind,
    Level,
    Point,
    RequestedDocument,
    Requirement,
    Scale,
    Standard,
)
from ccc_pilot.catalogue.wording import Wording, read_translations
from ccc_pilot.i18n import Text
from ccc_pilot.shelves import shelf

FILE = "standard.toml"
MARKS = tuple(shapes.MarksShape.model_fields)
Placed = tuple[str, shapes.StandardShape]  # where it stands, and what it is
Row = tuple[str, dict[str, Any]]


def parse_edition(text: str, origin: str, translations: Mapping[str, str] = MappingProxyType({})) -> Edition:
    """Return the edition written in ``text`` (TOML). ``origin`` names the file in messages; ``translations`` maps language code to TOML.

    Raises ``CatalogueFaults`` with everything that is wrong.
    """
    findings = Findings(origin)
    return _or_refused(_read(read_tree(text, findings), Wording(translations, findings), findings), findings)


def parse_tree(tree: dict[str, Any], origin: str) -> Edition:
    """Return the imported edition whose standard.toml would read as ``tree``. Raises ``CatalogueFaults``."""
    findings = Findings(origin)
    return _or_refused(_read(dict(tree), Wording({}, findings, one_will_do=True), findings, "imported"), findings)


def read_edition(folder: Path) -> Edition:
    """Return the edition in ``folder`` (standard.toml and translations); its key must be the folder's name. Raises ``CatalogueFaults``."""
    findings = Findings(f"{folder.name}/{FILE}")
    text, translations = read_file(folder / FILE, findings), read_translations(folder, findings)
    tree = read_tree(text, findings) if text is not None else None
    edition = _read(tree, Wording(translations, findings), findings)
    if edition is not None and edition.key != folder.name:
        findings.add("key", "wrong_folder", key=edition.key, folder=folder.name)
    return _or_refused(edition, findings)


def check_standards(path: Path | None = None) -> list[Fault]:
    """Return every fault of all editions under ``path`` (the shelf, if None); an empty list means that all is well."""
    faults: list[Fault] = []
    for folder in folders(path or shelf("standards")):
        try:
            read_edition(folder)
        except CatalogueFaults as found:
            faults.extend(found.faults)
    return faults


def folders(path: Path) -> list[Path]:
    """Return the folders in ``path`` that hold an edition, by name."""
    return sorted(file.parent for file in path.glob(f"*/{FILE}"))


def _or_refused(edition: Edition | None, findings: Findings) -> Edition:
    if findings or edition is None:
        raise CatalogueFaults(findings)
    return edition


def _read(tree: dict[str, Any] | None, wording: Wording, findings: Findings, origin: str = "shelf") -> Edition | None:
    if tree is None:
        return None
    rows = _rows(tree.pop("standards", []), findings)
    head = read_shape(shapes.EditionShape, tree, "", findings)
    read = [(place, read_shape(shapes.StandardShape, row, place, findings)) for place, row in rows]
    standards = [(place, shape) for place, shape in read if shape is not None]
    if head is None:
        return None
    links.check(head, standards, findings)
    edition = _edition(head, standards, wording, origin)
    if len(standards) == len(rows):
        wording.note_unused()
    return edition


def _rows(rows: Any, findings: Findings) -> list[Row]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        findings.add("standards", "not_list")
        return []
    if not 1 <= len(rows) <= shapes.MOST_STANDARDS:
        findings.add("standards", "bad_length")
        return []
    return [(f"standards[{number}] {str(row.get('number', '?'))[:60]}", row) for number, row in enumerate(rows, 1)]


class _Builder:
    """Makes the records of one edition: knows its key, finds its texts, and counts its points."""

    def __init__(self, key: str, wording: Wording):
        self.key, self.wording, self.count = key, wording, 0

    def text(self, words: Words, *path: str | int, at: str = "", optional: bool = False) -> Text:
        """Return the text at ``path`` of a translation; faults are noted ``at`` (the path itself, if empty)."""
        place = at or ".".join(map(str, path))
        return self.wording.text(words.sv, words.en, *path, place=place, optional=optional)

    def standard(self, place: str, shape: shapes.StandardShape) -> Standard:
        """Return the standard that stands at ``place``, with its points."""
        number = shape.number
        title = self.text(shape.title, "standards", number, "title", at=f"{place}.title")
        about = self.text(shape.description, "standards", number, "description", at=f"{place}.description", optional=True)
        key, chapter = f"{self.key}:{number}", f"{self.key}:{shape.chapter}"
        points = tuple(self.point(f"{place}.points[{n}] {p.number}", p, shape) for n, p in enumerate(shape.points, 1))
        if not points:
            points = (self._only_point(shape, title),)
        return Standard(key, number, title, chapter, points, shape.official or None, about)

    def point(self, place: str, shape: shapes.PointShape, standard: shapes.StandardShape) -> Point:
        """Return the point that stands at ``place`` in ``standard``."""
        number = shape.number
        text = self.text(shape.text, "points", number, "text", at=f"{place}.text")
        guidance = self.text(shape.guidance, "points", number, "guidance", at=f"{place}.guidance", optional=True)
        own = {name: getattr(shape, name) for name in ("pdca", "weight", "stage_months")}
        return self._made(number, shape.official, text, guidance, standard, _marks(shape, standard), was=tuple(shape.was), **own)

    def _only_point(self, standard: shapes.StandardShape, title: Text) -> Point:
        return self._made(f"{standard.number}.1", "", title, Text(), standard, _marks(standard, standard))

    def _made(
        self,
        number: str,
        official: str,
        text: Text,
        guidance: Text,
        standard: shapes.StandardShape,
        marks: dict[str, Any],
        **own: Any,
    ) -> Point:
        self.count += 1
        home = {"standard": f"{self.key}:{standard.number}", "chapter": f"{self.key}:{standard.chapter}", "order": self.count}
        key = f"{self.key}:{number}"
        return Point(key=key, number=number, official=official or None, text=text, guidance=guidance, **home, **marks, **own)  # type: ignore[arg-type]


def _marks(shape: shapes.MarksShape, standard: shapes.StandardShape) -> dict[str, Any]:
    """Return the marks of a point: its own, else its standard's."""
    marks = {name: getattr(shape if name in shape.model_fields_set else standard, name) for name in MARKS}
    marks["applies"] = frozenset(marks["applies"])
    marks["requires"] = tuple(Requirement(one.kind, one.mandatory, one.min_count) for one in marks["requires"])
    return marks


def _edition(head: shapes.EditionShape, standards: list[Placed], wording: Wording, origin: str) -> Edition:
    build = _Builder(head.key, wording)
    text = build.text
    by_chapter: dict[str, list[Placed]] = {}
    for place, shape in standards:
        by_chapter.setdefault(shape.chapter, []).append((place, shape))
    return Edition(
        key=head.key,
        title=text(head.title, "edition", "title"),
        summary=text(head.summary, "edition", "summary"),
        framework=head.framework,
        version=head.version,
        valid_from=head.valid_from,
        origin=origin,  # type: ignore[arg-type]
        scale=_scale(head.scale, build),
        kinds=MappingProxyType({code: EvidenceKind(code, text(words, "kinds", code)) for code, words in head.kinds.items()}),
        chapters=tuple(
            Chapter(
                key=f"{head.key}:{chapter.id}",
                number=chapter.number,
                title=text(chapter.title, "chapters", chapter.id, "title"),
                summary=text(chapter.summary, "chapters", chapter.id, "summary", optional=True),
                standards=tuple(build.standard(place, shape) for place, shape in by_chapter.get(chapter.id, ())),
            )
            for chapter in head.chapters
        ),
        documents=tuple(
            RequestedDocument(
                one.id,
                text(one.title, "documents", one.id, "title"),
                one.source,
                cast(Confidence, one.confidence),
                one.source_ref,
            )
            for one in head.documents
        ),
        sources=tuple(Source(s.id, text(s.title, "sources", s.id, "title"), s.ref, s.url, s.date) for s in head.sources),
        questions=tuple(
            Question(q.id, text(q.text, "questions", q.id, "text"), q.ask, q.source, q.source_ref) for q in head.open_questions
        ),
    )


def _scale(shape: shapes.ScaleShape, build: _Builder) -> Scale:
    levels = tuple(
        Level(level.code, level.value, build.text(level.title, "scale", "levels", level.code)) for level in shape.levels
    )
    return Scale(shape.key, build.text(shape.title, "scale", "title"), levels)
