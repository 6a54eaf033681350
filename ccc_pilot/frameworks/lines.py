"""The rows of a sheet as lines: each point with the chapter and standard it stands under, however the sheet says so. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ccc_pilot.frameworks import cells
from ccc_pilot.frameworks.cells import Faults

Words = dict[str, str]
NUMBERS = ("chapter", "standard", "number", "official")


@dataclass(frozen=True, slots=True)
class Heading:
    """A chapter or standard as the sheet names it."""

    number: str = ""
    title: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """A row with a point: where it stands (from 0), what its cells say by name, and its headings."""

    row: int
    said: Mapping[str, str]
    chapter: Heading
    standard: Heading

    def words(self, name: str) -> Words:
        """Return the texts of ``name`` by language, empty ones left out."""
        return {code: self.said[f"{name}_{code}"] for code in ("sv", "en") if self.said.get(f"{name}_{code}")}


def lines(rows: Sequence[Sequence[Any]], begin: int, columns: Mapping[int, str], faults: Faults) -> Iterator[Line]:
    """Yield a line for each point in ``rows`` from row ``begin`` on; ``columns`` tells which column holds what. Empty rows are passed by."""
    said = ((number, _said(number, rows[number], columns, faults)) for number in range(begin, len(rows)))
    filled = ((number, one) for number, one in said if any(one.values()))
    yield from _by_depth(filled, faults) if "depth" in columns.values() else _by_columns(filled)


def _said(number: int, row: Sequence[Any], columns: Mapping[int, str], faults: Faults) -> dict[str, str]:
    said = {}
    for column, name in columns.items():
        cell = row[column] if column < len(row) else None
        said[name] = cells.text(cell)
        if cells.is_day(cell) and name in NUMBERS:
            faults.add(number, name, "day")
        elif cells.is_error(cell):
            faults.add(number, name, "error")
        elif len(said[name]) > cells.LONGEST:
            faults.add(number, name, "long", longest=cells.LONGEST)
    return said


def _by_columns(rows: Iterator[tuple[int, dict[str, str]]]) -> Iterator[Line]:
    """Chapter and standard stand in columns of their own; where a cell is empty (joined cells), that of the row above holds."""
    chapter, standard = Heading(), Heading()
    for number, said in rows:
        before = chapter
        chapter = _carried(said, "chapter", chapter)
        standard = _carried(said, "standard", standard if chapter.number == before.number else Heading())
        point = {name: text for name, text in said.items() if not name.startswith(("chapter", "standard"))}
        if any(point.values()) or "number" not in said:
            yield Line(number, said, chapter, standard)


def _carried(said: Mapping[str, str], name: str, above: Heading) -> Heading:
    number, title = said.get(name, ""), _title(said, f"{name}_title")
    if not number and not title:
        return above
    number = number or (above.number if title == above.title else "") or next(iter(title.values()))
    return Heading(number, title or (above.title if number == above.number else {}))


def _by_depth(rows: Iterator[tuple[int, dict[str, str]]], faults: Faults) -> Iterator[Line]:
    """Chapter and standard stand on rows of their own above their points; a depth tells which lies under which.

    Where such a sheet leaves out a point's number, it is counted under its heading.
    """
    stack: list[tuple[int, Heading]] = []
    counts: Counter[str] = Counter()
    for number, said in rows:
        if said["depth"] not in tuple("123456789"):
            faults.add(number, "depth", "depth_missing")
            continue
        depth = int(said["depth"])
        stack = [one for one in stack if one[0] < depth]
        if _is_heading(said):
            title = _title(said, "name") or _title(said, "text")
            stack.append((depth, Heading(said.get("number") or next(iter(title.values()), str(number + 1)), title)))
        else:
            above = stack[-1][1].number if stack else "p"
            counts[above] += 1
            told = said if said.get("number") else {**said, "number": f"{above}-{counts[above]}"}
            yield Line(number, told, stack[0][1] if stack else Heading(), stack[-1][1] if len(stack) > 1 else Heading())


def _is_heading(said: Mapping[str, str]) -> bool:
    return "assessable" in said and said["assessable"].casefold() not in cells.YES


def _title(said: Mapping[str, str], name: str) -> Words:
    return {code: said[f"{name}_{code}"] for code in ("sv", "en") if said.get(f"{name}_{code}")}
