"""From a sheet to an edition: the rows become the same tree as a standard.toml, and every fault is told by its cell. Pure but for words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ccc_pilot import catalogue
from ccc_pilot.catalogue import CatalogueFaults, Edition
from ccc_pilot.frameworks import cells
from ccc_pilot.frameworks.cells import CellFault, Faults, Unreadable
from ccc_pilot.frameworks.evidence_kinds import Kinds
from ccc_pilot.frameworks.lines import Heading, Line, Words, lines

PLACE = re.compile(r"standards\[(\d+)\].*?(?:points\[(\d+)\].*?)?\.?(\w+)?$")


@dataclass(frozen=True, slots=True)
class Head:
    """What the one who imports says of the edition; ``like`` lends its scale and kinds of evidence, ``earlier`` is what it replaces."""

    key: str
    title: Words
    framework: str
    version: str
    file_name: str
    like: Edition
    earlier: Edition | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a sheet: the tree, the edition if there are no faults, and the faults by cell."""

    tree: dict[str, Any]
    edition: Edition | None
    faults: list[CellFault]
    points: int


def read(rows: Sequence[Sequence[Any]], heading_row: int, columns: Mapping[int, str], head: Head) -> Reading:
    """Read the ``rows`` of a sheet below ``heading_row`` (from 0); ``columns`` tells which column (from 0) holds what (columns.FIELDS)."""
    headings = [cells.text(cell) for cell in rows[heading_row]] if heading_row < len(rows) else []
    faults = Faults(columns, headings)
    book = _Book(head, faults)
    for line in lines(rows, heading_row + 1, columns, faults):
        book.add(line)
    tree = book.tree()
    edition = None
    if not book.rows and not faults:
        faults.add(heading_row, "number", "no_points")
    if not faults:
        try:
            edition = catalogue.parse_tree(tree, head.file_name)
        except CatalogueFaults as found:
            book.place(found)
    return Reading(tree, edition, list(faults), len(book.rows))


