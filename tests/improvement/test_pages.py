"""The pages of the improvement plan, as their readers use them."""

from io import BytesIO

import docx
import pytest
from flask import Flask

from ccc_pilot.db import transaction
from ccc_pilot.improvement import columns, listing, reading
from ccc_pilot.improvement.listing import Query
from tests.factories import client_of, person, pilot
from tests.improvement.acting import acting, complete, new_plan, propose
from tests.support.pages import PageClient, parse

PLAN = "/improvement"


pytestmark = pytest.mark.sqlite_alone  # pages do not depend on the engine; the services behind them are tested on both


@pytest.fixture
def head(pilot_app: Flask) -> PageClient:
    return client_of(pilot_app, "huvudprojektledare", "en")


@pytest.fixture
def ro(pilot_app: Flask) -> PageClient:
    return client_of(pilot_app, "projektledare.ro", "en")


def titles(page) -> list[str]:
    return [link.text.strip() for link in page.select("table.actions-table tbody th a")]


def test_the_plan_is_a_table_with_where_each_action_comes_from_who_when_and_how_it_stands(head: PageClient):
    page = head.soup(PLAN)
    assert "0 of 6" not in page.h1.text
    assert titles(page)[0] == "F-01 Arton regionala processteam"
    assert [heading.text for heading in page.select(".actions-table thead th")] == [
        "Action", "Gap", "Region", "Responsible", "Due", "PDSA", "State", "RCC",
    ]  # fmt: skip
    assert "Said to be done" in page.select_one(".actions-table tbody").text


def test_filters_stand_in_the_address_and_stay_on_the_page(head: PageClient):
    page = head.soup(f"{PLAN}?standing=late&q=patient")
    assert titles(page) == ["F-02 Patientföreträdare i samtliga cancerprocesser"]
    assert page.select_one(".chip[aria-current]").text.startswith("Overdue 1")
    assert page.select_one("form.filters input[name=standing]")["value"] == "late"
    assert page.select_one("form.filters input[name=q]")["value"] == "patient"
    assert "No action fits" in head.get(f"{PLAN}?q=finns-inte").text


def test_a_plan_without_actions_says_so_on_its_pages_and_in_its_files(head: PageClient):
    page = head.soup(f"{PLAN}?plan=1")
    assert page.select_one(".empty h2").text == "The plan has no actions yet"
    assert page.select_one(".empty a")["href"] == f"{PLAN}/actions/new?plan=1"
    assert "How it goes by" not in head.get(f"{PLAN}/plans/1").text
    told = docx.Document(BytesIO(head.get(f"{PLAN}/export.docx?plan=1").data))
    assert ([part.text for part in told.paragraphs][-1], told.tables) == ("No action is in this list.", [])
    assert head.get(f"{PLAN}/export.pdf?plan=1").data.startswith(b"%PDF")


def test_an_old_link_with_nonsense_still_opens(head: PageClient):
    assert head.get(f"{PLAN}?standing=x&page=banan&sort=--&owner=person:abc&region=zz").status_code == 200
    assert head.get(f"{PLAN}?plan=99").status_code == 404


def test_an_action_is_written_changed_and_moved_on_pages_without_script(pilot_app: Flask, ro: PageClient):
    written = ro.submit(
        f"{PLAN}/actions/new", title="Kontaktsjuksköterska", region="ro", owner="post:pl_ro", due="2027-01-31", goal="Alla"
    )
    assert written.status_code == 302
    page = ro.soup(written.location)
    assert page.h1.text == "F-07 Kontaktsjuksköterska"
    assert ro.submit(written.location, to=f"{written.location}/steps/agree").status_code == 302
    assert ro.submit(f"{written.location}/report", percent="30", phase="do", text="Två av tre").status_code == 302
    told = ro.soup(written.location)
    assert "Två av tre" in told.select_one("#history").text
    changed = ro.submit(f"{written.location}/edit", goal="Alla patienter", why="Kontinuitet")
    assert changed.status_code == 302
    with pilot_app.app_context():
        action = reading.action(pilot(), 7)
        assert (action.state, action.percent, action.phase, action.goal, action.first_due.isoformat()) == (
            "agreed", 30, "do", "Alla patienter", "2027-01-31",
        )  # fmt: skip


def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(ro: PageClient):
    answer = ro.submit(f"{PLAN}/actions/new", title="", why="Ett långt skäl", due="31/2", start="2026-01-01")
    assert answer.status_code == 422
    page = parse(answer.text)
    assert page.select_one("#title-error")
    assert "is not a date" in page.select_one("#due-error").text
    assert page.select_one("textarea[name=why]").text.strip() == "Ett långt skäl"
    assert page.select_one("input[name=due]")["value"] == "31/2"


def test_a_step_that_is_refused_says_why_on_the_actions_own_page(ro: PageClient):
    ro.submit(f"{PLAN}/actions/new", title="Utan mål", region="ro")
    answer = ro.submit(f"{PLAN}/actions/7", to=f"{PLAN}/actions/7/steps/agree")
    assert answer.status_code == 422
    assert "Name who is responsible first." in parse(answer.text).select_one("#steps").text


