"""The plan goes out as a workbook, is changed elsewhere and comes back: compared cell by cell, taken in as a whole, undone."""

import csv
import io
from datetime import date

import pytest
from flask import Flask

from ccc_pilot import journal
from ccc_pilot.db import transaction
from ccc_pilot.errors import NotFound, Refused
from ccc_pilot.i18n import force_locale
from ccc_pilot.improvement import coming_back, listing
from ccc_pilot.improvement.listing import Query
from ccc_pilot.improvement.models import ImprovementPlan
from tests.factories import client_of, person
from tests.improvement.acting import HEAD, RO, TODAY, acting, complete, new_plan, propose, take
from tests.improvement.sheets import look_over, out, put, rows, take_in, told
from tests.support.pages import PageClient

RJL = "projektledare.rjl"


pytestmark = (
    pytest.mark.sqlite_alone
)  # what is compared here does not depend on the engine; holding rows and storing many are tested on both elsewhere


@pytest.fixture
def plan(pilot_context: Flask) -> ImprovementPlan:
    made = new_plan()
    complete(propose(made, "Ett", why="=1+1", tags="MDK, PREM", cost=12_000, promise="3"), measured="- räknas\n- varje år")
    complete(propose(made, "Två"))
    complete(propose(made, "Tre", region="rjl", by=RJL))
    return made


@pytest.mark.parametrize("as_csv", [False, True])
def test_without_edits_nothing_changes_whatever_the_language_and_the_order(plan, as_csv):
    sheet = out(plan, as_csv=as_csv)
    sheet[1:] = reversed(sheet[1:])
    with force_locale("en"):
        found = look_over(plan, sheet)
    assert (found.cells, found.unplaced, found.rows) == ([], [], 3)
    with pytest.raises(Refused, match="inget att ta in|nothing to take in"):
        take_in(plan, found)


def test_every_kind_of_cell_is_taken_in_and_undone_as_one_change(plan):
    before = [coming_back.contents({"": row}) for row in rows(plan)]
    sheet = out(plan)
    for heading, text in (
        ("Åtgärd", "Ett nytt namn"), ("Klart senast", "2027-02-28"), ("Kostnad, kronor", "1 500"), ("Etiketter", "SVF"),
        ("PDSA", "Genomföra"), ("Procent", "35"), ("Prioritet", "Hög"), ("Ansvarig", "Projektledare RÖ"), ("Patientlöfte", ""),
    ):  # fmt: skip
        put(sheet, "F-01", heading, text)
    workbook = take_in(plan, look_over(plan, sheet))
    one, two, _three = rows(plan)
    assert (one.title, one.due, one.cost, one.tags, one.phase, one.percent, one.priority, one.promise) == (
        "Ett nytt namn", date(2027, 2, 28), 1_500, ["SVF"], "do", 35, "high", "",
    )  # fmt: skip
    assert listing.find(plan, Query(tag="svf"), TODAY, 0).total == 1 and listing.find(plan, Query(q="namn"), TODAY, 0).total == 1
    assert [part["row"] for part in workbook.taken] == [str(one.id)] and two.version == 2
    with pytest.raises(Refused):
        take_in(plan, workbook)
    with transaction():
        assert coming_back.undo(plan=plan, workbook=workbook, who=acting(RO)) == 1
    assert [coming_back.contents({"": row}) for row in rows(plan)] == before
    with pytest.raises(Refused), transaction():
        coming_back.undo(plan=plan, workbook=workbook, who=acting(RO))
    assert list(journal.verify()) == []


def test_columns_may_be_taken_away_and_the_rest_still_comes_back(plan):
    sheet = out(plan)
    put(sheet, "F-02", "Mätbart mål", "Två av två")
    kept = [n for n, heading in enumerate(sheet[0]) if heading in {"Mätbart mål", "Rad-id (ändra inte)"}]
    workbook = look_over(plan, [[row[n] for n in kept] for row in sheet])
    assert [(cell["column"], cell["mine"]) for cell in workbook.cells] == [("goal", "Två av två")]


