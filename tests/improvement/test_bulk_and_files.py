"""Several actions at once, the board, own columns, kept views, and the plan as files."""

import io
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import event, insert, select

from ccc_pilot import journal
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db, transaction
from ccc_pilot.errors import Refused
from ccc_pilot.improvement import bulk, columns, listing
from ccc_pilot.improvement.bulk import Wish
from ccc_pilot.improvement.listing import Query
from ccc_pilot.improvement.models import Action, ActionChange
from tests.factories import client_of
from tests.improvement.acting import HEAD, RO, TODAY, acting, complete, new_plan, propose, take
from tests.support.pages import PageClient, parse, values_of

PLAN = "/improvement?plan=2"


@pytest.fixture
def plan(pilot_context: Flask):
    made = new_plan()
    for title in ("Ett", "Två"):
        complete(propose(made, title))
    complete(propose(made, "Tre", region="rjl", by="projektledare.rjl"))
    return made


def rows(plan) -> list[Action]:
    return list(listing.every(plan, Query(), TODAY, 0))


def change(plan, *actions: Action, by: str = HEAD, **wish):
    with transaction():
        return bulk.update(plan=plan, picked={one.id: one.version for one in actions}, wish=Wish(**wish), who=acting(by))


def test_several_actions_change_at_once_and_one_step_undoes_it(plan):
    one, two, three = rows(plan)
    batch = change(plan, one, two, three, step="agree", priority="high", tag="MDK", percent=20)
    assert [(row.state, row.priority, row.tags, row.percent) for row in rows(plan)] == [("agreed", "high", ["MDK"], 20)] * 3
    assert len(listing.find(plan, Query(tag="mdk"), TODAY, 0).rows) == 3
    take(two, "start")
    with transaction():
        assert bulk.undo(plan=plan, batch=batch, who=acting(HEAD)) == 2
    assert [(row.state, row.priority, row.tags) for row in rows(plan)] == [
        ("proposed", "", []), ("in_progress", "high", ["MDK"]), ("proposed", "", []),
    ]  # fmt: skip
    with pytest.raises(Refused), transaction():
        bulk.undo(plan=plan, batch=batch, who=acting(HEAD))
    assert list(journal.verify()) == []


def test_what_cannot_be_saved_is_told_and_the_rest_is(plan):
    one, two, three = rows(plan)
    stale = two.version - 1
    with transaction():
        batch = bulk.update(
            plan=plan,
            picked={one.id: one.version, two.id: stale, three.id: three.version},
            wish=Wish(priority="low"),
            who=acting(RO),
        )
    assert [part.outcome for part in batch.parts] == ["saved", "changed", "refused"]
    assert [row.priority for row in rows(plan)] == ["low", "", ""]
    with pytest.raises(Refused):
        change(plan, three, by=RO, priority="low")


def test_five_hundred_actions_change_with_few_statements(plan):
    now = utc_now()
    made = [
        {"plan_id": plan.id, "number": 10 + n, "region": "ro", "title": f"Åtgärd {n}", "created_at": now, "updated_at": now, "tags": [], "extra": {}}
        for n in range(500)
    ]  # fmt: skip
    with transaction():
        db.session.execute(insert(Action), made)
    many = [row for row in rows(plan) if row.number >= 10]
    picked = {row.id: row.version for row in many}
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda _c, _cur, statement, *_rest: statements.append(statement))
    with transaction():
        bulk.update(plan=plan, picked=picked, wish=Wish(priority="high", phase="do"), who=acting(HEAD))
    assert len(statements) < 40
    assert (
        len(db.session.scalars(select(ActionChange.id).where(ActionChange.text == "", ActionChange.kind == "edit")).all()) >= 500
    )


def test_own_columns_hold_what_was_kept_in_a_spreadsheet_and_stay_when_they_come_back(plan):
    def choose(**given):
        with transaction():
            return columns.choose(plan=plan, version=plan.version, who=acting(HEAD), **given)

    with pytest.raises(Refused) as refused:
        choose(x1="Läge", x1_kind="choice", x1_choices="grön")
    assert refused.value.field == "x1_choices"
    choose(x1="Läge", x1_kind="choice", x1_choices="grön, gul, röd", x3="Diarienummer")
    one = rows(plan)[0]
    with pytest.raises(Refused):
        complete(one, x1="blå")
    complete(one, x1="gul", x3="RÖ 2026-4")
    assert [row.id for row in listing.find(plan, Query(x1="gul"), TODAY, 0).rows] == [one.id]
    choose(x3="Diarienummer")
    choose(x1="Läge", x1_kind="text", x3="Diarienummer")
    assert rows(plan)[0].extra == {"x1": "gul", "x3": "RÖ 2026-4"}


@pytest.fixture
def head(pilot_app: Flask) -> PageClient:
    return client_of(pilot_app, HEAD, "en")