class _Book:
    """The tree while it is being put together."""

    def __init__(self, head: Head, faults: Faults):
        self.head, self.faults, self.kinds = head, faults, Kinds(head.like)
        self.rows: dict[str, int] = {}  # number of a point -> its row
        self.chapters: dict[str, Heading] = {}
        self.standards: dict[tuple[str, str], tuple[Heading, list[dict[str, Any]]]] = {}
        numbers = [point.number for point in head.earlier.points] if head.earlier else []
        self.earlier = {number: number for number in numbers}
        if head.earlier:
            self.earlier |= {point.official: point.number for point in head.earlier.points if point.official}
        self.core_said: set[bool] = set()

    def add(self, line: Line) -> None:
        """Take in a point."""
        number = self._number(line)
        chapter, standard = self._home(line)
        point = {"number": number, **self._texts(line), **self._marks(line), **self._replaced(line, number or "")}
        official = line.said["official"] if "official" in line.said else self._as_written(line)
        if official:
            point["official"] = official[:500]
        heading, points = self.standards.setdefault((chapter, standard), (line.standard, []))
        if not heading.title and line.standard.title:
            self.standards[chapter, standard] = (line.standard, points)
        points.append(point)

    def _as_written(self, line: Line) -> str:
        number, home = line.said.get("number", ""), line.standard.number
        return f"{home}.{number}" if number and home and cells.is_counter(number) and number != home else number or home

    def _number(self, line: Line) -> str | None:
        written = self._as_written(line)
        number = cells.id_of(written)
        where = "number" if "number" in self.faults.at else "standard"
        if not number:
            self.faults.add(line.row, where, "number_unreadable" if written else "number_missing")
        elif number in self.rows:
            self.faults.add(line.row, where, "number_doubled", number=written, line=self.rows[number] + 1)
        else:
            self.rows[number] = line.row
            return number
        return None

    def _home(self, line: Line) -> tuple[str, str]:
        chapter = cells.id_of(line.chapter.number) or "all"
        known = self.chapters.get(chapter)
        if known is None or (not known.title and line.chapter.title):
            self.chapters[chapter] = line.chapter
        return chapter, cells.id_of(line.standard.number)

    def _texts(self, line: Line) -> dict[str, Any]:
        name, text = line.words("name"), line.words("text")
        words = {code: _joined(name.get(code, ""), text.get(code, "")) for code in ("sv", "en")}
        if not any(words.values()) and "number" not in line.said:
            words = dict(line.standard.title)
        if not any(words.values()):
            self.faults.add(line.row, "text", "text_missing")
        guidance = line.words("guidance")
        return {"text": words, **({"guidance": guidance} if guidance else {})}

    def _marks(self, line: Line) -> dict[str, Any]:
        marks: dict[str, Any] = {}
        for name, reader in cells.READERS.items():
            try:
                value = reader(line.said.get(name, ""))
            except Unreadable as fault:
                self.faults.add(line.row, name, fault.code, **fault.about)
                continue
            if value not in (None, []):
                marks[name] = value
        if "core" in marks:
            self.core_said.add(marks["core"])
        for name in ("source", "source_ref"):
            if line.said.get(name):
                marks[name] = line.said[name][:500]
        if requires := self.kinds.asked(line.said.get("evidence_required", ""), line.said.get("evidence", "")):
            marks["requires"] = requires
        return marks

    def _replaced(self, line: Line, number: str) -> dict[str, list[str]]:
        if self.head.earlier is None:
            return {}
        told = [part.strip().split(":")[-1] for part in re.split(r"[,;\n]", line.said.get("was", "")) if part.strip()]
        for one in told:
            if one not in self.earlier:
                self.faults.add(line.row, "was", "no_earlier", number=one[:60])
        same = [one for one in (number, self._as_written(line)) if one in self.earlier][:1]
        found = [self.earlier[one] for one in told or same if one in self.earlier]
        return {"was": [f"{self.head.earlier.key}:{one}" for one in found]} if found else {}

    def tree(self) -> dict[str, Any]:
        """Return everything taken in as standard.toml would have it."""
        head = self.head
        names = _Names(set(self.rows), list(self.standards), list(self.chapters))
        standards = [self._standard(names, chapter, number, *rest) for (chapter, number), rest in self.standards.items()]
        return {
            "key": head.key, "title": head.title, "framework": head.framework, "version": head.version,
            "summary": {"sv": f"Inläst ur {head.file_name}.", "en": f"Imported from {head.file_name}."},
            "scale": _scale(head.like), "kinds": self.kinds.used,
            "chapters": [
                {"id": names.chapters[id_], "number": heading.number[:500], "title": heading.title or _titled(heading.number) or head.title}
                for id_, heading in self.chapters.items()
            ] or [{"id": "all", "title": head.title}],
            "standards": standards,
        }  # fmt: skip

    def _standard(
        self, names: "_Names", chapter: str, number: str, heading: Heading, points: list[dict[str, Any]]
    ) -> dict[str, Any]:
        head = self.head
        home = self.chapters[chapter]
        title = heading.title or _titled(heading.number) or home.title or _titled(home.number) or head.title
        return {
            "number": names.standards[chapter, number], "official": heading.number[:500], "chapter": names.chapters[chapter],
            "title": title, "source": f"{head.framework} {head.version}, {head.file_name}"[:500],
            "status": "confirmed", "confidence": "fact", "points": [self._settled(point) for point in points],
        }  # fmt: skip

    def _settled(self, point: dict[str, Any]) -> dict[str, Any]:
        """Return the point with its core mark settled: in a column that only has crosses, no cross means no."""
        if "core" not in point and self.core_said == {True} and "core_status" not in self.faults.at:
            point["core"] = False
        if "core" in point:
            point["core_status"] = "confirmed" if point.get("core_status") in (None, "unknown") else point["core_status"]
        else:
            point.pop("core_status", None)
        return point

    def place(self, found: CatalogueFaults) -> None:
        """Tell faults of the tree by the cells they come from."""
        points = [points for _heading, points in self.standards.values()]
        for fault in found.faults:
            at = PLACE.match(fault.place)
            row = 0
            if at and int(at[1]) <= len(points):
                home = points[int(at[1]) - 1]
                row = self.rows[home[int(at[2]) - 1 if at[2] else 0]["number"]]
            self.faults.tell(row, (at[3] if at else None) or "", fault.message)


class _Names:
    """Chapters, standards and points share one row of names: who meets a name that is taken gets a letter before it."""

    def __init__(self, points: set[str], standards: list[tuple[str, str]], chapters: list[str]):
        taken = set(points)
        self.standards = {key: _free(key[1] or f"{key[0][:50]}-0", "s", taken) for key in standards}
        self.chapters = {id_: _free(id_, "c", taken) for id_ in chapters}


def _free(name: str, letter: str, taken: set[str]) -> str:
    while name in taken:
        name = f"{letter}-{name}"[:60]
        letter += letter[0] if f"{letter}-{name}"[:60] in taken else ""
    taken.add(name)
    return name


def _titled(number: str) -> Words:
    return {"sv": number, "en": number} if number else {}


def _joined(name: str, text: str) -> str:
    return text if not name or text.startswith(name) else f"{name}: {text}" if text else name


def _scale(like: Edition) -> dict[str, Any]:
    def words(text: Any) -> Words:
        return {"sv": text.sv, "en": text.en}

    levels = [
        {"code": level.code, "title": words(level.title), **({} if level.value is None else {"value": level.value})}
        for level in like.scale.levels
    ]
    return {"key": like.scale.key, "title": words(like.scale.title), "levels": levels}
