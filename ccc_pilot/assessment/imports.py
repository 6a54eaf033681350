"""A sheet of answers that comes back: looked over first, then taken in as a whole, and undone if it was a mistake."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from ccc_pilot import journal
from ccc_pilot.assessment import answers, scope, sheets
from ccc_pilot.assessment.models import AssessmentAnswer, AssessmentRound
from ccc_pilot.assessment.result_models import AssessmentSheet
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import NotFound, Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.office import comebacks
from ccc_pilot.office.sheet_cells import Column
from ccc_pilot.office.sheets_in import Sheet


def look_over(
    *, round_: AssessmentRound, region: str, file: Sequence[Sheet], file_name: str, actor_id: int
) -> AssessmentSheet:  # fmt: skip
    """Compare the sheets of a ``file`` with the region's answers and keep what differs; nothing is changed yet.

    Raises ``Refused`` at the field ``file`` where no sheet is one of ours.
    """
    found = comebacks.look_over(file, sheets.layout(scope.edition_of(round_)), sheets.rows(round_, [region]))
    kept = AssessmentSheet(
        round_id=round_.id, region=region, person_id=actor_id, at=utc_now(), file_name=file_name[:200], rows=found.rows,
        cells=comebacks.cells(found), unplaced=comebacks.unplaced(found),
    )  # fmt: skip
    db.session.add(kept)
    db.session.flush()
    return kept


def of(round_: AssessmentRound, region: str, number: int, actor_id: int) -> AssessmentSheet:
    """Return a sheet that this person sent in. Raises ``NotFound``."""
    found = db.session.get(AssessmentSheet, number)
    if found is None or (found.round_id, found.region, found.person_id) != (round_.id, region, actor_id):
        raise NotFound
    return found


def take(*, sheet: AssessmentSheet, chosen: Mapping[str, str], actor_id: int) -> AssessmentSheet:
    """Take in what is mine, and of what both changed that which is ``chosen`` ("answer.column" to "mine"); all of it or nothing.

    Raises ``Refused`` the second time, where nothing is to be taken in, or where an answer may not be changed now.
    """
    db.session.refresh(sheet, with_for_update=True)
    if sheet.taken_at is not None:
        raise Refused(_("This sheet has been taken in already."))
    targets = _targets(cell["row"] for cell in sheet.cells)
    wanted = comebacks.wanted(sheet.cells, columns(sheet), contents(targets), chosen)
    if not wanted:
        raise Refused(_("There is nothing to take in."))
    sheet.taken = [_write(targets[number], content, actor_id) for number, content in wanted.items()]
    sheet.taken_at = utc_now()
    round_ = db.session.get_one(AssessmentRound, sheet.round_id)
    journal.write(
        "assessment.sheet_taken", round_.key, actor_id=actor_id, region=sheet.region, name=sheet.file_name, rows=len(wanted)
    )
    return sheet


def _write(target: AssessmentAnswer, content: Mapping[str, Any], actor_id: int) -> dict[str, Any]:
    before = {name: getattr(target, name) for name in content}
    answers.write(target=target, version=target.version, actor_id=actor_id, **content)
    return {"row": str(target.id), "before": before, "version": target.version}


def undo(*, sheet: AssessmentSheet, actor_id: int) -> int:
    """Write back what stood there before a sheet was taken in, where nobody has changed it since; returns how many answers.

    Raises ``Refused`` where it has not been taken in, or was undone already.
    """
    db.session.refresh(sheet, with_for_update=True)
    if sheet.taken_at is None or sheet.undone_at is not None:
        raise Refused(_("There is nothing to undo."))
    targets, done = _targets(part["row"] for part in sheet.taken), 0
    for part in sheet.taken:
        target = targets[part["row"]]
        if target.version == part["version"]:
            answers.write(target=target, version=target.version, actor_id=actor_id, **part["before"])
            done += 1
    sheet.undone_at = utc_now()
    round_ = db.session.get_one(AssessmentRound, sheet.round_id)
    journal.write("assessment.sheet_undone", round_.key, actor_id=actor_id, region=sheet.region, name=sheet.file_name, rows=done)
    return done


def columns(sheet: AssessmentSheet) -> dict[str, Column]:
    """Return the columns of a sheet that are read back, by key."""
    round_ = db.session.get_one(AssessmentRound, sheet.round_id)
    return {column.key: column for column in sheets.layout(scope.edition_of(round_)).editable}


def contents(targets: Mapping[str, AssessmentAnswer]) -> dict[str, dict[str, Any]]:
    """Return what answers say now, as the cells of a sheet hold it."""
    return {key: {name: getattr(answer, name) for name in sheets.EDITABLE} for key, answer in targets.items()}


def _targets(keys: Iterable[str]) -> dict[str, AssessmentAnswer]:
    table = AssessmentAnswer
    ids = {int(key) for key in keys}
    found = db.session.scalars(
        select(table).where(table.id.in_(ids)).order_by(table.id).with_for_update(), execution_options={"populate_existing": True}
    )
    return {str(one.id): one for one in found}


def recent(round_: AssessmentRound, region: str, actor_id: int, most: int = 10) -> Sequence[AssessmentSheet]:
    """Return the sheets that this person sent in for a region, newest first."""
    table = AssessmentSheet
    mine = table.round_id == round_.id, table.region == region, table.person_id == actor_id
    return db.session.scalars(select(table).where(*mine).order_by(table.id.desc()).limit(most)).all()
