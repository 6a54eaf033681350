"""What an action has to do with: linked by what a person names, other actions without a circle, evidence by a second person."""

from datetime import date

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from ccc_pilot.assessment import rounds
from ccc_pilot.db import db, transaction
from ccc_pilot.errors import Forbidden, NotFound, Refused
from ccc_pilot.evidence.models import EvidenceItem, EvidenceLink, EvidenceVersion
from ccc_pilot.improvement import linking, proving, rules, standing
from ccc_pilot.improvement.models import Action, ImprovementPlan
from ccc_pilot.overview import kin_of_actions
from ccc_pilot.people.policy import NETWORK
from tests.factories import client_of, person, pilot
from tests.improvement.acting import HEAD, RO, TODAY, acting, complete, new_plan, propose, take
from tests.support.pages import parse

POINT = "gap:1:oeci-3x-p:GOV-01.1@ro"


pytestmark = (
    pytest.mark.sqlite_alone
)  # links do not depend on the engine; holding a plan and its actions is tested on both elsewhere


@pytest.fixture
def plan(pilot_context: Flask) -> ImprovementPlan:
    return new_plan()


def link(action: Action, text: str = "", *, visit: str = "", by: str = RO) -> list[tuple[str, str]]:
    near = kin_of_actions.NEIGHBOURS
    with pilot_request(), transaction():
        linking.link_named(
            target=action, things_text=text, visit_words=visit, near=near, pilot=pilot(), who=acting(by)
        )  # fmt: skip
    return [(one.kind, one.key) for one in action.links]


def pilot_request():
    from flask import current_app

    return current_app.test_request_context()


def test_what_a_person_names_becomes_a_link_whether_by_id_number_key_or_address(plan):
    one, two = propose(plan, "Ett"), propose(plan, "Två")
    assert link(one, "GOV-01.1, P0-05\nF-02; decision:1", visit="OECI, februari 2024") == [
        ("origin", POINT), ("milestone", "sosr-wp4-2025:P0-05"), ("waits_for", two.key), ("origin", "decision:1"),
        ("origin", "visit:oeci-februari-2024"),
    ]  # fmt: skip
    assert link(two, "http://pilot.example/assessment/1/ro/points/GOV-01.1 , https://x/meetings/8") == [
        ("origin", POINT), ("origin", "meeting:8"),
    ]  # fmt: skip
    assert standing.answered(plan)[POINT] == [(one.id, 1), (two.id, 2)]


def test_a_visit_told_without_a_latin_letter_is_told_apart_from_another_such_visit():
    first, again, second = linking.visit("Київ 2024"), linking.visit(" київ  2024"), linking.visit("Варшава 2024")
    assert first.key == again.key != second.key
    assert linking.visit("Київ").key not in {"visit:", linking.visit("Варшава").key}
    assert (linking.visit("OECI, februari 2024").key, linking.visit("2024-02-14").key) == (
        "visit:oeci-februari-2024",
        "visit:2024-02-14",
    )


def test_a_point_of_a_round_that_the_network_answers_as_one_is_named_by_its_number_too(plan):
    with transaction():
        joint = rounds.open_round(
            pilot=pilot(),
            title="Nätverket",
            edition_key="oeci-3x-p",
            designation="CCC",
            mode="network",
            start=TODAY,
            actor_id=None,
        )
    near, key = kin_of_actions.NEIGHBOURS, f"gap:{joint.id}:oeci-3x-p:GOV-01.1@{NETWORK}"
    with pilot_request():
        assert near.find(pilot(), "GOV-01.1", "ro") == key
        assert near.named([key])[key].url == f"/assessment/{joint.id}/{NETWORK}/points/GOV-01.1"


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "länkas till"), ("GOV-99.9", "GOV-99.9"), ("decision:999", "decision:999"), ("F-07", "F-07"), ("F-01", "vänta"), ("gap:9:oeci-3x-p:GOV-01.1@ro", "gap:9")],
)  # fmt: skip
def test_what_nobody_knows_is_refused_by_name_and_nothing_is_linked(plan, text, why):
    action = propose(plan)
    with pytest.raises(Refused, match=why):
        link(action, f"P0-05, {text}" if text else "")
    db.session.rollback()
    assert action.links == []


