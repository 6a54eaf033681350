"""Several rows at once: saved where nobody was before, told where somebody was, undone in one step."""

from collections.abc import Iterable

import pytest
from flask import Flask
from sqlalchemy import event, func, select
from werkzeug.test import TestResponse

from ccc_pilot import journal
from ccc_pilot.db import db, transaction
from ccc_pilot.progress import service
from ccc_pilot.progress.bulk import MOST
from ccc_pilot.progress.models import MilestoneBatch, MilestoneChange, MilestoneRow
from tests.factories import client_of, person, pilot
from tests.support.pages import PageClient, parse, values_of

PLAN = "sosr-wp4-2025"
CHOOSE = "/milestones?choose=1"
THREE = (("P0-07", "ro"), ("P0-07", "rjl"), ("P0-07", "rkl"))


def row(slug: str = "P0-07", region: str = "ro") -> MilestoneRow:
    return service.row(pilot(), PLAN, slug, region)


def stands(app: Flask, places: Iterable[tuple[str, str]] = THREE) -> list[tuple[str, int, str, int]]:
    with app.app_context():
        return [(r.status, r.percent, r.comment, r.version) for r in (row(*place) for place in places)]


def picks(app: Flask, places: Iterable[tuple[str, str]] = THREE) -> list[str]:
    with app.app_context():
        return [f"{r.id}.{r.version}" for r in (row(*place) for place in places)]


def meanwhile(app: Flask, region: str, comment: str = "Hann före") -> None:
    """Let the head lead save a row between the page and the button."""
    with app.app_context(), transaction():
        target = row(region=region)
        service.update(
            target=target, status="ongoing", percent=70, comment=comment, version=target.version,
            actor_id=person("huvudprojektledare").id, may_complete=True,
        )  # fmt: skip


@pytest.fixture
def lead(pilot_app: Flask) -> PageClient:
    return client_of(pilot_app, "huvudprojektledare", "en")


@pytest.fixture
def ro(pilot_app: Flask) -> PageClient:
    return client_of(pilot_app, "projektledare.ro", "en")


def send(client: PageClient, chosen: list[str], page: str = CHOOSE, **fields: object) -> TestResponse:
    """Tick ``chosen`` on ``page`` and send the bar; the boxes stand outside its form and name it."""
    form = client.soup(page).select_one("#bulk")
    typed = {"row": chosen, "status": "ongoing", "percent": "40", "comment": "", **fields}
    return client.post(form["action"], data={**values_of(form), **typed})


def test_the_chosen_rows_are_saved_each_with_its_history_and_journal_entry(pilot_app: Flask, lead: PageClient):
    answer = lead.get(send(lead, picks(pilot_app), comment="Enligt styrgruppen").location)
    assert "3 saved, 0 not saved" in answer.text
    assert stands(pilot_app) == [("ongoing", 40, "Enligt styrgruppen", 2)] * 3
    with pilot_app.app_context():
        assert db.session.scalar(select(func.count(MilestoneChange.id))) == 3
        entries = db.session.scalars(select(journal.Entry).where(journal.Entry.event == "milestone.progress")).all()
        assert {entry.region for entry in entries} == {"ro", "rjl", "rkl"}
        assert list(journal.verify()) == []


def test_one_box_chooses_a_whole_line_and_another_the_whole_page(pilot_app: Flask, lead: PageClient):
    page = lead.soup(CHOOSE)
    boxes = {box["value"] for box in page.select("tbody input[name=row]")}
    assert " ".join(picks(pilot_app)) in boxes
    whole = page.select_one("thead input[name=row]")["value"].split()
    assert set(whole) == {pick for box in boxes for pick in box.split()}
    send(lead, [" ".join(picks(pilot_app))])
    assert [status for status, *_rest in stands(pilot_app)] == ["ongoing"] * 3


