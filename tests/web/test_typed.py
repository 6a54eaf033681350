"""What is typed is tidied, and filters write days and numbers as people here do."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from ccc_pilot.i18n import force_locale
from ccc_pilot.web import filters
from ccc_pilot.web.forms import OVERRIDES, clean


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Åsa  ", "Åsa"),
        ("A\u030asa", "Åsa"),
        ("a\x00b", "ab"),
        ("a\x07\x1b[31mb", "a[31mb"),
        ("abc\u202efdp.exe", "abcfdp.exe"),
        ("a\u2066b\u2069", "ab"),
        ("a\ud800b", "ab"),
        ("rad 1\r\nrad 2\n\trad 3", "rad 1\nrad 2\n\trad 3"),
        ("👩‍⚕️ vård", "👩‍⚕️ vård"),
        ("\u00a0x\u00a0", "x"),
        ("", ""),
    ],
)
def test_a_text_is_kept_as_meant_without_what_cannot_be_seen(typed, kept):
    assert clean(typed) == kept


@given(st.text())
def test_tidying_once_is_enough_and_leaves_nothing_that_misleads(typed):
    kept = clean(typed)
    assert clean(kept) == kept
    assert not set(kept) & (OVERRIDES | {"\x00", "\r", "\x1b"})


@pytest.fixture
def request_in(sqlite_app):
    """A request, within which the language is set."""
    with sqlite_app.test_request_context():
        yield


SHOWN = [
    ("sv", filters.day, date(2025, 5, 12), "12 maj 2025"),
    ("en", filters.day, date(2025, 5, 12), "12 May 2025"),
    ("sv", filters.iso, date(2025, 5, 12), "2025-05-12"),
    ("sv", filters.number, 6171570, "6\u202f171\u202f570"),
    ("en", filters.number, 6171570, "6,171,570"),
    ("sv", filters.number, 0.5, "0,5"),
    ("sv", filters.number, 0, "0"),
    ("sv", filters.percent, 61.6, "62\u00a0%"),
    ("sv", filters.percent, 0, "0\u00a0%"),
    ("sv", filters.moment, datetime(2025, 5, 12, 6, 14, tzinfo=UTC), "12 maj 2025 08:14"),
    ("sv", filters.moment, datetime(2025, 12, 31, 23, 30, tzinfo=UTC), "1 januari 2026 00:30"),
    *(
        ("sv", show, None, "–")
        for show in (filters.day, filters.iso, filters.number, filters.percent, filters.moment, filters.ago, filters.span)
    ),
]


@pytest.mark.parametrize(("language", "show", "value", "text"), SHOWN)
def test_a_value_is_shown_as_people_here_write_it(request_in, language, show, value, text):
    with force_locale(language):
        assert show(value) == text


@pytest.mark.parametrize(
    ("due", "text"), [(date(2025, 5, 12), "today"), (date(2025, 5, 15), "in 3 d"), (date(2025, 5, 10), "2 d ago")]
)
@time_machine.travel("2025-05-11T22:30:00+00:00", tick=False)
def test_days_are_counted_where_the_pilot_is(request_in, due, text):
    with force_locale("en"):
        assert filters.ago(due) == text
