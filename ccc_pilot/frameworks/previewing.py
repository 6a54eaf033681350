"""The pages of an import: the columns with examples, and what the file would become."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ccc_pilot.catalogue import Edition, editions
from ccc_pilot.catalogue.spelling import Change
from ccc_pilot.frameworks import cells, imports
from ccc_pilot.frameworks.cells import CellFault
from ccc_pilot.frameworks.columns import FIELDS
from ccc_pilot.frameworks.forms import ChoiceForm
from ccc_pilot.frameworks.models import FrameworkUpload

MOST_FAULTS, MOST_CHANGES, EXAMPLES = 200, 100, 3


@dataclass(frozen=True, slots=True)
class Shown:
    """A preview for the page: the edition if there is one, some of the faults and changes, how many there are, and whether it may be stored."""

    edition: Edition | None
    standards: int
    points: int
    faults: list[CellFault]
    fault_count: int
    changes: list[Change]
    change_count: int
    replaces: bool
    hindrance: Any
    ready: bool
    seal: str


def shown(target: FrameworkUpload) -> Shown:
    """Return what the upload would become."""
    found = imports.preview(target)
    reading = found.reading
    return Shown(
        edition=reading.edition,
        standards=sum(len(chapter.standards) for chapter in reading.edition.chapters) if reading.edition else 0,
        points=reading.points,
        faults=reading.faults[:MOST_FAULTS],
        fault_count=len(reading.faults),
        changes=found.changes[:MOST_CHANGES],
        change_count=len(found.changes),
        replaces=found.stored is not None,
        hindrance=found.hindrance,
        ready=found.ready,
        seal=found.seal,
    )


def columns() -> list[tuple[str, Any]]:
    """Return what a column may hold, with the heading that is recognised at once."""
    return list(FIELDS.items())


def width(rows: Sequence[Sequence[Any]]) -> int:
    """Return how many columns the sheet has."""
    return max((len(row) for row in rows), default=0)


def chosen(target: FrameworkUpload) -> ChoiceForm:
    """Return the form with what has been chosen so far."""
    return offered(ChoiceForm.of(target.chosen, width(imports.rows_of(target))), target)


def offered(form: ChoiceForm, target: FrameworkUpload) -> ChoiceForm:
    """Return the form with its choices."""
    rows = imports.rows_of(target)
    at = target.chosen["heading_row"]
    headings = [cells.text(cell) for cell in rows[at]] if at < len(rows) else []
    return form.offer(list(editions.editions().values()), [name for name, _rows in target.sheets], headings)


def examples(rows: Sequence[Sequence[Any]], heading_row: int) -> list[str]:
    """Return for each column the first cells below the headings that say something."""
    below = rows[heading_row + 1 : heading_row + 200]
    found = []
    for number in range(width(rows)):
        said = (cells.text(row[number]) for row in below if number < len(row))
        found.append(" · ".join(text[:60] for _n, text in zip(range(EXAMPLES), filter(None, said), strict=False)))
    return found
