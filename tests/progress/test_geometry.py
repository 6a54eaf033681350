"""The timeline's geometry and the calendar's weeks: pure, so tested without an application."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ccc_pilot.progress.geometry import EDGE, GROUP, HEAD, PITCH, ROW, Entry, Strand, begin, chart, scale
from ccc_pilot.progress.month import Month, month_from

TODAY = date(2026, 2, 10)
DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))


def strand(due: date | None, begins: date | None = None, label: str = "") -> Strand:
    return Strand(label, "go", "▸", begins, due)


def entry(key: str, *strands: Strand, group: str = "", waits_for: tuple[str, ...] = ()) -> Entry:
    return Entry(key, group, strands, waits_for)


def test_a_line_with_a_span_is_a_bar_from_the_morning_of_its_first_day_to_the_evening_of_its_last():
    drawn = chart([entry("a", strand(date(2026, 3, 31), date(2026, 3, 1)))], TODAY)
    axis = scale([date(2026, 3, 1), date(2026, 3, 31)], TODAY)
    (bar,) = drawn.rows[0].bars
    assert (bar.x, bar.end) == (axis.left(date(2026, 3, 1)), axis.right(date(2026, 3, 31)))


def test_a_line_with_a_day_alone_is_a_diamond_and_one_without_a_date_is_left_blank():
    drawn = chart([entry("a", strand(date(2026, 3, 31))), entry("b", strand(None))], TODAY)
    assert [[bar.width for bar in row.bars] for row in drawn.rows] == [[0], []]
    assert len(drawn.rows[0].bars[0].diamond.split()) == 4


def test_regions_are_thin_bars_below_one_another_in_their_order_within_the_row():
    drawn = chart([entry("a", *(strand(date(2026, 3, 1), label=name) for name in ("RÖ", "RJL", "RKL")))], TODAY)
    (row,) = drawn.rows
    assert [bar.strand.label for bar in row.bars] == ["RÖ", "RJL", "RKL"]
    assert [round(b.y - a.y, 6) for a, b in zip(row.bars, row.bars[1:], strict=False)] == [PITCH, PITCH]
    assert all(row.y < bar.y < row.y + row.height for bar in row.bars)


def test_a_heading_stands_before_each_group():
    drawn = chart(
        [entry("a", strand(TODAY), group="One"), entry("b", strand(TODAY), group="One"), entry("c", strand(TODAY), group="Two")],
        TODAY,
    )
    assert [(row.title, row.entry.key if row.entry else "") for row in drawn.rows] == [
        ("One", ""),
        ("", "a"),
        ("", "b"),
        ("Two", ""),
        ("", "c"),
    ]
    assert [row.y for row in drawn.rows] == [
        HEAD,
        HEAD + GROUP,
        HEAD + GROUP + ROW,
        HEAD + GROUP + 2 * ROW,
        HEAD + 2 * GROUP + 2 * ROW,
    ]


def test_a_connector_runs_from_the_end_of_what_is_waited_for_to_the_beginning_of_what_waits():
    early, late = entry("a", strand(date(2026, 1, 31))), entry("b", strand(date(2026, 6, 30)), waits_for=("a", "elsewhere"))
    drawn = chart([early, late], TODAY)
    (link,) = drawn.links
    first, second = (row.bars[0] for row in drawn.rows)
    assert link.path.startswith(f"M{first.end:g} {drawn.rows[0].middle:g}")
    assert link.path.endswith(f"V{drawn.rows[1].middle:g}H{second.x:g}")
    assert not link.broken


def test_a_connector_to_one_that_is_due_before_what_it_waits_for_is_broken():
    drawn = chart([entry("a", strand(date(2026, 6, 30))), entry("b", strand(date(2026, 1, 31)), waits_for=("a",))], TODAY)
    assert [link.broken for link in drawn.links] == [True]


def test_what_is_settled_is_not_told_as_due_too_early():
    settled = Strand("", "done", "✓", None, date(2026, 1, 31), open=False)
    drawn = chart([entry("a", strand(date(2026, 6, 30))), entry("b", settled, waits_for=("a",))], TODAY)
    assert [link.broken for link in drawn.links] == [False]


def test_dates_of_different_regions_do_not_break_each_others_connectors():
    first = entry("a", strand(date(2026, 6, 30), label="RÖ"), strand(date(2026, 1, 31), label="RKL"))
    second = entry("b", strand(date(2026, 7, 31), label="RÖ"), strand(date(2026, 2, 28), label="RKL"), waits_for=("a",))
    assert [link.broken for link in chart([first, second], TODAY).links] == [False]


def test_todays_line_is_drawn_in_range_and_a_today_far_off_does_not_squeeze_the_chart():
    near, far = chart([entry("a", strand(date(2026, 6, 30)))], TODAY), chart([entry("a", strand(date(2031, 6, 30)))], TODAY)
    assert near.today == scale([date(2026, 6, 30)], TODAY).left(TODAY)
    assert far.today is None


def test_a_short_plan_has_quarters_over_months_and_a_long_one_years_over_quarters():
    short, long = (chart([entry("a", strand(date(year, 12, 1), date(2026, 1, 1)))], TODAY) for year in (2026, 2031))
    assert ({tick.months for tick in short.upper}, {tick.months for tick in short.lower}) == ({3}, {1})
    assert ({tick.months for tick in long.upper}, {tick.months for tick in long.lower}) == ({12}, {3})


def test_a_span_moves_along_with_its_date():
    assert begin(date(2026, 5, 31), timedelta(days=30), []) == date(2026, 5, 1)
    assert begin(None, timedelta(days=30), []) is None


def test_without_a_span_a_line_begins_when_the_last_of_what_it_waits_for_is_finished():
    assert begin(date(2026, 5, 31), timedelta(), [date(2026, 1, 1), date(2026, 3, 1), None]) == date(2026, 3, 1)
    assert begin(date(2026, 5, 31), timedelta(), [date(2026, 6, 1)]) is None


@given(st.lists(st.tuples(st.none() | DAYS, st.none() | DAYS), max_size=12), DAYS)
def test_every_bar_lies_on_the_paper_and_the_axis_covers_it(days: list[tuple[date | None, date | None]], today: date):
    drawn = chart([entry(str(n), strand(due, first), waits_for=(str(n - 1),)) for n, (first, due) in enumerate(days)], today)
    assert all(
        bar.x >= EDGE and bar.end <= drawn.width and row.y < bar.y < drawn.height for row in drawn.rows for bar in row.bars
    )
    for ticks in (drawn.upper, drawn.lower):
        assert ticks[0].x == EDGE
        assert all(abs(a.x + a.width - b.x) < 0.11 for a, b in zip(ticks, ticks[1:], strict=False))
    assert drawn.today is None or 0 <= drawn.today <= drawn.width


def test_the_weeks_of_a_month_begin_on_monday_and_carry_their_iso_numbers():
    weeks = Month(date(2026, 1, 1)).weeks
    assert [week.number for week in weeks] == [1, 2, 3, 4, 5]
    assert weeks[0].days[0] == date(2025, 12, 29)
    assert [week.number for week in Month(date(2021, 1, 1)).weeks][:2] == [53, 1]


@given(DAYS)
def test_a_months_weeks_hold_each_of_its_days_once_and_nothing_but_whole_weeks(day: date):
    month = Month(day.replace(day=1))
    days = [each for week in month.weeks for each in week.days]
    assert [each for each in days if each in month] == [
        month.first + timedelta(days=n) for n in range((month.last - month.first).days + 1)
    ]
    assert all(
        len(week.days) == 7 and week.days[0].weekday() == 0 and week.days[0].isocalendar().week == week.number
        for week in month.weeks
    )
    assert (month.after.before, month.before.after) == (month, month)


def test_a_month_is_read_from_the_address_and_nonsense_is_this_month():
    assert month_from("2026-11", TODAY) == Month(date(2026, 11, 1))
    for nonsense in ("", "2026-13", "2026-1", "1999-01", "２０２６-11", "2026-11-01"):
        assert month_from(nonsense, TODAY) == Month(date(2026, 2, 1))