def test_actions_never_wait_for_each_other_in_a_circle(plan):
    one, two, three = propose(plan, "Ett"), propose(plan, "Två"), propose(plan, "Tre")
    link(one, "F-02")
    link(two, "F-03")
    with pytest.raises(Refused, match="F-03 → F-01 → F-02 → F-03"):
        link(three, "F-01")
    assert linking.waiting(plan, three.key) == [two]


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=3), max_size=6))
def test_a_graph_that_only_grows_by_what_closes_no_circle_has_none(wished):
    edges: dict[str, list[str]] = {}
    for item, targets in wished.items():
        for on in targets:
            if rules.circle(edges, item, on) is None:
                edges.setdefault(item, []).append(on)
    left = set(edges) | {on for targets in edges.values() for on in targets}
    while free := {item for item in left if not set(edges.get(item, ())) & left}:
        left -= free
    assert not left


def test_who_may_not_change_an_action_links_nothing_and_takes_no_link_away(plan):
    action = propose(plan)
    link(action, "P0-05")
    for by in ("projektledare.rjl", "granskare.rcc"):
        with pytest.raises(Forbidden):
            link(action, "P0-06", by=by)
        with pytest.raises(Forbidden), transaction():
            linking.unlink(target=action, link_id=action.links[0].id, who=acting(by))
    with pytest.raises(NotFound), transaction():
        linking.unlink(target=action, link_id=999, who=acting(RO))


def test_a_link_neither_opens_an_adopted_plan_nor_asks_for_a_new_review(plan):
    action = propose(plan)
    plan.state, action.review = "active", "accepted"
    link(action, "P0-05")
    assert (plan.state, plan.number, action.review) == ("active", 1, "accepted")


def prove(action: Action, state: str = "linked") -> EvidenceLink:
    by, now = person(RO).id, action.created_at
    item = EvidenceItem(region="ro", title="Protokoll", created_at=now, created_by_id=by, updated_at=now, updated_by_id=by)
    item.versions = [EvidenceVersion(number=1, address="https://example.org/p", at=now, person_id=by)]
    item.links = [EvidenceLink(object_key=action.key, region="ro", state=state, by_id=by, at=now)]
    with transaction():
        db.session.add(item)
    return item.links[0]


@pytest.mark.parametrize(("state", "counts"), [("linked", True), ("accepted", True), ("rejected", False), ("suggested", False)])
def test_evidence_linked_to_an_action_is_its_proof_unless_somebody_rejected_it(plan, state, counts):
    action = complete(propose(plan), proof="")
    take(action, "agree")
    take(action, "start")
    prove(action, state)
    assert standing.facts(pilot(), plan).incomplete == int(not counts)
    if counts:
        take(action, "claim", text="Alla team har en")
    else:
        with pytest.raises(Refused):
            take(action, "claim", text="Alla team har en")


def test_who_is_responsible_does_not_judge_what_proves_it(plan):
    action = complete(propose(plan), owner=f"person:{person(HEAD).id}")
    assert proving.bearers([action.key, "decision:1"]) == {action.key: {person(HEAD).id}}


def test_on_the_page_a_link_is_added_shown_with_its_address_and_removed(pilot_app: Flask):
    client, page = client_of(pilot_app, HEAD, "en"), "/improvement/actions/2"
    wrong = client.submit(page, to=f"{page}/links", things_text="nonsense")
    assert wrong.status_code == 422 and "nonsense" in parse(wrong.text).select_one("#links .errors").text
    assert client.submit(page, to=f"{page}/links", things_text="P0-05, F-03", visit_words="OECI 2024").status_code == 302
    shown = client.soup(page).select_one("#links")
    assert [link["href"] for link in shown.select("li a")] == ["/milestones/sosr-wp4-2025/P0-05", "/improvement/actions/3"]
    assert "OECI 2024" in shown.text
    remove = shown.select("form[action$='/remove']")[0]["action"]
    assert client.submit(page, to=remove).status_code == 302
    assert len(client.soup(page).select("#links form[action$='/remove']")) == 2
    assert "F-02" in client.soup("/improvement/actions/3").select_one("#links").text


def test_an_action_that_is_begun_on_the_page_of_a_decision_comes_from_it(pilot_app: Flask):
    client = client_of(pilot_app, HEAD, "en")
    address = client.soup("/decisions/1").select_one("a[href^='/improvement/actions/new']")["href"]
    assert "None" not in [text.strip() for text in client.soup(address).select_one("main").find_all(string=True)]
    made = client.submit(address, title="Utse projektledare", region="ro", due=date(2027, 1, 31).isoformat())
    assert made.status_code == 302
    assert client.soup(made.location).select_one("#links a")["href"] == "/decisions/1"
