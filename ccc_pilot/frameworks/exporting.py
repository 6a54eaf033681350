"""An edition as a table for office programs, with the headings that the import knows: what goes out can be taken in elsewhere."""

from collections.abc import Iterator, Sequence
from typing import Any

from ccc_pilot.catalogue import Edition, Point
from ccc_pilot.office.sheet_cells import text_of
from ccc_pilot.office.tables import Column, Table

WIDTHS = {
    "chapter": 9, "chapter_title_sv": 28, "chapter_title_en": 28, "standard": 11, "standard_title_sv": 32, "standard_title_en": 32,
    "number": 13, "official": 10, "text_sv": 60, "text_en": 60, "guidance_sv": 40, "guidance_en": 40, "core": 8, "core_status": 13,
    "status": 14, "applies": 14, "evidence_required": 34, "evidence": 34, "pdca": 6, "weight": 7, "stage_months": 8, "was": 20,
    "source": 30, "source_ref": 16, "confidence": 12,
}  # fmt: skip
YES_NO = {True: "yes", False: "no", None: ""}


def table(edition: Edition) -> Table:
    """Return the edition as a table, a row for each point."""
    columns = tuple(Column(name, width=width) for name, width in WIDTHS.items())
    return Table(edition.key, columns, _rows(edition))


def as_it_came(key: str, rows: Sequence[Sequence[Any]]) -> Table:
    """Return the ``rows`` of the file that an edition was imported from, the first as headings, every cell as text."""
    width = max(map(len, rows))
    said = [[text_of(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
    return Table(key, tuple(Column(title, width=24) for title in said[0]), said[1:])


def _rows(edition: Edition) -> Iterator[tuple[str, ...]]:
    for chapter in edition.chapters:
        for standard in chapter.standards:
            home = (
                chapter.key.split(":", 1)[1], chapter.title.sv, chapter.title.en, standard.number, standard.title.sv, standard.title.en,
            )  # fmt: skip
            for point in standard.points:
                yield *home, *_cells(edition, point)


def _cells(edition: Edition, point: Point) -> tuple[str, ...]:
    proofs = {True: [], False: []}  # type: dict[bool, list[str]]
    for one in point.requires:
        title = edition.kinds[one.kind].title
        proofs[one.mandatory].append(f"{one.min_count} × {title.sv or title.en}" if one.min_count > 1 else title.sv or title.en)
    return (
        point.number, point.official or "", point.text.sv, point.text.en, point.guidance.sv, point.guidance.en,
        YES_NO[point.core], point.core_status, point.status, ", ".join(sorted(point.applies)),
        "; ".join(proofs[True]), "; ".join(proofs[False]), point.pdca or "", str(point.weight),
        "" if point.stage_months is None else str(point.stage_months), ", ".join(point.was),
        point.source, point.source_ref, point.confidence,
    )  # fmt: skip
