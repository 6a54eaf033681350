"""A spreadsheet goes in: read, matched to the fields, looked over, and taken in whole or not at all."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from ccc_pilot import journal
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import Forbidden, NotFound, Refused
from ccc_pilot.folding import fold
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import ngettext
from ccc_pilot.improvement import fields, matching, service
from ccc_pilot.improvement.matching import Read
from ccc_pilot.improvement.models import Action, ImprovementPlan
from ccc_pilot.improvement.sheet_models import PlanSheet
from ccc_pilot.improvement.words import PRIORITY_WORDS
from ccc_pilot.office import sheets_in
from ccc_pilot.people.doors import Current

MOST_ROWS = 1_000
LIMITS = sheets_in.Limits(megabytes=10, rows=5_000, columns=60, cells=200_000)


def look_over(*, plan: ImprovementPlan, data: bytes, name: str, who: Current) -> PlanSheet:
    """Read the sheet in ``data`` and guess what its columns are; nothing is taken in yet. Raises ``Refused`` at the field "file"."""
    if not who.may("improvement.propose"):
        raise Forbidden
    rows = next(
        (told for sheet in sheets_in.read(data, limits=LIMITS, field="file") if len(told := _texts(sheet.rows)) > 1), None
    )
    if rows is None:
        raise Refused(_("There is no sheet with headings and rows in the file."), "file")
    if len(rows) > MOST_ROWS + matching.HEAD_WITHIN:
        raise Refused(_("At most %(most)s rows at a time.", most=MOST_ROWS), "file")
    head = matching.head_of(rows)
    own = {column["key"]: column["title"] for column in plan.columns}
    made = PlanSheet(
        plan_id=plan.id, person_id=who.person_id, name=name[:200] or "–", at=utc_now(), head=head, rows=rows,
        mapping=matching.mapping_of(rows[head], fold, own), made=[],
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made


def _texts(rows: Sequence[Sequence[Any]]) -> list[list[str]]:
    told = [[_text(cell) for cell in row] for row in rows]
    while told and not any(told[-1]):
        told.pop()
    return told


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def of(plan: ImprovementPlan, number: int, person_id: int) -> PlanSheet:
    """Return a sheet, to the one who sent it in. Raises ``NotFound``."""
    found = db.session.scalar(
        select(PlanSheet).where(PlanSheet.id == number, PlanSheet.plan_id == plan.id, PlanSheet.person_id == person_id)
    )
    if found is None:
        raise NotFound
    return found


def match(*, sheet: PlanSheet, mapping: Sequence[str]) -> PlanSheet:
    """Say which field each column is. Raises ``Refused`` where two are the same, or none is the action's name."""
    told = [field if field in {*fields.PLAIN, "tags", *fields.OWN} else "" for field in mapping]
    named = [field for field in told if field]
    if len(named) != len(set(named)):
        raise Refused(_("Two columns cannot be the same field."))
    if "title" not in named:
        raise Refused(_("Say which column holds the actions."))
    sheet.mapping = told
    return sheet


def preview(plan: ImprovementPlan, sheet: PlanSheet, regions: Mapping[str, str], usual: str, today: date) -> list[Read]:
    """Return what each row would become; ``regions`` maps keys to short names, ``usual`` is the region of a row that names none."""
    known = {name.casefold(): key for key, name in regions.items()} | {key: key for key in regions}
    priorities = {str(words).casefold(): key for key, words in PRIORITY_WORDS.items()} | {key: key for key in PRIORITY_WORDS}
    return matching.read(
        sheet.rows,
        sheet.head,
        sheet.mapping,
        regions=known,
        usual=usual,
        priorities=priorities,
        today=today,
        longest=fields.LONGEST,
    )


def take_in(*, plan: ImprovementPlan, sheet: PlanSheet, rows: Sequence[Read], who: Current) -> list[Action]:
    """Make actions of all ``rows``, or of none where anything is wrong in one. Raises ``Refused``, also the second time."""
    db.session.refresh(sheet, with_for_update=True)
    if sheet.taken_at is not None:
        raise Refused(_("This sheet was taken in already."))
    if not rows:
        raise Refused(_("There is no row to take in."))
    wrong = sum(bool(row.faults) for row in rows)
    if wrong:
        raise Refused(
            ngettext("%(num)s row has a fault; nothing was taken in.", "%(num)s rows have faults; nothing was taken in.", wrong)
        )
    for row in rows:
        if not who.may("improvement.propose", row.given["region"]):
            raise Refused(_("Row %(n)s belongs to a region that is not yours to write for.", n=row.number))
    with journal.together():
        made = [service.propose(plan=plan, who=who, given=row.given) for row in rows]
    for action, row in zip(made, rows, strict=True):
        action.source = f"{sheet.name}:{row.number}"[:200]
    sheet.made, sheet.taken_at = [action.id for action in made], utc_now()
    return made
