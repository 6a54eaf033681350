"""Concurrent editing and interrupted work: nothing typed is lost, nothing is done twice or by halves."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update

from ccc_pilot import drafts, journal, sendings
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db, transaction
from ccc_pilot.people.models import Holding, LoginSession
from ccc_pilot.progress import loading, service
from ccc_pilot.progress.models import MilestoneChange
from ccc_pilot.web.merging import merge
from tests import factories
from tests.factories import person, pilot
from tests.support import writers
from tests.support.pages import PageClient, form_with, parse, values_of

ADDRESS = "/milestones/sosr-wp4-2025/P0-07/ro"
EDIT = f"{ADDRESS}/edit"
DATE = f"{ADDRESS}/date"
MILESTONE = "/milestones/sosr-wp4-2025/P0-07"
LEAD, HEAD, ELSEWHERE = "projektledare.ro", "huvudprojektledare", "projektledare.rjl"
TEXT = "Två av tre experter är utsedda; avtalet väntar på underskrift."


def client_of(app: Flask, login: str) -> PageClient:
    """Return a client in which ``login`` is logged in, with the second factor that their role asks for."""
    with app.app_context(), transaction():
        person(HEAD).factor_secret = "a secret of the tests"
    return factories.client_of(app, login)


def stored(app: Flask) -> tuple[str, int, str, int]:
    """Return what is stored of the row: status, percent, comment and version."""
    with app.app_context():
        row = service.row(pilot(), "sosr-wp4-2025", "P0-07", "ro")
        return row.status, row.percent, row.comment, row.version


def opened(client: PageClient, address: str = EDIT, action: str = ADDRESS) -> dict[str, Any]:
    """Open the form that is sent to ``action`` and return what it would send as it stands."""
    return values_of(form_with(client.soup(address), {"version"}, action))


def send(client: PageClient, form: dict[str, Any], action: str = ADDRESS, **fields: Any) -> Any:
    """Send ``form`` with ``fields`` filled in; the status, as the button that is pressed, is "ongoing" unless told."""
    return client.post(action, data={"status": "ongoing", **form, **fields})


def changes(app: Flask) -> int:
    """Return how many changes the row's history tells."""
    with app.app_context():
        return db.session.scalar(select(func.count(MilestoneChange.id))) or 0


def draft(app: Flask, login: str = LEAD, path: str = ADDRESS) -> dict[str, Any] | None:
    """Return the fields of a person's draft, or None."""
    with app.app_context():
        found = drafts.of(person(login).id).get(path)
        return found.fields if found else None


def choose(page: BeautifulSoup, **chosen: str) -> dict[str, Any]:
    """Return what the page of a conflict sends when the texts ``chosen`` ("theirs", "mine", or another) are chosen."""
    form = form_with(page, {"version", "base"}, ADDRESS)
    told = values_of(form)
    for name, choice in chosen.items():
        options = [radio["value"] for radio in form.find_all("input", {"name": f"keep.{name}"})]
        told[f"keep.{name}"] = {"theirs": options[0], "mine": options[1]}.get(choice, "")
        if choice not in {"theirs", "mine"}:
            told[name] = choice
    return told


def test_edt_01_eight_who_save_one_row_lose_nothing_and_meet_no_locked_database(pilot_url: str, tmp_path: Path):
    told = writers.together(pilot_url, tmp_path, 8, 5)
    found = writers.standing(pilot_url, tmp_path)
    assert found["version"] == 1 + 40 == 1 + found["entries"]
    assert sorted(found["texts"]) == sorted(f"w{n}-{i}" for n in range(8) for i in range(5))
    assert sum(figures["locked"] for figures in told) == 0
    assert found["breaks"] == []


def test_edt_01_a_lost_race_shows_what_was_what_is_and_what_was_typed(pilot_app: Flask):
    first, second = client_of(pilot_app, LEAD), client_of(pilot_app, HEAD)
    mine, theirs = opened(first), opened(second)
    assert send(second, theirs, percent="60", comment="Deras ord").status_code == 302
    answer = send(first, mine, percent="40", comment=TEXT)
    assert answer.status_code == 409
    page = parse(answer.text)
    cells = [cell.get_text(" ", strip=True) for cell in page.find("table", class_="compare").tbody.find_all("td")]
    assert [cells[0], cells[1].split()[0], cells[2].split()[0]] == ["0", "60", "40"]
    assert "Demo Huvudprojektledare" in page.caption.text
    assert "Deras ord" in page.text
    assert page.find("textarea", {"name": "comment"}).text.strip() == TEXT
    assert stored(pilot_app) == ("ongoing", 60, "Deras ord", 2)
    assert draft(pilot_app)["comment"] == [TEXT]


