"""Writing minutes, deciding, finding proposals in a text and taking the minutes out, on the pages themselves."""

from io import BytesIO

import pytest
from flask import Flask

from ccc_pilot.db import db
from ccc_pilot.decisions.models import AgendaPoint, Decision
from tests.factories import client_of
from tests.support.pages import PageClient, form_with, values_of

MINUTES = """§ 4 Deltagande
Beslut
RSL beslutar
att SÖSR deltar i piloten från 250601
"""


def text(client: PageClient, path: str) -> str:
    return " ".join(client.soup(path).select_one("main").get_text(" ").split())


@pytest.fixture
def held(house: Flask, head: PageClient) -> str:
    """The address of an RSL meeting that was held, with a point and a proposal under it."""
    path = str(head.submit("/meetings/new", body_key="rsl", day="2026-11-02", starts="8.30").location)
    head.submit(f"{path}/points/new", title="Bemanning", kind="decision")
    with house.app_context():
        point = db.session.query(AgendaPoint).filter_by(title="Bemanning").one().id
    head.submit(f"{path}/points/{point}/proposal", title="Bemanning", proposal="RÖ utser två projektledare.", due="1/12")
    for to in ("called", "held"):
        page = head.soup(path)
        form = next(f for f in page.select("form") if f.select_one(f'[name=to][value="{to}"]'))
        assert head.post(form["action"], data=values_of(form)).status_code == 302
    return path


