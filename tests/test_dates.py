"""Dates as the people here write and read them."""

from datetime import UTC, date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccc_pilot import dates

D = date


@pytest.mark.parametrize(
    ("raw", "start", "end", "precision"),
    [
        ("250410", D(2025, 4, 10), D(2025, 4, 10), "day"),
        ("202201-202406", D(2022, 1, 1), D(2024, 6, 30), "month"),
        ("2025-04-28", D(2025, 4, 28), D(2025, 4, 28), "day"),
        ("27/1", D(2025, 1, 27), D(2025, 1, 27), "day"),
        ("25–26/2", D(2025, 2, 25), D(2025, 2, 26), "range"),
        ("27/1-17/2", D(2025, 1, 27), D(2025, 2, 17), "range"),
        ("April", D(2025, 4, 1), D(2025, 4, 30), "month"),
        ("april 2024", D(2024, 4, 1), D(2024, 4, 30), "month"),
        ("12 maj 2025", D(2025, 5, 12), D(2025, 5, 12), "day"),
        ("den 31 maj 2016", D(2016, 5, 31), D(2016, 5, 31), "day"),
        ("1 september", D(2025, 9, 1), D(2025, 9, 1), "day"),
        ("senast februari 2014", D(2014, 2, 1), D(2014, 2, 28), "month"),
        ("I februari", D(2025, 2, 1), D(2025, 2, 28), "month"),
        ("nov/dec", D(2025, 11, 1), D(2025, 12, 31), "month"),
        ("december – januari", D(2025, 12, 1), D(2026, 1, 31), "month"),
        ("december – januari 2014", D(2013, 12, 1), D(2014, 1, 31), "month"),
        ("mars – maj ", D(2025, 3, 1), D(2025, 5, 31), "month"),
        ("sista delen av nov", D(2025, 11, 16), D(2025, 11, 30), "range"),
        ("början av mars", D(2025, 3, 1), D(2025, 3, 15), "range"),
        ("2024", D(2024, 1, 1), D(2024, 12, 31), "year"),
        ("2024–2026", D(2024, 1, 1), D(2026, 12, 31), "year"),
        ("12 May 2025", D(2025, 5, 12), D(2025, 5, 12), "day"),
        ("May 12, 2025", D(2025, 5, 12), D(2025, 5, 12), "day"),
        ("25-26 February 2024", D(2024, 2, 25), D(2024, 2, 26), "range"),
        ("20 december - 7 januari 2026", D(2025, 12, 20), D(2026, 1, 7), "range"),
        ("2025-05-06 - 2025-05-09", D(2025, 5, 6), D(2025, 5, 9), "range"),
        ("våren 2025", D(2025, 3, 1), D(2025, 5, 31), "season"),
        ("vintern 2025", D(2025, 12, 1), D(2026, 2, 28), "season"),
        ("Q4 2027", D(2027, 10, 1), D(2027, 12, 31), "range"),
        ("2024H1", D(2024, 1, 1), D(2024, 6, 30), "range"),
        ("2026-H2", D(2026, 7, 1), D(2026, 12, 31), "range"),
        ("2026-Q2", D(2026, 4, 1), D(2026, 6, 30), "range"),
        ("september 2026", D(2026, 9, 1), D(2026, 9, 30), "month"),
    ],
)
def test_the_forms_of_the_sources_are_read(raw, start, end, precision):
    assert dates.parse_span(raw, 2025) == dates.DateSpan(start, end, precision, raw)


@pytest.mark.parametrize(
    ("raw", "code"),
    [("31/2", "no_such_day"), ("250230", "no_such_day"), ("2025-02-30", "no_such_day"), ("30 februari 2025", "no_such_day")]
    + [("snart", "unreadable"), ("", "unreadable"), ("12-05", "unreadable"), ("9" * 500, "unreadable")]
    + [("2025-05-09 - 2025-05-06", "no_such_day")],
)
def test_a_span_that_is_no_date_says_why(raw, code):
    with pytest.raises(dates.BadDate) as caught:
        dates.parse_span(raw, 2025)
    assert caught.value.code == code


def test_without_a_default_year_a_text_must_carry_its_own():
    assert dates.parse_span("april 2025", None).end == D(2025, 4, 30)
    for raw in ("27/1", "nov/dec", "25–26/2"):
        with pytest.raises(dates.BadDate, match="year_missing"):
            dates.parse_span(raw, None)


