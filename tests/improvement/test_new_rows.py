"""Rows that are written below the others in the plan's workbook become new actions, by the rules of a new action, and an undo cancels them."""

from typing import Any

import pytest
from flask import Flask

from ccc_pilot import journal
from ccc_pilot.db import transaction
from ccc_pilot.errors import Refused
from ccc_pilot.improvement import coming_back, standing
from ccc_pilot.improvement.models import ImprovementPlan
from tests.improvement.acting import HEAD, RO, acting, complete, new_plan, propose
from tests.improvement.sheets import look_over, out, put, rows, take_in, told
from tests.improvement.test_consequences import agree

pytestmark = pytest.mark.sqlite_alone  # what a new action asks for is tested on both engines elsewhere


@pytest.fixture
def plan(pilot_context: Flask) -> ImprovementPlan:
    made = new_plan()
    complete(propose(made, "Ett"))
    return made


def written(sheet: list[list[Any]], **cells: Any) -> None:
    """Write a row below the others; the names of the headings with "_" for blanks."""
    row: list[Any] = [None] * len(sheet[0])
    for heading, text in cells.items():
        row[sheet[0].index(heading.replace("_", " "))] = text
    sheet.append(row)


def choices(found: Any) -> dict[str, str]:
    return {row.choice.removeprefix("take."): "mine" for row in found.fresh if not row.faults}


def test_a_row_without_an_id_becomes_an_action_beside_what_was_changed(plan):
    agree(plan, "ro")
    sheet = out(plan)
    put(sheet, "F-01", "Procent", "20")
    written(sheet, Åtgärd="Ny i filen", Region="RÖ", Klart_senast="2027-01-31", Prioritet="Hög", Procent="10", PDSA="Genomföra")
    workbook = look_over(plan, sheet)
    assert workbook.unplaced == []
    shown = told(plan, workbook)
    assert [(row.title, row.number, row.faults) for row in shown.fresh] == [("Ny i filen", "3", [])]
    assert "RÖ" in shown.follows[0]
    take_in(plan, workbook, **choices(shown))
    one, new = rows(plan)
    assert (one.percent, new.code, new.title, new.region, new.due.isoformat(), new.priority, new.percent, new.phase, new.state) == (
        20, "F-02", "Ny i filen", "ro", "2027-01-31", "high", 10, "do", "proposed",
    )  # fmt: skip
    assert standing.agreed(plan) == {}
    with transaction():
        assert coming_back.undo(plan=plan, workbook=workbook, who=acting(RO)) == 2
    one, new = rows(plan)
    assert (one.percent, new.state, new.decision) == (0, "cancelled", "§undone-workbook")
    assert propose(plan, "Nästa").code == "F-03"
    assert list(journal.verify()) == []


def test_only_rows_that_are_chosen_are_taken_in_and_an_action_in_use_is_not_taken_back(plan):
    sheet = out(plan)
    written(sheet, Åtgärd="Ja")
    written(sheet, Åtgärd="Nej")
    workbook = look_over(plan, sheet)
    first, _second = choices(told(plan, workbook)).items()
    with pytest.raises(Refused):
        take_in(plan, workbook)
    take_in(plan, workbook, **dict([first]))
    assert [row.title for row in rows(plan)] == ["Ett", "Ja"]
    complete(rows(plan)[1])
    with pytest.raises(Refused), transaction():
        coming_back.undo(plan=plan, workbook=workbook, who=acting(RO))
    assert rows(plan)[1].state == "proposed"


def test_what_a_new_action_could_not_be_is_told_and_left(plan):
    sheet = out(plan)
    written(sheet, Åtgärd="", Mätbart_mål="Utan namn")
    written(sheet, Åtgärd="ETT")
    written(sheet, Åtgärd="Annans", Region="RJL")
    written(sheet, Åtgärd="Fel dag", Klart_senast="31/2")
    written(sheet, Åtgärd="Bakvänd", Börjar="2027-02-01", Klart_senast="2027-01-01")
    written(sheet, Åtgärd="Dubbel")
    written(sheet, Åtgärd="Dubbel")
    written(sheet, Nummer="Summa")
    workbook = look_over(plan, sheet)
    faults = [" ".join(row.faults) for row in told(plan, workbook).fresh]
    for why, fault in zip(("namn", "F-01", "kan inte skriva", "datum", "innan", "", "rad 8"), faults, strict=True):
        assert why in fault and bool(why) == bool(fault), (why, fault)
    assert len(workbook.unplaced) == 1
    several = told(plan, workbook, HEAD).fresh
    assert "region" in several[5].faults[0]
    take_in(plan, workbook, **{f"new:{n}.new": "mine" for n in range(3, 12)})
    assert [row.title for row in rows(plan)] == ["Ett", "Dubbel"]


def test_a_workbook_sent_in_twice_makes_no_action_twice(plan):
    sheet = out(plan)
    written(sheet, Åtgärd="Ny")
    first, second = look_over(plan, sheet), look_over(plan, sheet)
    take_in(plan, first, **choices(told(plan, first)))
    assert told(plan, second).fresh[0].faults == ["F-02 heter redan så."]