def test_a_row_is_updated_in_place(ro: PageClient):
    part = ro.get(f"{PLAN}/actions/3/report", headers={"HX-Request": "true"})
    page = parse(f"<table>{part.text}</table>")
    assert page.select_one("tr.editor form.quick")
    assert page.select_one("h1") is None


def test_readers_see_no_way_to_change_anything(pilot_app: Flask):
    rsl = client_of(pilot_app, "rsl", "en")
    page = rsl.soup(PLAN)
    assert titles(page)
    assert not page.select("a.edit") and "New action" not in page.text
    assert not rsl.soup(f"{PLAN}/actions/2").select("#steps")
    assert rsl.get(f"{PLAN}/actions/2/edit").status_code == 403


def test_another_regions_action_is_shown_instead_of_its_form(pilot_app: Flask):
    rjl = client_of(pilot_app, "projektledare.rjl", "en")
    answer = rjl.get(f"{PLAN}/actions/2/edit")
    assert (answer.status_code, answer.location) == (302, f"{PLAN}/actions/2")


def test_only_the_head_lead_begins_a_plan_and_it_may_feed_another(pilot_app: Flask, head: PageClient, ro: PageClient):
    assert head.submit(f"{PLAN}/plans", title="Plan 2027", summary="", kind="improvement", feeds_id="1").status_code == 302
    assert "Plan 2027" in head.soup(PLAN).h1.text
    assert not ro.soup(f"{PLAN}/plans").select("#begin form")
    with pilot_app.app_context():
        plan = reading.latest(pilot())
        assert plan.feeds_id == 1
        assert listing.find(plan, Query(), None, person("projektledare.ro").id).total == 0


def test_a_whole_plan_is_sent_to_review_and_reviewed_on_pages_without_script(pilot_app: Flask, head: PageClient):
    with pilot_app.app_context():
        plan = new_plan()
        action, number = complete(propose(plan)).id, plan.id
    page = f"{PLAN}/plans/{number}"
    for region in ("ro", "rjl", "rkl"):
        assert head.submit(page, to=f"{page}/agree/{region}").status_code == 302
    assert head.submit(page, to=f"{page}/steps/submit").status_code == 302
    rcc = client_of(pilot_app, "granskare.rcc", "en")
    review = f"{PLAN}/actions/{action}/review"
    assert "Tick what is missing" in rcc.submit(f"{page}/review", to=review, verdict="returned").text
    assert rcc.submit(f"{page}/review", to=review, verdict="accepted").status_code == 302
    assert rcc.submit(page, to=f"{page}/review", verdict="accepted").status_code == 302
    refused = head.submit(page, to=f"{page}/steps/adopt", reference=" ")
    assert "Name the decision or the document." in parse(refused.text).select_one("#steps").text
    assert head.submit(page, to=f"{page}/steps/adopt", reference="RSL § 12").status_code == 302
    assert "RSL § 12" in head.soup(page).select_one("#versions").text


def test_a_click_on_a_head_sorts_turns_and_goes_back(head: PageClient):
    due = head.soup(f"{PLAN}?plan=2").select("thead th")[4]
    assert due.a["href"].endswith("sort=due") and "aria-sort" not in due.attrs
    turned = head.soup(due.a["href"]).select("thead th")[4]
    assert (turned["aria-sort"], turned.a["href"].rpartition("=")[2]) == ("ascending", "due_desc")
    assert head.soup(turned.a["href"]).select("thead th")[4].a["href"] == f"{PLAN}?plan=2"


def test_the_plans_own_columns_narrow_the_table(pilot_app: Flask, head: PageClient):
    with pilot_app.app_context():
        plan = reading.plan(pilot(), 2)
        with transaction():
            columns.choose(
                plan=plan,
                version=plan.version,
                who=acting("huvudprojektledare"),
                x1="Färg",
                x1_kind="choice",
                x1_choices="grön, röd",
            )
        action = reading.action(pilot(), 2)
        complete(action, by="huvudprojektledare", x1="röd", reason="Ny tid")
    assert titles(head.soup(f"{PLAN}?plan=2&x1=röd")) == ["F-02 Patientföreträdare i samtliga cancerprocesser"]
    assert [option.text for option in head.soup(f"{PLAN}?plan=2").select("select[name=x1] option")] == ["All", "grön", "röd"]


def test_what_a_chip_counts_is_what_a_click_on_it_lists_and_done_is_what_is_verified(pilot_app: Flask, head: PageClient):
    with pilot_app.app_context(), transaction():
        for number, state in ((1, "done_claimed"), (2, "verified"), (3, "effect_checked"), (4, "cancelled")):
            reading.action(pilot(), number).state = state
    assert "2 of 5 verified as done" in head.soup(PLAN).text
    for at in (PLAN, f"{PLAN}?q=patient", f"{PLAN}?owner=post:pl_ro"):
        for chip in head.soup(at).select(".chips .chip"):
            count = int(chip.text.split()[-1])
            assert len(titles(head.soup(chip["href"]))) == count, chip.text
