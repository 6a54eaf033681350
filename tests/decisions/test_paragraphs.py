"""The regions' paragraphs before a meeting, against both databases and on their pages."""

from datetime import timedelta

import pytest
from flask import Flask

from ccc_pilot.db import transaction
from ccc_pilot.decisions import finding, paragraphs, planning, reading
from ccc_pilot.decisions.models import Meeting, Paragraph
from ccc_pilot.errors import Conflict, Refused
from ccc_pilot.i18n import today
from ccc_pilot.overview import told
from ccc_pilot.people import pilots
from ccc_pilot.progress import service
from tests.factories import client_of, person, pilot


def coming(days: int = 20) -> Meeting:
    with transaction():
        made = planning.plan(
            pilot=pilot(), body_key="rsl", title="", day=today() + timedelta(days=days), actor_id=person("huvudprojektledare").id
        )
        return finding.meeting(pilot(), made.id)


def send(meeting: Meeting, region: str = "ro", done: str = "Utsett projektledare.", **more: object) -> Paragraph:
    given = {
        "coming": "",
        "risks": "",
        "asks": "",
        "unchanged": False,
        "version": 0,
        "actor_id": person("projektledare.ro").id,
        **more,
    }
    with transaction():
        return paragraphs.send(meeting=meeting, region=region, done=done, **given)  # type: ignore[arg-type]


def test_who_has_not_sent_is_missing(pilot_context: Flask):
    meeting = coming()
    send(meeting)
    asked = paragraphs.asked(meeting, paragraphs.places(pilot()), ["ro"])
    assert [(one.region.key, one.sent_at is not None, one.may_write) for one in asked] == [
        ("ro", True, True), ("rjl", False, False), ("rkl", False, False), ("sosr", False, False),
    ]  # fmt: skip
    assert reading.paragraphs(meeting.id)["ro"].done == "Utsett projektledare."


def test_two_who_write_the_same_region_do_not_write_over_each_other(pilot_context: Flask):
    meeting = coming()
    send(meeting)
    with pytest.raises(Conflict):
        send(meeting, done="En annan text")
    assert send(meeting, done="Ändrad text", version=1).version == 2


def test_an_empty_paragraph_is_refused_but_nothing_new_is_an_answer(pilot_context: Flask):
    meeting = coming()
    with pytest.raises(Refused):
        send(meeting, done="")
    assert send(meeting, done="", unchanged=True).sent_at is not None


def test_after_the_meeting_the_paragraphs_stay(pilot_context: Flask):
    meeting = finding.meeting(pilot(), reading.meetings(pilot(), "rsl")[0].id)
    with pytest.raises(Refused):
        send(meeting)


def test_what_changed_since_the_last_meeting_is_filled_in_and_nothing_older(pilot_context: Flask):
    row = service.row(pilot(), "sosr-wp4-2025", "P0-05", "ro")
    with transaction():
        service.update(
            target=row, status="ongoing", percent=40, comment="Intervjuer pågår", version=row.version,
            actor_id=person("projektledare.ro").id, may_complete=False,
        )  # fmt: skip
    found = told.prefill(pilot(), "ro", today() - timedelta(days=10), today())
    assert "P0-05" in found.done and "40 %" in found.done and "Intervjuer pågår" in found.done
    assert told.prefill(pilot(), "ro", today() + timedelta(days=1), today()).done == ""
    assert told.prefill(pilot(), "rkl", None, today()).done == ""


def test_what_was_changed_and_undone_again_is_not_told_as_done(sqlite_pilot: Flask):
    def to(status: str, percent: int, comment: str = "") -> None:
        row = service.row(pilot(), "sosr-wp4-2025", "P1-05", "ro")
        with transaction():
            service.update(
                target=row, status=status, percent=percent, comment=comment, version=row.version,
                actor_id=person("projektledare.ro").id, may_complete=False,
            )  # fmt: skip

    def done() -> str:
        return told.prefill(pilot(), "ro", today() - timedelta(days=10), today()).done

    to("ongoing", 40)
    assert "P1-05" in done()
    to("not_started", 0)
    assert "P1-05" not in done()
    to("not_started", 0, "Väntar på underlag")
    assert "Väntar på underlag" in done()


def test_the_latest_text_before_is_that_of_the_same_body(pilot_context: Flask):
    first = coming(10)
    send(first)
    later = coming(40)
    before = paragraphs.latest(pilot(), later, "ro")
    assert before is not None and before.meeting_id == first.id
    assert paragraphs.latest(pilot(), later, "rkl") is None
    assert len(pilots.regions(pilot())) == 3


def meeting_page(app: Flask) -> str:
    with app.app_context():
        return f"/meetings/{coming().id}/paragraphs"


def test_a_lead_whose_region_has_nothing_new_is_done_in_two_clicks(house: Flask):
    path = meeting_page(house)
    lead = client_of(house, "projektledare.rkl", "en")
    assert [a["href"] for a in lead.soup(path).select("main a.btn-primary")] == [f"{path}/rkl"]
    assert lead.submit(f"{path}/rkl", to=f"{path}/rkl", done="", coming="").status_code == 302
    page = lead.soup(path)
    assert "Nothing has changed since the last meeting." in page.select_one("#region-rkl").text
    assert "RKL" not in page.select_one(".lead").text and "RÖ" in page.select_one(".lead").text


def test_a_region_is_not_written_for_by_another(house: Flask):
    path = meeting_page(house)
    assert client_of(house, "projektledare.rkl").get(f"{path}/ro").status_code == 403
    assert client_of(house, "huvudprojektledare").get(f"{path}/ro").status_code == 200
    assert client_of(house, "huvudprojektledare").get(f"{path}/xx").status_code == 404


def test_a_paragraph_that_says_nothing_is_told_at_its_field_and_keeps_what_was_typed(house: Flask):
    path = meeting_page(house)
    lead = client_of(house, "projektledare.ro", "en")
    page = lead.soup(f"{path}/ro")
    token = page.select_one(f'form[action="{path}/ro"] [name=csrf_token]')["value"]
    answer = lead.post(f"{path}/ro", data={"csrf_token": token, "done": "", "asks": "", "version": "0"})
    assert answer.status_code == 422 and "Write a line" in answer.text
