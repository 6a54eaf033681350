"""From gaps to actions, and risks that a decision accepts, against both databases."""

import pytest
from flask import Flask

from ccc_pilot.db import transaction
from ccc_pilot.errors import Forbidden, NotFound, Refused
from ccc_pilot.improvement import gaps, standing
from ccc_pilot.improvement.rules import Share
from tests.improvement.acting import HEAD, RO, acting, new_plan, take

GOV, PAT = "gap:1:oeci-3x-p:GOV-01.1@ro", "gap:1:oeci-3x-p:PAT-01.1@rjl"


@pytest.fixture
def plan(pilot_context: Flask):
    return new_plan()


def act(plan, *keys: str, by: str = HEAD, together: bool = False, title: str = ""):
    with transaction():
        return gaps.act(plan=plan, keys=keys, who=acting(by), together=together, title=title)


def risk(plan, number: int, *, by: str = HEAD, decision: str = "RSL § 3", reason: str = "Utanför pilotens tid"):
    with transaction():
        return gaps.accept_risk(plan=plan, gap_id=number, decision=decision, reason=reason, who=acting(by))


def test_a_key_tells_the_point_in_the_words_of_its_edition():
    wanted = gaps.read(GOV)
    assert (wanted.short, wanted.region, wanted.core) == ("GOV-01.1", "ro", True)
    assert wanted.title
    assert gaps.read("finding:7", "Otydligt ansvar").title == "Otydligt ansvar"
    for nonsense in (
        "",
        "gap:1:oeci-3x-p:GOV-01.1",
        "gap:1:no-such:GOV-01.1@ro",
        "gap:1:oeci-3x-p:XXX-99.9@ro",
        "finding:x",
        "action:1",
    ):
        assert gaps.read(nonsense) is None


def test_each_gap_becomes_an_action_in_its_own_region(plan):
    first, second = act(plan, GOV, PAT)
    assert (first.region, second.region, first.priority) == ("ro", "rjl", "high")
    assert [(link.kind, link.key) for link in first.links] == [("origin", GOV)]
    assert "GOV-01.1" in first.why


def test_gaps_of_several_regions_become_one_joint_action(plan):
    (joint,) = act(plan, GOV, PAT, together=True, title="Gemensam styrning")
    assert (joint.title, joint.region, {link.key for link in joint.links}) == ("Gemensam styrning", "sosr", {GOV, PAT})


def test_nobody_acts_on_the_gaps_of_another_region(plan):
    with pytest.raises(Forbidden):
        act(plan, GOV, PAT, by=RO)
    with pytest.raises(Refused):
        act(plan, "nonsense")


def test_c10_counts_what_has_an_action_or_an_accepted_risk(plan):
    with transaction():
        assert gaps.watch(plan=plan, keys=[GOV, PAT, GOV], who=acting(HEAD)) == 2
    assert standing.coverage(plan).open == (GOV, PAT)
    (action,) = act(plan, GOV)
    covered = standing.coverage(plan)
    assert (covered.all, covered.open) == (Share(1, 2), (PAT,))
    take(action, "cancel", by=HEAD, decision="decision:4")
    assert standing.coverage(plan).all == Share(0, 2)
    (row,) = [row for row in gaps.rows(plan, only_open=True) if row.gap.key == PAT]
    risk(plan, row.gap.id)
    assert standing.coverage(plan).open == (GOV,)
    with transaction():
        gaps.take_back_risk(plan=plan, gap_id=row.gap.id, who=acting(HEAD))
    assert len(standing.coverage(plan).open) == 2


def test_a_risk_is_accepted_only_by_a_decision_and_by_the_head_lead(plan):
    with transaction():
        gaps.watch(plan=plan, keys=[GOV], who=acting(RO))
    number = gaps.rows(plan)[0].gap.id
    with pytest.raises(Forbidden):
        risk(plan, number, by=RO)
    for wrong in ({"decision": " "}, {"reason": ""}):
        with pytest.raises(Refused):
            risk(plan, number, **wrong)
    with pytest.raises(NotFound):
        risk(new_plan("Annan"), number)
