"""Dependencies: what a change does to those that wait, the pilot's own, and loops that are refused."""

from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from ccc_pilot import journal
from ccc_pilot.db import db, transaction
from ccc_pilot.errors import NotFound, Refused
from ccc_pilot.progress import dependencies, finding, service
from ccc_pilot.progress.rules import JOINT, OPEN, Effect, Place, Status, consequences, latest, loop, waiting
from tests.factories import client_of, person, pilot

PLAN = "sosr-wp4-2025"
EDGES = {"b": ("a",), "c": ("a", "x")}
JUNE = date(2026, 6, 15)


def place(key: str, status: Status = Status.NOT_STARTED, due: date | None = JUNE, region: str = JOINT) -> Place:
    return Place(key, region, status, due)


def test_one_that_is_due_before_what_it_waits_for_is_told_in_days():
    there = [place("a", due=date(2026, 6, 29)), place("b"), place("c", due=date(2026, 7, 1)), place("x")]
    assert consequences(EDGES, there, "a", JOINT) == [Effect("b", JOINT, days_before=14), Effect("c", JOINT)]


def test_when_all_that_it_waits_for_is_done_it_is_free():
    there = [place("a", Status.DONE), place("b"), place("c"), place("x", Status.ONGOING)]
    assert consequences(EDGES, there, "a", JOINT) == [Effect("b", JOINT, free=True), Effect("c", JOINT)]


@pytest.mark.parametrize("status", [Status.CLAIMED, Status.CANCELLED, Status.UNKNOWN])
def test_a_claim_a_cancelled_one_and_an_unknown_outcome_free_nobody(status: Status):
    assert not any(effect.free for effect in consequences(EDGES, [place("a", status), place("b")], "a", JOINT))


@pytest.mark.parametrize("status", [Status.AT_RISK, Status.CANCELLED])
def test_one_at_risk_or_cancelled_holds_up_those_that_wait(status: Status):
    assert consequences(EDGES, [place("a", status), place("b")], "a", JOINT) == [Effect("b", JOINT, held=True)]


def test_a_region_waits_for_its_own_row_and_a_joint_row_for_all():
    done, open_ = place("a", Status.DONE, region="ro"), place("a", region="rkl")
    assert consequences(EDGES, [done, open_, place("b", region="ro"), place("b", region="rkl")], "a", "ro") == [
        Effect("b", "ro", free=True)
    ]
    assert consequences(EDGES, [done, open_, place("b")], "a", "ro") == [Effect("b", JOINT)]


def test_those_that_are_settled_are_not_touched():
    assert consequences(EDGES, [place("a"), place("b", Status.DONE), place("c", Status.CANCELLED)], "a", JOINT) == []


def test_a_joint_row_reached_from_several_regions_is_told_once_by_the_latest():
    assert latest([Effect("b", JOINT, days_before=3), Effect("b", JOINT, days_before=9, held=True), Effect("c", JOINT)]) == [
        Effect("b", JOINT, days_before=9, held=True), Effect("c", JOINT),
    ]  # fmt: skip


NAMES = st.sampled_from("abcdef")


@given(st.lists(st.tuples(NAMES, NAMES), max_size=20))
def test_adding_only_what_closes_no_loop_leaves_no_line_waiting_for_itself(wished: list[tuple[str, str]]):
    edges: dict[str, tuple[str, ...]] = {}
    for item, on in wished:
        chain = loop(edges, item, on)
        if chain is None:
            edges[item] = (*edges.get(item, ()), on)
        else:
            assert chain[0] == chain[-1] == item
            assert all(after in edges.get(before, ()) for before, after in zip(chain[1:], chain[2:], strict=False))
    waiters = {name: [item for item, on in edges.items() if name in on] for name in "abcdef"}
    assert all(loop(edges, name, name) for name in "abcdef")
    assert not any(item in waiting(waiters, after) for item in "abcdef" for after in waiting(waiters, item))


ROWS = st.lists(
    st.builds(Place, NAMES, st.sampled_from([JOINT, "ro", "rkl"]), st.sampled_from(list(Status)), st.none() | st.dates()),
    unique_by=lambda row: (row.key, row.region), max_size=12,
)  # fmt: skip


@given(st.dictionaries(NAMES, st.frozensets(NAMES, min_size=1)), ROWS, NAMES, st.sampled_from([JOINT, "ro"]))
def test_consequences_reach_only_open_rows_that_wait_and_never_free_what_an_open_row_holds(
    edges: dict[str, frozenset[str]], rows: list[Place], changed: str, region: str
):
    stand = {(row.key, row.region): row for row in rows}
    for effect in consequences(edges, rows, changed, region):
        waiter = stand[effect.key, effect.region]
        assert changed in edges[effect.key] and waiter.status in OPEN
        assert not (effect.free and (effect.held or effect.days_before))
        assert not effect.free or stand[changed, region].status == Status.DONE


def add(slug: str, waits_for: str) -> str:
    target = finding.line(pilot(), PLAN, slug)
    with transaction():
        return dependencies.add(pilot=pilot(), target=target, waits_for=waits_for, actor_id=person("huvudprojektledare").id)


