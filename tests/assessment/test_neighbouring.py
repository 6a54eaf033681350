"""Answers and their evidence: what changes after an answer was verified makes a draft of it, and nobody is told too early what proves it."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from ccc_pilot.assessment import answers, listing
from ccc_pilot.assessment.models import AssessmentAnswer, AssessmentRound
from ccc_pilot.db import db, transaction
from ccc_pilot.errors import NotFound, Refused
from ccc_pilot.evidence import finding, items, kin, library, linking
from ccc_pilot.evidence.items import Carrier
from ccc_pilot.evidence.models import EvidenceItem, EvidenceLink
from ccc_pilot.people.doors import Current, current_of
from tests.factories import client_of, person

POINT = "oeci-3x-p:GOV-02.1"
KEY = f"{POINT}@ro"


def who(login: str) -> Current:
    return current_of(person(login))


def do(use_case: Any, *told: Any, **more: Any) -> Any:
    """Carry out a use case in a transaction of its own."""
    with transaction():
        return use_case(*told, **more)


def target() -> AssessmentAnswer:
    return answers.answer(db.session.get_one(AssessmentRound, 1), "ro", "GOV-02.1")


def put_up(title: str, **given: Any) -> EvidenceItem:
    carrier = Carrier(address=f"https://example.org/{title}")
    return do(items.add, carrier=carrier, by=who("expert.ro"), region="ro", title=title, **given)


def proved() -> EvidenceLink:
    """Return the link of a document that Östergötland's expert put up and its lead accepted."""
    link = put_up("Mandat", object_key=KEY, place="s. 4").links[0]
    do(linking.judge, link.id, "accepted", "", 1, who("granskare.rcc"))
    return link


def approve() -> int:
    """Let the answer be written, verified and approved; returns its version."""
    answer, expert, lead = target(), person("expert.ro").id, person("projektledare.ro").id
    content = {"score": "mostly", "note": f"Finns {answer.version}", "absence": "Revideras"}
    do(answers.write, target=answer, version=answer.version, actor_id=expert, propose=True, **content)
    for step in (answers.verify, answers.approve):
        do(step, target=answer, comment="", version=answer.version, actor_id=lead)
    return answer.version


def test_a_change_of_its_evidence_makes_a_draft_of_an_approved_answer(pilot_context: Flask):
    link, more, newer = proved(), put_up("Stadga"), Carrier(address="https://example.org/2")
    changes = {
        "linked": lambda: linking.link(more.id, KEY, "", who("expert.ro")),
        "taken away": lambda: linking.unlink(link.id, who("projektledare.ro")),
        "linked again": lambda: linking.link(link.item_id, KEY, "", who("expert.ro")),
        "rejected": lambda: linking.judge(link.id, "rejected", "Gäller Kalmar", 1, who("granskare.rcc")),
        "accepted after all": lambda: linking.judge(link.id, "accepted", "", 1, who("granskare.rcc")),
        "another kind": lambda: items.change(item_id=link.item_id, version=1, by=who("expert.ro"), kind="sop"),
        "valid until": lambda: items.change(item_id=link.item_id, version=2, by=who("expert.ro"), valid_until=date(2040, 1, 1)),
        "renewed": lambda: items.renew(item_id=link.item_id, carrier=newer, note="Ny", by=who("expert.ro")),
        "withdrawn": lambda: items.withdraw(item_id=link.item_id, reason="Fel dokument", by=who("expert.ro")),
        "taken back": lambda: items.restore(item_id=link.item_id, by=who("expert.ro")),
    }
    for name, change in changes.items():
        version = approve()
        do(change)
        assert (target().state, target().version) == ("draft", version + 1), name
        assert (target().verified_by_id, target().approved_by_id, target().approved_at) == (None, None, None)
        assert listing.history(target())[0].act == "unsettle"


def test_what_changes_nothing_that_proves_it_leaves_an_approved_answer_alone(pilot_context: Flask):
    link = proved()
    version = approve()
    do(linking.link, link.item_id, KEY, "s. 9", who("expert.ro"))
    do(linking.link, put_up("Stadga").id, KEY, "", who("huvudprojektledare"), suggested=True)
    do(linking.link, link.item_id, f"{POINT}@rjl", "", who("expert.rjl"))
    do(items.change, item_id=link.item_id, version=1, by=who("expert.ro"), title="Mandatet")
    assert (target().state, target().version) == ("approved", version)


