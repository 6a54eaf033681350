"""Money that a decision allocates: told by account, year and amount, locked with the words, carried along by a correction."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
import python_calamine
from flask import Flask
from sqlalchemy import select

from ccc_pilot.db import db, transaction
from ccc_pilot.decisions import reading, recording, sums
from ccc_pilot.decisions.models import Decision
from ccc_pilot.errors import NotFound, Refused
from tests.decisions.test_pages import address, text
from tests.factories import person, pilot
from tests.support.pages import PageClient

GIVEN: dict[str, Any] = {
    "account": "Medel via RCC", "amount": 1_500_000, "year": 2025, "last_year": 2026, "recipient": "RKL", "object_key": "", "note": "",
}  # fmt: skip


def decision(key: str = "p_rccmedel") -> Decision:
    return db.session.scalars(select(Decision).where(Decision.seed_key == key)).one()


def allocate(row: Decision, **more: Any) -> None:
    with transaction():
        sums.allocate(target=row, actor_id=person("huvudprojektledare").id, **{**GIVEN, **more})


def test_a_sum_is_told_with_its_years_and_other_rooms_read_it(sqlite_pilot):
    allocate(decision())
    (fact,) = [one for one in reading.allocating(pilot()) if one.id == decision().id]
    seed, own = fact.sums
    assert (seed.amount, seed.years, seed.key) == (None, "2025–2026", "sosr-wp4-2025:PR-11")
    assert (own.amount, own.years, own.recipient) == (1_500_000, "2025–2026", "RKL")


def test_years_that_run_backwards_are_refused_at_their_field(sqlite_pilot):
    for years in ({"last_year": 2024}, {"year": None}):
        with pytest.raises(Refused) as refusal:
            allocate(decision(), **years)
        assert refusal.value.field == "last_year"
    allocate(decision(), last_year=2025)
    assert decision().sums[-1].years == "2025"


def test_locked_with_the_words_and_carried_along_by_the_correction(sqlite_pilot):
    row = decision("d250410")
    allocate(row)
    with transaction():
        row.recorded_by_id = person("huvudprojektledare").id
        recording.lock(target=row, version=row.version, actor_id=person("rsl").id)
    with pytest.raises(Refused):
        allocate(row)
    with pytest.raises(Refused), transaction():
        sums.withdraw(target=row, sum_id=row.sums[0].id, actor_id=person("huvudprojektledare").id)
    with transaction():
        made = recording.correct(
            target=row, decided="Rättat.", reason="fel", version=row.version, actor_id=person("huvudprojektledare").id
        )
    assert [(one.account, one.amount) for one in made.sums] == [("Medel via RCC", 1_500_000)]
    allocate(made, amount=None)
    assert (len(made.sums), len(row.sums)) == (2, 1)


def test_another_decisions_sum_is_not_found(sqlite_pilot):
    other = decision("ok25_5m").sums[0].id
    with pytest.raises(NotFound), transaction():
        sums.withdraw(target=decision(), sum_id=other, actor_id=person("huvudprojektledare").id)


def test_the_lead_puts_a_sum_to_a_proposal_and_takes_it_away(house: Flask, head: PageClient):
    page = address(house, Decision, "d250512")
    answer = head.submit(
        page,
        to=f"{page}/sums",
        account="ALF-medel",
        amount="1,5 mnkr",
        year="2026",
        thing="P0-05",
        note="prövas",
        follow_redirects=True,
    )
    row = next(row for row in answer.text.split("<tr") if "ALF-medel" in row)
    assert "SEK\u00a01,500,000" in row
    assert "/milestones/sosr-wp4-2025/P0-05" in row
    with house.app_context():
        number = decision("d250512").sums[-1].id
    assert "ALF-medel" not in head.submit(page, to=f"{page}/sums/{number}/remove", follow_redirects=True).text


def test_what_cannot_be_kept_is_told_at_its_field_and_stays(house: Flask, head: PageClient):
    page = address(house, Decision, "d250512")
    answer = head.submit(page, to=f"{page}/sums", account="ALF", amount="1,5", year="1999", last_year="2020")
    assert answer.status_code == 422
    assert 'id="sum-amount-error"' in answer.text
    assert 'id="sum-year-error"' in answer.text
    assert 'value="1,5"' in answer.text
    assert 'value="ALF"' in answer.text


def test_the_log_shows_who_gets_money_and_takes_it_along_to_excel(house: Flask, head: PageClient):
    page = text(head, "/decisions?status=money")
    assert "Fördelning av 5 miljoner kronor" in page
    assert "Sex löften" not in page
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(head.get("/decisions/export.xlsx?q=fördelning+av+5").data))
    rows = book.get_sheet_by_index(0).to_python()
    column = next(row for row in rows if "Allocates money" in row).index("Allocates money")
    assert any("SEK\u00a05,000,000" in str(row[column]) for row in rows)


def test_readers_see_the_money_and_no_form(house: Flask, rsl: PageClient):
    page = rsl.soup(address(house, Decision, "ok25_5m"))
    assert "SEK\u00a05,000,000" in page.select_one("#money").get_text()
    assert page.select_one("#money form") is None


def test_seeds_say_what_is_not_known(sqlite_pilot):
    facts = {fact.title: fact for fact in reading.allocating(pilot())}
    assert [one.amount for one in facts["Deltagande i piloten"].sums] == [None]
    assert all(one.source for fact in facts.values() for one in fact.sums)
    assert date(2025, 5, 12) == facts["Deltagande i piloten"].day
