"""The journal as a page: narrowed by its address, paged, in words, and no more of it than the reader may see."""

import pytest
from flask import Flask
from sqlalchemy import text

from ccc_pilot import journal
from ccc_pilot.db import db, transaction
from ccc_pilot.events import EVENTS
from ccc_pilot.i18n import today
from ccc_pilot.overview import chain
from ccc_pilot.overview.event_words import EVENT_WORDS, FIELD_WORDS, KIND_WORDS
from tests.factories import client_of
from tests.overview.conftest import PLAN, report, say
from tests.support.pages import PageClient


def told(client: PageClient, address: str = "/journal") -> list[str]:
    """Return the entries of a page of the journal as lines of text."""
    return [" ".join(row.get_text(" ").split()) for row in client.soup(address).select("main tbody tr")]


def all_told(client: PageClient) -> list[str]:
    """Return the entries of all pages of the journal, newest first."""
    address, found = "/journal", []
    while address:
        page = client.soup(address)
        found += page.select("main tbody tr")
        older = page.select_one("a[rel=next]")
        address = older["href"] if older else ""
    return [row.get_text(" ") for row in found]


def fill(app: Flask, times: int) -> None:
    """Write ``times`` entries."""
    with app.app_context(), transaction():
        for number in range(times):
            journal.write("milestone.comment", f"{PLAN}:P0-05", actor_id=None, region="ro", text=f"entry {number}.")


def test_every_event_and_every_field_has_words():
    assert set(EVENT_WORDS) == set(EVENTS)
    assert {event.split(".")[0] for event in EVENTS} == set(KIND_WORDS)
    assert {name for fields in EVENTS.values() for name in fields} == set(FIELD_WORDS)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_event_can_be_read_by_everybody_who_may(pilot_app: Flask, language: str):
    with pilot_app.app_context(), transaction():
        for event, fields in EVENTS.items():
            journal.write(event, "person:1", actor_id=1, region="ro", **dict.fromkeys(fields, "done"))
    for login in ("huvudprojektledare", "administrator", "projektledare.ro", "extern"):
        assert len(all_told(client_of(pilot_app, login, language))) >= len(EVENTS), login


def test_a_change_is_told_with_who_what_where_and_from_what_to_what(pilot_app: Flask, lead: PageClient):
    report(pilot_app, "P0-05", "ro", "at_risk", "Ingen sökande")
    newest = told(lead)[0]
    assert "Demo Projektledare RÖ" in newest
    assert "At risk" in newest
    assert "Ingen sökande" in newest
    row = lead.soup("/journal").select_one("main tbody tr")
    assert row.select_one("td a")["href"] == f"/milestones/{PLAN}/P0-05"
    assert row.select_one(".tag").text == "RÖ"


def test_a_regions_lead_sees_what_was_done_in_the_own_region_alone(pilot_app: Flask, regional: PageClient):
    report(pilot_app, "P0-05", "ro", "ongoing", "vårt eget")
    report(pilot_app, "P0-05", "rkl", "ongoing", "deras", login="projektledare.rkl")
    say(pilot_app, "P0-05", "till alla")
    for address in ("/journal", "/journal?region=rkl", "/journal?event=milestone", "/journal?person=1"):
        assert not any("deras" in line or "till alla" in line for line in told(regional, address)), address
    assert any("vårt eget" in line for line in told(regional))
    assert {option["value"] for option in regional.soup("/journal").select("select[name=region] option")} == {"", "ro"}


def test_an_administrator_sees_that_a_milestone_was_changed_but_none_of_its_texts(pilot_app: Flask, administrator: PageClient):
    report(pilot_app, "P0-05", "ro", "at_risk", "innehållet")
    newest = told(administrator)[0]
    assert "innehållet" not in administrator.get("/journal").text
    assert f"{PLAN}:P0-05@ro" in newest
    assert not administrator.soup("/journal").select("main tbody tr")[0].select("td a")
    assert any("closed door" in line for line in told(administrator, "/journal?event=access")) is False
    administrator.get("/milestones")
    assert "milestone.read" in told(administrator, "/journal?event=access")[0]


