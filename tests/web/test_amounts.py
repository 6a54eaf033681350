"""Amounts are read as people here write them, and what cannot be one is refused."""

import pytest

from ccc_pilot.i18n import force_locale
from ccc_pilot.web import amounts, filters
from ccc_pilot.web.amounts import BadAmount

READ = {
    "6 171 570": 6_171_570, "6\u202f171\u00a0570 kr": 6_171_570, "6171570": 6_171_570, "6.171.570 kronor": 6_171_570, "SEK 6,171,570": 6_171_570,
    "250 tkr": 250_000, "1,5 mnkr": 1_500_000, "2.2 MSEK": 2_200_000, "5 miljoner kronor": 5_000_000, "5 milj. kr": 5_000_000, "0": 0, "12:-": 12,
}  # fmt: skip


@pytest.mark.parametrize("written", READ)
def test_an_amount_is_read(written):
    assert amounts.read(written) == READ[written]


@pytest.mark.parametrize(
    "written", ["", "kr", "1,5", "12,34 kr", "fem", "-5", "1,2345678 mnkr", "0,0000001 mnkr", "5 euro", "9" * 13, "1e5", "٣"]
)
def test_what_is_no_amount_of_whole_kronor_is_refused(written):
    with pytest.raises(BadAmount):
        amounts.read(written)


def test_an_amount_that_is_not_known_is_no_zero(sqlite_app):
    with sqlite_app.test_request_context(), force_locale("sv"):
        assert (filters.kronor(None), filters.kronor(0), filters.kronor(6_171_570)) == (
            "inte känt",
            "0\u00a0kr",
            "6\u202f171\u202f570\u00a0kr",
        )
    with sqlite_app.test_request_context(), force_locale("en"):
        assert filters.kronor(6_171_570) == "SEK\u00a06,171,570"
