"""The plan along the time: what was planned and done, and what of the verified was done by its first date (C11)."""

from datetime import date, timedelta

import pytest
from flask import Flask

from ccc_pilot.db import db, transaction
from ccc_pilot.improvement import timing
from ccc_pilot.improvement.listing import Query
from ccc_pilot.improvement.models import Action, ImprovementPlan
from ccc_pilot.improvement.rules import Share
from tests.factories import client_of
from tests.improvement.acting import HEAD, TODAY, new_plan, propose

DUE = date(2026, 6, 30)


@pytest.fixture
def plan(pilot_context: Flask) -> ImprovementPlan:
    made = new_plan()
    told = [
        ("verified", DUE, DUE, DUE), ("effect_checked", DUE + timedelta(1), DUE, DUE + timedelta(60)), ("verified", DUE - timedelta(9), DUE, DUE),
        ("verified", DUE, None, DUE), ("done_claimed", DUE, DUE, DUE), ("verified", None, DUE, DUE), ("cancelled", DUE, DUE, DUE),
    ]  # fmt: skip
    for n, (state, claimed, first, due) in enumerate(told):
        action = propose(made, f"Åtgärd {n}", region="ro" if n % 2 else "rjl", by=HEAD)
        with transaction():
            action.state, action.claimed_on, action.first_due, action.due = state, claimed, first, due
    return made


def test_on_time_is_by_the_first_date_of_what_is_verified(plan):
    told = timing.on_time(plan, Query(), TODAY, 0)
    assert told.share == Share(2, 5)
    assert told.rows == [
        (date(2026, 6, 21), 1, 1, Share(1, 1)), (DUE, 3, 2, Share(2, 3)), (DUE + timedelta(1), 4, 2, Share(2, 4)),
    ]  # fmt: skip
    assert [line.points[-1][2:] for line in told.chart.lines] == [(TODAY, 4), (TODAY, 2)]


def test_the_burn_up_counts_what_the_table_was_narrowed_to_and_no_cancelled_ones(plan):
    [_made, planned, done] = timing.burn_up(plan, Query(), TODAY, 0).lines
    assert [value for *_place, value in planned.points][-1] == 5
    assert [(day, value) for _x, _y, day, value in done.points] == [
        (date(2026, 6, 21), 1), (DUE, 4), (DUE + timedelta(1), 5), (TODAY, 5),
    ]  # fmt: skip
    assert timing.burn_up(plan, Query(region="ro"), TODAY, 0).lines[2].points[-1][-1] == 2


def test_a_long_line_is_told_month_by_month_and_keeps_its_ends():
    days = [(date(2025, 1, 5) + timedelta(n), n) for n in range(400)]
    told = timing.thinned(days)
    assert len(told) == 15 and (told[0], told[-1]) == (days[0], days[-1])
    assert timing.thinned(days[:20]) == days[:20]


def test_nothing_verified_is_no_rate_and_both_charts_have_their_tables(pilot_app: Flask):
    page = client_of(pilot_app, HEAD, "en").soup("/improvement/timeline?plan=2")
    assert "0 of 0 verified (–)" in " ".join(page.select_one("#on-time").text.split())
    with pilot_app.app_context(), transaction():
        db.session.get(Action, 2).state = "verified"
        db.session.get(Action, 2).claimed_on = date(2025, 12, 31)
    page = client_of(pilot_app, HEAD, "en").soup("/improvement/timeline?plan=2")
    assert [cell.text for cell in page.select("#on-time tbody tr > *")] == ["2025-12-31", "1", "1", "100\xa0%"]
    assert len(page.select("svg.curves")) == len(page.select(".g2 details.twin table")) == 2
