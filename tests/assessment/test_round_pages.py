"""The pages around a round: its stages, who answers what, what is said, the peers' review, earlier answers."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select, update

from ccc_pilot.assessment import ready, reviewing
from ccc_pilot.assessment.models import AssessmentAnswer, AssessmentRound
from ccc_pilot.db import db, transaction
from ccc_pilot.i18n import today
from tests.factories import client_of, person
from tests.support.pages import PageClient

HEAD, LEAD, EXPERT, PEER = "huvudprojektledare", "projektledare.ro", "expert.ro", "kollegial"
ROUND = "/assessment/1"
POINT = f"{ROUND}/ro/points/GOV-01.1"


@pytest.fixture
def app(pilot_app: Flask) -> Flask:
    return pilot_app


def answer_all(app: Flask, revealed: bool = True) -> None:
    """Let the demo's round be answered and approved everywhere."""
    with app.app_context(), transaction():
        rows = AssessmentAnswer.round_id == 1
        told = {"score": "mostly", "note": "Finns", "state": "approved", "summary_en": "There is", "absence": "Under revision"}
        db.session.execute(update(AssessmentAnswer).where(rows).values(**told))
        if revealed:
            round_ = db.session.get_one(AssessmentRound, 1)
            round_.revealed_at = round_.opened_at


def move(client: PageClient, to: str, **fields: str) -> str:
    page = client.soup(ROUND)
    form = next(
        form for form in page.find_all("form", {"action": f"{ROUND}/move"}) if form.find("input", {"name": "to", "value": to})
    )
    told = {field["name"]: field.get("value", "") for field in form.find_all(["input"]) if field.get("name")}
    return str(client.post(f"{ROUND}/move", data={**told, **fields}, follow_redirects=True).text)


def freeze(app: Flask) -> PageClient:
    answer_all(app)
    client = client_of(app, HEAD)
    move(client, "consolidating")
    move(client, "ready_check")
    with app.app_context():
        round_ = db.session.get_one(AssessmentRound, 1)
        codes = ready.blocking(round_, today())
    for code in codes:
        page = client.soup(ROUND)
        form = next(form for form in page.find_all("form", {"action": f"{ROUND}/waivers"}) if form.find("input", {"value": code}))
        told = {field["name"]: field.get("value", "") for field in form.find_all("input")}
        assert client.post(f"{ROUND}/waivers", data={**told, "reason": "Övning"}).status_code == 302
    assert "Inlämnad och fryst" in move(client, "submitted")
    return client


def test_the_head_lead_takes_a_round_to_frozen_and_the_page_shows_its_checksum(app: Flask):
    page = BeautifulSoup(freeze(app).get(ROUND).text, "html5lib")
    assert "Oförändrad sedan dess" in page.find(id="snapshots").text
    assert "Fryst" in client_of(app, EXPERT).get(f"{ROUND}/ro").text


def test_a_move_that_a_guard_refuses_says_why_and_stays(app: Flask):
    answer_all(app, revealed=False)
    client = client_of(app, HEAD)
    assert client.soup(ROUND).find(id="readiness") is None  # its counts would tell of the answers
    assert "Alla svar är inte inlämnade ännu" in move(client, "consolidating")


def test_the_network_answers_a_point_on_which_the_regions_differ(app: Flask):
    answer_all(app)
    with app.app_context(), transaction():
        row = db.session.scalars(
            select(AssessmentAnswer).where(AssessmentAnswer.region == "rkl", AssessmentAnswer.position == 0)
        ).one()
        row.score = "no"
    head = client_of(app, HEAD)
    assert "GOV-01.1" in head.get(f"{ROUND}/sosr").text
    joint = f"{ROUND}/sosr/points/GOV-01.1"
    page = head.submit(joint, to=f"{ROUND}/network/GOV-01.1", score="partially", reason="")
    assert (page.status_code, "Skriv varför nätverket svarar så." in page.text) == (422, True)
    told = {"score": "partially", "reason": "Två av tre har det på plats", "dissent": "Kalmar står fast vid nej"}
    assert head.submit(joint, to=f"{ROUND}/network/GOV-01.1", agreed=["ro", "rjl"], **told).status_code == 302
    page = client_of(app, "expert.rkl").get(joint).text
    assert "Kalmar står fast vid nej" in page
    assert "RÖ, RJL" in page


