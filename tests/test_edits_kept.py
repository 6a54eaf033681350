"""Writing that was interrupted (a log-in that ended, an old token, a role taken away, a fault): what was typed is kept, for its writer alone."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, update

from ccc_pilot import drafts, sendings
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db, transaction
from ccc_pilot.people.models import Holding, LoginSession
from tests.factories import client_of, person
from tests.support.editing import ADDRESS, EDIT, ELSEWHERE, HEAD, LEAD, MILESTONE, TEXT, draft, opened, send, stored
from tests.support.pages import PageClient, form_with, parse, values_of


def grow_old(app: Flask, by: timedelta = timedelta(hours=2)) -> None:
    """Let all log-ins be as if nobody had touched them for ``by``."""
    with app.app_context(), transaction():
        db.session.execute(update(LoginSession).values(seen_at=utc_now() - by))


def log_in(app: Flask, client: PageClient, login: str, address: str = "/login") -> Any:
    """Log in by the form at ``address``, as people do who have no second factor."""
    with app.app_context(), transaction():
        person(login).factor_secret = ""
    form = values_of(form_with(client.soup(address), {"email", "password"}))
    return client.post("/login", data={**form, "email": f"{login}@demo.example", "password": "demo-pilot-2025"})


def test_edt_07_what_was_sent_after_the_log_in_had_ended_is_there_when_its_writer_has_logged_in_again(pilot_app: Flask):
    client = client_of(pilot_app, LEAD)
    form = opened(client)
    grow_old(pilot_app)
    answer = send(client, form, percent="40", status="at_risk", comment=TEXT)
    assert answer.status_code == 302
    assert answer.location.startswith("/login?next=")
    assert EDIT in answer.location
    assert stored(pilot_app)[3] == 1
    entered = log_in(pilot_app, client, LEAD, answer.location)
    page = client.soup(entered.location)
    assert page.find("textarea", {"name": "comment"}).text.strip() == TEXT
    assert page.find("input", {"name": "percent"})["value"] == "40"
    assert page.find("button", {"name": "status", "value": "at_risk"})["aria-pressed"] == "true"
    assert send(client, opened(client)).status_code == 302
    assert stored(pilot_app)[:3] == ("ongoing", 40, TEXT)
    assert draft(pilot_app) is None


def test_edt_07_another_person_on_the_same_computer_never_sees_it(pilot_app: Flask):
    client = client_of(pilot_app, LEAD)
    form = opened(client)
    grow_old(pilot_app)
    page = client.get(send(client, form, comment=TEXT).location)
    assert TEXT not in page.text
    log_in(pilot_app, client, ELSEWHERE)
    for address in (EDIT, MILESTONE, "/milestones", "/"):
        assert TEXT not in client.get(address).text, address


def test_edt_07_where_nobody_knows_whose_the_log_in_was_the_page_holds_the_text_and_sends_it_again(pilot_app: Flask):
    client = client_of(pilot_app, LEAD)
    form = opened(client)
    with pilot_app.app_context(), transaction():
        db.session.execute(delete(LoginSession))
    answer = send(client, form, percent="40", comment=TEXT)
    assert answer.status_code == 401
    again = form_with(parse(answer.text), {"comment", "percent"}, ADDRESS)
    log_in(pilot_app, client, LEAD)
    stale = client.post(ADDRESS, data=values_of(again))
    assert stale.status_code == 400
    assert client.post(ADDRESS, data=values_of(form_with(parse(stale.text), {"comment"}, ADDRESS))).status_code == 302
    assert stored(pilot_app)[:3] == ("ongoing", 40, TEXT)


def test_edt_07_a_log_in_that_waits_for_its_second_factor_keeps_nothing_for_its_person(pilot_app: Flask):
    client = client_of(pilot_app, LEAD)
    form = opened(client)
    with pilot_app.app_context(), transaction():
        db.session.execute(update(LoginSession).values(stage="half"))
    assert send(client, form, comment=TEXT).status_code == 401
    assert draft(pilot_app) is None


def test_edt_07_what_one_types_is_kept_meanwhile_and_filled_in_when_the_form_is_opened_again(pilot_app: Flask):
    client = client_of(pilot_app, LEAD)
    form = {**opened(client), "percent": "ungefär hälften", "comment": TEXT}
    answer = client.post("/drafts", data={**form, "draft_path": ADDRESS})
    assert answer.json["words"].startswith("Sparat ")
    page = client_of(pilot_app, LEAD).soup(EDIT)
    assert answer.json["words"].split()[-1] in page.find("form", class_="draft").text
    assert page.find("input", {"name": "percent"})["value"] == "ungefär hälften"
    assert page.find("textarea", {"name": "comment"}).text.strip() == TEXT
    assert TEXT not in client_of(pilot_app, HEAD).get(EDIT).text


def test_edt_07_a_draft_is_thrown_away_on_request(pilot_app: Flask):
    client = client_of(pilot_app, LEAD)
    client.post("/drafts", data={**opened(client), "comment": TEXT, "draft_path": ADDRESS})
    discard = form_with(client.soup(EDIT), {"draft_path"})
    assert client.post(discard["action"], data=values_of(discard)).location == EDIT
    assert draft(pilot_app) is None
    assert TEXT not in client.get(EDIT).text


def test_edt_07_a_draft_whose_row_went_on_meanwhile_meets_the_other_text(pilot_app: Flask):
    client, second = client_of(pilot_app, LEAD), client_of(pilot_app, HEAD)
    client.post("/drafts", data={**opened(client), "percent": "40", "draft_path": ADDRESS})
    send(second, opened(second), percent="60")
    assert send(client, opened(client)).status_code == 409


def test_edt_07_what_is_kept_late_of_a_form_already_saved_is_no_draft(pilot_app: Flask):
    client = client_of(pilot_app, LEAD)
    form = {**opened(client), "comment": TEXT}
    send(client, form)
    assert client.post("/drafts", data={**form, "draft_path": ADDRESS}).status_code == 204
    assert draft(pilot_app) is None


@pytest.mark.parametrize("path", ["", "/nowhere", "/milestones", "//evil.example/x", "/milestones/" + "x" * 400])
def test_edt_07_a_draft_belongs_to_a_form_that_exists(pilot_app: Flask, path: str):
    client = client_of(pilot_app, LEAD)
    assert client.post("/drafts", data={**opened(client), "comment": TEXT, "draft_path": path}).status_code == 204


def test_edt_07_no_draft_holds_a_password(pilot_app: Flask):
    client = client_of(pilot_app, LEAD)
    told = {**opened(client), "kept": "/", "password": "hemligt-lösenord", "again": "hemligt-lösenord", "comment": TEXT}
    assert client.post("/drafts", data={**told, "draft_path": ADDRESS}).status_code == 204
    assert draft(pilot_app) is None


def test_edt_07_drafts_are_few_and_not_for_ever(pilot_context: Flask):
    who = person(LEAD).id
    with transaction():
        for n in range(drafts.MOST + 3):
            drafts.keep(person_id=who, form_path=f"/x/{n}", fields={"a": ["b"]}, base_version=None)
    assert len(drafts.of(who)) == drafts.MOST
    assert "/x/0" not in drafts.of(who)
    with transaction():
        db.session.execute(
            update(drafts.Draft).where(drafts.Draft.form_path == "/x/9").values(saved_at=utc_now() - timedelta(days=91))
        )
        assert drafts.sweep() == 1
    assert "/x/9" not in drafts.of(who)


def test_forms_carried_out_are_forgotten_after_a_week(pilot_context: Flask):
    with transaction():
        assert sendings.claim("k" * 64, "form", None)
        db.session.execute(update(sendings.ProcessedForm).values(at=utc_now() - timedelta(days=8)))
        assert sendings.sweep() == 1


def test_edt_08_a_form_with_a_token_of_an_earlier_log_in_comes_back_with_its_text_and_a_button_that_works(pilot_app: Flask):
    form = opened(client_of(pilot_app, LEAD))
    client = client_of(pilot_app, LEAD)
    answer = send(client, form, percent="40", comment=TEXT)
    assert answer.status_code == 400
    page = parse(answer.text)
    assert TEXT in page.find(class_="kept").text
    assert stored(pilot_app)[3] == 1
    assert client.post(ADDRESS, data=values_of(form_with(page, {"comment"}, ADDRESS))).status_code == 302
    assert stored(pilot_app)[:3] == ("ongoing", 40, TEXT)
    assert draft(pilot_app) is None


def test_edt_10_a_role_taken_away_while_the_form_was_open_writes_nothing_and_keeps_the_text(pilot_app: Flask):
    client = client_of(pilot_app, LEAD)
    form = opened(client)
    with pilot_app.app_context(), transaction():
        db.session.execute(delete(Holding).where(Holding.person_id == person(LEAD).id))
    answer = send(client, form, percent="40", comment=TEXT)
    assert answer.status_code == 403
    assert TEXT in parse(answer.text).find(class_="kept").text
    assert stored(pilot_app) == ("not_started", 0, "", 1)
    assert draft(pilot_app)["comment"] == [TEXT]


def test_nothing_is_lost_when_the_save_fails_within(pilot_app: Flask):
    client = client_of(pilot_app, LEAD)
    form = opened(client)
    with pilot_app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE milestone_change RENAME TO away")
    answer = send(client, form, comment=TEXT)
    assert answer.status_code in {500, 503}
    assert TEXT in parse(answer.text).find(class_="kept").text
    assert draft(pilot_app)["comment"] == [TEXT]
    assert stored(pilot_app)[3] == 1


FOREIGN = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Referer": "https://evil.example/localhost"},
    {},
)


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
@pytest.mark.parametrize("login", [LEAD, None])
def test_edt_08_what_another_page_made_the_browser_send_is_neither_shown_nor_kept_nor_given_a_token(
    pilot_app: Flask, headers: dict[str, str], login: str | None
):
    client = client_of(pilot_app, login) if login else pilot_app.test_client()
    client.environ_base.pop("HTTP_SEC_FETCH_SITE")
    forged = {"status": "done", "comment": TEXT, "version": "1", "kept": EDIT, "draft_path": ADDRESS, "csrf_token": "x"}
    answer = client.post(ADDRESS, data=forged, headers=headers)
    assert answer.status_code == (400 if login else 401)
    assert TEXT not in answer.text
    assert "csrf_token" not in answer.text
    assert "Set-Cookie" not in answer.headers
    assert draft(pilot_app) is None
    assert client.post("/nowhere", data=forged, headers=headers).headers.get("Set-Cookie") is None


@pytest.mark.parametrize("headers", [{"Origin": "http://localhost"}, {"Referer": f"http://localhost{EDIT}"}], ids=str)
def test_edt_08_a_browser_that_tells_only_its_origin_gets_its_text_back_too(pilot_app: Flask, headers: dict[str, str]):
    client = client_of(pilot_app, LEAD)
    client.environ_base.pop("HTTP_SEC_FETCH_SITE")
    answer = client.post(ADDRESS, data={**opened(client), "comment": TEXT, "csrf_token": "old"}, headers=headers)
    assert answer.status_code == 400
    assert values_of(form_with(parse(answer.text), {"comment"}, ADDRESS))["comment"] == TEXT
