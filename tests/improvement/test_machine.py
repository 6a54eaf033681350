"""What an action and a plan may become: no path skips a guard."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccc_pilot.improvement import machine
from ccc_pilot.improvement.machine import MOVES, PLAN_MOVES, Broken, Facts, PlanFacts, PlanState, State

FACTS = st.builds(
    Facts,
    has_owner=st.booleans(), has_due=st.booleans(), has_goal=st.booleans(), has_proof=st.booleans(), is_own=st.booleans(),
    reason=st.sampled_from(["", " ", "därför"]), waiting_for=st.sampled_from(["", "upphandling"]),
    decision=st.sampled_from(["", " ", "decision:4"]), effect=st.sampled_from(["", "met", "not_met", "unknown", "kanske"]),
)  # fmt: skip
PLAN_FACTS = st.builds(
    PlanFacts,
    actions=st.integers(0, 3), unanswered=st.integers(0, 2), incomplete=st.integers(0, 2), unreviewed=st.integers(0, 2),
    disagreeing=st.sampled_from([frozenset(), frozenset({"rkl"})]), approvals=st.integers(0, 3), quorum=st.integers(0, 3),
    reference=st.sampled_from(["", " ", "RSL § 12"]), reason=st.sampled_from(["", "därför"]),
)  # fmt: skip
WALK = st.lists(st.tuples(st.sampled_from(sorted(MOVES)), FACTS), max_size=30)
PLAN_WALK = st.lists(st.tuples(st.sampled_from(sorted(PLAN_MOVES)), PLAN_FACTS), max_size=40)
FULL = Facts(
    has_owner=True, has_due=True, has_goal=True, has_proof=True, reason="så", waiting_for="x", decision="decision:1", effect="met"
)


@given(WALK)
def test_whatever_is_tried_an_action_only_comes_where_all_guards_let_it(walk):
    state, been = State.PROPOSED, {State.PROPOSED}
    for name, facts in walk:
        try:
            after = machine.move(state, name, facts)
        except Broken as broken:
            assert state not in MOVES[name].sources or broken.code in {
                code for code, _at, holds in MOVES[name].guards if not holds(facts)
            }
            continue
        assert all(holds(facts) for _code, _at, holds in MOVES[name].guards)
        if after in {State.VERIFIED, State.EFFECT_CHECKED}:
            assert not facts.is_own
        if after == State.VERIFIED:
            assert {State.AGREED, State.IN_PROGRESS, State.DONE_CLAIMED} <= been
        if after == State.CANCELLED:
            assert facts.decision.strip()
        state = after
        been.add(state)


@given(PLAN_WALK)
def test_whatever_is_tried_a_plan_only_comes_where_all_guards_let_it(walk):
    state, been = PlanState.DRAFT, set()
    for name, facts in walk:
        try:
            state = machine.move_plan(state, name, facts)
        except Broken:
            continue
        been.add(state)
        if state == PlanState.RCC_REVIEW:
            assert facts.unanswered == facts.incomplete == 0 and not facts.disagreeing
        if state == PlanState.ACCEPTED_BY_RCC:
            assert facts.unreviewed == 0 and facts.approvals >= max(1, facts.quorum)
        if state == PlanState.ADOPTED_BY_RSL:
            assert {PlanState.RCC_REVIEW, PlanState.ACCEPTED_BY_RCC} <= been and facts.reference.strip()


@pytest.mark.parametrize("name", MOVES)
def test_each_guard_of_an_action_refuses_alone(name):
    source = min(MOVES[name].sources)
    assert machine.move(source, name, FULL) == MOVES[name].target
    wrong = Facts(is_own=True)
    for code, at, holds in MOVES[name].guards:
        taken = {field.name: getattr(FULL, field.name) for field in fields(Facts)}
        lone = next(
            Facts(**{**taken, field.name: getattr(wrong, field.name)})
            for field in fields(Facts)
            if not holds(Facts(**{**taken, field.name: getattr(wrong, field.name)}))
        )
        with pytest.raises(Broken) as raised:
            machine.move(source, name, lone)
        assert (raised.value.code, raised.value.field) == (code, at)


def test_a_step_that_does_not_lead_on_from_there_is_refused():
    for name, way in MOVES.items():
        for state in set(State) - way.sources:
            with pytest.raises(Broken, match="no_such_move"):
                machine.move(state, name, FULL)
    with pytest.raises(Broken, match="no_such_move"):
        machine.move(State.PROPOSED, "leap", FULL)


def test_every_state_is_reached_and_what_is_settled_leads_nowhere_but_to_the_effect():
    assert {way.target for way in MOVES.values()} | {State.PROPOSED} == set(State)
    assert machine.moves_from(State.EFFECT_CHECKED) == machine.moves_from(State.CANCELLED) == ()
    assert machine.moves_from(State.VERIFIED) == ("check_effect",)
    assert {way.target for way in PLAN_MOVES.values()} | {PlanState.DRAFT} == set(PlanState)
