"""The pages of briefings: read, written and arranged without script; bad files and texts are told at their field."""

from io import BytesIO

import pptx
import pytest
from flask import Flask

from ccc_pilot import scheduler, works
from ccc_pilot.briefings.models import Briefing
from ccc_pilot.db import db, transaction
from ccc_pilot.progress import service
from tests.briefings.freezing import frozen
from tests.factories import client_of, person, pilot
from tests.office.making import saved
from tests.support.pages import PageClient, form_with, values_of

pytestmark = pytest.mark.sqlite_alone  # pages do not depend on the engine


@pytest.fixture
def lead(pilot_app: Flask) -> PageClient:
    return client_of(pilot_app, "huvudprojektledare", "en")


@pytest.fixture
def number(pilot_app: Flask) -> int:
    """A draft for RSL 250512."""
    with pilot_app.app_context():
        return frozen().id


def heads(page) -> list[str]:
    return [head.get_text() for head in page.select("section.panel h2")]


def test_the_lead_freezes_a_briefing_and_comes_to_it(lead):
    answer = lead.submit("/briefings", meeting_id="8", cut_off="250509", follow_redirects=True)
    assert "Briefing for RSL 250512" in answer.text
    assert "as of 9 May 2025" in answer.text


def test_a_day_that_is_none_or_after_the_meeting_is_told_at_its_field(lead):
    for typed in ("31/2", "2025-05-13", ""):
        answer = lead.submit("/briefings", meeting_id="8", cut_off=typed)
        assert answer.status_code == 422
        assert 'id="cut_off-error"' in answer.text
        assert f'value="{typed}"' in answer.text


def test_numbers_lead_to_their_rows_and_say_when_they_have_changed(lead, pilot_app, number):
    page = lead.soup(f"/briefings/{number}")
    links = [link["href"] for link in page.select("#section-regions td a")]
    assert "/milestones?region=ro&status=not_started&counted=1" in links
    before = len(page.select("#section-regions .tag"))
    with pilot_app.app_context(), transaction():
        row = service.row(pilot(), "sosr-wp4-2025", "P0-05", "ro")
        service.update(target=row, status="ongoing", percent=None, comment="", version=row.version, actor_id=person("huvudprojektledare").id, may_complete=True)  # fmt: skip
    tags = [tag.get_text(strip=True) for tag in lead.soup(f"/briefings/{number}").select("#section-regions .tag")]
    assert len(tags) == before + 2
    assert "now 1" in tags


def test_each_number_opens_exactly_the_rows_that_it_counts(lead, number):
    page = lead.soup(f"/briefings/{number}")
    assert "Counted in each region, recurring milestones left out." in page.text
    cells = [link for link in page.select("#section-regions td a") if "status=late" not in link["href"]]
    assert {"ro", "rjl", "rkl"} <= {link["href"].split("region=")[1].split("&")[0] for link in cells}
    for link in cells[:6]:
        said = lead.soup(link["href"]).select_one(".flash").get_text(" ", strip=True)
        assert said.startswith(f"{link.get_text(strip=True)} row"), link["href"]


def test_the_lead_writes_in_a_section_and_it_is_in_every_file(lead, number):
    answer = lead.submit(
        f"/briefings/{number}/sections/consequences", title="", text="**Inga** kända.\n\n- ett", follow_redirects=True
    )
    assert "<strong>Inga</strong> kända." in answer.text
    deck = pptx.Presentation(BytesIO(lead.get(f"/briefings/{number}/pptx?language=sv").data))
    assert any("Inga kända." in shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame)
    assert "## Konsekvenser" in lead.get(f"/briefings/{number}/md?language=sv").text


def test_a_text_that_is_too_long_is_told_and_kept(lead, number):
    answer = lead.submit(f"/briefings/{number}/sections/consequences", title="", text="å" * 20_001)
    assert answer.status_code == 422
    assert "å" * 20_001 in answer.text


def test_two_windows_show_both_texts(lead, pilot_app, number):
    other = client_of(pilot_app, "huvudprojektledare", "en")
    page = f"/briefings/{number}/sections/consequences"

    form = form_with(lead.soup(page), {"text"}, page)
    shown = values_of(form)
    other.submit(page, to=page, title="", text="hers")
    answer = lead.post(page, data={**shown, "text": "mine"})
    assert answer.status_code == 409
    assert "hers" in answer.text
    assert "mine" in answer.text