def test_a_row_that_somebody_changed_meanwhile_is_told_and_not_overwritten(pilot_app: Flask, lead: PageClient):
    chosen = picks(pilot_app)
    meanwhile(pilot_app, "rjl")
    answer = lead.get(send(lead, chosen).location)
    assert "2 saved, 1 not saved" in answer.text
    left = parse(answer.text).select_one("#left")
    assert left.select_one(".when").text == "RJL"
    assert "Demo Huvudprojektledare changed it at" in left.text
    assert stands(pilot_app) == [("ongoing", 40, "", 2), ("ongoing", 70, "Hann före", 2), ("ongoing", 40, "", 2)]


def test_where_nothing_can_be_saved_nothing_is_and_what_was_typed_and_chosen_stays(pilot_app: Flask, lead: PageClient):
    chosen = picks(pilot_app)
    for region in ("ro", "rjl", "rkl"):
        meanwhile(pilot_app, region)
    answer = send(lead, chosen, comment="Min rad")
    assert answer.status_code == 422
    page = parse(answer.text)
    assert "Nothing was saved" in page.select_one(".errors").text
    assert page.select_one("#bulk textarea").text.strip() == "Min rad"
    assert len(page.select("tbody input[name=row][checked]")) == 3
    with pilot_app.app_context():
        assert db.session.scalar(select(func.count(MilestoneBatch.id))) == 0


def test_a_regional_lead_sees_boxes_for_the_own_region_only_and_cannot_send_others(pilot_app: Flask, ro: PageClient):
    with pilot_app.app_context():
        own = set(db.session.scalars(select(MilestoneRow.id).where(MilestoneRow.region == "ro")))
    boxes = {int(pick.split(".")[0]) for box in ro.soup(CHOOSE).select("input[name=row]") for pick in box["value"].split()}
    assert boxes
    assert boxes <= own
    answer = ro.get(send(ro, picks(pilot_app)).location)
    assert "1 saved, 2 not saved" in answer.text
    assert [status for status, *_rest in stands(pilot_app)] == ["ongoing", "not_started", "not_started"]


def test_done_by_a_regional_lead_is_a_claim_and_cannot_be_forged_to_more(pilot_app: Flask, ro: PageClient):
    send(ro, picks(pilot_app)[:1], status="claimed", percent="")
    assert stands(pilot_app)[0][:2] == ("claimed", 100)
    assert send(ro, picks(pilot_app)[:1], status="done").status_code == 422
    assert send(ro, picks(pilot_app)[:1], status="cancelled", comment="Nej").status_code == 422


def test_leaving_the_status_lets_claims_and_settled_rows_stand(pilot_app: Flask, lead: PageClient):
    with pilot_app.app_context(), transaction():
        row(region="ro").status, row(region="rjl").status, row(region="rkl").status = "claimed", "done", "cancelled"
        for region in ("ro", "rjl", "rkl"):
            row(region=region).percent = 100
    send(lead, picks(pilot_app), status="", percent="", comment="Sedd")
    assert [(status, comment) for status, _p, comment, _v in stands(pilot_app)] == [
        ("claimed", "Sedd"), ("done", "Sedd"), ("cancelled", "Sedd"),
    ]  # fmt: skip


def test_undo_restores_what_was_as_a_new_change_and_leaves_what_was_touched_since(pilot_app: Flask, lead: PageClient):
    result = send(lead, picks(pilot_app), comment="För tidigt").location
    meanwhile(pilot_app, "rkl", "Rört sedan")
    answer = lead.submit(result, to="/milestones/bulk/undo", follow_redirects=True)
    assert "2 restored as they were" in answer.text
    assert "It was changed since" in answer.text
    assert stands(pilot_app) == [("not_started", 0, "", 3), ("not_started", 0, "", 3), ("ongoing", 70, "Rört sedan", 3)]
    with pilot_app.app_context():
        assert db.session.scalar(select(func.count(MilestoneChange.id))) == 6
        assert list(journal.verify()) == []