def test_what_was_handed_in_stays_so_but_is_not_verified_once_nothing_shows_it(pilot_context: Flask):
    link, answer = proved(), target()
    content = {"score": "mostly", "note": "", "absence": "Revideras"}
    do(answers.write, target=answer, version=answer.version, actor_id=person("expert.ro").id, propose=True, **content)
    do(linking.unlink, link.id, who("projektledare.ro"))
    assert target().state == "proposed"
    with pytest.raises(Refused, match="motivering"):
        do(answers.verify, target=target(), comment="", version=target().version, actor_id=person("projektledare.ro").id)


def test_what_is_frozen_stays_as_it_was(pilot_context: Flask):
    link = proved()
    version = approve()
    with transaction():
        db.session.get_one(AssessmentRound, 1).stage = "submitted"
    do(linking.unlink, link.id, who("projektledare.ro"))
    assert (target().state, target().version) == ("approved", version)
    with transaction():
        db.session.get_one(AssessmentRound, 1).stage = "clarification"
        target().reopened = True
    do(linking.link, link.item_id, KEY, "", who("expert.ro"))
    assert target().state == "draft"


def test_who_scored_an_answer_does_not_judge_its_evidence(pilot_context: Flask):
    link = put_up("Mandat", object_key=KEY).links[0]
    do(answers.write, target=target(), version=target().version, actor_id=person("projektledare.ro").id, note="Ny")
    with pytest.raises(Refused, match="bedömt"):
        do(linking.judge, link.id, "accepted", "", 1, who("projektledare.ro"))
    assert do(linking.judge, link.id, "accepted", "", 1, who("huvudprojektledare")).state == "accepted"


def test_before_the_reveal_no_other_region_is_told_what_a_document_is_to_prove(pilot_app: Flask):
    with pilot_app.app_context():
        link = proved()
        before = put_up("Gammal", object_key=f"{POINT}@ro", place="s. 77")
        with transaction():
            round_ = db.session.get_one(AssessmentRound, 1)
            old = finding.links_of(before)[0]
            old.at = round_.opened_at - timedelta(days=1)
            assert round_.revealed_at is None
        seen = {
            login: finding.links_shown(link.item, who(login)) for login in ("expert.ro", "expert.rjl", "granskare.rcc", "extern")
        }
        assert {login: (len(links), unseen) for login, (links, unseen) in seen.items()} == {
            "expert.ro": (1, 0), "expert.rjl": (0, 1), "granskare.rcc": (1, 0), "extern": (0, 1)
        }  # fmt: skip
        assert finding.links_shown(before, who("expert.rjl"))[1] == 0  # known since the round before
        with pytest.raises(NotFound):
            finding.link(link.id, who("expert.rjl"))
        number, judging = link.item_id, link.id
    pages = {login: client_of(pilot_app, login) for login in ("expert.rjl", "expert.ro")}
    mine, theirs = (pages[login].get(f"/evidence/{number}").text for login in ("expert.ro", "expert.rjl"))
    assert "GOV-02.1" in mine and "s. 4" in mine
    assert "Mandat" in theirs and "1 till visas när regionerna ser varandras svar" in theirs
    assert "GOV-02" not in theirs and "s. 4" not in theirs
    assert pages["expert.rjl"].get(f"/evidence/links/{judging}/judge").status_code == 404
    with pilot_app.app_context(), transaction():
        db.session.get_one(AssessmentRound, 1).independent = False
    assert "s. 4" in pages["expert.rjl"].get(f"/evidence/{number}").text


def test_where_evidence_is_chosen_no_other_region_is_told_what_it_proves_before_the_reveal(house: Flask):
    with house.app_context():
        with transaction():
            row = items.add(
                carrier=Carrier(address="https://example.org/mandat"), by=who("expert.ro"), region="ro", title="Mandat",
                object_key="oeci-3x-p:GOV-01.1@ro",
            )  # fmt: skip
        number, key, other = row.id, "oeci-3x-p:GOV-01.1@ro", "rcc-2023:7.1@ro"
        seen = {}
        for login in ("expert.ro", "expert.rjl"):
            offered = [item.id for item in library.to_choose("mandat", who(login), key, 30)]
            seen[login] = number in offered, [item.id for item, _point in kin.items(other, who(login))]
        assert seen == {"expert.ro": (False, [number]), "expert.rjl": (True, [])}
    rjl = client_of(house, "expert.rjl")
    answered = [rjl.get(f"/evidence/choose?for={one}").status_code for one in (key, "oeci-3x-p:GOV-01.1@rjl")]
    assert answered == [403, 200]