def test_sections_are_moved_left_out_added_and_removed(lead, number):
    first = heads(lead.soup(f"/briefings/{number}"))
    move = {"section": "background", "move": "up"}
    page = f"/briefings/{number}"
    lead.submit(page, to=f"{page}/sections", title="Eget avsnitt", text="mitt")
    token = lead.soup(page).select_one("form[action$=arrange] input[name=csrf_token]")["value"]
    for told in (move, {"section": "own-1", "move": "up"}, {"section": "reporting", "move": "hide"}):
        assert lead.post(f"{page}/arrange", data={**told, "csrf_token": token}).status_code == 302
    shown = heads(lead.soup(page))
    assert shown[:2] == [first[1], first[0]]
    assert "Eget avsnitt" in shown
    assert "Avrapportering" not in lead.get(f"{page}/md?language=sv").text.split("## Förkortningar")[0].replace(
        "Avrapportering till RSL", ""
    )
    lead.post(f"{page}/arrange", data={"section": "own-1", "move": "remove", "csrf_token": token})
    assert "Eget avsnitt" not in heads(lead.soup(page))
    assert (
        lead.post(
            f"{page}/arrange", data={"section": "own-1", "move": "fly", "csrf_token": token}, follow_redirects=True
        ).status_code
        == 200
    )


def test_readers_see_what_is_published_and_no_drafts(lead, pilot_app, number):
    reader = client_of(pilot_app, "rsl", "sv")
    assert reader.get(f"/briefings/{number}").status_code == 404
    assert reader.get(f"/briefings/{number}/md").status_code == 404
    assert f"/briefings/{number}" not in reader.get("/briefings").text
    lead.submit(f"/briefings/{number}", to=f"/briefings/{number}/publish")
    page = reader.soup(f"/briefings/{number}")
    assert "Underlag till RSL 250512" in page.h1.get_text()
    assert not page.select("form[action$=publish], form[action$=arrange]")
    assert "Konsekvenser" not in heads(page)
    assert reader.get(f"/briefings/{number}/pptx").headers["Content-Disposition"].endswith("underlag-rsl-250512-sv.pptx")


def test_all_files_are_asked_for_and_made_in_the_background(lead, pilot_app, number):
    answer = lead.submit(f"/briefings/{number}", to=f"/briefings/{number}/files")
    with pilot_app.app_context():
        assert "briefing.files" in scheduler.WORKS
        assert works.perform_next({"briefing.files": lambda report, number, author: works.Made("a.zip", "application/zip", b"x")})
    assert lead.get(f"{answer.location}/file").data == b"x"


def test_a_template_is_looked_at_before_it_is_kept(lead, pilot_app, number):
    own = pptx.Presentation()
    own.slide_layouts[1].name = "Regionens text"
    good, bad = saved(own), saved(own)[:4_000]
    for data, name in ((bad, "mall.pptx"), (b"", ""), (b"%PDF-1.7", "mall.pptx")):
        answer = (
            lead.submit("/briefings/template", file=(BytesIO(data), name))
            if name
            else lead.submit("/briefings/template", file="")
        )
        assert answer.status_code == 422, name
        assert "file-error" in answer.text
    assert lead.submit("/briefings/template", file=(BytesIO(good), "mall.pptx"), follow_redirects=True).status_code == 200
    deck = pptx.Presentation(BytesIO(lead.get(f"/briefings/{number}/pptx").data))
    assert deck.slides[1].slide_layout.name == "Regionens text"
    lead.submit("/briefings/template", to="/briefings/template/remove")
    assert pptx.Presentation(BytesIO(lead.get(f"/briefings/{number}/pptx").data)).slides[1].slide_layout.name != "Regionens text"


def test_how_it_stood_on_a_day(lead):
    page = lead.soup("/briefings/as-of?day=250410")
    assert "10 April 2025" in page.get_text()
    assert [row.th.get_text() for row in page.select("#then tbody tr")] == ["RÖ", "RJL", "RKL", "SÖSR"]
    assert "That is not a date" in lead.get("/briefings/as-of?day=31/2").text


def test_a_pilot_without_data_reads_well(lead, pilot_app, number):
    with pilot_app.app_context(), transaction():
        briefing = db.session.get(Briefing, number)
        briefing.snapshot = {
            **briefing.snapshot,
            "rows": {},
            "meetings": [],
            "decisions": [],
            "proposals": [],
            "before": None,
            "previous": None,
        }
        briefing.sections = []
    assert "Nothing to tell" in lead.get(f"/briefings/{number}").text
    deck = pptx.Presentation(BytesIO(lead.get(f"/briefings/{number}/pptx").data))
    assert deck.slides[0].shapes.title.text == "Briefing for RSL 250512"
    assert lead.get(f"/briefings/{number}/pdf").data.startswith(b"%PDF")
