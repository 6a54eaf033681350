"""The gap list: what stands in it, why, and in which order."""

from hypothesis import given
from hypothesis import strategies as st

from ccc_pilot.assessment.gaps import Reason, gap, gap_key, gaps
from tests.assessment.examples import EXAMPLE, STICK, fact


def test_the_worked_example_has_its_priorities() -> None:
    found = {one.fact.point.number: one.priority for one in gaps(EXAMPLE, STICK)}
    assert found == {"PAT-01.1": 9, "PAT-02.1": 9, "GOV-02.1": 8}


def test_an_open_action_lowers_the_priority_by_one_and_is_told() -> None:
    found = gaps(EXAMPLE, STICK, acted={"e:PAT-01.1@ro"})
    assert [(one.fact.point.number, one.priority, one.acted) for one in found] == [
        ("PAT-02.1", 9, False),
        ("GOV-02.1", 8, False),
        ("PAT-01.1", 8, True),
    ]


def test_reasons_are_told() -> None:
    def reasons(*args: object, **more: object) -> tuple[Reason, ...]:
        found = gap(fact("A-1.1", *args, **more), STICK)
        return found.reasons if found else ()

    assert reasons("partially") == (Reason.SCORE,)
    assert reasons("no", core=True, needs=1) == (Reason.SCORE, Reason.CORE, Reason.EVIDENCE)
    assert reasons() == (Reason.UNSCORED,)
    assert reasons("yes", needs=2, has=1) == (Reason.EVIDENCE,)
    assert reasons("mostly", core=True) == reasons("na", core=True, needs=1, na_reason="Görs i Lund") == ()
    assert reasons("na", core=True, needs=1) == (Reason.CORE, Reason.UNSCORED, Reason.EVIDENCE)


def test_equal_priorities_of_one_point_stand_in_the_order_of_the_regions() -> None:
    found = gaps([fact("A-1", "no", region=region) for region in ("ro", "rjl", "rkl")], STICK)
    assert [one.fact.region for one in found] == ["ro", "rjl", "rkl"]


def test_equal_priorities_stand_in_the_editions_order() -> None:
    found = gaps([fact("B-1", "no", order=2), fact("A-1", "no", order=1), fact("C-1", "no", core=True, order=3)], STICK)
    assert [one.fact.point.number for one in found] == ["C-1", "A-1", "B-1"]


def test_the_key_of_a_gap_names_round_point_and_region() -> None:
    assert gap_key(3, fact("GOV-01.1").key) == "gap:3:e:GOV-01.1@ro"


@given(st.sampled_from([None, *STICK.values]), st.sampled_from([True, False, None]), st.integers(0, 2), st.integers(0, 2))
def test_priorities_keep_within_their_bounds_and_what_is_met_and_shown_is_no_gap(
    score: str | None, core: bool | None, has: int, needs: int
) -> None:
    found = gap(fact("A-1", score, core=core, has=has, needs=needs, na_reason="Görs i Lund"), STICK)
    if score == "na" or (score in {"yes", "mostly"} and has >= needs):
        assert found is None
    else:
        assert found is not None and 1 <= found.priority <= 9 and found.reasons