def test_a_dependency_of_the_pilots_own_stands_beside_the_plans_and_in_the_journal(pilot_context: Flask):
    before = dependencies.edges(pilot())[f"{PLAN}:P0-05"]
    assert add("P0-05", "P0-07") == f"{PLAN}:P0-07"
    assert dependencies.edges(pilot())[f"{PLAN}:P0-05"] == (*before, f"{PLAN}:P0-07")
    entry = db.session.scalars(select(journal.Entry).order_by(journal.Entry.seq.desc())).first()
    assert entry is not None
    assert (entry.event, entry.object_key, entry.fields) == (
        "milestone.dependency_added",
        f"{PLAN}:P0-05",
        {"waits_for": f"{PLAN}:P0-07"},
    )


def test_a_loop_is_refused_with_its_chain_in_words(pilot_context: Flask):
    with pytest.raises(Refused) as refused:
        add("P0-04", "P1-01")
    assert refused.value.field == "waits_for"
    told = str(refused.value.message)
    assert all(name in told for name in ("P0-04", "P1-01", "P0-05"))
    assert dependencies.own(pilot()) == []


def test_a_line_cannot_wait_for_itself_nor_twice_for_the_same(pilot_context: Flask):
    for waits_for in ("P0-05", "P0-04"):
        with pytest.raises(Refused):
            add("P0-05", waits_for)


def test_a_title_that_fits_several_is_refused_with_their_ids_and_one_that_fits_none_too(pilot_context: Flask):
    with pytest.raises(Refused) as several:
        add("P1-01", "projektledare")
    assert "P0-05" in str(several.value.message)
    for nonsense in ("no such thing at all", "PR-01", "%"):
        with pytest.raises(Refused):
            add("P1-01", nonsense)


def test_the_pilots_own_is_taken_away_and_the_plans_stays(pilot_context: Flask):
    add("P0-05", "P0-07")
    target, actor = finding.line(pilot(), PLAN, "P0-05"), person("huvudprojektledare").id
    with transaction():
        dependencies.remove(pilot=pilot(), target=target, waits_for=f"{PLAN}:P0-07", actor_id=actor)
    assert dependencies.own(pilot()) == []
    with pytest.raises(NotFound), transaction():
        dependencies.remove(pilot=pilot(), target=target, waits_for=f"{PLAN}:P0-04", actor_id=actor)


def test_one_time_of_a_recurring_line_waits_for_nobody(pilot_context: Flask):
    with pytest.raises(Refused):
        add("PR-01~2025-10", "P0-05")


def test_moving_a_date_says_how_many_days_too_early_those_that_wait_are(pilot_app: Flask):
    client = client_of(pilot_app, "huvudprojektledare", "en")
    with pilot_app.app_context():
        waiter = service.row(pilot(), PLAN, "P1-01", JOINT).due
        assert waiter is not None
    address, moved = f"/milestones/{PLAN}/P0-05", waiter + timedelta(days=14)
    page = client.submit(
        address, to=f"{address}/ro/date", due=moved.isoformat(), reason="The answer is late", follow_redirects=True
    )
    assert "P1-01 is due 14 days before it" in page.text
    assert "due 14 d before this" in page.text


def test_finishing_tells_who_has_nothing_more_to_wait_for(pilot_app: Flask):
    client = client_of(pilot_app, "huvudprojektledare", "en")
    page = client.submit(f"/milestones/{PLAN}/P2-01/{JOINT}/edit", status="done", comment="", follow_redirects=True)
    assert "Nothing holds up P2-02 any longer" in page.text


def test_blocking_tells_how_many_wait(pilot_app: Flask):
    client = client_of(pilot_app, "huvudprojektledare", "en")
    page = client.submit(f"/milestones/{PLAN}/P2-01/{JOINT}/edit", status="at_risk", comment="Ill", follow_redirects=True)
    assert "1 milestone waits for this." in page.text
    assert "held up by this" in page.text


def test_the_head_lead_adds_and_takes_away_on_the_page_and_a_refusal_keeps_what_was_typed(pilot_app: Flask):
    client, address = client_of(pilot_app, "huvudprojektledare", "en"), f"/milestones/{PLAN}/P0-05"
    refused = client.submit(address, to=f"{address}/dependencies", waits_for="P1-01")
    assert refused.status_code == 422
    assert 'value="P1-01"' in refused.text and "would be a loop" in refused.text
    page = client.submit(address, to=f"{address}/dependencies", waits_for="P0-07", follow_redirects=True)
    assert "It now waits for P0-07" in page.text
    page = client.submit(address, to=f"{address}/dependencies/remove", waits_for=f"{PLAN}:P0-07", follow_redirects=True)
    assert "no longer waits" in page.text


@pytest.mark.parametrize("login", ["projektledare.ro", "granskare.rcc", "extern"])
def test_others_than_the_head_lead_see_dependencies_but_add_none(pilot_app: Flask, login: str):
    client, address = client_of(pilot_app, login), f"/milestones/{PLAN}/P0-05"
    assert "P1-01" in client.get(address).text
    assert f"{address}/dependencies" not in client.get(address).text
    token = client.soup(address).find("input", {"name": "csrf_token"})
    assert token is not None
    assert client.post(f"{address}/dependencies", data={"csrf_token": token["value"], "waits_for": "P0-07"}).status_code == 403
