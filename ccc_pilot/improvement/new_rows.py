"""Rows that were written below the others in a workbook of the plan: actions that are not here yet, by the rules of a new one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ccc_pilot import said
from ccc_pilot.db import db
from ccc_pilot.folding import fold
from ccc_pilot.i18n import gettext as _
from ccc_pilot.improvement import fields, reading, service, storing
from ccc_pilot.improvement.machine import State
from ccc_pilot.improvement.models import Action, ImprovementPlan, code_of
from ccc_pilot.improvement.storing import Changed
from ccc_pilot.office import comebacks
from ccc_pilot.office.sheet_cells import Column
from ccc_pilot.people.doors import Current

CHOICE = "new"  # how the choice to take a row is named: "new:7.new"
Kept = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row that would become an action: its key ("new:7": the row in the file), what its cells say, and why it cannot be taken in."""

    key: str
    given: Mapping[str, Any]
    faults: Sequence[str]

    @property
    def number(self) -> str:
        """The row in the file."""
        return self.key.partition(":")[2]


def read(plan: ImprovementPlan, kept: Iterable[Kept], columns: Mapping[str, Column], who: Current) -> list[NewRow]:
    """Return the new rows among the ``kept`` cells, each with what hinders it now, by the rules of a new action. One query.

    A row that names no region belongs to the only one that ``who`` writes for; where there are several it must name one.
    """
    own = who.access.regions("improvement.propose", list(columns["region"].choices) if "region" in columns else [])
    rows: dict[str, list[Kept]] = {}
    for cell in kept:
        if comebacks.is_fresh(cell) and cell["column"] in columns:
            rows.setdefault(cell["row"], []).append(cell)
    there = _titles(plan) if rows else {}
    found = []
    for key, cells in rows.items():
        given = {cell["column"]: comebacks.value(columns[cell["column"]], cell) for cell in cells if not cell["fault"]}
        given.setdefault("region", own[0] if len(own) == 1 else "")
        told = [f"{columns[cell['column']].titles[0]}: {cell['fault']}" for cell in cells if cell["fault"]]
        found.append(NewRow(key, given, told or _hindrances(plan, given, who, there)))
        there.setdefault(fold(str(given.get("title") or "")), _("row %(n)s", n=found[-1].number))
    return found


def _titles(plan: ImprovementPlan) -> dict[str, str]:
    """The actions that are there, folded: one called alike is most likely the same, whose id was taken away or that went in before."""
    statement = select(Action.title, Action.number).where(Action.plan_id == plan.id, Action.state != State.CANCELLED)
    return {fold(title): code_of(number) for title, number in db.session.execute(statement)}


def _hindrances(plan: ImprovementPlan, given: Mapping[str, Any], who: Current, there: Mapping[str, str]) -> list[str]:
    title, region = str(given.get("title") or "").strip(), given["region"]
    if not title:
        return [_("The action has no name.")]
    if fold(title) in there:
        return [_("%(code)s is called so already.", code=there[fold(title)])]
    if not region:
        return [_("Say which region it belongs to.")]
    if not who.may("improvement.propose", region):
        return [_("That region is not yours to write for.")]
    if not 0 <= (given.get("percent") or 0) <= 100:
        return [_("Percent is a whole number from 0 to 100.")]
    fault = fields.fault(Action(tags=[], extra={}), plan, content(given))
    return [fault[1]] if fault else []


def content(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of a new row's cells an action says."""
    return {name: value for name, value in given.items() if name in fields.CONTENT}


def make(plan: ImprovementPlan, rows: Iterable[NewRow], chosen: Mapping[str, str], who: Current) -> list[Action]:
    """Make actions of those of the ``rows`` that are chosen and that nothing hinders."""
    made = []
    for row in rows:
        if row.faults or chosen.get(f"{row.key}.{CHOICE}") != comebacks.MINE:
            continue
        action = service.propose(plan=plan, who=who, given=content(row.given))
        action.percent, action.phase = row.given.get("percent") or action.percent or 0, row.given.get("phase") or action.phase
        made.append(action)
    db.session.flush()
    return made


def may_cancel(action: Action, version: int, who: Current) -> bool:
    """Whether a new action may be taken back: nobody has done anything with it since."""
    return action.version == version and action.state == State.PROPOSED and reading.may_edit(who, action)


def cancelled(action: Action) -> Changed:
    """Let an action that came in with a workbook be cancelled, as that is undone: it keeps its number, so that none is given twice."""
    told = storing.told(action)
    action.state, action.decision = State.CANCELLED, said.code("undone-workbook")
    return Changed(action, fields.differences(told, storing.told(action)), said.code("undone-workbook"))
