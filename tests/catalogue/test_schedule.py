"""When items are due."""

from datetime import date

import pytest

from ccc_pilot.catalogue import Fixed, Item, Offset, PlanMonths, Recurrence, Undated, due, occurrences, span
from ccc_pilot.dates import parse_span
from ccc_pilot.i18n import Text

START, END = date(2025, 9, 1), date(2026, 11, 30)


def item(when):
    return Item("A", "p:A", Text("a", "a"), "P0", "rsl", when, "source", "fact", 1)


def labels(when, start=START, end=END):
    return [occurrence.label for occurrence in occurrences(item(when), start, end)]


@pytest.mark.parametrize(
    ("when", "start", "day"),
    [
        (Fixed(parse_span("250410", None)), None, date(2025, 4, 10)),
        (Fixed(parse_span("nov/dec 2025", None)), None, date(2025, 12, 31)),
        (Fixed(parse_span("202201-202406", None)), None, date(2024, 6, 30)),
        (Fixed(parse_span("2026-Q2", None)), None, date(2026, 6, 30)),
        (Fixed(parse_span("september 2026", None)), None, date(2026, 9, 30)),
        (Fixed(parse_span("2026-H1", None)), None, date(2026, 6, 30)),
        (Offset(3), START, date(2025, 12, 1)),
        (Offset(3), None, None),
        (Offset(1), date(2025, 1, 31), date(2025, 2, 28)),
        (PlanMonths(1, 2), date(2026, 1, 15), date(2026, 2, 28)),
        (PlanMonths(12, 13), date(2026, 1, 1), date(2027, 1, 31)),
        (Recurrence("monthly", day=5), START, None),
        (Undated("vid behov"), START, None),
    ],
)
def test_an_item_is_due_on_the_last_day_it_covers(when, start, day):
    assert due(item(when), start) == day


def test_months_of_the_plan_cover_whole_months():
    covered = span(item(PlanMonths(5, 10, "maj – oktober")), date(2026, 1, 1))
    assert (covered.start, covered.end, covered.raw) == (date(2026, 5, 1), date(2026, 10, 31), "maj – oktober")


def test_a_monthly_duty_falls_in_the_month_after():
    times = occurrences(item(Recurrence("monthly", day=5)), START, END)
    assert (len(times), times[0].label, times[0].due, times[-1].label) == (15, "2025-09", date(2025, 10, 5), "2026-11")


def test_a_day_past_the_months_end_is_clipped():
    assert occurrences(item(Recurrence("monthly", day=31)), date(2026, 1, 1), date(2026, 1, 31))[0].due == date(2026, 2, 28)


def test_half_years_may_end_where_the_joint_action_says():
    times = occurrences(item(Recurrence("half_yearly", ((3, 31), (9, 30)), days_after=20)), START, END)
    assert [(time.label, time.due) for time in times] == [
        ("2025-04--2025-09", date(2025, 10, 20)),
        ("2025-10--2026-03", date(2026, 4, 20)),
        ("2026-04--2026-09", date(2026, 10, 20)),
        ("2026-10--2027-03", date(2027, 4, 20)),
    ]


def test_calendar_periods_have_short_labels():
    assert labels(Recurrence("quarterly"), END, END) == ["2026-Q4"]
    assert labels(Recurrence("half_yearly")) == ["2025-H2", "2026-H1", "2026-H2"]
    assert labels(Recurrence("yearly")) == ["2025", "2026"]


def test_a_window_that_ends_before_it_begins_holds_nothing():
    assert labels(Recurrence("monthly"), END, START) == []
    assert labels(Undated()) == []


def test_february_ends_on_its_last_day_in_a_leap_year():
    assert occurrences(item(Recurrence("yearly", ((2, 28),))), date(2028, 1, 1), date(2028, 2, 29))[0].due == date(2028, 2, 29)
