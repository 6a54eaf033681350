"""Which step of a ladder is reached on which day: weekends, holidays and July included, and every step once over the years."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ccc_pilot.dates import is_free_day
from ccc_pilot.reminders import rules
from ccc_pilot.reminders.rules import Ladder

PLAIN = Ladder()
DUES = st.dates(date(2024, 1, 1), date(2036, 12, 31))
LADDERS = st.builds(
    Ladder,
    before=st.lists(st.integers(1, 60), max_size=5, unique=True).map(lambda days: tuple(sorted(days, reverse=True))),
    on_day=st.booleans(),
    after=st.lists(st.integers(1, 20), max_size=3, unique=True).map(lambda days: tuple(sorted(days))),
    escalate=st.none() | st.integers(1, 40),
    shift=st.sampled_from(["before", "after"]),
    pause=st.booleans(),
)


def named(due, ladder=PLAIN, **more):
    """Return the steps as text: their names and days."""
    return [f"{step.name} {step.day}" for step in rules.steps(due, ladder, **more)]


def test_a_deadline_on_a_plain_wednesday_has_all_its_steps():
    assert named(date(2026, 11, 25)) == [
        "-28 2026-10-28", "-14 2026-11-11", "-7 2026-11-18", "-1 2026-11-24", "0 2026-11-25", "+3 2026-11-30", "+7 2026-12-02", "esc+14 2026-12-09",
    ]  # fmt: skip


def test_a_step_on_a_free_day_is_told_on_the_working_day_before_it():
    assert "0 2025-11-14" in named(date(2025, 11, 15))  # a Saturday: the RCC's own date
    assert "-1 2026-06-18" in named(
        date(2026, 6, 20), Ladder(before=(1,), on_day=False, pause=False)
    )  # Midsummer Eve is no working day


def test_a_step_may_be_told_after_a_free_day_but_never_after_the_deadline():
    after = Ladder(before=(7, 1), shift="after", on_day=False, after=(), escalate=None)
    assert named(date(2026, 11, 22), after) == ["-7 2026-11-16", "-1 2026-11-22"]


def test_a_reminder_of_what_is_late_waits_for_the_working_day_after_christmas():
    assert "+3 2026-12-28" in named(date(2026, 12, 22))


def test_nothing_but_the_day_itself_is_told_in_july():
    steps = named(date(2026, 7, 22))
    assert steps == [
        "summer 2026-06-15", "-28 2026-06-24", "-1 2026-07-03", "0 2026-07-22", "esc+14 2026-08-05",
    ] or steps == ["summer 2026-06-15", "-28 2026-06-24", "-1 2026-07-03", "0 2026-07-22", "+7 2026-08-03", "esc+14 2026-08-05"]  # fmt: skip
    told = [step.day for step in rules.steps(date(2026, 8, 10), PLAIN)]
    assert not [day for day in told if rules.is_pause(day)]


def test_a_date_that_is_only_assumed_gives_no_blame():
    assert [name.split()[0] for name in named(date(2026, 11, 25), assumed=True)] == ["-28", "-14", "-7", "-1", "0"]


def test_only_the_last_step_reached_counts_after_a_rest():
    due = date(2026, 11, 25)
    assert rules.reached(due, PLAIN, date(2026, 10, 27)) is None
    assert [rules.reached(due, PLAIN, day).name for day in (date(2026, 10, 28), date(2026, 11, 20), date(2027, 3, 1))] == [
        "-28", "-7", "esc+14",
    ]  # fmt: skip


@given(DUES, LADDERS)
def test_no_step_before_or_on_the_day_comes_too_late_and_none_after_it_too_early(due, ladder):
    for step in rules.steps(due, ladder):
        assert step.day <= due if not step.name.startswith(("+", "esc")) else step.day > due
        assert not is_free_day(step.day) or ladder.shift == "after" or step.name == "summer"


@given(DUES, LADDERS)
def test_over_the_days_each_step_is_reached_once_and_in_order(due, ladder):
    steps = rules.steps(due, ladder)
    days = (due - timedelta(days=120) + timedelta(days=n) for n in range(260))
    seen = [step.name for day in days if (step := rules.reached(due, ladder, day))]
    assert list(dict.fromkeys(seen)) == [step.name for step in steps]
    assert seen == sorted(seen, key=[step.name for step in steps].index)


@given(DUES, LADDERS)
def test_every_deadline_with_a_step_on_a_day_lies_in_the_window_of_that_day(due, ladder):
    for step in rules.steps(due, ladder):
        first, last = rules.window([ladder], step.day, 0)
        assert first <= due <= last


@given(st.integers(1, 40), st.booleans(), st.floats(-0.2, 0.2))
def test_one_never_tries_again_within_a_minute_and_a_greylisting_server_gets_more(attempts, grey, jitter):
    assert rules.wait_seconds(attempts, grey=grey, jitter=jitter) >= (240 if grey else 60)
    assert rules.wait_seconds(attempts, grey=grey, jitter=jitter) <= rules.LONG_WAIT * 1.2


def test_a_channel_is_left_alone_after_five_failures_for_longer_and_longer():
    assert [rules.shut_seconds(n) for n in (0, 4, 5, 6, 7, 20)] == [0, 0, 60, 120, 240, 900]
