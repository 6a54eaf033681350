"""Documents that are asked for of a round: what is asked, when one is complete, and that readiness counts them."""

from dataclasses import dataclass, replace
from datetime import date

import pytest
from flask import Flask

from ccc_pilot.assessment import documents, ready, rounds, snapshots
from ccc_pilot.assessment.document_rules import DocumentState, Standing, lacks
from ccc_pilot.assessment.models import AssessmentRound
from ccc_pilot.catalogue.editions import edition
from ccc_pilot.db import db, transaction
from ccc_pilot.errors import Conflict, NotFound, Refused
from ccc_pilot.evidence import items, linking
from ccc_pilot.evidence.items import Carrier
from ccc_pilot.people.doors import current_of
from tests.factories import client_of, person, pilot


@dataclass(frozen=True)
class Proof:
    valid: bool = True
    expired: bool = False


READY = Standing(DocumentState.READY, "yes")


@pytest.mark.parametrize(
    ("standing", "proofs", "missing"),
    [
        (READY, [Proof()], ()),
        (READY, [Proof(False), Proof()], ()),
        (READY, [], ("file",)),
        (READY, [Proof(False)], ("accepted",)),
        (READY, [Proof(False, True)], ("expired",)),
        (replace(READY, english="no"), [Proof()], ("english",)),
        (replace(READY, english=""), [Proof()], ("language",)),
        (Standing(DocumentState.UNDER_WAY), [], ("file", "language", "ready")),
        (Standing(DocumentState.NOT_NEEDED, reason="Finns i 07"), [], ()),
        (Standing(DocumentState.NOT_NEEDED, reason=" "), [Proof()], ("reason",)),
    ],
)
def test_a_document_is_complete_when_it_is_accepted_readable_and_ready(standing, proofs, missing):
    assert lacks(standing, proofs) == missing


def round_() -> AssessmentRound:
    return db.session.get_one(AssessmentRound, 1)


def record(number: str, version: int = 0, **given: str):
    told = {"state": "ready", "english": "yes", "reason": "", "owner": "Kansliet", "note": "", **given}
    with transaction():
        return documents.record(round_=round_(), number=number, version=version, actor_id=person("huvudprojektledare").id, **told)


def check(code: str):
    return next(one for one in ready.checks(round_(), date(2026, 3, 1)) if one.rule == code)


def test_what_the_shelf_asks_for_is_said_to_be_of_an_earlier_edition():
    found = edition("oeci-3x-p").documents
    assert [one.number for one in found] == [f"{n:02}" for n in range(1, 16)]
    assert {(one.confidence, one.source_ref) for one in found} == {("derived", "REQ, 2.x")}
    assert all(one.title.sv and one.title.en for one in found)


def test_a_document_is_proved_recorded_and_counted_by_readiness(entered: Flask):
    assert (check("R5").passed, len(check("R5").offenders), check("R5").blocks) == (False, 15, True)
    expert, head = current_of(person("expert.ro")), current_of(person("huvudprojektledare"))
    with transaction():
        plan = Carrier(address="https://example.org/plan")
        item = items.add(carrier=plan, by=expert, region="ro", title="Strategisk plan", object_key="round:1/06")
    with transaction():
        linking.judge(item.links[0].id, "accepted", "", 1, head)
    assert documents.one(round_(), "06").lacks == ("language", "ready")
    record("06")
    assert documents.one(round_(), "06").complete
    with pytest.raises(Refused) as refused:
        record("07", state="not_needed")
    assert refused.value.field == "reason"
    record("07", state="not_needed", reason="Ingår i 06")
    with pytest.raises(Conflict):
        record("07", owner="Någon annan")
    record("07", 1, state="not_needed", reason="Ingår i 06, kapitel 2")
    assert len(check("R5").offenders) == 13
    with pytest.raises(NotFound):
        record("99")


def test_a_round_asks_for_documents_of_its_own_and_is_frozen_with_them(entered: Flask):
    head = person("huvudprojektledare").id
    with transaction():
        own = rounds.open_round(pilot=pilot(), title="RCC", edition_key="rcc-2012", start=date(2026, 1, 1), actor_id=head)
    assert documents.of(own) == []
    for title in ("Verksamhetsplan", "Budget"):
        with transaction():
            documents.add(round_=own, title=title, actor_id=head)
    assert [(one.number, one.title, one.complete) for one in documents.of(own)] == [
        ("own-1", "Verksamhetsplan", False), ("own-2", "Budget", False)
    ]  # fmt: skip
    with transaction():
        kept = snapshots.take(own, head)
        own.stage = "submitted"
    assert [one["title"] for one in snapshots.read(kept)["documents"]] == ["Verksamhetsplan", "Budget"]
    with pytest.raises(Refused, match="inlämnad"), transaction():
        documents.add(round_=own, title="Mer", actor_id=head)


def test_of_an_edition_without_a_list_nothing_is_claimed(house: Flask):
    with house.app_context():
        with transaction():
            head = person("huvudprojektledare").id
            number = rounds.open_round(
                pilot=pilot(), title="RCC", edition_key="rcc-2012", start=date(2026, 1, 1), independent=False, actor_id=head
            ).id
        found = {one.rule: one for one in ready.checks(db.session.get_one(AssessmentRound, number), date(2026, 3, 1))}
        assert (found["R5"].passed, found["R5"].asked, found["R5"].blocks) == (None, False, False)
    head = client_of(house, "huvudprojektledare", "en")
    page = head.get(f"/assessment/{number}/documents").text
    assert "No list is known" in page
    row = next(row for row in head.soup(f"/assessment/{number}").select("#readiness tbody tr") if "R5" in row.th.text)
    assert "None known to be asked for" in row.text and not row.select("form")


def test_the_pages_record_a_document_and_show_what_it_lacks(house: Flask):
    head, expert = client_of(house, "huvudprojektledare", "en"), client_of(house, "expert.ro", "en")
    assert "0 of 15 complete" in head.get("/assessment/1/documents").text
    answer = head.submit("/assessment/1/documents/06", state="not_needed", follow_redirects=True)
    assert answer.status_code == 422 and "Say why it is not needed" in answer.text
    head.submit("/assessment/1/documents/06", state="not_needed", reason="Part of 07")
    assert "1 of 15 complete" in head.get("/assessment/1/documents").text
    head.submit("/assessment/1/documents", title="Floor plan")
    assert "own-1 Floor plan" in expert.get("/assessment/1/documents").text
    page = expert.soup("/assessment/1/documents/own-1")
    assert not page.select("#standing form") and page.select('a[href^="/evidence/new?for=round:1/own-1"]')
    assert expert.get("/assessment/1/documents/none").status_code == 404
    assert "15 Research projects under way" in expert.get("/standards/oeci-3x-p").text
