"""Crosswalks: which points of different editions belong together, and why."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ccc_pilot.catalogue.editions import edition, shelf_editions
from ccc_pilot.catalogue.faults import CatalogueFaults, Fault, Findings
from ccc_pilot.catalogue.standard_records import Edition, Point
from ccc_pilot.catalogue.stored import imported_editions
from ccc_pilot.i18n import Text
from ccc_pilot.shelves import shelf

if TYPE_CHECKING:
    from ccc_pilot.catalogue.crosswalk_shapes import CrosswalkShape

# A point is equal to, part of, contains or is related to another, or replaces it ("was"). "became" is "was" seen from the other end.
KINDS = ("equal", "part_of", "contains", "related", "was")
SEEN_FROM_THE_OTHER_END = {"part_of": "contains", "contains": "part_of", "was": "became"}
Index = dict[str, list["Relation"]]


@dataclass(frozen=True, slots=True)
class Relation:
    """How a point stands to ``other`` (a point's key). ``via`` is what the crosswalk names: the point, its standard or its chapter."""

    kind: str
    other: str
    reason: Text
    suggested: bool
    via: str


@dataclass(frozen=True, slots=True)
class Link:
    """One line of a crosswalk: two keys of points, standards or chapters; ``suggested`` until somebody has confirmed it."""

    kind: str
    one: str
    other: str
    reason: Text
    suggested: bool


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """The links between two editions, by their keys."""

    one: str
    other: str
    links: tuple[Link, ...]


@lru_cache(maxsize=1)
def crosswalks() -> tuple[Crosswalk, ...]:
    """Return the crosswalks of the shelf. Raises ``CatalogueFaults``."""
    if faults := check_crosswalks():
        raise CatalogueFaults(faults)
    read = (_read(file, Findings(file.name), shelf_editions()) for file in _files(None))
    return tuple(crosswalk for crosswalk in read if crosswalk is not None)


def check_crosswalks(path: Path | None = None) -> list[Fault]:
    """Return every fault of the crosswalks in the folder ``path`` (that of the shelf, if None); the editions must be without fault."""
    faults: list[Fault] = []
    for file in _files(path):
        findings = Findings(f"crosswalks/{file.name}")
        _read(file, findings, shelf_editions())
        faults.extend(findings)
    return faults


def related(point_key: str) -> tuple[Relation, ...]:
    """Return how the point stands to points of other editions, by crosswalk and by ``was``; empty for a point that nobody knows."""
    return (*_shelf_index().get(point_key, ()), *_imported_index(tuple(imported_editions().values())).get(point_key, ()))


def points_at(home: Edition, key: str) -> tuple[Point, ...]:
    """Return the points that ``key`` names in the edition: a point itself, those of a standard, or of a chapter; else none."""
    found = home.at(key)
    return () if found is None else (found,) if isinstance(found, Point) else found.points


def titled(home: Edition, key: str) -> Text:
    """Return the title of the chapter or standard, or the text of the point, that ``key`` names in the edition; else an empty one."""
    found = home.at(key)
    return Text() if found is None else found.text if isinstance(found, Point) else found.title


@lru_cache(maxsize=1)
def _shelf_index() -> Index:
    index: Index = {}
    for crosswalk in crosswalks():
        for link in crosswalk.links:
            _add(index, link, shelf_editions()[crosswalk.one], shelf_editions()[crosswalk.other])
    _add_replaced(index, shelf_editions().values())
    return index


@lru_cache(maxsize=4)
def _imported_index(imported: tuple[Edition, ...]) -> Index:
    index: Index = {}
    _add_replaced(index, imported)
    return index


def _add(index: Index, link: Link, one: Edition, other: Edition) -> None:
    back = SEEN_FROM_THE_OTHER_END.get(link.kind, link.kind)
    for near in points_at(one, link.one):
        for far in points_at(other, link.other):
            index.setdefault(near.key, []).append(Relation(link.kind, far.key, link.reason, link.suggested, link.other))
            index.setdefault(far.key, []).append(Relation(back, near.key, link.reason, link.suggested, link.one))


def _add_replaced(index: Index, homes: Iterable[Edition]) -> None:
    for new, old in [(point.key, old) for home in homes for point in home.points for old in point.was]:
        try:
            edition(old.split(":")[0]).point(old)
        except KeyError:
            continue
        index.setdefault(new, []).append(Relation("was", old, Text(), False, old))
        index.setdefault(old, []).append(Relation("became", new, Text(), False, new))


def _files(path: Path | None) -> list[Path]:
    return sorted((path or shelf("standards") / "crosswalks").glob("*.toml"))


def _read(file: Path, findings: Findings, known: Mapping[str, Edition]) -> Crosswalk | None:
    from ccc_pilot.catalogue.crosswalk_shapes import CrosswalkShape
    from ccc_pilot.catalogue.reading import read_file, read_shape, read_tree

    text = read_file(file, findings)
    tree = read_tree(text, findings) if text is not None else None
    shape = read_shape(CrosswalkShape, tree, "", findings) if tree is not None else None
    if shape is None:
        return None
    if file.stem != f"{shape.one}--{shape.other}":
        findings.add("", "wrong_file", name=f"{shape.one}--{shape.other}.toml")
    return Crosswalk(shape.one, shape.other, tuple(_links(shape, findings, known)))


def _links(shape: "CrosswalkShape", findings: Findings, known: Mapping[str, Edition]) -> Iterator[Link]:
    for number, line in enumerate(shape.relations, 1):
        place = f"relations[{number}]"
        one, other = f"{shape.one}:{line.one}", f"{shape.other}:{line.other}"
        for side, key in (("from", one), ("to", other)):
            if is_missing(known, key):
                findings.add(f"{place}.{side}", "no_such_point", id=key)
        if not (line.reason.sv and line.reason.en):
            findings.add(f"{place}.reason", "translation_missing", language="sv, en")
        yield Link(line.kind, one, other, Text(line.reason.sv, line.reason.en), line.suggested)


def is_missing(known: Mapping[str, Edition], key: str) -> bool:
    """Whether none of the ``known`` editions has a point, standard or chapter called ``key``."""
    home = known.get(key.split(":")[0])
    return home is None or not points_at(home, key)
