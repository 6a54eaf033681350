"""The rules of meetings and decisions, without app or database."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccc_pilot.decisions import rules
from ccc_pilot.decisions.rules import DECISION_STEPS, GUARDS, MEETING_STEPS, Broken, DecisionState, Due, Facts, MeetingState

DAY = date(2025, 5, 12)
READY = Facts(today=DAY, day=DAY, points=3, undecided=0, texts=2, writer=1, actor=2, decided_text=True, locked=False, held=True)
FACTS = st.builds(
    Facts, today=st.dates(), day=st.none() | st.dates(), points=st.integers(0, 5), undecided=st.integers(0, 5), texts=st.integers(0, 5),
    writer=st.none() | st.integers(1, 3), actor=st.none() | st.integers(1, 3), decided_text=st.booleans(), locked=st.booleans(),
    held=st.booleans(),
)  # fmt: skip


def test_a_meeting_goes_from_planned_to_closed_step_by_step():
    state = "planned"
    for to in ("called", "held", "written", "adjusted", "closed"):
        state = rules.meeting_step(state, to, READY)
    assert state == "closed"


@pytest.mark.parametrize(
    ("before", "to", "facts", "code"),
    [
        ("planned", "called", {"points": 0}, "agenda"),
        ("called", "held", {"day": DAY + timedelta(days=1)}, "day_come"),
        ("held", "written", {"texts": 0}, "minutes"),
        ("held", "written", {"undecided": 1}, "all_settled"),
        ("written", "adjusted", {"writer": 2}, "second_person"),
        ("written", "adjusted", {"writer": None}, "second_person"),
        ("planned", "adjusted", {}, "no_such_step"),
        ("closed", "planned", {}, "no_such_step"),
        ("planned", "nonsense", {}, "no_such_step"),
    ],
)
def test_a_meeting_does_not_come_further_than_it_has(before: str, to: str, facts: dict[str, object], code: str):
    with pytest.raises(Broken, match=f"^{code}$"):
        rules.meeting_step(before, to, replace(READY, **facts))


@pytest.mark.parametrize("to", ["decided", "rejected", "deferred", "referred_back"])
def test_a_proposal_is_settled_only_at_a_meeting_that_was_held_and_while_unlocked(to: str):
    assert rules.decision_step("proposed", to, READY) == to
    for facts, code in (({"held": False}, "meeting_held"), ({"locked": True}, "unlocked")):
        with pytest.raises(Broken, match=f"^{code}$"):
            rules.decision_step("proposed", to, replace(READY, **facts))


def test_nothing_is_decided_without_words():
    with pytest.raises(Broken, match="^text$"):
        rules.decision_step("proposed", "decided", replace(READY, decided_text=False))


@given(st.sampled_from(sorted(MeetingState)), st.sampled_from(sorted(MeetingState)), FACTS)
def test_every_step_of_a_meeting_keeps_all_its_guards(before: str, to: str, facts: Facts):
    wanted = MEETING_STEPS[MeetingState(before)].get(MeetingState(to))
    try:
        rules.meeting_step(before, to, facts)
    except Broken as broken:
        assert wanted is None or not GUARDS[broken.code](facts)
    else:
        assert wanted is not None and all(GUARDS[name](facts) for name in wanted)


@given(st.lists(st.sampled_from(sorted(DecisionState)), max_size=12), FACTS)
def test_however_one_clicks_a_proposal_comes_into_force_only_by_being_decided(steps: list[str], facts: Facts):
    state, decided = "proposed", False
    for to in steps:
        try:
            state = rules.decision_step(state, to, facts)
        except Broken:
            continue
        decided = decided or state == "decided"
        assert decided or state not in rules.IN_FORCE
        assert not (decided and state in rules.OPEN_STATES)


@given(FACTS)
def test_the_one_who_wrote_never_locks(facts: Facts):
    with pytest.raises(Broken):
        rules.meeting_step("written", "adjusted", replace(facts, writer=facts.actor))


@given(st.sampled_from(sorted(DecisionState)))
def test_a_superseded_decision_stays_so_and_every_state_has_its_steps(state: str):
    assert state in DECISION_STEPS
    assert DECISION_STEPS[DecisionState.SUPERSEDED] == {}


def test_a_number_is_written_as_the_house_does():
    assert rules.number("RSL", DAY, 3) == "RSL 250512 § 3"


def test_a_meeting_whose_day_passed_without_word_is_not_taken_for_held():
    assert rules.is_unheard("called", DAY, DAY + timedelta(days=1))
    assert not rules.is_unheard("called", DAY, DAY)
    assert not rules.is_unheard("held", DAY, DAY + timedelta(days=9))


def owed(today: date, **more: object) -> list[tuple[str, int]]:
    return [(one.reason, one.days) for one in rules.debts(Due("decided", DAY, **more), today)]  # type: ignore[arg-type]


def test_a_decision_is_a_debt_when_nothing_began_within_thirty_days():
    assert owed(DAY + timedelta(days=30)) == []
    assert owed(DAY + timedelta(days=31)) == [("no_action", 1)]
    assert owed(DAY + timedelta(days=99), started=True) == []
    assert owed(DAY + timedelta(days=99), follow_up=False) == []


def test_a_decision_is_a_debt_past_its_due_and_past_its_review_until_that_is_done():
    later = DAY + timedelta(days=10)
    assert owed(later, due=DAY, review_on=DAY) == [("due", 10), ("review", 10)]
    assert owed(later, review_on=DAY, reviewed_on=DAY - timedelta(days=1)) == [("review", 10)]
    assert owed(later, review_on=DAY, reviewed_on=DAY) == []


@given(st.sampled_from(sorted(set(DecisionState) - rules.IN_FORCE)), st.dates(), st.dates())
def test_what_is_not_in_force_owes_nothing(status: str, day: date, today: date):
    assert rules.debts(Due(status, day, due=day, review_on=day), today) == ()


def test_standing_and_open_points_come_back_in_their_order():
    points = [rules.Point(1, False, False), rules.Point(2, True, False), rules.Point(3, False, True)]
    assert rules.carried(points) == [2, 3]
