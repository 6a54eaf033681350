"""The life of an answer: no path skips a guard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccc_pilot.assessment.states import GUARDS, IN, MOVES, WRITABLE, Act, Broken, Case, State, after

PEOPLE = st.sampled_from([1, 2, 3])
CASES = st.builds(
    Case, state=st.sampled_from(State), scored=st.booleans(), is_na=st.booleans(), na_reason=st.sampled_from(["", " ", "Ingen sådan vård"]),
    shown=st.booleans(), proved=st.booleans(), writers=st.frozensets(PEOPLE, max_size=2), by=PEOPLE, comment=st.sampled_from(["", "Visa det"]),
)  # fmt: skip
READY = Case(State.DRAFT, scored=True, shown=True, writers=frozenset({1}), by=2, comment="Ser bra ut")


def outcome(act: Act, case: Case) -> State | str:
    try:
        return after(act, case)
    except Broken as broken:
        return broken.code


@given(act=st.sampled_from(Act), case=CASES)
def test_a_step_is_taken_only_from_its_states_and_with_all_its_guards(act: Act, case: Case):
    move = MOVES[act]
    holds = case.state in move.sources and all(GUARDS[name][0](case) for name in move.guards)
    assert (outcome(act, case) == move.to) == holds


@given(case=CASES, acts=st.lists(st.tuples(st.sampled_from(Act), CASES), max_size=12))
def test_nothing_is_approved_that_was_not_scored_verified_by_another_and_shown(case: Case, acts: list[tuple[Act, Case]]):
    state, gone_through = State.EMPTY, []
    for act, given_case in acts:
        now = Case(**{name: getattr(given_case, name) for name in Case.__slots__} | {"state": state})
        try:
            state = after(act, now)
        except Broken:
            continue
        gone_through.append((act, now))
        if act in {Act.WRITE, Act.UNSETTLE}:
            gone_through = []
    if state == State.APPROVED:
        proposed, verified, _approved = (dict(gone_through)[act] for act in (Act.PROPOSE, Act.VERIFY, Act.APPROVE))
        assert proposed.scored and (proposed.shown or proposed.na_reason.strip())
        assert verified.by not in verified.writers


@pytest.mark.parametrize("act", Act)
def test_what_is_frozen_takes_no_step(act: Act):
    with pytest.raises(Broken, match="state"):
        after(act, Case(State.FROZEN, scored=True, shown=True, by=2, comment="x"))


def test_not_applicable_asks_for_a_reason_and_a_score_for_a_note_or_evidence():
    assert outcome(Act.PROPOSE, Case(State.DRAFT)) == "score"
    assert outcome(Act.PROPOSE, Case(State.DRAFT, scored=True, is_na=True)) == "na_reason"
    assert outcome(Act.PROPOSE, Case(State.DRAFT, scored=True, is_na=True, na_reason="Görs i Lund")) == State.PROPOSED
    assert outcome(Act.PROPOSE, Case(State.DRAFT, scored=True)) == "shown"
    assert outcome(Act.PROPOSE, READY) == State.PROPOSED


def test_the_one_who_scored_does_not_verify():
    proposed = Case(State.PROPOSED, scored=True, shown=True, writers=frozenset({1, 2}), by=2)
    assert outcome(Act.VERIFY, proposed) == "another"
    assert outcome(Act.VERIFY, Case(State.PROPOSED, shown=True, writers=frozenset({1}), by=2, proved=False)) == "proved"


def test_every_state_but_frozen_can_be_reached_and_writing_leads_back_to_draft():
    reached, front = {State.EMPTY}, {State.EMPTY}
    while front:
        front = {move.to for move in MOVES.values() if move.sources & front} - reached
        reached |= front
    assert reached == set(State) - {State.FROZEN}
    assert IN < WRITABLE
    assert MOVES[Act.WRITE].to == State.DRAFT