def test_where_both_changed_a_cell_the_choice_decides_and_what_only_others_changed_stays(plan):
    sheet = out(plan)
    for code in ("F-01", "F-02"):
        put(sheet, code, "Mätbart mål", "Mitt")
    one, two, _three = rows(plan)
    complete(one, goal="Deras", why="Annat skäl", measured=one.measured)
    complete(two, goal="Deras")
    workbook = look_over(plan, sheet)
    found = told(plan, workbook).cells
    assert [(one.row, one.now, one.mine) for one in found.both] == [("F-01", "Deras", "Mitt"), ("F-02", "Deras", "Mitt")]
    assert [(one.row, one.column) for one in found.theirs] == [("F-01", "Varför")]
    take_in(plan, workbook, **{f"{two.id}.goal": "mine"})
    assert [(row.goal, row.why) for row in rows(plan)[:2]] == [("Deras", "Annat skäl"), ("Mitt", "")]


def test_what_was_changed_after_the_look_is_not_written_over_and_not_undone(plan):
    sheet = out(plan)
    for code in ("F-01", "F-02"):
        put(sheet, code, "Mätbart mål", "Mitt")
    workbook = look_over(plan, sheet)
    complete(rows(plan)[0], goal="Kom emellan")
    take_in(plan, workbook)
    assert [row.goal for row in rows(plan)[:2]] == ["Kom emellan", "Mitt"]
    complete(rows(plan)[1], goal="Senare")
    with pytest.raises(Refused, match="läggas tillbaka"), transaction():
        coming_back.undo(plan=plan, workbook=workbook, who=acting(RO))
    assert rows(plan)[1].goal == "Senare"


def test_who_only_reports_can_undo_what_they_reported(plan):
    expert = "expert.ro"
    action = complete(rows(plan)[0], owner=f"person:{person(expert).id}")
    take(action, "agree")
    sheet = out(plan)
    put(sheet, "F-01", "Procent", 35)
    workbook = look_over(plan, sheet, by=expert)
    take_in(plan, workbook, by=expert)
    assert rows(plan)[0].percent == 35
    with transaction():
        assert coming_back.undo(plan=plan, workbook=workbook, who=acting(expert)) == 1
    assert rows(plan)[0].percent in {0, None}


