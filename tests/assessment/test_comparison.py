"""Answers beside each other: regions, peers, and an earlier round."""

from hypothesis import given
from hypothesis import strategies as st

from ccc_pilot.assessment.comparison import across, change, peers
from ccc_pilot.assessment.fact_records import Fact, Ratio, Yardstick
from tests.assessment.examples import STICK, fact

REGIONS = ("ro", "rjl", "rkl")


def beside(*scores: str | None, na_reason: str = "Görs i Lund") -> list[Fact]:
    return [fact("A-1.1", score, region=region, na_reason=na_reason) for score, region in zip(scores, REGIONS, strict=True)]


def test_the_network_stands_where_its_lowest_region_stands() -> None:
    [found] = across(beside("yes", "partially", "mostly"), STICK)
    assert (found.lowest, found.spread, found.weak_link, found.disputed) == ("partially", 2, True, True)


def test_a_region_to_which_it_does_not_apply_is_left_out_but_the_regions_have_to_talk() -> None:
    [found] = across(beside("yes", "na", "mostly"), STICK)
    assert (found.lowest, found.spread, found.weak_link, found.disputed) == ("mostly", 1, False, True)


def test_a_region_that_has_not_said_why_it_does_not_apply_is_waited_for() -> None:
    [found] = across(beside("yes", "na", "mostly", na_reason=""), STICK)
    assert (found.lowest, found.waiting, found.disputed) == ("mostly", ("rjl",), False)


def test_where_it_applies_to_nobody_the_network_says_so_too() -> None:
    [found] = across(beside("na", "na", "na"), STICK)
    assert (found.lowest, found.spread, found.disputed) == ("na", None, False)


def test_regions_that_have_not_scored_are_named_and_of_nobodys_score_nothing_is_said() -> None:
    [found] = across(beside(None, "yes", None), STICK)
    assert (found.lowest, found.spread, found.waiting) == ("yes", None, ("ro", "rkl"))
    assert across(beside(None, None, None), STICK)[0].lowest is None


@given(st.lists(st.sampled_from([None, *STICK.values]), min_size=3, max_size=3))
def test_the_networks_default_is_one_of_the_regions_own_scores_and_none_is_lower(scores: list[str | None]) -> None:
    [found] = across(beside(*scores), STICK)
    assert found.lowest in scores or found.lowest is None
    values = [STICK.value(score) for score in scores if STICK.value(score) is not None]
    assert not values or STICK.value(found.lowest) == min(values)


def test_peers_are_compared_where_both_have_a_value() -> None:
    found = peers([("yes", "mostly"), ("no", "partially"), ("yes", "yes"), ("yes", None), (None, "no"), ("na", "no")], STICK)
    assert (found.both, found.over, found.under, found.agreed, found.agreement) == (3, 1, 1, 1, Ratio(1, 3))


def test_rounds_are_joined_by_point_and_by_what_it_was_called_before() -> None:
    before = [fact("A-1.1", "no"), fact("A-1.2", "yes"), fact("OLD-3", "mostly"), fact("A-9.9", "yes"), fact("A-1.4")]
    now = [
        fact("A-1.1", "mostly"), fact("A-1.2", "partially"), fact("A-1.3", "mostly", was=("e:OLD-3",)), fact("A-1.4", "yes"),
        fact("A-1.5", "yes"),
    ]  # fmt: skip
    found = change(before, now, STICK, STICK)

    def numbers(facts: object) -> list[str]:
        return [one.point.number for one in facts]

    assert [(one.score, two.score) for one, two in found.improved] == [("no", "mostly")]
    assert [(one.score, two.score) for one, two in found.worsened] == [("yes", "partially")]
    assert numbers(found.new) == ["A-1.5"]
    assert numbers(found.dropped) == ["A-9.9"]
    assert (found.before.points, found.now.points) == (4, 4)
    assert (found.before.index, found.now.index) == (Ratio(5, 9), Ratio(8, 12))


def test_scales_of_different_length_are_compared_as_shares_of_their_tops() -> None:
    five = Yardstick({str(n): n for n in range(7)})
    found = change([fact("A-1", "mostly")], [fact("A-1", "4")], STICK, five)
    assert found.improved == found.worsened == ()
