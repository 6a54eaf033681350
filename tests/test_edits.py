"""Concurrent editing: nothing typed is lost and nothing is done twice, whoever saves first."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from ccc_pilot import journal
from ccc_pilot.db import db, transaction
from ccc_pilot.progress import loading
from ccc_pilot.web.merging import merge
from tests.factories import client_of, pilot
from tests.support import writers
from tests.support.editing import (
    ADDRESS,
    DATE,
    HEAD,
    LEAD,
    MILESTONE,
    TEXT,
    changes,
    choose,
    draft,
    opened,
    send,
    stored,
)
from tests.support.pages import form_with, parse, values_of

pytestmark = pytest.mark.every_engine


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
        loading.move_start(pilot=pilot(), start=date(2026, 1, 1), version=pilot().version, reason="Beslut i RSL", actor_id=1)
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
    answers = [
        client.post("/milestones/start", data={**form, "start": "2026-01-01", "reason": "Beslut i RSL"}, follow_redirects=True)
        for _ in range(2)
    ]
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


def test_edt_09_an_old_form_reached_by_the_back_button_does_not_write_over_what_came_after(pilot_app: Flask):
    client = client_of(pilot_app, LEAD)
    form = opened(client)
    assert send(client, form, percent="40").status_code == 302
    answer = send(client, form, percent="20", comment=TEXT)
    assert answer.status_code == 409
    assert TEXT in answer.text
    assert stored(pilot_app)[1] == 40


def test_a_base_that_cannot_be_read_is_no_reason_to_write_over(pilot_app: Flask):
    first, second = client_of(pilot_app, LEAD), client_of(pilot_app, HEAD)
    mine, theirs = opened(first), opened(second)
    assert json.loads(mine["base"]) == {"status": "not_started", "percent": "0"}
    send(second, theirs, percent="60")
    for broken in ("", "[]", "{", '{"percent": 60}', "[" * 100_000):
        assert send(first, {**mine, "base": broken}, percent="40").status_code == 409
    assert stored(pilot_app)[1] == 60