def test_a_lead_gives_a_chapter_to_an_expert_who_finds_it_among_their_points(app: Flask):
    lead, expert = client_of(app, LEAD), client_of(app, EXPERT)
    with app.app_context():
        number = person(EXPERT).id
    page = f"{ROUND}/ro/assignments"
    assert lead.submit(page, part="finns-inte", person_id=str(number)).status_code == 422
    assert "Demo Expert RÖ" in lead.submit(page, part="ORG", person_id=str(number), follow_redirects=True).text
    assert "ORG-01.1" in expert.get("/assessment/mine").text
    assert "Demo Expert RÖ" in expert.get(f"{ROUND}/workload").text
    assert "punkter att besvara" in expert.soup("/").find(id="answers").text
    waiting = lead.soup("/").find(id="answers")
    assert "svar att verifiera" in waiting.text
    page = lead.get(waiting.find("a", string=lambda text: "verifiera" in text)["href"]).text
    assert "GOV-02.1" in page
    assert "GOV-01.1" not in page


def test_a_question_on_a_point_is_asked_answered_and_resolved_on_its_page(app: Flask):
    expert, lead = client_of(app, EXPERT), client_of(app, LEAD)
    expert.submit(POINT, to=f"{POINT}/threads", text="Räknas Motala?", region="ro")
    assert "Räknas Motala?" in lead.get(POINT).text
    lead.submit(POINT, to=f"{POINT}/threads/1", text="Ja, sedan 2024.")
    page = expert.submit(POINT, to=f"{POINT}/threads/1/resolve", follow_redirects=True).text
    assert "Ja, sedan 2024." in page
    assert "Löst" in page
    assert "Motala" not in client_of(app, "expert.rjl").get(POINT).text


def test_a_peer_declares_scores_and_writes_a_finding_that_the_others_read(app: Flask):
    head, peer = freeze(app), client_of(app, PEER)
    with app.app_context():
        number = person(PEER).id
        day = today()
    days = {"since": day.isoformat(), "until": (day + timedelta(days=7)).isoformat()}
    assert head.submit(f"{ROUND}/comparison", to=f"{ROUND}/reviews", person_id=str(number), **days).status_code == 302
    assert "/assessment/reviews/1" in peer.get("/assessment/reviews").text
    assert "GOV-01.1" not in peer.get("/assessment/reviews/1").text
    peer.submit("/assessment/reviews/1", to="/assessment/reviews/1/declare")
    point = "/assessment/reviews/1/points/GOV-01.1"
    peer.submit(point, to=point, score="no", note="Visas inte i intervjuerna")
    finding = {"kind": "opportunity", "text": "Visa mandatet", "points": "GOV-01.1", "region": ""}
    peer.submit("/assessment/reviews/1", to="/assessment/reviews/1/findings", **finding)
    page = head.get(f"{ROUND}/comparison").text
    assert "Visas inte i intervjuerna" in page
    assert "Visa mandatet" in page
    peer.submit("/assessment/reviews/1", to="/assessment/reviews/1/finish")
    assert peer.submit(point, to=point, score="yes", note="").status_code == 422
    with app.app_context():
        assert [review.finished_at is not None for review, _name in reviewing.of(db.session.get_one(AssessmentRound, 1))] == [
            True
        ]
    assert peer.get(ROUND).status_code == 403


def test_earlier_answers_are_brought_along_and_judged_by_their_region(app: Flask):
    answer_all(app)
    head, expert = client_of(app, HEAD), client_of(app, EXPERT)
    head.submit("/assessment/new", title="Nästa", edition_key="oeci-3x-p", start=(today_in(app)).isoformat(), designation="CCC")
    assert head.submit("/assessment/2/carry", source_id="1").status_code == 302
    page = expert.soup("/assessment/2/ro/triage")
    form = page.find("form", class_="tools")
    told = {field["name"]: field.get("value", "") for field in form.find_all("input")}
    assert "Noterat." in expert.post(form["action"], data={**told, "verdict": "still_true"}, follow_redirects=True).text
    with app.app_context():
        rows = select(AssessmentAnswer.state).where(AssessmentAnswer.round_id == 2, AssessmentAnswer.state != "empty")
        assert list(db.session.scalars(rows)) == ["draft"]


def today_in(app: Flask):  # type: ignore[no-untyped-def]
    with app.app_context():
        return today()
