"""The numbers of a round: the worked example of the definitions, and what must hold for every round."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccc_pilot.assessment.fact_records import Fact, Ratio, Yardstick, summed
from ccc_pilot.assessment.rules import (
    Flag,
    Tally,
    claimed_without_proof,
    failing_core,
    flag,
    regroup,
    standard_status,
    tally,
    tally_by,
    together,
)  # fmt: skip
from tests.assessment.examples import EXAMPLE, STICK, Asked, Point, Proof, fact

MEASURES = ("coverage", "index", "conservative", "strict_share", "broad_share", "core_share", "evidence")


def percents(counted: Tally) -> list[str | None]:
    return [None if (share := getattr(counted, name).percent) is None else str(share) for name in MEASURES]


@pytest.mark.parametrize(
    ("chapter", "expected"),
    [
        ("GOV", ["100", "66.7", "66.7", "33.3", "66.7", "50", "75"]),
        ("PAT", ["66.7", "50", "33.3", "50", "50", "0", "33.3"]),
        ("", ["85.7", "60", "50", "40", "60", "25", "57.1"]),
    ],
)
def test_the_worked_example_comes_out_as_the_definitions_say(chapter: str, expected: list[str]) -> None:
    found = tally((one for one in EXAMPLE if one.point.chapter.startswith(chapter)), STICK)
    assert [Decimal(text or "-1") for text in percents(found)] == [Decimal(text) for text in expected]


def test_where_nothing_applies_all_but_the_coverage_is_unknown() -> None:
    only_na = [one for one in EXAMPLE if one.score == "na"]
    assert percents(tally(only_na, STICK)) == ["100", None, None, None, None, None, None]


def test_not_applicable_counts_as_unanswered_until_it_has_its_reason() -> None:
    bare, told = (fact("A-1.1", "na", core=True, needs=1, na_reason=reason) for reason in (" ", "Görs i Lund"))
    beside, blank = fact("A-1.2", "no", core=True), fact("A-1.1", core=True, needs=1)
    assert tally([bare, beside], STICK) == tally([blank, beside], STICK)
    assert (tally([bare], STICK).coverage, tally([told], STICK).coverage) == (Ratio(0, 1), Ratio(1, 1))
    assert (flag([bare], STICK), flag([told], STICK)) == (Flag.AMBER, None)
    assert (failing_core([bare, told], STICK), standard_status([bare, beside], STICK)) == ([bare], "no")


def test_of_no_points_at_all_everything_is_unknown() -> None:
    assert percents(tally([], STICK)) == [None] * len(MEASURES)


def test_percent_has_one_decimal_rounded_half_up() -> None:
    assert Ratio(1, 2000).percent == Decimal("0.1")
    assert Ratio(1, 2001).percent == Decimal("0.0")
    assert Ratio(2, 3).percent == Decimal("66.7")


def test_a_share_over_two_groups_is_summed_from_points_and_not_the_mean_of_their_percents() -> None:
    assert summed([Ratio(1, 1), Ratio(0, 9)]).percent == Decimal(10)


def test_chapters_are_flagged_by_their_core_points() -> None:
    assert flag([fact("A-1", "no", core=True), fact("A-2", "yes", core=True)], STICK) is Flag.RED
    assert flag([fact("A-1", "partially", core=True), fact("A-2", "no")], STICK) is Flag.AMBER
    assert flag([fact("A-1", core=True)], STICK) is Flag.AMBER
    assert flag([fact("A-1", "mostly", core=True), fact("A-2", "no")], STICK) is Flag.GREEN


def test_a_chapter_of_which_no_core_point_is_known_has_no_flag() -> None:
    assert flag([fact("A-1", "no", core=None), fact("A-2", "na", core=True, na_reason="Görs i Lund")], STICK) is None


def test_a_standard_stands_where_the_worst_of_its_core_points_stands_else_at_its_lowest() -> None:
    assert standard_status([fact("A-1.1", "mostly", core=True), fact("A-1.2", "no")], STICK) == "mostly"
    assert standard_status([fact("A-1.1", "yes", core=True), fact("A-1.2", core=True)], STICK) is None
    assert standard_status([fact("A-1.1", "no", core=True), fact("A-1.2", core=True)], STICK) == "no"
    assert standard_status([fact("A-1.1", "yes"), fact("A-1.2", "partially"), fact("A-1.3")], STICK) == "partially"
    assert standard_status([fact("A-1.1", "na", na_reason="Görs i Lund"), fact("A-1.2", "no")], STICK) == "no"


def test_core_points_that_are_not_met_are_named_with_the_unscored() -> None:
    assert [one.point.number for one in failing_core(EXAMPLE, STICK)] == ["GOV-02.1", "PAT-01.1", "PAT-02.1"]


def test_expired_suggested_and_rejected_evidence_does_not_count_and_more_than_asked_counts_no_more() -> None:
    asked = Point("e:A-1.1", "A-1.1", "A", "A-1", requires=(Asked("policy", True, 2), Asked("minutes"), Asked("audit", False)))
    bad = (Proof(1, expired=True), Proof(2, state="suggested"), Proof(3, state="rejected"), Proof(4, state="linked"))
    assert tally([Fact(asked, "ro", "yes", proofs=bad)], STICK).evidence == Ratio(0, 3)
    many = tuple(Proof(n) for n in range(5))
    assert tally([Fact(asked, "ro", "yes", proofs=many)], STICK).evidence == Ratio(2, 3)


def test_a_claim_without_note_and_proof_is_named() -> None:
    facts = [
        fact("A-1", "yes"), fact("A-2", "mostly", note="  "), fact("A-3", "yes", note="Since 2019"), fact("A-4", "mostly", has=1),
        fact("A-5", "partially"), fact("A-6"),
    ]  # fmt: skip
    assert [one.point.number for one in claimed_without_proof(facts, STICK)] == ["A-1", "A-2"]


def test_a_scale_of_other_steps_is_measured_by_its_own_top() -> None:
    maturity = Yardstick({"1": 1, "2": 2, "3": 3, "4": 4})
    found = tally([fact("A-1", "4"), fact("A-2", "2")], maturity)
    assert (found.index, found.strict_share, found.broad_share) == (Ratio(6, 8), Ratio(1, 2), Ratio(1, 2))


facts = st.lists(
    st.builds(
        fact,
        st.sampled_from(["GOV-01.1", "GOV-01.2", "PAT-01.1"]), st.sampled_from([None, *STICK.values]), core=st.sampled_from([True, False, None]),
        has=st.integers(0, 3), needs=st.integers(0, 3), region=st.sampled_from(["ro", "rjl", "rkl"]),
    ),
    max_size=40,
)  # fmt: skip


@given(facts)
def test_shares_lie_between_nothing_and_all_and_are_unknown_only_without_a_denominator(found: list[Fact]) -> None:
    for name in MEASURES:
        share: Ratio = getattr(tally(found, STICK), name)
        assert 0 <= share.part <= share.whole
        assert (share.percent is None) == (share.whole == 0)
        assert share.percent is None or abs(Fraction(share.percent) - Fraction(100 * share.part, share.whole)) <= Fraction(1, 20)


@given(facts)
def test_cells_added_up_along_either_side_are_the_whole(found: list[Fact]) -> None:
    cells = tally_by(found, STICK, lambda one: (one.region, one.point.chapter))
    whole = tally(found, STICK)
    assert together(regroup(cells, 0).values()) == together(regroup(cells, 1).values()) == whole


@given(facts)
def test_what_is_not_scored_never_makes_the_conservative_index_higher_than_the_other(found: list[Fact]) -> None:
    counted = tally(found, STICK)
    low, high = counted.conservative, counted.index
    assert not high or low.part * high.whole <= high.part * low.whole


@given(facts)
def test_the_whole_never_leaves_the_span_of_its_parts(found: list[Fact]) -> None:
    parts = [cell.index for cell in tally_by(found, STICK, lambda one: one.region).values() if cell.index]
    whole = tally(found, STICK).index
    if parts:
        shares = [Fraction(part.part, part.whole) for part in parts]
        assert min(shares) <= Fraction(whole.part, whole.whole) <= max(shares)