def test_a_meeting_is_planned_with_what_comes_back_by_itself(house: Flask, head: PageClient):
    path = head.submit("/meetings/new", body_key="rsl", day="2/11", starts="8.30", more_days="7/12\n2027-01-18").location
    found = text(head, path)
    assert "08:30" in found and "Statusuppdatering om piloten" in found
    assert text(head, "/meetings").count("Regionsjukvårdsledningen") >= 5


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"day": "31/2"}, "not a date"), ({"day": ""}, "Fill in this field"), ({"day": "2/11", "starts": "kl nio"}, "not a time"),
        ({"day": "2/11", "last_day": "1/11"}, "before the first"), ({"day": "2/11", "more_days": "7/12\ni höst"}, "not a date"),
        ({"day": "2080-01-01"}, "The year must be"), ({"day": "2/11", "body_key": "", "title": ""}, "Choose a body"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_at_its_field_and_stays(head: PageClient, fields: dict[str, str], told: str):
    answer = head.submit("/meetings/new", **{"body_key": "rsl", "place": "Linköping", **fields})
    assert answer.status_code == 422 and told in answer.text and 'value="Linköping"' in answer.text


def test_a_proposal_is_decided_on_the_page_of_the_minutes_with_other_words(house: Flask, head: PageClient, held: str):
    with house.app_context():
        row = db.session.query(Decision).filter_by(title="Bemanning").one().id
    answer = head.submit(
        f"{held}/minutes", to=f"/decisions/{row}/settle", outcome="decided", decided="RÖ utser en projektledare."
    )
    assert answer.location.startswith(f"{held}/minutes")
    page = head.soup(f"/decisions/{row}")
    assert page.select_one("h1").text.startswith("RSL 261102 § 1")
    assert page.select_one("#words del").text.strip() and page.select_one("#words ins").text.strip()


def test_notes_are_saved_in_place_and_every_text_is_kept(house: Flask, head: PageClient, held: str):
    page = head.soup(f"{held}/minutes")
    form = next(f for f in page.select("form") if f.select_one("[name=notes]"))
    answer = head.post(form["action"], data={**values_of(form), "notes": "Alla var **överens**."}, headers={"HX-Request": "true"})
    assert answer.status_code == 200 and "<html" not in answer.text
    assert "överens" in text(head, f"{held}/minutes/history")


def test_two_who_write_the_same_point_are_shown_both_texts(house: Flask, head: PageClient, held: str):
    form = next(f for f in head.soup(f"{held}/minutes").select("form") if f.select_one("[name=notes]"))
    assert head.post(form["action"], data={**values_of(form), "notes": "Den första"}).status_code == 302
    answer = head.post(form["action"], data={**values_of(form), "notes": "Den andra"})
    assert answer.status_code == 409 and "Den första" in answer.text and "Den andra" in answer.text


def test_the_one_who_wrote_cannot_approve_and_an_rsl_reader_can(house: Flask, head: PageClient, rsl: PageClient, held: str):
    with house.app_context():
        row = db.session.query(Decision).filter_by(title="Bemanning").one().id
    head.submit(f"/decisions/{row}", to=f"/decisions/{row}/settle", outcome="decided", decided="Ja.")
    page = head.soup(held)
    form = next(f for f in page.select("form") if f.select_one('[name=to][value="written"]'))
    head.post(form["action"], data=values_of(form))
    assert "Another person than the one who wrote must approve and lock." in text(head, held)
    token = form_with(head.soup(held), {"csrf_token"}).select_one("[name=csrf_token]")["value"]
    refused = head.post(f"{held}/approval", data={"csrf_token": token, "version": _version(rsl, held)})
    assert refused.status_code == 422 and "Another person" in refused.text
    assert rsl.submit(held, to=f"{held}/approval", version=_version(head, held)).status_code == 302
    assert "locked by Demo Direktör RSL" in text(head, f"/decisions/{row}")
    assert "Write the minutes" not in text(head, held)


def _version(client: PageClient, path: str) -> str:
    return str(
        form_with(client.soup(path), {"version", "to"})["action"]
        and client.soup(path).select_one("#steps [name=version]")["value"]
    )


def test_minutes_are_taken_out_as_word_and_pdf_and_say_that_they_are_a_draft(head: PageClient, held: str):
    import docx
    import pypdf

    word = docx.Document(BytesIO(head.get(f"{held}/minutes.docx").data))
    said = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert "Draft, not approved" in said and "Proposal, not decided: RÖ utser två projektledare." in said
    pages = pypdf.PdfReader(BytesIO(head.get(f"{held}/minutes.pdf").data)).pages
    assert "Proposal, not decided" in " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_log_is_taken_out_as_it_is_narrowed(head: PageClient):
    answer = head.get("/decisions/export.xlsx?body=rsl")
    assert answer.status_code == 200 and answer.data[:2] == b"PK"


def test_what_is_found_in_pasted_minutes_is_kept_only_when_ticked(house: Flask, head: PageClient, held: str):
    page = head.submit(f"{held}/find", text=MINUTES)
    assert "SÖSR deltar i piloten från 250601" in page.text
    with house.app_context():
        before = db.session.query(Decision).count()
    form = next(f for f in _parsed(page.text).select("form") if f["action"].endswith("/found"))
    values = values_of(form)
    assert head.post(form["action"], data=values).status_code == 422
    ticked = dict.fromkeys((field["name"] for field in form.select("[type=checkbox]")), "y")
    assert head.post(form["action"], data={**values, **ticked}).status_code == 302
    with house.app_context():
        rows = db.session.query(Decision).filter(Decision.evidence.contains("line")).all()
        assert len(rows) == len(ticked) and db.session.query(Decision).count() == before + len(ticked)
        assert {row.status for row in rows} == {"proposed"} and rows[0].paragraph == 4


def _parsed(html: str):
    from tests.support.pages import parse

    return parse(html)


@pytest.mark.parametrize("name", ["anteckningar.docx", "underlag.md", "tom.txt", "skadad.pdf"])
def test_a_file_is_read_or_refused_in_words(head: PageClient, held: str, name: str):
    form = form_with(head.soup(f"{held}/find"), {"text", "file"})
    data = {**values_of(form), "text": "", "file": (BytesIO(_file(name)), name)}
    answer = head.post(form["action"], data=data, content_type="multipart/form-data")
    if name in {"tom.txt", "skadad.pdf"}:
        assert answer.status_code == 422 and "Something needs to be corrected" in answer.text
    else:
        assert answer.status_code == 200 and "SÖSR deltar i piloten" in answer.text


def _file(name: str) -> bytes:
    import docx

    if name.endswith(".docx"):
        document, target = docx.Document(), BytesIO()
        for line in MINUTES.splitlines():
            document.add_paragraph(line)
        document.save(target)
        return target.getvalue()
    return {"underlag.md": MINUTES.encode(), "tom.txt": b"", "skadad.pdf": b"%PDF-1.7 nothing"}[name]


def test_minutes_with_no_decision_say_so(head: PageClient, held: str):
    assert "No decision and no proposal was found" in head.submit(f"{held}/find", text="Vi talade om vädret.").text


def test_a_link_by_an_id_leads_to_the_milestone_and_words_stay_words(house: Flask, head: PageClient):
    assert head.submit("/decisions/2", relation="creates", thing="p0-07").status_code == 302
    assert head.submit("/decisions/2", relation="basis", thing="Brev från länsrådet").status_code == 302
    found = head.soup("/decisions/2").select_one("#links")
    assert "/milestones/sosr-wp4-2025/P0-07" in {a.get("href") for a in found.select("a")}
    assert "Brev från länsrådet" in found.text


def test_readers_are_offered_nothing_to_change(house: Flask, held: str):
    reader = client_of(house, "granskare.rcc")
    for path in (held, "/decisions/1", "/decisions"):
        posts = [f["action"] for f in reader.soup(path).select("main form") if f["method"] == "post"]
        assert posts == [], path


def test_what_cannot_be_done_yet_says_why_and_has_no_button(house: Flask, head: PageClient):
    path = str(head.submit("/meetings/new", body_key="rsl", day="2035-11-05", starts="9").location)
    assert "09:00" in text(head, path)
    steps = head.soup(path).select_one("#steps")
    assert "The day of the meeting has not come yet." in steps.text and not steps.select('[name=to][value="held"]')
    head.submit(f"{path}/points/new", title="Bemanning", kind="decision")
    with house.app_context():
        point = db.session.query(AgendaPoint).filter_by(title="Bemanning").order_by(AgendaPoint.id.desc()).first().id
    head.submit(f"{path}/points/{point}/proposal", title="Ny bemanning", proposal="RÖ utser två.")
    for page in (f"{path}/minutes", f"{path}/outcomes"):
        assert "The meeting has not been held yet." in text(head, page) and not head.soup(page).select("[name=decided]")
