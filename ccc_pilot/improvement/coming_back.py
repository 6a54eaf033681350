"""A workbook of the plan that comes back changed: looked over first, then taken in as a whole, and undone if it was a mistake."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from ccc_pilot import journal, said
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import Forbidden, NotFound, Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.improvement import amending, fields, machine, new_rows, reading, service, storing, workbooks
from ccc_pilot.improvement.listing import Query, every
from ccc_pilot.improvement.models import Action, ImprovementPlan
from ccc_pilot.improvement.sheet_models import PlanWorkbook
from ccc_pilot.improvement.storing import ONLY_REPORTED, Changed
from ccc_pilot.office import comebacks
from ccc_pilot.office.roundtrip import Layout
from ccc_pilot.office.sheet_cells import Column
from ccc_pilot.office.sheets_in import Sheet
from ccc_pilot.people.doors import Current

Given = Mapping[str, Any]


def look_over(*, plan: ImprovementPlan, layout: Layout, file: Sequence[Sheet], file_name: str, who: Current) -> PlanWorkbook:
    """Compare the sheets of a ``file`` with the plan and keep what differs; nothing is changed yet.

    Raises ``Forbidden``, and ``Refused`` at the field ``file`` where no sheet is one of ours.
    """
    if not who.may("improvement.propose"):
        raise Forbidden
    found = comebacks.look_over(file, layout, workbooks.rows(every(plan, Query(), today(), who.person_id)))
    kept = PlanWorkbook(
        plan_id=plan.id, person_id=who.person_id, at=utc_now(), file_name=file_name[:200], rows=found.rows, cells=comebacks.cells(found, fresh=True),
        unplaced=comebacks.unplaced(found, fresh=True), taken=[],
    )  # fmt: skip
    db.session.add(kept)
    db.session.flush()
    return kept


def of(plan: ImprovementPlan, number: int, who: Current) -> PlanWorkbook:
    """Return a workbook that this person sent in. Raises ``NotFound``."""
    found = db.session.get(PlanWorkbook, number)
    if found is None or (found.plan_id, found.person_id) != (plan.id, who.person_id):
        raise NotFound
    return found


def recent(plan: ImprovementPlan, who: Current, most: int = 10) -> Sequence[PlanWorkbook]:
    """Return the workbooks that this person sent in, newest first."""
    mine = PlanWorkbook.plan_id == plan.id, PlanWorkbook.person_id == who.person_id
    return db.session.scalars(select(PlanWorkbook).where(*mine).order_by(PlanWorkbook.id.desc()).limit(most)).all()


def refused(action: Action, plan: ImprovementPlan, given: Given, who: Current) -> dict[str, str]:
    """Return which cells of what is ``given`` for an action cannot be taken in, each with the reason, by the rules of its own page."""
    found = {name: why for name in given if (why := _out_of_reach(action, name, given[name], who))}
    if _is_moved(action, given) and "due" not in found and not str(given.get(workbooks.REASON, "")).strip():
        found["due"] = _("Say why the date is moved; the first one is kept.")
    left = {name: value for name, value in given.items() if name not in found}
    while left and (fault := fields.fault(action, plan, left)):
        field, why = fault
        for name in [field] if field in left else list(left):
            found[name] = why
            del left[name]
    return found


def _out_of_reach(action: Action, name: str, value: Any, who: Current) -> str:
    if name in ONLY_REPORTED and action.state in machine.SETTLED:
        return _("This is settled; nothing more is reported on it.")
    if not (reading.may_report(who, action) if name in ONLY_REPORTED else reading.may_edit(who, action)):
        return _("It belongs to another region or is agreed on already.")
    if name == "region" and not value:
        return _("Choose one of the alternatives.")
    if name == "region" and not who.may("improvement.propose", value):
        return _("That region is not yours to write for.")
    if name == "percent" and not (value is not None and 0 <= value <= 100):
        return _("Percent is a whole number from 0 to 100.")
    return _("Choose one of the alternatives.") if name == "phase" and not value else ""


def _is_moved(action: Action, given: Given) -> bool:
    return "due" in given and service.is_moved(action, given["due"])


def take(
    *, plan: ImprovementPlan, layout: Layout, workbook: PlanWorkbook, chosen: Mapping[str, str], who: Current
) -> PlanWorkbook:
    """Take in what is mine, and of what both changed that which is ``chosen`` ("row.column" to "mine"), and the new rows that are chosen
    ("new:7.new"); all of it or nothing.

    Cells that the rules refuse are left as they are, as was told before. Raises ``Refused`` the second time, where nothing is to be
    taken in, or where the plan is closed.
    """
    db.session.refresh(workbook, with_for_update=True)
    if workbook.taken_at is not None:
        raise Refused(_("This workbook has been taken in already."))
    amending.lock(plan)
    rows = {str(row.id): row for row in storing.hold(plan, numbers(workbook))}
    fresh = new_rows.read(plan, workbook.cells, columns(layout), who)
    wanted = comebacks.wanted(workbook.cells, columns(layout), contents(rows), chosen)
    before = {key: storing.snapshot(rows[key]) for key in wanted}
    changed = [one for key, given in wanted.items() if (one := _written(rows[key], plan, given, who))]
    storing.store(plan, changed, who.person_id)
    made = new_rows.make(plan, fresh, chosen, who)
    if not changed and not made:
        raise Refused(_("There is nothing to take in."))
    workbook.taken = [
        *(_taken(one.action, before[str(one.action.id)]) for one in changed),
        *({"row": str(one.id), "version": one.version, "made": True, "before": {}} for one in made),
    ]
    workbook.taken_at = utc_now()
    _tell("improvement.workbook_taken", plan, workbook, who, len(workbook.taken))
    return workbook


def numbers(workbook: PlanWorkbook) -> set[int]:
    """Return the ids of the actions whose cells differ in ``workbook``."""
    return {int(cell["row"]) for cell in workbook.cells if not comebacks.is_fresh(cell)}


def _written(action: Action, plan: ImprovementPlan, given: Given, who: Current) -> Changed | None:
    no = refused(action, plan, given, who)
    given = {name: value for name, value in given.items() if name not in no}
    told, due, moved = storing.told(action), action.due, _is_moved(action, given)
    reason = str(given.get(workbooks.REASON, "")).strip() if moved else ""
    fields.put(action, plan, given)
    action.percent, action.phase = given.get("percent", action.percent), given.get("phase", action.phase)
    if "due" in given:
        service.note_due(action, due, reason)
    changes = fields.differences(told, storing.told(action))
    return Changed(action, changes, reason) if changes else None


def _taken(action: Action, before: dict[str, Any]) -> dict[str, Any]:
    after = storing.snapshot(action)
    return {
        "row": str(action.id), "version": action.version, "before": {name: value for name, value in before.items() if value != after[name]},
    }  # fmt: skip


def undo(*, plan: ImprovementPlan, workbook: PlanWorkbook, who: Current) -> int:
    """Write back what stood there before a workbook was taken in, where nobody has changed it since; returns how many actions.

    What was new is cancelled.

    Raises ``Refused`` where it has not been taken in, was undone already, or where nothing can be put back.
    """
    db.session.refresh(workbook, with_for_update=True)
    if workbook.taken_at is None or workbook.undone_at is not None:
        raise Refused(_("There is nothing to undo."))
    amending.lock(plan)
    parts = {int(part["row"]): part for part in workbook.taken}
    rows = [row for row in storing.hold(plan, parts) if row.version == parts[row.id]["version"] and _may(who, row, parts[row.id])]
    if not rows:
        raise Refused(_("Nothing can be put back: it has been changed since, or is no longer yours to change."))
    text = said.code("undone-workbook")
    storing.store(
        plan,
        [new_rows.cancelled(row) if "made" in parts[row.id] else _put_back(row, parts[row.id]["before"], text) for row in rows],
        who.person_id,
    )
    workbook.undone_at = utc_now()
    _tell("improvement.workbook_undone", plan, workbook, who, len(rows))
    return len(rows)


def _may(who: Current, action: Action, part: Mapping[str, Any]) -> bool:
    if "made" in part:
        return new_rows.may_cancel(action, part["version"], who)
    return reading.may_report(who, action) if set(part["before"]) <= set(ONLY_REPORTED) else reading.may_edit(who, action)


def _put_back(action: Action, before: dict[str, Any], text: str) -> Changed:
    told = storing.told(action)
    storing.restore(action, before)
    return Changed(action, fields.differences(told, storing.told(action)), text)


def _tell(event: str, plan: ImprovementPlan, workbook: PlanWorkbook, who: Current, n: int) -> None:
    journal.write(event, f"improvement-plan:{plan.id}", actor_id=who.person_id, name=workbook.file_name, rows=n)


def columns(layout: Layout) -> dict[str, Column]:
    """Return the columns that are read back, by key."""
    return {column.key: column for column in layout.editable}


def contents(rows: Mapping[str, Action]) -> dict[str, dict[str, Any]]:
    """Return what actions say now, as the cells of a sheet hold it."""
    return {key: workbooks.contents(action) for key, action in rows.items()}