@pytest.mark.parametrize(
    "text", ["250512", "2025-05-12", "20250512", "12/5", "12/5 2025", "12 maj 2025", "12 May 2025", " 12  MAJ "]
)
def test_a_day_is_typed_in_many_ways(text):
    assert dates.parse_day(text, D(2025, 1, 1)) == D(2025, 5, 12)


@pytest.mark.parametrize(
    ("text", "code"), [("31/2", "no_such_day"), ("april 2025", "unreadable"), ("2025", "unreadable"), ("x", "unreadable")]
)
def test_an_impossible_day_is_refused_with_its_reason(text, code):
    with pytest.raises(ValueError) as caught:
        dates.parse_day(text, D(2025, 1, 1))
    assert caught.value.code == code


@given(st.dates(D(2000, 1, 1), D(2069, 12, 31)), st.sampled_from(["sv", "en"]))
def test_what_is_written_is_read_back(day, language):
    assert dates.parse_day(dates.format_day(day, language), D(1999, 1, 1)) == day
    assert dates.parse_day(dates.format_dense(day), D(1999, 1, 1)) == day
    assert dates.parse_day(day.strftime("%y%m%d"), D(1999, 1, 1)) == day


@given(st.text(max_size=40), st.one_of(st.none(), st.integers(1900, 2100)))
def test_any_text_is_a_span_or_refused_never_a_crash(text, year):
    try:
        span = dates.parse_span(text, year)
    except dates.BadDate:
        return
    assert span.start <= span.end


def test_a_month_later_is_clipped_to_the_months_end():
    assert dates.add_months(D(2025, 1, 31), 1) == D(2025, 2, 28)
    assert dates.add_months(D(2024, 1, 31), 1) == D(2024, 2, 29)
    assert dates.add_months(D(2025, 9, 1), 15) == D(2026, 12, 1)
    assert dates.add_months(D(2025, 3, 31), -1) == D(2025, 2, 28)


@pytest.mark.parametrize(
    ("raw", "sv", "en"),
    [
        ("250512", "12 maj 2025", "12 May 2025"),
        ("25–26/2", "25–26 februari 2025", "25–26 February 2025"),
        ("27/1-17/2", "27 januari – 17 februari 2025", "27 January – 17 February 2025"),
        ("20 december - 7 januari 2026", "20 december 2025 – 7 januari 2026", "20 December 2025 – 7 January 2026"),
        ("april", "april 2025", "April 2025"),
        ("nov/dec", "november–december 2025", "November–December 2025"),
        ("202201-202406", "januari 2022–juni 2024", "January 2022–June 2024"),
        ("2024", "2024", "2024"),
        ("2024-2026", "2024–2026", "2024–2026"),
        ("hösten 2025", "hösten 2025", "autumn 2025"),
    ],
)
def test_a_span_is_said_no_finer_than_it_is_known(raw, sv, en):
    span = dates.parse_span(raw, 2025)
    assert (dates.format_span(span, "sv"), dates.format_span(span, "en")) == (sv, en)


@pytest.mark.parametrize(
    ("day", "sv", "en"),
    [
        (D(2025, 11, 15), "lördag", "Saturday"),
        (D(2025, 5, 1), "Första maj", "May Day"),
        (D(2025, 6, 20), "midsommarafton", "Midsummer Eve"),
        (D(2026, 6, 19), "midsommarafton", "Midsummer Eve"),
        (D(2025, 12, 24), "julafton", "Christmas Eve"),
        (D(2025, 12, 31), "nyårsafton", "New Year's Eve"),
        (D(2025, 5, 12), None, None),
    ],
)
def test_a_free_day_has_a_name(day, sv, en):
    assert (dates.free_day(day, "sv"), dates.free_day(day, "en")) == (sv, en)
    assert dates.is_free_day(day) is (sv is not None)


def test_a_deadline_on_a_free_day_gets_the_working_days_around_it():
    assert dates.weekend_hint(D(2025, 11, 15)) == ("lördag", "Saturday", D(2025, 11, 14), D(2025, 11, 17))
    assert dates.weekend_hint(D(2025, 12, 25))[2:] == (D(2025, 12, 23), D(2025, 12, 29))
    assert dates.weekend_hint(D(2025, 11, 14)) is None


def test_the_clock_knows_its_zone():
    now = dates.utc_now()
    assert now.tzinfo is UTC
    assert abs(dates.today("Europe/Stockholm") - now.date()) <= timedelta(days=1)
