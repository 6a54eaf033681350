"""The rules of the milestones, without application or database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccc_pilot.progress.rules import (
    OPEN,
    SOON_DAYS,
    Broken,
    Counts,
    Group,
    Status,
    Step,
    count,
    days_late,
    is_soon,
    loop,
    slip_days,
    step,
    waiting,
)  # fmt: skip

TODAY = date(2025, 5, 12)
START = Step(Status.NOT_STARTED, 0)
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def test_done_by_one_who_may_complete_is_done_and_a_hundred_percent():
    assert step(Status.DONE, 40, before=START, comment="", may_complete=True) == Step(Status.DONE, 100)


def test_done_by_a_regional_lead_is_a_claim_for_the_head_lead():
    assert step(Status.DONE, None, before=START, comment="", may_complete=False) == Step(Status.CLAIMED, 100)
    assert step(Status.CLAIMED, None, before=START, comment="", may_complete=False) == Step(Status.CLAIMED, 100)


def test_a_claim_settled_by_the_head_lead_is_done():
    assert step(Status.CLAIMED, None, before=Step(Status.CLAIMED, 100), comment="", may_complete=True).status == Status.DONE


@pytest.mark.parametrize("percent", [-1, 101, 140])
def test_percent_outside_the_scale_is_refused_at_its_field(percent: int):
    with pytest.raises(Broken) as broken:
        step(Status.ONGOING, percent, before=START, comment="", may_complete=True)
    assert (broken.value.code, broken.value.field) == ("percent", "percent")


@pytest.mark.parametrize("wanted", [Status.AT_RISK, Status.CANCELLED])
def test_at_risk_and_cancelled_ask_why(wanted: Status):
    with pytest.raises(Broken) as broken:
        step(wanted, None, before=START, comment="  ", may_complete=True)
    assert broken.value.field == "comment"
    assert step(wanted, None, before=START, comment="Rekrytering drar ut", may_complete=True).status == wanted


def test_staying_at_risk_asks_for_no_new_reason():
    assert step(Status.AT_RISK, 50, before=Step(Status.AT_RISK, 20), comment="", may_complete=False) == Step(Status.AT_RISK, 50)


def test_only_the_head_lead_cancels():
    with pytest.raises(Broken) as broken:
        step(Status.CANCELLED, None, before=START, comment="Utgår", may_complete=False)
    assert broken.value.code == "cancel"


def test_reopening_something_done_is_not_a_hundred_percent_any_more():
    assert step(Status.ONGOING, None, before=Step(Status.DONE, 100), comment="", may_complete=True) == Step(Status.ONGOING, 99)


def test_not_started_is_zero_percent():
    assert step(Status.NOT_STARTED, 70, before=Step(Status.ONGOING, 70), comment="", may_complete=False) == Step(
        Status.NOT_STARTED, 0
    )


def test_the_last_day_is_not_late_and_the_next_is():
    assert days_late("ongoing", TODAY, TODAY) == 0
    assert days_late("ongoing", TODAY - timedelta(days=1), TODAY) == 1
    assert days_late("ongoing", None, TODAY) == 0


@given(st.sampled_from(list(Status)), days, days)
def test_only_open_rows_are_late_or_soon_and_never_both(status: Status, due: date, today: date):
    late, soon = days_late(status, due, today), is_soon(status, due, today)
    assert not (late and soon)
    if status not in OPEN:
        assert not late
        assert not soon
    else:
        assert bool(late) == (due < today)
        assert soon == (0 <= (due - today).days <= SOON_DAYS)


def test_slip_is_counted_from_the_first_date_and_unknown_is_no_slip():
    assert slip_days(date(2025, 5, 1), date(2025, 5, 31)) == 30
    assert slip_days(date(2025, 5, 31), date(2025, 5, 1)) == -30
    assert slip_days(None, date(2025, 5, 1)) == 0


def test_counts_tell_confirmed_lateness_from_assumed_dates_and_leave_the_cancelled_out():
    groups = [
        Group("ro", "done", 3, 3, 0), Group("ro", "ongoing", 4, 2, 1), Group("rjl", "not_started", 5, 5, 0, assumed=True),
        Group("rkl", "cancelled", 2, 2, 0), Group("rkl", "unknown", 1, 1, 0),
    ]  # fmt: skip
    counts = count(groups)
    assert (counts.total, counts.in_play, counts.done, counts.late, counts.late_assumed, counts.soon) == (15, 13, 3, 2, 5, 1)
    assert counts.unknown == 1


def test_a_share_of_nothing_is_unknown_not_zero():
    assert Counts().done_percent is None
    assert Counts(total=4, done=1).done_percent == 25


def test_a_loop_is_found_with_its_chain():
    edges = {"b": ["a"], "c": ["b"]}
    assert loop(edges, "a", "c") == ["a", "c", "b", "a"]
    assert loop(edges, "c", "a") is None
    assert loop({}, "a", "a") == ["a", "a"]


def test_those_who_wait_are_found_through_the_chain_each_once():
    waiters = {"a": ["b", "c"], "b": ["c"], "c": ["d"], "y": ["x"]}
    assert waiting(waiters, "a") == ["b", "c", "d"]
    assert waiting(waiters, "d") == []