def test_the_external_reader_reads_all_of_it(pilot_app: Flask):
    report(pilot_app, "P0-05", "ro", "at_risk", "innehållet")
    assert "innehållet" in told(client_of(pilot_app, "extern", "en"))[0]


def test_the_address_narrows_by_event_person_region_object_and_days(pilot_app: Flask, lead: PageClient):
    report(pilot_app, "P0-05", "ro", "ongoing", "ett")
    report(pilot_app, "P0-07", "rjl", "ongoing", "två", login="projektledare.rjl")
    say(pilot_app, "P0-05", "tre", "rkl")
    with pilot_app.app_context():
        day = today().isoformat()
    for asked, words in {
        "event=milestone.comment": {"tre"}, "event=milestone": {"ett", "två", "tre"}, "region=rjl": {"två"}, "object=p0-05": {"ett", "tre"},
        f"since={day}&event=milestone": {"ett", "två", "tre"}, "until=2025-01-01": set(), "event=milestone&region=ro": {"ett"}, "person=4000000000&event=milestone": {"ett", "två", "tre"},
    }.items():  # fmt: skip
        lines = told(lead, f"/journal?{asked}")
        assert {word for word in ("ett", "två", "tre") if any(f" {word} " in f"{line} " for line in lines)} == words, asked


def test_a_day_that_cannot_be_read_is_told_at_its_field_and_stays_there(lead: PageClient):
    page = lead.soup("/journal?since=31/2&until=9999-12-31&event=nonsense&before=x&person=9x")
    assert [field["value"] for field in page.select("input[aria-invalid]")] == ["31/2", "9999-12-31"]
    assert len(page.select("main .error")) == 2


def test_pages_follow_one_another_without_a_gap_while_others_write(pilot_app: Flask, lead: PageClient):
    fill(pilot_app, 120)
    address, seen = "/journal?object=P0-05", []
    while address:
        page = lead.soup(address)
        seen += [int(row["id"].removeprefix("entry-")) for row in page.select("main tbody tr")]
        older = page.select_one("main a[rel=next]")
        address = older["href"] if older else ""
        fill(pilot_app, 1)
    assert len(seen) == 120
    assert seen == list(range(seen[0], seen[0] - 120, -1))


def verdict(client: PageClient) -> str:
    """Press the button that checks the chain and return what the page says."""
    return client.submit("/journal", to="/journal/verify", follow_redirects=True).text


def test_the_chain_is_checked_up_to_its_end(pilot_app: Flask, lead: PageClient):
    report(pilot_app, "P0-05", "ro", "ongoing")
    assert "entries hold together" in verdict(lead)


def test_a_long_chain_says_which_part_was_looked_at(pilot_app: Flask, lead: PageClient, monkeypatch):
    fill(pilot_app, 8)
    monkeypatch.setattr(chain, "LATEST", 5)
    said = verdict(lead)
    with pilot_app.app_context():
        last = db.session.get(journal.Head, 1).seq
    assert f"Entries {last - 4} to {last}" in said
    assert "Older ones were not looked at" in said


@pytest.mark.parametrize(("seq_from_end", "seen"), [(1, True), (6, False)])
def test_a_change_in_the_part_that_is_looked_at_is_told(pilot_app: Flask, lead: PageClient, monkeypatch, seq_from_end, seen):
    fill(pilot_app, 8)
    with pilot_app.app_context(), transaction():
        names = {"sqlite": "DROP TRIGGER journal_no_update", "postgresql": "DROP TRIGGER journal_is_closed ON journal"}
        db.session.execute(text(names[db.engine.dialect.name]))
        last = db.session.get(journal.Head, 1).seq
        db.session.execute(text("UPDATE journal SET object_key = 'x' WHERE seq = :seq"), {"seq": last - seq_from_end})
    monkeypatch.setattr(chain, "LATEST", 5)
    assert ("does not hold" in verdict(lead)) is seen


def test_the_page_asks_no_more_the_more_is_written(pilot_app: Flask, lead: PageClient, queries):
    report(pilot_app, "P0-05", "ro", "ongoing")
    few = queries(lead, "/journal")
    fill(pilot_app, 60)
    assert queries(lead, "/journal") == few <= 15
