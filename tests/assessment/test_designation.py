"""The designation check: the cases of the definitions, units added up, and what is not known."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccc_pilot.assessment.designation import CC, CCC, CRITERIA, NET, Figure, Group, Verdict, check, verdict

GENERAL = {"departments": 1, "care_budget": 60, "research_budget": 9, "beds": 200, "physicians": 60, "new_patients": 3000}
RESEARCH = {
    "publications": 140,
    "publications_if10": 15,
    "publications_if5": 60,
    "trials": 80,
    "phase_1": 1,
    "trial_patients": 240,
}


def figures(**changed: int | None) -> dict[str, list[Figure]]:
    """The figures of one unit; 240 of 3,000 patients in trials are 8 per cent."""
    numbers = {**GENERAL, **RESEARCH, **changed}
    return {key: [Figure(None if number is None else Fraction(number))] for key, number in numbers.items()}


def test_two_publication_and_two_trial_criteria_are_enough() -> None:
    assert check(CCC, figures()).verdict is Verdict.MET


def test_three_and_one_fail_because_trials_need_two() -> None:
    assert check(CCC, figures(publications_if10=20, phase_1=0)).verdict is Verdict.FAILED


def test_an_unknown_that_could_decide_leaves_it_undetermined() -> None:
    found = check(CCC, figures(publications_if10=20, phase_1=None))
    assert found.verdict is Verdict.UNDETERMINED
    assert found.outcomes["phase_1"] is None


@pytest.mark.parametrize(
    ("item", "limit"),
    [
        ("publications", 125),
        ("publications_if10", 17),
        ("publications_if5", 50),
        ("trials", 75),
        ("care_budget", 50),
        ("beds", 150),
    ],
)
def test_exactly_the_limit_is_not_met(item: str, limit: int) -> None:
    assert check(CCC, figures(**{item: limit})).outcomes[item] is False
    assert check(CCC, figures(**{item: limit + 1})).outcomes[item] is True


def test_one_general_criterion_that_is_not_met_fails_all() -> None:
    assert check(CCC, figures(beds=150)).verdict is Verdict.FAILED


def test_a_cancer_centre_is_asked_for_less_and_for_all_of_it() -> None:
    small = figures(care_budget=26, research_budget=0, beds=101, physicians=31, new_patients=1501, publications=36, trials=21)
    found = check(CC, small)
    assert found.verdict is Verdict.MET
    assert "research_budget" not in found.outcomes
    assert check(CC, {**small, "trials": [Figure(Fraction(20))]}).verdict is Verdict.FAILED


def test_nothing_is_published_for_networks() -> None:
    assert check(NET, figures()).verdict is Verdict.UNDETERMINED


def test_units_are_summed_and_a_sum_above_the_limit_needs_no_further_unit() -> None:
    two = [Figure(Fraction(100)), Figure(Fraction(60)), Figure(None)]
    assert check(CCC, {**figures(), "beds": two}).outcomes["beds"] is True
    assert check(CCC, {**figures(), "beds": [Figure(Fraction(100)), Figure(None)]}).outcomes["beds"] is None


def test_a_publication_of_two_units_counts_once() -> None:
    one = Figure(names=frozenset(f"10.1/{n}" for n in range(100)))
    other = Figure(names=frozenset(f"10.1/{n}" for n in range(50, 120)))
    assert check(CCC, {**figures(), "publications": [one, other]}).outcomes["publications"] is False


def test_counts_that_may_overlap_are_unknown_where_the_overlap_decides() -> None:
    def outcome(*counts: int) -> bool | None:
        return check(CCC, {**figures(), "publications": [Figure(Fraction(n)) for n in counts]}).outcomes["publications"]

    assert outcome(100, 100) is None
    assert outcome(130, 20) is True
    assert outcome(60, 60) is False


def test_a_ratio_is_the_sum_of_numerators_over_the_sum_of_denominators() -> None:
    parts = {
        "trial_patients": [Figure(Fraction(200)), Figure(Fraction(0))],
        "new_patients": [Figure(Fraction(500)), Figure(Fraction(2000))],
    }
    assert check(CCC, {**figures(), **parts}).outcomes["trial_share"] is False
    parts["trial_patients"][1] = Figure(Fraction(51))
    assert check(CCC, {**figures(), **parts}).outcomes["trial_share"] is True
    parts["trial_patients"][1] = Figure(None)
    assert check(CCC, {**figures(), **parts}).outcomes["trial_share"] is None


def test_nothing_recorded_is_undetermined_and_not_failed() -> None:
    found = check(CCC, {})
    assert found.verdict is Verdict.UNDETERMINED
    assert set(found.outcomes.values()) == {None}


asked = st.fixed_dictionaries({one: st.sampled_from([True, False, None]) for one in CRITERIA})


@given(asked, st.sampled_from(CRITERIA), st.booleans())
def test_learning_what_was_unknown_never_overturns_a_verdict(known: dict, learned: object, met: bool) -> None:
    before = verdict(CCC, known)
    if known[learned] is None and before is not Verdict.UNDETERMINED:
        assert verdict(CCC, {**known, learned: met}) is before


@given(asked)
def test_met_needs_every_general_criterion(known: dict) -> None:
    if verdict(CCC, known) is Verdict.MET:
        assert all(met for one, met in known.items() if one.group is Group.GENERAL)
