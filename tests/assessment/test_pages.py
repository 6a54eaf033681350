"""The pages of assessment: a point is answered on its page and in the list, handed in, returned, verified and approved."""

import pytest
from flask import Flask
from sqlalchemy import event, select

from ccc_pilot.assessment.models import AssessmentAnswer
from ccc_pilot.db import db
from tests.factories import client_of
from tests.support.pages import PageClient

EXPERT, LEAD, HEAD = "expert.rjl", "projektledare.rjl", "huvudprojektledare"
POINT = "/assessment/1/rjl/points/GOV-06.1"
PARTIAL = {"HX-Request": "true"}
CANARY = "kanariefågel i Kalmar"


@pytest.fixture
def app(pilot_app: Flask) -> Flask:
    return pilot_app


def stored(app: Flask, region: str = "rjl", slug: str = "GOV-06.1") -> tuple[str, str | None, str]:
    with app.app_context():
        statement = select(AssessmentAnswer).where(
            AssessmentAnswer.round_id == 1, AssessmentAnswer.region == region, AssessmentAnswer.point_key == f"oeci-3x-p:{slug}"
        )
        found = db.session.scalars(statement).one()
        return found.state, found.score, found.note


def submit(client: PageClient, page: str = POINT, **fields: str) -> str:
    answer = client.submit(page, to=page, follow_redirects=True, **fields)
    return str(answer.text)


def test_an_expert_answers_on_the_points_page_and_goes_on_to_the_next(app: Flask):
    client = client_of(app, EXPERT)
    page = client.submit(POINT, to=POINT, score="mostly", note="Riktlinje sedan 2019", pdca=["P", "D"])
    assert page.location.endswith("/points/GOV-07.1")
    assert stored(app) == ("draft", "mostly", "Riktlinje sedan 2019")
    letters = [box["value"] for box in client.soup(POINT).find_all("input", {"name": "pdca", "checked": True})]
    assert letters == ["P", "D"]
    assert "Riktlinje sedan 2019" in client.get(POINT).text
    client.submit(POINT, to=POINT, propose="1")
    assert stored(app)[0] == "proposed"


def test_handing_in_without_a_score_says_so_at_the_field_and_keeps_the_text(app: Flask):
    client = client_of(app, EXPERT)
    page = client.submit(POINT, to=POINT, note="Påbörjad text", propose="1")
    assert page.status_code == 422
    assert "Välj en bedömning först." in page.text
    assert "Påbörjad text" in page.text
    assert stored(app)[0] == "empty"


def test_a_row_of_the_list_is_answered_in_place(app: Flask):
    client = client_of(app, EXPERT)
    part = client.get(f"{POINT}/edit", headers=PARTIAL)
    assert part.text.lstrip().startswith("<tbody")
    page = client.submit(f"{POINT}/edit", to=f"{POINT}/quick", score="yes", note="Finns")
    assert page.status_code == 302
    assert stored(app) == ("draft", "yes", "Finns")
    form = client.soup(f"{POINT}/edit").find("form", {"action": f"{POINT}/quick"})
    fields = {field["name"]: field.get("value", "") for field in form.find_all("input")}
    row = client.post(f"{POINT}/quick", data={**fields, "score": "no", "note": "Finns inte"}, headers=PARTIAL)
    assert (row.status_code, "Nej" in row.text, "<form" in row.text) == (200, True, False)


def test_the_lead_returns_verifies_and_approves(app: Flask):
    expert, lead = client_of(app, EXPERT), client_of(app, LEAD)
    submit(expert, score="yes", note="Finns", absence="Dokumentet är under revision", propose="1")
    page = lead.soup(POINT)
    form = page.find("form", {"action": f"{POINT}/verify"})
    fields = {field["name"]: field.get("value", "") for field in form.find_all("input")}
    assert lead.post(f"{POINT}/return", data=fields).status_code == 422
    assert lead.post(f"{POINT}/return", data={**fields, "comment": "Visa var"}).status_code == 302
    assert "Visa var" in expert.get(POINT).text
    submit(expert, propose="1")
    assert lead.submit(POINT, to=f"{POINT}/verify", comment="").status_code == 302
    assert lead.submit(POINT, to=f"{POINT}/approve").status_code == 302
    assert stored(app)[0] == "approved"


def test_no_page_tells_another_regions_answer_before_the_reveal(app: Flask):
    submit(client_of(app, "expert.rkl"), "/assessment/1/rkl/points/GOV-06.1", score="no", note=CANARY, propose="1")
    pages = ("/assessment", "/assessment/1", "/assessment/1/rkl", "/assessment/1/ro", POINT, "/assessment/1/rkl/points/GOV-06.1")
    pages += ("/", "/search?q=kanariefågel", "/journal")
    for login in ("expert.ro", "projektledare.rjl", HEAD, "rsl", "extern"):
        client = client_of(app, login)
        for page in pages:
            assert CANARY not in client.get(page).text.replace("value=&#34;kanariefågel", ""), (login, page)
    assert CANARY in client_of(app, "expert.rkl").get("/assessment/1/rkl").text


def test_the_head_lead_opens_a_round_and_a_due_day_before_the_start_is_told_at_its_field(app: Flask):
    client = client_of(app, HEAD)
    chosen = [
        client.soup(f"/assessment/new{query}").select_one("#edition_key option[selected]") for query in ("", "?edition=rcc-2012")
    ]
    assert [one and one["value"] for one in chosen] == ["oeci-3x-p", "rcc-2012"]
    told = {"title": "Självvärdering 2026", "edition_key": "rcc-2012", "start": "2026-01-12"}
    page = client.submit("/assessment/new", **told, due="2025-01-01")
    assert (page.status_code, "Självvärdering 2026" in page.text) == (422, True)
    page = client.submit("/assessment/new", **told, due="", follow_redirects=True)
    assert "12 juli 2026" in page.text


@pytest.mark.parametrize("address", ["/assessment/1", "/assessment/1/ro", "/assessment/1/ro?chapter=GOV", POINT])
def test_a_page_asks_the_same_few_questions_whatever_its_size(app: Flask, address: str):
    client, asked = client_of(app, EXPERT), []
    client.get(address)
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    client.get(address)
    assert len(asked) <= 20, "\n".join(asked)
