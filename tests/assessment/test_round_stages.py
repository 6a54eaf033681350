"""The life of a round: no path skips a guard, and what outside bodies decide is recorded."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccc_pilot.assessment.stages import GUARDS, MOVES, OVER, VERDICTS, Case, Stage, check, is_revealed, may_write, moves_from
from ccc_pilot.assessment.states import Broken

TODAY = date(2026, 11, 23)
DAYS = st.one_of(st.none(), st.integers(-3, 3).map(lambda n: TODAY + timedelta(days=n)))
TEXTS = st.sampled_from(["", " ", "OECI A&D Board"])
CASES = st.builds(
    Case, today=st.just(TODAY), revealed=st.booleans(), unsettled=st.integers(0, 1), blocking=st.sampled_from([(), ("R1",)]),
    unanswered=st.integers(0, 1), reason=TEXTS, points=st.sampled_from([(), ("GOV-01.1",)]), day=DAYS, visit=DAYS, decided_on=DAYS, body=TEXTS,
    verdict=st.sampled_from(["", "accredited", "won"]),
)  # fmt: skip
ALL_GOOD = Case(
    TODAY,
    revealed=True,
    reason="Därför",
    points=("GOV-01.1",),
    day=TODAY,
    visit=TODAY,
    decided_on=TODAY,
    body="A&D Board",
    verdict="accredited",
)


def passes(stage: Stage, to: Stage, case: Case) -> bool:
    try:
        check(stage, to, case)
    except Broken:
        return False
    return True


@given(stage=st.sampled_from(Stage), to=st.sampled_from(Stage), case=CASES)
def test_a_round_moves_only_along_its_moves_and_with_all_their_guards(stage: Stage, to: Stage, case: Case):
    move = next((move for move in MOVES if (move.source, move.to) == (stage, to)), None)
    assert passes(stage, to, case) == (move is not None and all(GUARDS[name][0](case) for name in move.guards))


@given(steps=st.lists(st.tuples(st.sampled_from(Stage), CASES), max_size=30))
def test_no_path_leads_to_submitted_without_reveal_consensus_and_readiness(steps: list[tuple[Stage, Case]]):
    stage, passed = Stage.OPEN, set()
    for to, case in steps:
        if passes(stage, to, case):
            passed |= {name for name, (holds, _at) in GUARDS.items() if holds(case) and name in check(stage, to, case).guards}
            stage = to
    if stage not in {Stage.OPEN, Stage.CONSOLIDATING, Stage.READY_CHECK, Stage.WITHDRAWN, Stage.PLANNED}:
        assert {"revealed", "settled", "ready"} <= passed


@pytest.mark.parametrize("to", [Stage.GO, Stage.NO_GO])
def test_a_decision_needs_its_body_and_a_day_that_has_come(to: Stage):
    assert passes(Stage.SUBMITTED, to, ALL_GOOD)
    assert not passes(Stage.SUBMITTED, to, replace(ALL_GOOD, body=" "))
    assert not passes(Stage.SUBMITTED, to, replace(ALL_GOOD, decided_on=TODAY + timedelta(days=1)))
    assert not passes(Stage.SUBMITTED, to, replace(ALL_GOOD, decided_on=None))


@pytest.mark.parametrize("verdict", VERDICTS)
def test_the_last_decision_says_what_was_decided(verdict: str):
    assert passes(Stage.PLAN_DUE, Stage.DECIDED, replace(ALL_GOOD, verdict=verdict))
    assert not passes(Stage.PLAN_DUE, Stage.DECIDED, replace(ALL_GOOD, verdict=""))


def test_every_stage_can_be_reached_and_only_the_last_two_are_ends():
    reached, front = {Stage.PLANNED}, {Stage.PLANNED}
    while front:
        front = {move.to for stage in front for move in moves_from(stage)} - reached
        reached |= front
    assert reached == set(Stage)
    assert {stage for stage in Stage if not moves_from(stage)} == OVER


def test_a_no_go_leads_back_to_the_answers_with_a_new_day():
    assert passes(Stage.NO_GO, Stage.OPEN, ALL_GOOD)
    assert not passes(Stage.NO_GO, Stage.OPEN, replace(ALL_GOOD, day=TODAY - timedelta(days=1)))


def test_regions_see_one_another_after_the_due_day_not_on_it():
    told = {"independent": True, "revealed": False, "due": TODAY}
    assert not is_revealed(**told, today=TODAY)
    assert is_revealed(**told, today=TODAY + timedelta(days=1))
    assert is_revealed(**{**told, "revealed": True}, today=TODAY)
    assert is_revealed(**{**told, "independent": False}, today=TODAY)


def test_answers_are_written_while_regions_answer_and_agree_and_reopened_ones_in_clarification():
    assert {stage for stage in Stage if may_write(stage, reopened=False)} == {Stage.OPEN, Stage.CONSOLIDATING}
    assert {stage for stage in Stage if may_write(stage, reopened=True)} == {Stage.OPEN, Stage.CONSOLIDATING, Stage.CLARIFICATION}
