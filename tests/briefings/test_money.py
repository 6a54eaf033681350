"""The money line adds up what is decided and what is only proposed, and never takes what is not known for nothing."""

from datetime import date
from typing import Any

from ccc_pilot.briefings import composing, gathering
from ccc_pilot.briefings.money_sections import money
from ccc_pilot.briefings.telling import Told
from ccc_pilot.db import db, transaction
from ccc_pilot.decisions.models import Decision
from ccc_pilot.i18n import force_locale
from ccc_pilot.office.blocks import Grid, Paragraph, text_of
from tests.briefings.freezing import frozen, meeting
from tests.factories import pilot


def one(number: int, status: str, *amounts: int | None, years: str = "2025") -> dict[str, Any]:
    told = [
        {
            "id": 10 * number + n,
            "account": f"Konto {n}",
            "amount": amount,
            "years": years,
            "recipient": "RÖ",
            "key": "",
            "note": "",
        }
        for n, amount in enumerate(amounts)
    ]
    return {"id": number, "number": "", "title": f"Beslut {number}", "status": status, "sums": told}


def read(found: list[dict[str, Any]], costs: tuple[int | None, ...] = ()) -> tuple[Any, ...]:
    plan = {"id": 3, "actions": [{"cost": cost} for cost in costs]} if costs else None
    with force_locale("sv"):
        return money(Told({"money": found, "improvement": plan, "rows": {}, "items": {}, "regions": []}, "sv"))


def plain(block: Any) -> str:
    return text_of(block.runs).replace("\u202f", " ").replace("\u00a0", " ")


def test_decided_and_proposed_are_added_up_apart_and_what_is_not_known_is_said(sqlite_app):
    with sqlite_app.test_request_context():
        grid, totals = read(
            [
                one(1, "decided", 5_000_000, None),
                one(2, "executing", 200_000),
                one(3, "deferred", 1_500_000),
                one(4, "proposed", None),
            ]
        )
    assert isinstance(grid, Grid)
    assert [str(row[4]).replace("\u202f", " ").replace("\u00a0", " ") for row in grid.rows] == ["5 000 000 kr", "inte känt", "200 000 kr", "1 500 000 kr", "inte känt"]  # fmt: skip
    assert (
        plain(totals)
        == "Beslutat: 5 200 000 kr (1 belopp är inte känt). Föreslaget, inte beslutat: 1 500 000 kr (1 belopp är inte känt)."
    )


def test_where_no_amount_is_known_none_is_added_up(sqlite_app):
    with sqlite_app.test_request_context():
        _grid, totals = read([one(1, "proposed", None, None)])
        assert read([]) == ()
    assert plain(totals) == "Föreslaget, inte beslutat: inget belopp är känt."


def test_the_actions_cost_is_told_with_how_many_have_one(sqlite_app):
    with sqlite_app.test_request_context():
        (cost,) = read([], (100_000, None, 0))
        assert read([], (None,)) == ()
    assert isinstance(cost, Paragraph)
    assert plain(cost) == "Förbättringsplanens åtgärder: 100 000 kr (kostnaden är angiven för 2 av 3 åtgärder)."


def test_the_meetings_own_and_what_is_followed_up_is_told_and_other_matters_are_not(pilot_context):
    with transaction():
        other = db.session.query(Decision).filter_by(seed_key="ok25_5m").one()
        other.body_key = "rsl"
    told = {row["title"] for row in gathering.now(pilot(), meeting(), date(2025, 5, 9))["money"]}
    assert told == {
        "Deltagande i piloten",
        "RCC-medel för projektledare i RKL och RJL",
        "Fördelning av 5 miljoner kronor till processarbete",
    }
    with transaction():
        other.sums[0].year = 2024
    assert len(gathering.now(pilot(), meeting(), date(2025, 5, 9))["money"]) == 2


def test_the_section_tells_how_the_milestone_stands_that_the_money_is_for(pilot_context):
    part = next(part for part in composing.compose(frozen(), "sv").parts if part.key == "money")
    said = " ".join(text for block in part.blocks for text in composing.texts_of(block))
    assert "RCC-medel för projektledare i RKL och RJL (Gemensam, utfall ej känt)" in said
    assert "Föreslaget, inte beslutat: inget belopp är känt." in said
