"""Independent, revealed, agreed, frozen, clarified: the way of a round, against both databases."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from ccc_pilot.assessment import answers, facts, moves, network, ready, rounds, snapshots
from ccc_pilot.assessment.models import AssessmentAnswer, AssessmentRound, OutsideDecision
from ccc_pilot.catalogue.editions import edition
from ccc_pilot.db import db, transaction
from ccc_pilot.errors import Conflict, Refused
from tests.factories import person, pilot

EDITION = "oeci-3x-p"
START = date(2026, 1, 12)
DAY = date(2026, 8, 1)
ALL = "ro rjl rkl"
SLUG = "GOV-01.1"


@pytest.fixture
def opened(pilot_context: Flask) -> AssessmentRound:
    """A round whose due date has passed on ``DAY``."""
    with transaction():
        return rounds.open_round(
            pilot=pilot(), title="Prov", edition_key=EDITION, designation="NET", start=START, actor_id=head()
        )


def head() -> int:
    return person("huvudprojektledare").id


def score(round_: AssessmentRound, slug: str = SLUG, state: str = "approved", **scores: str) -> None:
    """Let the regions have these scores on a point."""
    with transaction():
        for region, code in scores.items():
            target = answers.answer(round_, region, slug)
            target.score, target.note, target.na_reason, target.state = (
                code,
                "Finns",
                "Görs inte här" if code == "na" else "",
                state,
            )
            target.summary_en = target.improvement = target.absence = "There is"


def decide(
    round_: AssessmentRound, code: str | None = "mostly", agreed: str = ALL, version: int = 0, **texts: str
) -> network.NetworkAnswer:
    point = edition(EDITION).point(round_.point_key(SLUG))
    told = {"reason": "Vi enades på mötet", "dissent": "", "day": DAY, **texts}
    with transaction():
        return network.decide(round_=round_, point=point, score=code, agreed=agreed, version=version, actor_id=head(), **told)  # type: ignore[arg-type]


def joint(round_: AssessmentRound) -> network.Joint:
    return network.joint(round_, edition(EDITION).point(round_.point_key(SLUG)))


def move(round_: AssessmentRound, to: str, day: date = DAY, **given: object) -> AssessmentRound:
    with transaction():
        return moves.move(round_=round_, to=to, version=round_.version, actor_id=head(), day=day, **given)  # type: ignore[arg-type]


def answer_all(round_: AssessmentRound) -> None:
    with transaction():
        for row in db.session.scalars(select(AssessmentAnswer).where(AssessmentAnswer.round_id == round_.id)):
            row.score, row.note, row.state, row.summary_en, row.absence = (
                "mostly",
                "Finns",
                "approved",
                "There is",
                "Under revision",
            )


@pytest.fixture
def frozen(opened: AssessmentRound) -> AssessmentRound:
    """A round handed in, with the rules of evidence and signatures waived or met."""
    answer_all(opened)
    move(opened, "consolidating")
    move(opened, "ready_check")
    for code in ready.blocking(opened, DAY):
        with transaction():
            ready.waive(round_=opened, code=code, reason="Övning", actor_id=head())
    return move(opened, "submitted")


@pytest.mark.parametrize(
    ("scores", "lowest", "disputed"),
    [
        ({"ro": "yes", "rjl": "mostly", "rkl": "mostly"}, "mostly", False),
        ({"ro": "yes", "rjl": "mostly", "rkl": "partially"}, "partially", True),
        ({"ro": "yes", "rjl": "na", "rkl": "yes"}, "yes", True),
        ({"ro": "na", "rjl": "na", "rkl": "na"}, "na", False),
        ({"ro": "yes"}, "yes", False),
        ({}, None, False),
    ],
)
def test_the_default_is_the_lowest_applicable_and_far_views_are_talked_over(
    opened: AssessmentRound, scores: dict[str, str], lowest: str | None, disputed: bool
):
    score(opened, **scores)
    found = joint(opened)
    assert (found.score, found.unsettled) == (lowest, disputed)


def test_the_networks_answer_keeps_who_agreed_and_the_other_view(opened: AssessmentRound):
    score(opened, ro="yes", rjl="mostly", rkl="no")
    with pytest.raises(Refused) as refusal:
        decide(opened, agreed="ro rjl")
    assert refusal.value.field == "dissent"
    row = decide(opened, agreed="ro rjl", dissent="Kalmar ser det som delvis")
    assert (row.score, row.rule, row.agreed, row.dissent) == ("mostly", "agreed", ["ro", "rjl"], "Kalmar ser det som delvis")
    assert joint(opened).score == "mostly"
    assert not joint(opened).unsettled


def test_a_score_other_than_the_lowest_asks_for_a_reason_and_the_lowest_alone_does_not(opened: AssessmentRound):
    score(opened, ro="yes", rjl="mostly", rkl="mostly")
    with pytest.raises(Refused) as refusal:
        decide(opened, "yes", reason=" ")
    assert refusal.value.field == "reason"
    assert decide(opened, "mostly", reason="").rule == "lowest"


def test_a_region_that_changes_afterwards_puts_the_point_on_the_list_again(opened: AssessmentRound):
    score(opened, ro="yes", rjl="mostly", rkl="no")
    decide(opened)
    score(opened, rkl="partially")
    assert (joint(opened).outdated, joint(opened).unsettled) == (True, True)


def test_two_who_decide_at_once_meet_both_texts_also_the_first_time(opened: AssessmentRound):
    score(opened, ro="yes", rjl="mostly", rkl="no")
    decide(opened)
    with pytest.raises(Conflict) as conflict:
        decide(opened, "partially", version=0)
    assert conflict.value.theirs["score"] == "mostly"


def test_before_the_reveal_the_network_does_not_answer(opened: AssessmentRound):
    score(opened, ro="yes", rjl="mostly", rkl="no")
    with pytest.raises(Refused):
        decide(opened, day=opened.due)  # type: ignore[arg-type]


def test_the_regions_are_not_revealed_or_settled_by_moving_on(opened: AssessmentRound):
    with pytest.raises(Refused):
        move(opened, "consolidating", day=opened.due)
    move(opened, "consolidating")
    score(opened, ro="yes", rjl="mostly", rkl="no")
    with pytest.raises(Refused):
        move(opened, "ready_check")
    decide(opened)
    assert move(opened, "ready_check").stage == "ready_check"


def test_what_is_not_ready_is_not_handed_in_until_each_rule_is_met_or_waived_with_a_reason(opened: AssessmentRound):
    answer_all(opened)
    move(opened, "consolidating")
    move(opened, "ready_check")
    with pytest.raises(Refused):
        move(opened, "submitted")
    assert "R10" in ready.blocking(opened, DAY)
    with transaction():
        ready.sign(
            round_=opened, signed_on=DAY, signed_by="Demo Chef", project_group="Demo", version=opened.version, actor_id=head()
        )
    assert "R10" not in ready.blocking(opened, DAY)
    with pytest.raises(Refused) as refusal, transaction():
        ready.waive(round_=opened, code="R4", reason=" ", actor_id=head())
    assert refusal.value.field == "reason"


def test_freezing_takes_a_snapshot_whose_hash_tells_a_change(frozen: AssessmentRound):
    (kept,) = snapshots.of(frozen)
    assert snapshots.is_whole(kept)
    told = snapshots.read(kept)
    assert len(told["answers"]) == len(facts.load(frozen, frozen.region_keys))
    assert {one["rule"] for one in told["network"]} == {"lowest"}
    told["answers"][0]["score"] = "yes"
    kept.content = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert not snapshots.is_whole(kept)
    db.session.rollback()
    target = answers.answer(frozen, "ro", SLUG)
    with pytest.raises(Refused), transaction():
        answers.write(target=target, version=target.version, actor_id=person("expert.ro").id, note="För sent")


def test_clarification_opens_named_points_only_and_handing_in_again_freezes_anew(frozen: AssessmentRound):
    with pytest.raises(Refused) as refusal:
        move(frozen, "clarification", reason="Frågor", points=("NO-99.9",))
    assert refusal.value.field == "points"
    move(frozen, "clarification", reason="Frågor", points=(SLUG,))
    target, other = (answers.answer(frozen, "ro", slug) for slug in (SLUG, "GOV-02.1"))
    expert, lead = person("expert.ro").id, person("projektledare.ro").id
    with pytest.raises(Refused), transaction():
        answers.write(target=other, version=other.version, actor_id=expert, note="Också detta")
    with transaction():
        answers.write(target=target, version=target.version, actor_id=expert, note="Förtydligat", propose=True)
    with pytest.raises(Refused):
        move(frozen, "submitted")
    step: Callable[..., AssessmentAnswer]
    for step in (answers.verify, answers.approve):
        with transaction():
            step(target=target, comment="", version=target.version, actor_id=lead)
    move(frozen, "submitted")
    first, second = reversed(snapshots.of(frozen))
    assert first.hash != second.hash
    assert not answers.answer(frozen, "ro", SLUG).reopened


def test_outside_decisions_are_recorded_and_a_no_go_opens_the_answers_again(frozen: AssessmentRound):
    with pytest.raises(Refused) as refusal:
        move(frozen, "no_go", body="A&D Board")
    assert refusal.value.field == "decided_on"
    move(frozen, "no_go", body="A&D Board", decided_on=DAY, reason="Underlag saknas")
    decision = db.session.scalars(select(OutsideDecision)).one()
    assert (decision.body, decision.decided_on, decision.text) == ("A&D Board", DAY, "Underlag saknas")
    due = DAY + timedelta(days=90)
    move(frozen, "open", reason="Ny omgång", when=due)
    assert (frozen.stage, frozen.due, frozen.first_due) == ("open", due, date(2026, 7, 12))
    assert answers.answer(frozen, "ro", SLUG).score == "mostly"


def test_a_move_based_on_an_older_stage_is_refused(opened: AssessmentRound):
    with pytest.raises(Refused), transaction():
        moves.move(round_=opened, to="withdrawn", reason="x", version=opened.version - 1, actor_id=head(), day=DAY)
