"""What the pilot's documents tell of meetings and decisions, as it stands in both databases and as other rooms read it."""

from datetime import date

from flask import Flask
from sqlalchemy import select

from ccc_pilot.db import db
from ccc_pilot.decisions import finding, listing, reading
from ccc_pilot.decisions.listing import Query
from ccc_pilot.decisions.models import Decision, Meeting
from tests.factories import pilot

TODAY = date(2026, 11, 23)


def decision(key: str) -> Decision:
    return db.session.scalars(select(Decision).where(Decision.seed_key == key)).one()


def meeting(key: str) -> Meeting:
    return db.session.scalars(select(Meeting).where(Meeting.seed_key == key)).one()


def nothing_began(keys: object) -> frozenset[str]:
    return frozenset()


def test_everything_that_came_with_the_pilot_tells_its_source_and_how_sure_it_is(pilot_context: Flask):
    rows = [*db.session.scalars(select(Meeting)), *db.session.scalars(select(Decision))]
    assert len(rows) == 8 + 11
    assert all(row.source and row.source_ref.startswith("S") and row.confidence in {"fact", "derived"} for row in rows)


def test_the_proposal_of_12_may_2025_is_no_decision(pilot_context: Flask):
    found = decision("d250512")
    assert (found.status, found.decided, found.number) == ("proposed", "", "")
    assert [fact.title for fact in reading.proposals_for(meeting("rsl-250512").id)] == [
        "Deltagande i piloten", "RCC-medel för projektledare i RKL och RJL",
    ]  # fmt: skip
    assert found.id not in {fact.id for fact in reading.decisions_in_force(pilot())}


def test_what_the_sources_say_of_10_april_2025_stands_side_by_side(pilot_context: Flask):
    found = decision("d250410")
    assert [side["source_ref"] for side in found.sides] == ["S0:25, S0:33", "S0:63-65"]
    assert found.kind == "direction"


def test_the_meetings_of_a_body_come_in_their_order(pilot_context: Flask):
    assert [one.day for one in reading.meetings(pilot(), "rsl")] == [date(2025, 4, 10), date(2025, 5, 12)]
    assert len(reading.meetings(pilot())) == 8
    before = reading.previous(pilot(), "rsl", date(2025, 5, 12))
    assert before is not None and before.key == meeting("rsl-250410").place_key
    coming = reading.coming(pilot(), date(2025, 5, 10))
    assert coming is not None and coming.id == meeting("rsl-250512").id
    assert reading.coming(pilot(), TODAY) is None


def test_a_decision_of_another_matter_is_no_debt_and_a_watched_one_is(pilot_context: Flask):
    assert reading.in_debt(pilot(), TODAY) == []
    decision("d250410").status = "decided"
    db.session.flush()
    [fact] = reading.in_debt(pilot(), TODAY)
    assert (fact.title, fact.owed[0].reason) == ("Intresseanmälan till EUnetCCC-piloten", "no_action")


def test_the_log_is_narrowed_by_standing_body_year_and_words(pilot_context: Flask):
    def titles(**more: object) -> set[str]:
        return {row.title for row in listing.log(pilot(), Query(**more), TODAY, nothing_began).rows}  # type: ignore[arg-type]

    assert len(titles()) == 11
    assert titles(body="rsl", status="open") == {"Deltagande i piloten", "RCC-medel för projektledare i RKL och RJL"}
    assert titles(year=2024) == {"Gemensamt kansli för organiserad prostatacancertestning", "Stimulansmedel 2024"}
    assert titles(q="LÖFTEN") == {"Sex löften till patienter och invånare"}
    assert titles(status="debt") == set()


def test_the_chain_leads_from_the_expression_of_interest_to_the_proposal(pilot_context: Flask):
    chain = finding.chain(decision("d250512"))
    assert [one.seed_key for one in chain.before] == ["d250410"]
    assert [one.seed_key for one in finding.chain(decision("d250410")).after] == ["d250512"]