def test_undoing_twice_undoes_once(pilot_app: Flask, lead: PageClient):
    result = send(lead, picks(pilot_app)).location
    form = lead.soup(result).select_one("form[action='/milestones/bulk/undo']")
    sent = {field["name"]: field["value"] for field in form.select("input")}
    lead.post("/milestones/bulk/undo", data=sent)
    assert lead.post("/milestones/bulk/undo", data=sent).location == result  # sent again by itself: the first answer
    again = lead.post("/milestones/bulk/undo", data={**sent, "form_key": ""}, follow_redirects=True)
    assert "undone already" in again.text
    assert [version for *_rest, version in stands(pilot_app)] == [3, 3, 3]
    assert not lead.soup(result).select("form[action='/milestones/bulk/undo']")


def test_nobody_sees_or_undoes_what_another_person_did(pilot_app: Flask, lead: PageClient, ro: PageClient):
    result = send(lead, picks(pilot_app)).location
    number = result.rsplit("/", 1)[1]
    assert ro.get(result).status_code == 404
    token = ro.soup(CHOOSE).select_one("input[name=csrf_token]")["value"]
    assert ro.post("/milestones/bulk/undo", data={"csrf_token": token, "batch": number}).status_code == 404
    assert [status for status, *_rest in stands(pilot_app)] == ["ongoing"] * 3


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"chosen": []}, "Choose at least one row"),
        ({"chosen": ["1.1; DROP"]}, "The form is incomplete"),
        ({"chosen": [" ".join(f"{n}.1" for n in range(1, MOST + 2))]}, "at most 500 rows"),
        ({"percent": "140"}, "whole number from 0 to 100"),
        ({"percent": "٣٠x"}, "whole number"),
        ({"status": "finished"}, "Choose one of the alternatives"),
        ({"comment": "x" * 2001}, "at most 2000 characters"),
        ({"status": "", "percent": ""}, "Choose a status or a percent"),
        ({"status": "at_risk", "comment": ""}, "Say in a line why"),
    ],
)
def test_what_cannot_be_meant_is_told_at_the_form_and_changes_nothing(
    pilot_app: Flask, lead: PageClient, fields: dict[str, object], said: str
):
    answer = send(lead, **{"chosen": picks(pilot_app), **fields})  # type: ignore[arg-type]
    assert answer.status_code == 422
    assert said in parse(answer.text).select_one("#bulk .errors").text
    assert [version for *_rest, version in stands(pilot_app)] == [1, 1, 1]


def test_rows_that_are_not_there_are_not_found(pilot_app: Flask, lead: PageClient):
    assert send(lead, [*picks(pilot_app), "999999.1"]).status_code == 404
    assert [version for *_rest, version in stands(pilot_app)] == [1, 1, 1]


def test_the_way_back_keeps_what_the_list_was_narrowed_to(pilot_app: Flask, lead: PageClient):
    narrowed = "/milestones?region=ro&q=P0-07&choose=1"
    location = send(lead, picks(pilot_app)[:1], narrowed).location
    assert lead.soup(location).select_one(".tools a")["href"] == "/milestones?q=P0-07&region=ro"


def test_readers_are_offered_nothing_to_choose(pilot_app: Flask):
    reader = client_of(pilot_app, "rsl")
    assert not reader.soup(CHOOSE).select("input[name=row]")
    token = reader.soup(CHOOSE).select_one("input[name=csrf_token]")["value"]
    assert reader.post("/milestones/bulk", data={"csrf_token": token, "row": "1.1", "status": "done"}).status_code == 403


def test_choosing_costs_no_more_queries_than_looking(pilot_app: Flask, lead: PageClient):
    asked: list[str] = []
    with pilot_app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda _c, _cur, statement, *_rest: asked.append(statement))
    counts = []
    for address in ("/milestones", CHOOSE):
        asked.clear()
        lead.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 15
