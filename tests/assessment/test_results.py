"""Results of a round: what the database holds becomes numbers, and nobody sees a region's before they may."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, update

from ccc_pilot.assessment import facts, listing, results, rounds
from ccc_pilot.assessment.fact_records import Ratio
from ccc_pilot.assessment.models import AssessmentAnswer, AssessmentRound
from ccc_pilot.db import db, transaction
from ccc_pilot.evidence.models import EvidenceLink
from ccc_pilot.i18n import today
from ccc_pilot.improvement.models import Action
from tests.factories import client_of, person, pilot
from tests.improvement.acting import complete, new_plan, propose

REGIONS = ("ro", "rjl", "rkl")


def opened(edition: str = "oeci-3x-p", *, independent: bool = False, regions: tuple[str, ...] = REGIONS) -> AssessmentRound:
    with transaction():
        return rounds.open_round(
            pilot=pilot(), title="Prov", edition_key=edition, start=today() - timedelta(days=30), due=today() + timedelta(days=60),
            independent=independent, actor_id=person("huvudprojektledare").id, regions=regions,
        )  # fmt: skip


def answer(round_: AssessmentRound, region: str, slug: str, score: str, **more: str) -> None:
    table = AssessmentAnswer
    with transaction():
        db.session.execute(
            update(table)
            .where(table.round_id == round_.id, table.region == region, table.point_key == round_.point_key(slug))
            .values(score=score, state="draft", **more)
        )


@pytest.fixture
def round_(entered: Flask) -> AssessmentRound:
    found = opened()
    answer(found, "ro", "GOV-01.1", "yes", note="Sedan 2019")
    answer(found, "rjl", "GOV-01.1", "partially")
    answer(found, "rkl", "GOV-01.1", "na", na_reason="Bedrivs inte här")
    answer(found, "ro", "GOV-02.1", "mostly")
    return found


def test_numbers_of_a_cell_a_region_and_the_whole_come_from_the_answers(round_: AssessmentRound):
    found = results.of(round_, REGIONS)
    chapter = next(fact.point.chapter for fact in found.facts if fact.point.number == "GOV-01.1")
    assert found.at("ro", chapter).index == Ratio(5, 6)
    assert found.at("rjl").index == Ratio(1, 3)
    assert found.at("rkl").index == Ratio(0, 0)
    assert (found.whole.scored, found.whole.na, found.whole.points) == (3, 1, len(found.facts))
    assert found.scored("ro")["yes"] == 1 and found.scored("", chapter)["na"] == 1


def test_not_applicable_without_its_reason_is_an_unanswered_point_everywhere(round_: AssessmentRound):
    answer(round_, "rkl", "GOV-01.1", "na", na_reason=" ")
    found = results.of(round_, ("rkl",))
    assert (found.whole.scored, found.whole.na, found.scored("rkl")["na"]) == (0, 0, 0)
    assert results.rows(found, "unscored") == list(found.facts) and not results.rows(found, "all", score="na")
    rows = listing.rows(round_, "rkl")
    assert listing.of_region(listing.progress(round_, "rkl"), "rkl") == listing.of_rows(round_, rows.values())
    assert listing.of_rows(round_, rows.values()).scored == 0


def test_the_rows_behind_a_number_are_as_many_as_it_says(round_: AssessmentRound):
    found = results.of(round_, REGIONS)
    assert len(results.rows(found, "unscored")) == found.whole.points - 4
    assert [(fact.region, fact.point.number) for fact in results.rows(found, "claimed")] == [("ro", "GOV-02.1")]
    assert [fact.region for fact in results.rows(found, "all", score="na")] == ["rkl"]
    assert len(results.rows(found, "core-unmet", "ro")) == found.at("ro").core - found.at("ro").core_met
    assert [fact.region for fact in results.rows(found, "unmet")] == ["rjl"]


def test_proofs_count_as_they_do_where_they_are_read_one_by_one(round_: AssessmentRound):
    with transaction():
        db.session.execute(update(EvidenceLink).values(state="accepted"))
    whole = {fact.key: fact for fact in facts.load(round_, REGIONS)}
    lean = {fact.key: fact for fact in facts.load(round_, REGIONS, lean=True)}
    assert any(fact.proofs for fact in lean.values())
    for key, fact in whole.items():
        counted = [proof for proof in fact.proofs if proof.state in {"linked", "accepted"}]
        told = [(proof.item_id, proof.kind, proof.state, proof.expired, proof.document_date) for proof in lean[key].proofs]
        assert told == [(proof.item_id, proof.kind, proof.state, proof.expired, proof.document_date) for proof in counted]


def test_results_ask_the_database_as_often_for_many_regions_as_for_one(round_: AssessmentRound):
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    counts = []
    for regions in (REGIONS[:1], REGIONS[:1], REGIONS):
        results.of(round_, regions)
        counts.append(len(asked))
        asked.clear()
    assert counts[1] == counts[2] <= 3


@pytest.fixture
def app(pilot_app: Flask) -> Flask:
    with pilot_app.app_context():
        round_ = opened()
        for region, score in zip(REGIONS, ("yes", "no", "mostly"), strict=True):
            answer(round_, region, "GOV-01.1", score)
        answer(opened("rcc-2012", independent=True), "rkl", "4.1.1", "achieved", note="kanariefågel")
    return pilot_app


def number_of(app: Flask, edition: str) -> int:
    with app.app_context():
        return db.session.scalars(
            db.select(AssessmentRound.id).where(AssessmentRound.edition_key == edition).order_by(AssessmentRound.id.desc())
        ).first()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pages_of_results_are_shown_in_both_languages(app: Flask, language: str):
    client, number = client_of(app, "projektledare.ro", language), number_of(app, "oeci-3x-p")
    for path in (
        "results",
        "results?region=rjl",
        "results/unmet",
        "results/all?score=no",
        "gaps?reason=core",
        "sosr",
        "sosr?all=1",
    ):
        page = client.get(f"/assessment/{number}/{path}")
        assert page.status_code == 200, path
    page = client.get(f"/assessment/{number}/results")
    assert "33,3" in page.text or "33.3" in page.text or "–" in page.text


def test_numbers_lead_to_their_rows(app: Flask):
    client, number = client_of(app, "projektledare.ro"), number_of(app, "oeci-3x-p")
    page = client.soup(f"/assessment/{number}/results?region=rjl")
    [link] = [a["href"] for a in page.select("#chapters tbody td a") if "score=no" in a["href"] and "chapter=" in a["href"]]
    rows = client.soup(link).select("main tbody tr")
    assert len(rows) == 1 and "RJL" in rows[0].text and "GOV-01" in rows[0].text


def test_the_gap_list_begins_with_what_presses_most_and_names_its_key(app: Flask):
    client, number = client_of(app, "projektledare.ro"), number_of(app, "oeci-3x-p")
    rows = client.soup(f"/assessment/{number}/gaps?region=rjl").select("main tbody tr")
    priorities = [int(row.select_one("td.num").text) for row in rows]
    assert priorities == sorted(priorities, reverse=True)
    assert any(row["id"] == f"gap:{number}:oeci-3x-p:GOV-01.1@rjl" for row in rows)


def test_an_open_action_at_a_gap_is_told_with_who_and_when_and_lowers_its_priority(app: Flask):
    number, page = number_of(app, "oeci-3x-p"), "/assessment/{}/gaps?region=rjl"
    key = f"gap:{number}:oeci-3x-p:GOV-01.1@rjl"
    client = client_of(app, "projektledare.ro")

    def row() -> Any:
        [found] = [row for row in client.soup(page.format(number)).select("main tbody tr") if row["id"] == key]
        return found

    before = int(row().select_one("td.num").text)
    with app.app_context():
        plan = new_plan("Plan")
        action = propose(plan, "Utse ledning", by="projektledare.rjl", region="rjl", links=[("origin", key, "Styrning")])
        complete(action)
        number_of_action = action.id
    told = row()
    assert int(told.select_one("td.num").text) == before - 1
    assert "Utse ledning" in told.text and told.select_one("time") is not None
    with app.app_context(), transaction():
        db.session.get_one(Action, number_of_action).state = "verified"
    assert int(row().select_one("td.num").text) == before and "avslutad" in row().text


def test_a_chapter_is_told_standard_by_standard_at_its_worst_core_point(app: Flask):
    client, number = client_of(app, "projektledare.ro"), number_of(app, "oeci-3x-p")
    page = client.soup(f"/assessment/{number}/chapters/GOV?region=rjl")
    first = page.select_one("#standards tbody tr")
    assert "GOV-01" in first.th.text and "Nej" in first.td.text
    assert client.get(f"/assessment/{number}/chapters/NONE").status_code == 404


def test_before_the_reveal_a_region_sees_its_own_results_alone(app: Flask):
    number = number_of(app, "rcc-2012")
    for login, sees in (("expert.rkl", 1), ("expert.ro", 0), ("huvudprojektledare", 0), ("rsl", 0)):
        page = client_of(app, login).soup(f"/assessment/{number}/results/answered")
        assert len(page.select("main tbody tr")) == sees, login
    reader = client_of(app, "rsl")
    assert "0 av 0" not in reader.get(f"/assessment/{number}/results").text
    gaps = reader.get(f"/assessment/{number}/gaps").text
    assert "Inga gap" not in gaps and "0 gap," not in gaps
