"""What is said of a milestone and what belongs to it: safe to read, kept when taken back, and only by those who may."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from ccc_pilot import journal
from ccc_pilot.db import db
from ccc_pilot.progress.models import MilestoneComment, MilestoneLink
from ccc_pilot.web.paths import web_address
from tests.factories import client_of
from tests.support.pages import PageClient, form_with, values_of

SHOW = "/milestones/sosr-wp4-2025/P0-07"
COMMENTS, LINKS = f"{SHOW}/comments", f"{SHOW}/links"


@pytest.fixture
def lead(pilot_app: Flask) -> PageClient:
    return client_of(pilot_app, "huvudprojektledare", "en")


@pytest.fixture
def expert(pilot_app: Flask) -> PageClient:
    return client_of(pilot_app, "expert.ro", "en")


def say(client: PageClient, text: str, region: str = "ro") -> int:
    return client.submit(SHOW, to=COMMENTS, text=text, region=region).status_code


def link(client: PageClient, **fields: str) -> int:
    given = {"title": "Minnesanteckningar", "address": "https://example.org/a?b=1&c=2", "note": "", "kind": "minutes", **fields}
    form = client.soup(SHOW).select_one(f"form[action='{LINKS}']")
    return client.post(LINKS, data={**values_of(form), **given}).status_code


def take_back(client: PageClient, address: str) -> int:
    token = client.soup(SHOW).select_one("input[name=csrf_token]")["value"]
    return client.post(address, data={"csrf_token": token}).status_code


def stored(app: Flask, model: Any) -> list[Any]:
    with app.app_context():
        return list(db.session.scalars(select(model).order_by(model.id)))


def last_event(app: Flask) -> tuple[str, str, str | None, dict[str, Any]]:
    with app.app_context():
        assert list(journal.verify()) == []
        entry = db.session.scalars(select(journal.Entry).order_by(journal.Entry.seq.desc())).first()
        assert entry is not None
        return entry.event, entry.object_key, entry.region, entry.fields


def test_a_comment_is_shown_with_who_where_and_when_and_is_journaled(pilot_app: Flask, expert: PageClient):
    assert say(expert, "Vi **väntar** på beslut\n\n- ett\n- två") == 302
    thread = expert.soup(SHOW).select_one(".thread")
    assert thread.select_one("strong").text == "Demo Expert RÖ"
    assert thread.select_one(".tag").text == "RÖ"
    assert thread.select_one(".said strong").text == "väntar"
    assert len(thread.select(".said li")) == 2
    assert last_event(pilot_app) == (
        "milestone.comment", "sosr-wp4-2025:P0-07", "ro", {"text": "Vi **väntar** på beslut\n\n- ett\n- två"},
    )  # fmt: skip


def test_comments_stand_in_the_order_in_which_they_were_said(lead: PageClient, expert: PageClient):
    for client, text, region in ((expert, "Ett", "ro"), (lead, "Två", ""), (expert, "Tre", "ro")):
        say(client, text, region)
    assert [said.get_text(strip=True) for said in lead.soup(SHOW).select(".thread .said")] == ["Ett", "Två", "Tre"]


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>", "[x](javascript:alert(1))", "<img src=x onerror=alert(1)>", "[x](data:text/html,<script>)",
        '<a href="https://example.org" onclick="x()">x</a>', "<style>*{}</style>", "<iframe src=//example.org></iframe>",
    ],
)  # fmt: skip
def test_markdown_cannot_bring_anything_that_runs(lead: PageClient, attack: str):
    say(lead, attack)
    said = lead.soup(SHOW).select_one(".thread .said")  # the client refuses inline script, style and handlers on every page
    assert not said.select("script, style, iframe, img")
    assert all(a["href"].startswith(("http", "mailto")) for a in said.select("a[href]"))


def test_a_comment_cannot_be_said_for_another_region_nor_jointly_by_one_of_a_region(pilot_app: Flask, expert: PageClient):
    offered = [option["value"] for option in expert.soup(SHOW).select(f"form[action='{COMMENTS}'] option")]
    assert offered == ["ro"]
    assert say(expert, "För Jönköping", "rjl") == 422
    assert say(expert, "För alla", "") == 422
    assert stored(pilot_app, MilestoneComment) == []


def test_rcc_and_the_head_lead_comment_everywhere_and_readers_nowhere(pilot_app: Flask, lead: PageClient):
    for client in (lead, client_of(pilot_app, "granskare.rcc", "en")):
        offered = [option["value"] for option in client.soup(SHOW).select(f"form[action='{COMMENTS}'] option")]
        assert offered == ["", "ro", "rjl", "rkl"]
    for login in ("rsl", "ekonom", "extern"):
        reader = client_of(pilot_app, login)
        assert not reader.soup(SHOW).select(f"form[action='{COMMENTS}'], form[action='{LINKS}']")
        assert take_back(reader, COMMENTS) == 403
        assert take_back(reader, LINKS) == 403


@pytest.mark.parametrize(
    ("text", "said"), [("", "Fill in this field"), ("   \n ", "Fill in this field"), ("x" * 4001, "at most 4000")]
)
def test_a_comment_that_cannot_be_kept_is_told_at_the_field_and_stays_typed(
    pilot_app: Flask, lead: PageClient, text: str, said: str
):
    answer = lead.submit(SHOW, to=COMMENTS, text=text, region="")
    assert answer.status_code == 422
    assert said in answer.text
    assert text.strip() in answer.text
    assert stored(pilot_app, MilestoneComment) == []


def test_a_retracted_comment_hides_its_text_tells_by_whom_and_is_kept(pilot_app: Flask, lead: PageClient, expert: PageClient):
    say(expert, "Hemlig mening")
    assert take_back(lead, f"{COMMENTS}/1/retract") == 302
    thread = expert.soup(SHOW).select_one(".thread").get_text(" ")
    assert "Hemlig mening" not in thread
    assert "Removed by Demo Huvudprojektledare" in thread
    assert [comment.text for comment in stored(pilot_app, MilestoneComment)] == ["Hemlig mening"]
    assert last_event(pilot_app)[::3] == ("milestone.comment_retracted", {"comment": 1})
    assert take_back(lead, f"{COMMENTS}/1/retract") == 404  # once is enough


def test_only_the_author_and_the_head_lead_take_a_comment_back(pilot_app: Flask, lead: PageClient, expert: PageClient):
    say(lead, "Ledarens ord", "")
    assert not expert.soup(SHOW).select("form[action$=retract]")
    assert take_back(expert, f"{COMMENTS}/1/retract") == 403
    event_, _person, _region, fields = last_event(pilot_app)  # the room itself said no, and that is noted as at any other door
    assert (event_, fields) == ("access.denied", {"action": "milestone.comment", "path": f"{COMMENTS}/1/retract"})
    say(expert, "Mitt eget")
    assert take_back(expert, f"{COMMENTS}/2/retract") == 302
    assert [bool(comment.retracted_at) for comment in stored(pilot_app, MilestoneComment)] == [False, True]


def test_a_comment_is_not_reached_through_another_milestone(pilot_app: Flask, lead: PageClient):
    say(lead, "Här", "")
    assert take_back(lead, "/milestones/sosr-wp4-2025/P1-01/comments/1/retract") == 404
    assert stored(pilot_app, MilestoneComment)[0].retracted_at is None


def test_a_link_leads_out_without_telling_from_where(pilot_app: Flask, expert: PageClient):
    assert link(expert) == 302
    anchor = expert.soup(SHOW).select_one("#links .ev a")
    assert anchor["href"] == "https://example.org/a?b=1&c=2"
    assert set(anchor["rel"]) == {"noopener", "noreferrer", "nofollow"}
    assert last_event(pilot_app)[3] == {
        "title": "Minnesanteckningar",
        "address": "https://example.org/a?b=1&c=2",
        "verdict": "added",
    }


def test_a_document_elsewhere_is_told_without_an_address(lead: PageClient):
    assert link(lead, title="Avtal", address="", note="Diarienummer 2025/123", kind="document") == 302
    shown = lead.soup(SHOW).select_one("#links .ev")
    assert not shown.select("a")
    assert "Diarienummer 2025/123" in shown.text


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "ftp://example.org/x", "file:///etc/passwd", "//example.org",
        "example.org", "https://", "https://bank.example@evil.example/", "https://example.org:x/", "https://exa mple.org", "http:\\\\x", "http://[::1",
    ],
)  # fmt: skip
def test_only_addresses_of_the_web_are_linked_to(pilot_app: Flask, lead: PageClient, address: str):
    assert link(lead, address=address) == 422
    assert stored(pilot_app, MilestoneLink) == []


@pytest.mark.parametrize(
    "address", ["https://example.org", "http://localhost:8080/a", "HTTPS://EXAMPLE.ORG/å?q=ö#x", "https://[::1]/"]
)
def test_ordinary_addresses_are_taken_as_they_are(address: str):
    assert web_address(address) == address


def test_a_link_needs_an_address_or_a_place(pilot_app: Flask, lead: PageClient):
    assert link(lead, address="", note="") == 422
    assert link(lead, title="") == 422
    assert stored(pilot_app, MilestoneLink) == []


def test_a_removed_link_is_out_of_sight_but_kept_and_only_its_adder_or_the_head_lead_removes_it(
    pilot_app: Flask, lead: PageClient, expert: PageClient
):
    link(lead)
    assert take_back(expert, f"{LINKS}/1/remove") == 403
    assert take_back(lead, f"{LINKS}/1/remove") == 302
    assert not lead.soup(SHOW).select("#links .ev")
    assert stored(pilot_app, MilestoneLink)[0].removed_at is not None
    assert last_event(pilot_app)[3]["verdict"] == "removed"


def test_the_page_asks_no_more_the_more_is_said(pilot_app: Flask, lead: PageClient):
    asked: list[str] = []
    with pilot_app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda _c, _cur, statement, *_rest: asked.append(statement))
    counts = []
    for n in (1, 20):
        for _n in range(n):
            say(lead, "Ord", "")
            link(lead)
        asked.clear()
        lead.get(SHOW)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 15


def test_a_comment_is_kept_while_it_is_written_and_filled_in_again(pilot_app: Flask):
    lead = client_of(pilot_app, "projektledare.ro")
    page = lead.soup("/milestones/sosr-wp4-2025/P0-07")
    form = form_with(page, {"text"}, "/milestones/sosr-wp4-2025/P0-07/comments")
    sent = {**values_of(form), "text": "Halvskriven tanke", "draft_path": form["action"]}
    assert lead.post(form["data-draft"], data=sent).status_code < 300
    again = lead.soup("/milestones/sosr-wp4-2025/P0-07")
    assert form_with(again, {"text"}, form["action"]).find("textarea").text.strip() == "Halvskriven tanke"