@pytest.mark.parametrize(("choice", "percent"), [("theirs", 60), ("mine", 40), ("50", 50)])
def test_edt_01_what_is_chosen_after_a_lost_race_is_stored_and_the_draft_goes(pilot_app: Flask, choice: str, percent: int):
    first, second = client_of(pilot_app, LEAD), client_of(pilot_app, HEAD)
    mine, theirs = opened(first), opened(second)
    send(second, theirs, percent="60")
    page = parse(send(first, mine, percent="40", comment=TEXT).text)
    assert first.post(ADDRESS, data=choose(page, percent=choice)).status_code == 302
    assert stored(pilot_app) == ("ongoing", percent, TEXT, 3)
    assert draft(pilot_app) is None


def test_edt_01_a_second_lost_race_shows_the_choice_again(pilot_app: Flask):
    first, second = client_of(pilot_app, LEAD), client_of(pilot_app, HEAD)
    mine = opened(first)
    send(second, opened(second), percent="60")
    page = parse(send(first, mine, percent="40", comment=TEXT).text)
    send(second, opened(second), percent="70")
    again = first.post(ADDRESS, data=choose(page, percent="mine"))
    assert again.status_code == 409
    assert first.post(ADDRESS, data=choose(parse(again.text), percent="mine")).status_code == 302
    assert stored(pilot_app) == ("ongoing", 40, TEXT, 4)