@pytest.mark.parametrize(
    ("code", "heading", "text", "why"),
    [
        ("F-01", "Åtgärd", " ", "namn"), ("F-01", "PDSA", "Vila", "Planera"), ("F-01", "Klart senast", "31/2", "datum"),
        ("F-01", "Klart senast", "1999-01-01", "2015"), ("F-01", "Kostnad, kronor", "-5", "kronor"), ("F-01", "Procent", "140", "0 till 100"),
        ("F-01", "Etiketter", ",".join("abcdefghijklmno"), "etiketter"), ("F-03", "Mätbart mål", "Annat", "annan region"),
        ("F-01", "Region", "RJL", "inte skriva"), ("F-01", "Region", "", "alternativen"), ("F-02", "Klart senast", "2027-03-01", "varför datumet"),
        ("F-01", "Indikator", "x" * 201, "200"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_taken_in_is_named_with_the_reason_and_the_others_are_taken(plan, code, heading, text, why):
    take(rows(plan)[1], "agree")
    sheet = out(plan)
    put(sheet, code, heading, text)
    put(sheet, "F-02", "Varför", "Går bra")
    workbook = look_over(plan, sheet)
    [bad] = told(plan, workbook).cells.invalid
    assert (bad.row, bad.column) == (code, heading) and why in bad.fault and bad.place
    before = [coming_back.contents({"": row}) for row in rows(plan)]
    take_in(plan, workbook)
    after = [coming_back.contents({"": row}) for row in rows(plan)]
    assert after[1][""].pop("why") == "Går bra" and before[1][""].pop("why") == ""
    assert after == before


def test_a_moved_date_keeps_the_first_one_and_its_reason(plan):
    take(rows(plan)[1], "agree")
    sheet = out(plan)
    put(sheet, "F-02", "Klart senast", "2027-03-01")
    put(sheet, "F-02", "Varför flyttas datumet?", "Upphandlingen drog ut")
    workbook = take_in(plan, look_over(plan, sheet))
    two = rows(plan)[1]
    assert (two.due, two.first_due, two.shifts, two.due_reason) == (
        date(2027, 3, 1), date(2026, 12, 31), 1, "Upphandlingen drog ut",
    )  # fmt: skip
    with transaction():
        coming_back.undo(plan=plan, workbook=workbook, who=acting(RO))
    two = rows(plan)[1]
    assert (two.due, two.shifts, two.due_reason) == (date(2026, 12, 31), 0, "")


def test_own_columns_come_back_and_hold_to_their_choices(plan):
    from ccc_pilot.improvement import columns

    with transaction():
        given = {"x1": "Läge", "x1_kind": "choice", "x1_choices": "grön, röd", "x2": "Antal", "x2_kind": "whole"}
        columns.choose(plan=plan, version=plan.version, who=acting(HEAD), **given)
    sheet = out(plan)
    put(sheet, "F-01", "Läge (x1)", "röd")
    put(sheet, "F-01", "Antal", "12")
    put(sheet, "F-02", "Läge (x1)", "blå")
    workbook = look_over(plan, sheet)
    assert [(bad.row, bad.column) for bad in told(plan, workbook).cells.invalid] == [("F-02", "Läge (x1)")]
    take_in(plan, workbook)
    assert [row.extra for row in rows(plan)] == [{"x1": "röd", "x2": "12"}, {}, {}]
    assert look_over(plan, out(plan)).cells == []


def test_a_workbook_is_its_senders_alone_and_rows_of_another_plan_are_left_aside(plan):
    other = new_plan("En annan")
    complete(propose(other, "Utanför"))
    sheet = out(other)
    put(sheet, "F-01", "Mätbart mål", "Fel plan")
    found = look_over(plan, sheet)
    assert found.cells == [] and len(found.unplaced) == 1
    with pytest.raises(NotFound):
        coming_back.of(plan, found.id, acting(HEAD))


def test_a_change_of_an_adopted_plan_is_announced_as_its_next_version(plan):
    plan.state = "active"
    sheet = out(plan)
    put(sheet, "F-01", "Procent", "10")
    assert told(plan, look_over(plan, sheet)).follows == []
    put(sheet, "F-01", "Mätbart mål", "Fler")
    workbook = look_over(plan, sheet)
    assert "version 2" in told(plan, workbook).follows[0]
    take_in(plan, workbook)
    assert (plan.number, plan.state) == (2, "draft")


# On the pages


def test_the_workbook_goes_out_and_back_on_pages_without_script(pilot_app: Flask):
    client: PageClient = client_of(pilot_app, HEAD, "en")
    page = "/improvement/plans/2/workbooks"
    assert client.soup(page).select_one("#out a[download]")
    text = client.get("/improvement/plans/2/workbook.csv?standing=late").data.decode("utf-8-sig")
    sheet = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert sheet[1][0] == "F-02" and client.get("/improvement/plans/2/workbook.xlsx").data.startswith(b"PK")
    sheet[1][sheet[0].index("Measurable goal")] = "One in each team"
    changed = io.StringIO(newline="")
    csv.writer(changed, delimiter=";").writerows(sheet)
    answer = client.submit(page, to=page, follow_redirects=True, file=(io.BytesIO(changed.getvalue().encode()), "plan.csv"))
    assert "Changed in your file: 1." in answer.text and "One in each team" in answer.text
    path = answer.request.path
    assert "1 action was changed." in client.submit(path, to=f"{path}/take", follow_redirects=True).text
    assert "1 action was restored." in client.submit(path, to=f"{path}/undo", follow_redirects=True).text
    wrong = client.submit(page, to=page, file=(io.BytesIO(b"a;b\n1;2"), "other.csv"))
    assert wrong.status_code == 422 and "Row id (do not change)" in wrong.text
