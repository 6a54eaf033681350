"""What people and scripts send by mistake or malice: a clear sentence at the field, what was typed kept, nothing stored, never a fault."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from ccc_pilot import drafts
from ccc_pilot.db import db, transaction
from ccc_pilot.progress import service
from ccc_pilot.progress.models import MilestoneChange
from tests import factories
from tests.factories import person, pilot
from tests.support.pages import PageClient, form_with, parse, values_of

MILESTONE = "/milestones/sosr-wp4-2025/P0-07"
ADDRESS = f"{MILESTONE}/ro"
DATE = f"{ADDRESS}/date"
LEAD, HEAD = "projektledare.ro", "huvudprojektledare"
RTL = "\u202e"


@pytest.fixture
def lead(pilot_app: Flask) -> PageClient:
    """A regional lead, reading English."""
    return factories.client_of(pilot_app, LEAD, "en")


@pytest.fixture
def head(pilot_app: Flask) -> PageClient:
    """The head lead, reading English."""
    with pilot_app.app_context(), transaction():
        person(HEAD).factor_secret = "a secret of the tests"
    return factories.client_of(pilot_app, HEAD, "en")


def progress(client: PageClient, **fields: Any) -> Any:
    """Send the small form of a cell with ``fields``; None leaves one out."""
    form = values_of(form_with(client.soup(f"{ADDRESS}/edit"), {"version"}, ADDRESS))
    told = {**form, "status": "ongoing", **fields}
    return client.post(ADDRESS, data={name: value for name, value in told.items() if value is not None})


def moved(client: PageClient, **fields: Any) -> Any:
    """Send the form that moves a date with ``fields``."""
    form = values_of(form_with(client.soup(MILESTONE), {"due"}, DATE))
    return client.post(DATE, data={**form, "due": "2027-01-31", "reason": "Avtal", **fields})


def untouched(app: Flask) -> bool:
    """Whether the row is as the pilot began."""
    with app.app_context():
        changes = db.session.scalar(select(func.count(MilestoneChange.id)))
        return service.row(pilot(), "sosr-wp4-2025", "P0-07", "ro").version == 1 and changes == 0


def sentence_at(answer: Any, name: str) -> str:
    """Return the sentence that stands at the field ``name`` and that the field names as its description."""
    assert answer.status_code == 422
    page = parse(answer.text)
    field = page.find(attrs={"name": name, "aria-invalid": "true"})
    assert field is not None, f"{name} is not marked"
    return " ".join(page.find(id=field["aria-describedby"].split()[-1]).text.split())


@pytest.mark.parametrize(
    ("percent", "sentence"),
    [
        ("140", "Percent is a whole number from 0 to 100."),
        ("-1", "Percent is a whole number from 0 to 100."),
        ("1e309", "Write a whole number."),
        ("٣", "Write a whole number."),
        ("40\x00", "Write a whole number."),
        (f"{RTL}40", "Write a whole number."),
        ("4" * 5_000, "Write a whole number."),
        ("half", "Write a whole number."),
        ("4.5", "Write a whole number."),
        ("1_0", "Write a whole number."),
    ],
)
def test_a_percent_that_is_none_is_told_so_and_stays_in_the_field(
    lead: PageClient, pilot_app: Flask, percent: str, sentence: str
):
    answer = progress(lead, percent=percent, comment="Ord som inte får gå förlorade")
    assert sentence_at(answer, "percent") == sentence
    page = parse(answer.text)
    assert page.find("input", {"name": "percent"})["value"].replace("\ufffd", "\x00") == percent
    assert page.find("textarea", {"name": "comment"}).text.strip() == "Ord som inte får gå förlorade"
    assert untouched(pilot_app)


def test_a_comment_of_a_megabyte_is_told_the_limit_and_stays_in_the_field(lead: PageClient, pilot_app: Flask):
    text = "å" * 500_000
    answer = progress(lead, comment=text)
    assert sentence_at(answer, "comment") == "Write at most 2000 characters."
    assert parse(answer.text).find("textarea", {"name": "comment"}).text.strip() == text
    assert untouched(pilot_app)


def test_a_request_beyond_every_limit_is_told_so(lead: PageClient, pilot_app: Flask):
    assert progress(lead, comment="x" * (pilot_app.config["MAX_FORM_MEMORY_SIZE"] + 1)).status_code == 413
    assert untouched(pilot_app)


def test_signs_that_hide_or_turn_text_are_left_out_of_a_comment(lead: PageClient, pilot_app: Flask):
    assert progress(lead, comment=f"  Två{RTL} av\x00 tre\x1b[31m ").status_code == 302
    with pilot_app.app_context():
        assert service.row(pilot(), "sosr-wp4-2025", "P0-07", "ro").comment == "Två av tre[31m"


@pytest.mark.parametrize("status", ["finished", "", "done\x00", "cancelled", "DONE"])
def test_a_status_that_one_may_not_choose_is_told_so(lead: PageClient, pilot_app: Flask, status: str):
    answer = progress(lead, status=status, comment="Ord")
    assert answer.status_code == 422
    page = parse(answer.text)
    assert "Choose one of the alternatives." in page.find("fieldset", class_="quick-status").text
    assert page.find("textarea", {"name": "comment"}).text.strip() == "Ord"
    assert untouched(pilot_app)


@pytest.mark.parametrize("version", [None, "", "x", "-1", "1e3", "٣", "99999999999999999999"])
def test_a_form_without_a_readable_version_is_not_saved_and_can_be_sent_again(
    lead: PageClient, pilot_app: Flask, version: str | None
):
    answer = progress(lead, version=version, comment="Ord", percent="40")
    assert answer.status_code == 422
    page = parse(answer.text)
    assert "The form was incomplete" in page.find(class_="errors").text
    assert untouched(pilot_app)
    again = {**values_of(form_with(page, {"version"}, ADDRESS)), "status": "ongoing"}
    assert lead.post(ADDRESS, data=again).status_code == 302


def test_a_refused_text_with_nul_in_it_is_still_a_draft(lead: PageClient, pilot_app: Flask):
    assert progress(lead, percent="40\x00", comment="Ord\x00").status_code == 422
    with pilot_app.app_context():
        assert drafts.of(person(LEAD).id)[ADDRESS].fields["comment"] == ["Ord\x00"]
    assert "Ord" in lead.get(f"{ADDRESS}/edit").text
    answer = lead.post(
        "/drafts/discard",
        data={"csrf_token": lead.soup("/milestones").find("input", {"name": "csrf_token"})["value"], "draft_path": "\x00"},
    )
    assert answer.status_code == 302


@pytest.mark.parametrize("key", ["", "\x00" * 12, "x" * 5_000, "å" * 12, ["abcdefghij", "klmnopqrst"]])
def test_a_form_with_a_strange_number_is_saved_all_the_same(lead: PageClient, pilot_app: Flask, key: object):
    assert progress(lead, form_key=key, comment="Ord").status_code == 302
    assert not untouched(pilot_app)


def test_several_answers_where_one_is_asked_for_are_told_so(lead: PageClient, pilot_app: Flask):
    assert sentence_at(progress(lead, percent=["40", "60"]), "percent") == "Several answers were sent; give one."
    assert progress(lead, status=["ongoing", "claimed"]).status_code == 422
    assert progress(lead, version=["1", "2"]).status_code == 422
    assert untouched(pilot_app)


def test_a_list_in_json_instead_of_a_form_is_not_saved(lead: PageClient, pilot_app: Flask):
    form = values_of(form_with(lead.soup(f"{ADDRESS}/edit"), {"version"}, ADDRESS))
    answer = lead.post(ADDRESS, json={"status": ["ongoing"], "version": [1]}, headers={"X-CSRFToken": form["csrf_token"]})
    assert answer.status_code == 422
    assert untouched(pilot_app)


@pytest.mark.parametrize("due", ["31/2", "2025-02-31", "snart", "٣/٤", "9" * 400, "0000-00-00", "1e309"])
def test_a_day_that_is_none_is_told_so_and_stays_in_the_field(head: PageClient, pilot_app: Flask, due: str):
    answer = moved(head, due=due, reason="Väntar på avtal")
    assert "is not a date. Write it like 2025-05-12" in sentence_at(answer, "due")
    assert "Fill in" not in sentence_at(answer, "due")
    page = parse(answer.text)
    assert form_with(page, {"due"}, DATE).find("input", {"name": "reason"})["value"] == "Väntar på avtal"
    assert form_with(page, {"due"}, DATE).find("input", {"name": "due"})["value"]
    assert untouched(pilot_app)


@pytest.mark.parametrize("due", [f"{RTL}31/1 2027", "2027-01-31\x00"])
def test_signs_that_hide_or_turn_text_are_left_out_of_a_day(head: PageClient, pilot_app: Flask, due: str):
    assert moved(head, due=due).status_code == 302
    with pilot_app.app_context():
        assert service.row(pilot(), "sosr-wp4-2025", "P0-07", "ro").due == date(2027, 1, 31)


def test_a_moved_date_asks_for_the_day_the_reason_and_the_version(head: PageClient, pilot_app: Flask):
    assert sentence_at(moved(head, due=""), "due") == "Fill in this field."
    assert sentence_at(moved(head, reason=" \x00 "), "reason") == "Fill in this field."
    assert sentence_at(moved(head, reason="x" * 501), "reason") == "Write at most 500 characters."
    assert "The form was incomplete" in parse(moved(head, version="").text).find(class_="errors").text
    assert untouched(pilot_app)


@pytest.mark.parametrize("start", ["31/2", "", f"{RTL}", "99999999", "\x00"])
def test_the_pilots_start_is_a_day(head: PageClient, start: str):
    form = values_of(form_with(head.soup("/milestones/plans"), {"start"}))
    answer = head.post("/milestones/start", data={**form, "start": start})
    assert sentence_at(answer, "start")


@pytest.mark.parametrize("verdict", ["", "maybe", "confirmed\x00"])
def test_a_word_on_an_assumption_is_one_of_two(head: PageClient, verdict: str):
    form = values_of(form_with(head.soup(MILESTONE), {"verdict"}))
    answer = head.post(f"{MILESTONE}/verdict", data={**form, "verdict": verdict, "note": "Enligt planen"})
    assert answer.status_code == 422
    page = form_with(parse(answer.text), {"verdict"})
    assert "Choose one of the alternatives." in page.text
    assert page.find("input", {"name": "note"})["value"] == "Enligt planen"


@pytest.mark.parametrize(
    "place", ["sosr-wp4-2025/P0-07%00/ro", "sosr%00/P0-07/ro", "sosr-wp4-2025/P0-07/ro%00", "x/y/z", "%F0%9F/P/ro"]
)
def test_a_milestone_that_cannot_be_is_not_found(lead: PageClient, place: str):
    assert lead.get(f"/milestones/{place}/edit").status_code in {403, 404}