def send(client: PageClient, *, chosen: bool = True, **fields: str):
    """Tick all rows and send the bar; the boxes stand outside its form and name it."""
    page = client.soup(f"{PLAN}&choose=1")
    form = page.select_one("#bulk")
    boxes = [box["value"] for box in page.select("tbody input[name=row]")] if chosen else []
    return client.post(form["action"], data={**values_of(form), "row": boxes, **fields})


def test_the_bar_changes_the_chosen_rows_and_undo_stands_on_the_next_page(pilot_app: Flask, head: PageClient):
    answer = send(head, priority="high")
    assert answer.status_code == 302
    assert "6 saved, 0 not saved" in head.soup(answer.location).text
    assert head.submit(answer.location, to="/improvement/plans/2/bulk/undo").status_code == 302
    assert "Undone" in head.soup(answer.location).text
    swedish = client_of(pilot_app, HEAD, "sv")
    for address in ("/improvement/actions/1", "/journal"):
        assert "En ändring av flera rader ångrades." in swedish.soup(address).text
    assert "A change of several was undone." in client_of(pilot_app, HEAD, "en").soup("/improvement/actions/1").text
    empty = send(head, chosen=False, priority="high")
    assert "Choose at least one row" in parse(empty.text).select_one("#bulk .errors").text


def test_a_card_moves_on_the_board_without_script(head: PageClient):
    board = head.soup("/improvement/board?plan=2")
    assert [len(column.select(".card-row")) for column in board.select(".board-column")] == [1, 4, 1, 0]
    card = board.select_one('[data-card="2"] form')
    answer = head.post(card["action"], data={**{i["name"]: i["value"] for i in card.select("input")}, "phase": "act"})
    assert answer.status_code == 303
    assert head.soup("/improvement/board?plan=2").select_one('[data-column="act"] [data-card="2"]')


def test_a_view_is_kept_shared_and_removed(pilot_app: Flask, head: PageClient):
    kept = head.submit(f"{PLAN}&standing=late", to="/improvement/plans/2/views?standing=late", title="Sena", shared="y")
    assert kept.status_code == 302
    other = client_of(pilot_app, "rsl", "en")
    chip = other.soup(PLAN).select_one(".looks a")
    assert (chip.text.strip(), chip["href"]) == ("Sena", "/improvement?plan=2&standing=late")
    assert other.post("/improvement/plans/2/views/1/drop").status_code == 400
    assert head.submit(PLAN, to="/improvement/plans/2/views/1/drop").status_code == 302
    assert not head.soup(PLAN).select(".looks")


def test_the_plan_goes_out_as_excel_csv_word_and_pdf(head: PageClient):
    csv = head.get("/improvement/export.csv?plan=2&standing=late").data.decode("utf-8-sig")
    assert csv.splitlines()[0].startswith("Number;Action;Gap")
    assert len(csv.splitlines()) == 2
    with ZipFile(io.BytesIO(head.get("/improvement/export.xlsx?plan=2").data)) as book:
        assert "xl/worksheets/sheet1.xml" in book.namelist()
    with ZipFile(io.BytesIO(head.get("/improvement/export.docx?plan=2").data)) as word:
        told = word.read("word/document.xml").decode()
    assert "F-02 Patientföreträdare i samtliga cancerprocesser" in told
    assert 'w:orient="landscape"' in told and told.count("<w:tblHeader/>") == 1
    assert all(head in told for head in ("Activity", "Consequences", "Promise, standard, priority", "The RCC's comment", "Proof"))
    pdf = head.get("/improvement/export.pdf?plan=2")
    assert pdf.data.startswith(b"%PDF")


def test_a_text_that_could_run_as_a_formula_is_no_formula_in_the_file(pilot_app: Flask, head: PageClient):
    with pilot_app.app_context():
        propose(new_plan("Elak"), "=HYPERLINK(1)")
    assert "'=HYPERLINK(1)" in head.get("/improvement/export.csv?plan=3").text


def test_an_action_is_printed_on_one_page_and_the_plan_is_drawn_with_its_table(head: PageClient):
    page = head.soup("/improvement/actions/2/a3")
    assert [title.text for title in page.select(".a3 h2")][0] == "1 Problem"
    timeline = head.soup("/improvement/timeline?plan=2")
    assert timeline.select_one("svg.action-bars") and timeline.select("#bars table tbody tr")


def test_the_pages_of_the_plan_open_for_every_reader(pilot_app: Flask):
    for login in (HEAD, RO, "granskare.rcc", "expert.rjl", "rsl", "ekonom", "extern"):
        client = client_of(pilot_app, login, "sv")
        for address in (
            "/improvement/plans/2",
            "/improvement/plans/2/gaps",
            "/improvement/plans/2/compare",
            "/improvement/mine",
            "/improvement/board",
        ):
            assert client.get(address).status_code == 200, (login, address)
