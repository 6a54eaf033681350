"""What is overdue or incomplete, and the results C10–C12, without app or database."""

from datetime import date, timedelta

import pytest

from ccc_pilot.improvement import rules
from ccc_pilot.improvement.machine import State
from ccc_pilot.improvement.rules import Line, Need, Share

TODAY = date(2026, 11, 23)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("state", "due", "days"),
    [
        (State.AGREED, ago(25), 25), (State.DONE_CLAIMED, ago(1), 1), (State.BLOCKED, ago(2), 2), (State.AGREED, TODAY, 0),
        (State.AGREED, None, 0), (State.VERIFIED, ago(9), 0), (State.EFFECT_CHECKED, ago(9), 0), (State.CANCELLED, ago(9), 0),
    ],
)  # fmt: skip
def test_overdue_is_what_is_open_past_its_last_day(state, due, days):
    assert rules.days_over(state, due, TODAY) == days


def test_what_an_action_lacks_is_named():
    assert rules.lacks(owner=True, due=True, goal=True, proof=True) == ()
    assert rules.lacks(owner=False, due=True, goal=False, proof=True) == ("owner", "goal")


def test_a_share_of_nothing_is_unknown_and_halves_go_up():
    assert Share(0, 0).percent is None
    assert Share(2, 3).percent == 66.7
    assert Share(1, 16).percent == 6.3
    assert Share(0, 4).percent == 0


def test_c10_counts_needs_with_an_action_or_an_accepted_risk_and_names_the_others():
    needs = [Need("gap:1:a@ro", core=True), Need("gap:1:b@ro", core=True), Need("finding:7"), Need("gap:1:c@rkl", accepted=True)]
    covered = rules.coverage(needs, ["gap:1:a@ro", "gap:9:z@ro"])
    assert covered.all == Share(2, 4)
    assert covered.core == Share(1, 2)
    assert covered.open == ("gap:1:b@ro", "finding:7")
    assert rules.coverage([], []).all.percent is None


def test_c11_counts_on_time_by_the_first_date_and_not_by_the_one_it_was_moved_to():
    lines = [
        Line(State.VERIFIED, first_due=ago(10), due=ago(1), done_on=ago(10)),
        Line(State.EFFECT_CHECKED, first_due=ago(10), due=ago(1), done_on=ago(9), shifts=2),
        Line(State.VERIFIED, done_on=ago(3)),
        Line(State.IN_PROGRESS, due=ago(3), touched=ago(61), shifts=1),
        Line(State.IN_PROGRESS, due=ago(5), touched=ago(60)),
        Line(State.CANCELLED, due=ago(50), touched=ago(90)),
    ]
    health = rules.health(lines, TODAY)
    assert (health.total, health.overdue, health.median_over, health.on_time) == (6, 2, 4, Share(1, 3))
    assert (health.quiet, health.shifts, health.shifts_each) == (1, 3, 0.5)
    assert health.by_state == {"verified": 2, "effect_checked": 1, "in_progress": 2, "cancelled": 1}
    empty = rules.health([], TODAY)
    assert (empty.on_time.percent, empty.median_over, empty.shifts_each) == (None, None, None)


def test_c11_by_region_keeps_the_regions_apart():
    lines = [Line(State.IN_PROGRESS, region="ro", due=ago(1)), Line(State.IN_PROGRESS, region="rkl")]
    assert {name: part.overdue for name, part in rules.health_by(lines, "region", TODAY).items()} == {"ro": 1, "rkl": 0}


def test_c12_is_the_share_of_actions_with_an_indicator_that_reached_their_target():
    lines = [
        Line(State.EFFECT_CHECKED, indicator=True, effect="met"), Line(State.EFFECT_CHECKED, indicator=True, effect="not_met"),
        Line(State.IN_PROGRESS, indicator=True), Line(State.EFFECT_CHECKED, effect="met"), Line(State.CANCELLED, indicator=True),
    ]  # fmt: skip
    assert rules.effects(lines) == Share(1, 3)
    assert rules.effects([]).percent is None
