"""What a workbook of the plan that came back differs in, ready to be shown, and what follows when it is taken in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import select

from ccc_pilot.db import db
from ccc_pilot.i18n import gettext as _
from ccc_pilot.improvement import coming_back, consequences, new_rows, storing
from ccc_pilot.improvement.machine import PlanState, Verdict
from ccc_pilot.improvement.models import Action, ImprovementPlan
from ccc_pilot.improvement.sheet_models import PlanWorkbook
from ccc_pilot.office import comebacks
from ccc_pilot.office.roundtrip import Layout
from ccc_pilot.office.sheet_cells import Column, shown
from ccc_pilot.people.doors import Current
from ccc_pilot.people.pilots import Region


@dataclass(frozen=True, slots=True)
class ShownNew:
    """A new row as the page shows it: the row in the file, the name of its choice, its name, what its cells say, and why it cannot be taken in."""

    number: str
    choice: str
    title: str
    cells: list[tuple[str, str]]
    faults: Sequence[str]


@dataclass(frozen=True, slots=True)
class Told:
    """What differs, in sentences what follows from taking it in, and why nothing can be (empty where it can)."""

    cells: comebacks.Told
    fresh: list[ShownNew]
    follows: list[str]
    closed: str


def told(plan: ImprovementPlan, layout: Layout, workbook: PlanWorkbook, who: Current, regions: Sequence[Region]) -> Told:
    """Return how a workbook differs from the plan as it stands now."""
    numbers = coming_back.numbers(workbook)
    rows = {
        str(one.id): one for one in db.session.scalars(select(Action).where(Action.id.in_(numbers), Action.plan_id == plan.id))
    }
    now, columns = coming_back.contents(rows), coming_back.columns(layout)
    all_mine = {f"{cell['row']}.{cell['column']}": comebacks.MINE for cell in workbook.cells}
    wanted = comebacks.wanted(workbook.cells, columns, now, all_mine)
    hindered = {
        f"{row}.{name}": why for row, given in wanted.items() for name, why in coming_back.refused(rows[row], plan, given, who).items()
    }  # fmt: skip
    found = comebacks.told(workbook.cells, columns, now, lambda row: (rows[row].code, _address(row)), hindered)
    content = [
        rows[row] for row in found.rows
        if any(f"{row}.{name}" not in hindered and name not in storing.ONLY_REPORTED for name in wanted[row])
    ]  # fmt: skip
    closed = _("The plan is closed; nothing in it is changed any more.") if plan.state == PlanState.CLOSED else ""
    accepted = sum(action.review == Verdict.ACCEPTED for action in content)
    fresh = new_rows.read(plan, workbook.cells, columns, who)
    touched = _touched(content, wanted) | {str(row.given["region"]) for row in fresh if not row.faults}
    return Told(found, [_new(row, columns) for row in fresh], consequences.to_come(plan, touched, accepted, regions), closed)


def _new(row: new_rows.NewRow, columns: Mapping[str, Column]) -> ShownNew:
    cells = [
        (columns[name].titles[0], shown(columns[name], value)) for name, value in row.given.items() if name != "title" and value
    ]
    return ShownNew(row.number, f"take.{row.key}.{new_rows.CHOICE}", str(row.given.get("title") or ""), cells, row.faults)


def _touched(content: Sequence[Action], wanted: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """The regions of what is changed, those that actions come to among them."""
    return {region for action in content for region in (action.region, wanted[str(action.id)].get("region", action.region))}


def _address(row: str) -> str:
    return url_for("improvement.show", action_id=int(row))
