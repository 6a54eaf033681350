"""A matter on its way from the RCC's steering group over RSL to Samverkansnämnden: chosen in a form, shown whole from each of its places."""

import pytest
from flask import Flask

from ccc_pilot.db import db, transaction
from ccc_pilot.decisions import finding, recording
from ccc_pilot.decisions.models import Decision
from ccc_pilot.errors import NotFound, Refused
from tests.factories import person, pilot
from tests.support.pages import PageClient


def head_id() -> int:
    return person("huvudprojektledare").id


def propose(body: str, follows: Decision | None = None) -> Decision:
    with transaction():
        return recording.propose(
            pilot=pilot(), title=f"Nätverkets organisation, {body}", kind="decision", proposal="Nätverket bildas.", body_key=body,
            follows_id=follows.id if follows else None, actor_id=head_id(),
        )  # fmt: skip


def titles(rows: list[Decision]) -> list[str]:
    return [row.title.rsplit(" ", 1)[1] for row in rows]


def test_the_whole_way_is_seen_from_each_of_its_places(sqlite_pilot):
    group = propose("rccsg")
    rsl = propose("rsl", group)
    board = propose("svn", rsl)
    ways = [finding.chain(one) for one in (group, rsl, board)]
    assert [(titles(way.before), titles(way.after)) for way in ways] == [
        ([], ["rsl", "svn"]),
        (["rccsg"], ["svn"]),
        (["rccsg", "rsl"], []),
    ]


def test_what_goes_on_from_a_corrected_entry_goes_on_from_its_correction(sqlite_pilot):
    rsl = propose("rsl", propose("rccsg"))
    with transaction():
        rsl.status, rsl.decided, rsl.recorded_by_id = "decided", "Nätverket bildas.", head_id()
        recording.lock(target=rsl, version=rsl.version, actor_id=person("rsl").id)
    board = propose("svn", rsl)
    with transaction():
        corrected = recording.correct(
            target=rsl, decided="Nätverket bildas i år.", reason="år", version=rsl.version, actor_id=head_id()
        )
    way = finding.chain(corrected)
    assert (titles(way.before), [one.id for one in way.replaces], [one.id for one in way.after]) == (
        ["rccsg"],
        [rsl.id],
        [board.id],
    )
    assert [one.id for one in finding.chain(rsl).replaced_by] == [corrected.id]


def test_a_chain_does_not_go_round_in_a_circle_and_keeps_to_its_pilot(sqlite_pilot):
    group = propose("rccsg")
    board = propose("svn", propose("rsl", group))
    for earlier in (board.id, group.id):
        with pytest.raises(Refused) as refusal, transaction():
            recording.change(target=group, version=group.version, follows_id=earlier, actor_id=head_id())
        assert refusal.value.field == "follows_id"
    with pytest.raises(NotFound), transaction():
        recording.change(target=group, version=group.version, follows_id=9_999, actor_id=head_id())


def test_the_lead_takes_a_matter_on_to_the_next_body_and_reads_the_way(house: Flask, head: PageClient):
    with house.app_context():
        number = db.session.query(Decision).filter_by(seed_key="d250512").one().id
    page = head.soup(f"/decisions/{number}")
    (onward,) = [link["href"] for link in page.select("main a") if "On to another body" in link.text]
    answer = head.submit(onward, body_key="svn", follow_redirects=True)
    chain = head.soup(answer.request.path).select_one("#chain")
    assert [" ".join(strong.text.split()) for strong in chain.select("p strong")] == ["SVN"]
    assert [link["href"] for link in chain.select("a")] == ["/decisions/1", f"/decisions/{number}"]
    assert "Proposal, not decided" in chain.text
    back = head.soup(f"/decisions/{number}").select_one("#chain")
    assert back.select_one("li[aria-current] strong").text == "Deltagande i piloten"
    assert answer.request.path in [link["href"] for link in back.select("a")]


def test_a_change_of_it_is_told_in_words(house: Flask, head: PageClient):
    with house.app_context():
        number = db.session.query(Decision).filter_by(seed_key="ok25_5m").one().id
    answer = head.submit(f"/decisions/{number}/edit", follows_id="1", executor="RCC", follow_redirects=True)
    assert "Changed: Carried out by, Goes on from" in answer.text
    assert head.submit("/decisions/1/edit", follows_id=str(number)).status_code == 422
    assert head.get("/decisions/new?follows=9999").status_code == 404
    assert head.get("/decisions/new?follows=x").status_code == 200