def test_edt_01_in_the_matrix_the_choice_takes_the_place_of_the_content(pilot_app: Flask):
    first, second = client_of(pilot_app, LEAD), client_of(pilot_app, HEAD)
    mine = opened(first)
    send(second, opened(second), percent="60")
    answer = first.post(ADDRESS, data={**mine, "status": "ongoing", "percent": "40"}, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert answer.headers["HX-Retarget"] == "#main"
    assert answer.text.lstrip().startswith('<div id="conflict">')


def test_edt_01_moved_dates_meet_in_the_same_way(pilot_app: Flask):
    first, second = client_of(pilot_app, HEAD), client_of(pilot_app, HEAD)
    mine, theirs = opened(first, MILESTONE, DATE), opened(second, MILESTONE, DATE)
    assert second.post(DATE, data={**theirs, "due": "2027-01-31", "reason": "Avtal"}).status_code == 302
    answer = first.post(DATE, data={**mine, "due": "2027-02-28", "reason": "Semester"})
    assert answer.status_code == 409
    assert {"31 januari 2027", "28 februari 2027", "Avtal", "Semester"} <= set(parse(answer.text).stripped_strings)


def test_edt_02_two_who_change_different_fields_are_merged_and_both_stand_in_the_journal(pilot_app: Flask):
    first, second = client_of(pilot_app, LEAD), client_of(pilot_app, HEAD)
    send(second, opened(second), status="at_risk", comment="Experten har slutat")
    mine, theirs = opened(first), opened(second)
    assert send(second, theirs, status="at_risk", percent="30", comment="Ny expert").status_code == 302
    assert send(first, mine, status="ongoing", comment=TEXT).status_code == 302
    assert stored(pilot_app)[:3] == ("ongoing", 30, TEXT)
    with pilot_app.app_context():
        last = db.session.scalars(select(journal.Entry).order_by(journal.Entry.seq.desc()).limit(2)).all()
        assert [entry.fields["comment"] for entry in last] == [TEXT, "Ny expert"]
        assert [entry.fields["percent"] for entry in last] == [[30, 30], [0, 30]]
        assert list(journal.verify()) == []


words = st.sampled_from(["", "a", "b", "c"])
sides = st.fixed_dictionaries({"one": words, "two": words})


@given(base=sides, theirs=sides, mine=sides)
def test_edt_02_a_field_that_one_side_changed_is_that_sides_and_only_one_that_both_changed_is_contested(
    base: dict[str, str], theirs: dict[str, str], mine: dict[str, str]
):
    met = merge(base, theirs, mine)
    for name in base:
        changed = {text for text in (theirs[name], mine[name]) if text != base[name]}
        assert (name in met.contested) == (len(changed) == 2)
        if len(changed) < 2:
            assert met.taken[name] == (changed.pop() if changed else base[name])


def test_edt_05_a_date_that_follows_the_start_is_no_conflict_for_one_who_reports_progress(pilot_app: Flask):
    client = client_of(pilot_app, LEAD)
    form = opened(client)
    with pilot_app.app_context(), transaction():
        loading.move_start(pilot(), date(2026, 1, 1), actor_id=None)
    assert send(client, form, percent="40", comment=TEXT).status_code == 302
    assert stored(pilot_app)[:3] == ("ongoing", 40, TEXT)


def test_edt_06_a_form_sent_fifty_times_at_once_is_carried_out_once(pilot_app: Flask):
    form = opened(client_of(pilot_app, LEAD))
    sender = client_of(pilot_app, LEAD)
    form["csrf_token"] = opened(sender)["csrf_token"]
    cookie = sender.get_cookie("session")
    assert cookie is not None

    def once(_n: int) -> int:
        client = pilot_app.test_client()
        client.set_cookie("session", cookie.value)
        return int(send(client, form, percent="40", comment=TEXT).status_code)

    with ThreadPoolExecutor(10) as pool:
        assert list(pool.map(once, range(50))) == [302] * 50
    assert changes(pilot_app) == 1
    assert stored(pilot_app)[3] == 2


def test_edt_06_a_form_sent_again_answers_with_what_it_did_the_first_time(pilot_app: Flask):
    client = client_of(pilot_app, HEAD)
    form = values_of(form_with(client.soup("/milestones/plans"), {"start"}))
    answers = [client.post("/milestones/start", data={**form, "start": "2026-01-01"}, follow_redirects=True) for _ in range(2)]
    told = [[flash.text for flash in parse(answer.text).find_all(class_="flash")] for answer in answers]
    assert told[0] == told[1] != []
    with pilot_app.app_context():
        moved = select(func.count(journal.Entry.seq)).where(journal.Entry.event == "pilot.start_moved")
        assert db.session.scalar(moved) == 1


def test_edt_06_a_form_that_was_refused_can_be_mended_and_sent(pilot_app: Flask):
    client = client_of(pilot_app, LEAD)
    form = opened(client)
    assert send(client, form, status="at_risk").status_code == 422
    assert send(client, form, status="at_risk", comment=TEXT).status_code == 302
    assert stored(pilot_app)[0] == "at_risk"


def grow_old(app: Flask, by: timedelta = timedelta(hours=2)) -> None:
    """Let all log-ins be as if nobody had touched them for ``by``."""
    with app.app_context(), transaction():
        db.session.execute(update(LoginSession).values(seen_at=utc_now() - by))


def log_in(client: PageClient, login: str) -> Any:
    """Log in by the form, as people do."""
    page = client.soup("/login")
    form = values_of(form_with(page, {"email", "password"}))
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
    login = values_of(form_with(client.soup(answer.location), {"email", "password"}))
    entered = client.post("/login", data={**login, "email": f"{LEAD}@demo.example", "password": "demo-pilot-2025"})
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
    log_in(client, ELSEWHERE)
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
    log_in(client, LEAD)
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


def test_edt_09_an_old_form_reached_by_the_back_button_does_not_write_over_what_came_after(pilot_app: Flask):
    client = client_of(pilot_app, LEAD)
    form = opened(client)
    assert send(client, form, percent="40").status_code == 302
    answer = send(client, form, percent="20", comment=TEXT)
    assert answer.status_code == 409
    assert TEXT in answer.text
    assert stored(pilot_app)[1] == 40


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


def test_a_base_that_cannot_be_read_is_no_reason_to_write_over(pilot_app: Flask):
    first, second = client_of(pilot_app, LEAD), client_of(pilot_app, HEAD)
    mine, theirs = opened(first), opened(second)
    assert json.loads(mine["base"]) == {"status": "not_started", "percent": "0"}
    send(second, theirs, percent="60")
    for broken in ("", "[]", "{", '{"percent": 60}', "[" * 100_000):
        assert send(first, {**mine, "base": broken}, percent="40").status_code == 409
    assert stored(pilot_app)[1] == 60
