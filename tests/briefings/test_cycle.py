"""One RSL cycle on the pages: call, paragraphs from three regions, freeze, edit, files, meeting, decision, and the next briefing."""

import shutil
from io import BytesIO
from typing import Any

import docx
import pptx
import pypdf
import pytest
from flask import Flask

from ccc_pilot.db import db
from ccc_pilot.decisions.models import AgendaPoint, Decision
from tests.factories import client_of
from tests.support.pages import PageClient, values_of

DAY, NEXT = "2026-11-02", "2026-12-07"
REGIONS = ("ro", "rjl", "rkl")


@pytest.fixture
def pilot_url(loaded_sqlite, tmp_path) -> str:
    return f"sqlite:///{shutil.copyfile(loaded_sqlite, tmp_path / 'pilot.sqlite')}"


@pytest.fixture
def lead(pilot_app: Flask) -> PageClient:
    return client_of(pilot_app, "huvudprojektledare", "en")


def meeting_on(lead: PageClient, day: str) -> str:
    return str(lead.submit("/meetings/new", body_key="rsl", day=day).location)


def step(lead: PageClient, path: str, to: str) -> None:
    form = next(form for form in lead.soup(path).select("form") if form.select_one(f'[name=to][value="{to}"]'))
    assert lead.post(form["action"], data=values_of(form)).status_code == 302


def freeze(lead: PageClient, meeting: str, cut_off: str) -> str:
    return str(lead.submit("/briefings", meeting_id=meeting.rsplit("/", 1)[1], cut_off=cut_off).location)


def section(page: Any, key: str) -> str:
    return " ".join(page.select_one(f"#section-{key} .body").get_text(" ").split())


def file(lead: PageClient, briefing: str, kind: str) -> BytesIO:
    answer = lead.get(f"{briefing}/{kind}?language=en")
    assert answer.status_code == 200
    return BytesIO(answer.data)


def all_text(lead: PageClient, briefing: str) -> dict[str, str]:
    slides = pptx.Presentation(file(lead, briefing, "pptx")).slides
    return {
        "pptx": " ".join(shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame),
        "docx": " ".join(paragraph.text for paragraph in docx.Document(file(lead, briefing, "docx")).paragraphs),
        "pdf": " ".join(page.extract_text() for page in pypdf.PdfReader(file(lead, briefing, "pdf")).pages),
    }


def test_from_the_call_to_the_next_briefing(pilot_app: Flask, lead: PageClient):
    meeting = meeting_on(lead, DAY)
    lead.submit(f"{meeting}/points/new", title="Bemanning", kind="decision")
    with pilot_app.app_context():
        point = db.session.query(AgendaPoint).filter_by(title="Bemanning").one().id
    lead.submit(f"{meeting}/points/{point}/proposal", title="Bemanning", proposal="RÖ utser två projektledare.")
    step(lead, meeting, "called")
    for region in REGIONS:
        theirs = client_of(pilot_app, f"projektledare.{region}", "en")
        assert (
            theirs.submit(f"{meeting}/paragraphs/{region}", done=f"Klart i {region}.", risks=f"Risk i {region}.").status_code
            == 302
        )
    briefing = freeze(lead, meeting, "2026-11-01")
    page = lead.soup(briefing)
    assert all(
        f"Klart i {region}." in section(page, "paragraphs") and f"Risk i {region}." in section(page, "risks")
        for region in REGIONS
    )
    assert "RÖ utser två projektledare." in section(page, "proposals")
    lead.submit(f"{briefing}/sections/consequences", title="", text="Kräver **schemaändring** i RÖ.")
    for kind, text in all_text(lead, briefing).items():
        assert "RÖ utser två projektledare." in text, kind
        assert "schemaändring" in text, kind
        assert "Klart i rkl." in text, kind
    step(lead, meeting, "held")
    with pilot_app.app_context():
        decision = db.session.query(Decision).filter_by(title="Bemanning").one().id
    lead.submit(
        f"/decisions/{decision}", to=f"/decisions/{decision}/settle", outcome="decided", decided="RÖ utser en projektledare."
    )
    lead.submit("/milestones/sosr-wp4-2025/P0-05/ro/edit", to="/milestones/sosr-wp4-2025/P0-05/ro", status="done")
    before = section(lead.soup(briefing), "proposals")
    following = freeze(lead, meeting_on(lead, NEXT), NEXT)
    page = lead.soup(following)
    assert "RSL 261102 § 1" in section(page, "last")
    assert "RÖ utser en projektledare." in section(page, "last")
    assert section(page, "milestones") == "Done A project leader is named in each region (RÖ)"
    assert "schemaändring" not in page.get_text()
    assert section(lead.soup(briefing), "proposals") == before
