"""What people do with improvement actions, against both databases."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from ccc_pilot import journal
from ccc_pilot.db import db, transaction
from ccc_pilot.errors import Conflict, Forbidden, NotFound, Refused
from ccc_pilot.improvement import listing, reading, service
from ccc_pilot.improvement.listing import Query
from ccc_pilot.improvement.machine import State
from ccc_pilot.improvement.models import Action, ActionChange
from tests.factories import person, pilot
from tests.improvement.acting import acting, complete, new_plan, propose, take

TODAY = date(2026, 11, 23)


@pytest.fixture
def plan(pilot_context: Flask):
    return new_plan()


def test_a_proposed_action_stands_in_the_plan_with_its_number_history_and_journal(plan):
    first, second = (
        propose(plan, "Fler patientföreträdare"),
        propose(plan, "MDK utvärderas", region="sosr", by="huvudprojektledare"),
    )
    assert (first.code, second.code, first.state, first.review) == ("F-01", "F-02", "proposed", "")
    change = db.session.scalars(select(ActionChange).where(ActionChange.action_id == first.id)).one()
    assert (change.kind, change.person_id) == ("made", person("projektledare.ro").id)
    entry = db.session.scalars(select(journal.Entry).order_by(journal.Entry.seq.desc())).first()
    assert (entry.event, entry.object_key, entry.region) == ("improvement.action_made", f"action:{second.id}", "sosr")
    assert list(journal.verify()) == []


@pytest.mark.parametrize(
    ("by", "region"),
    [("projektledare.ro", "rjl"), ("projektledare.ro", "sosr"), ("granskare.rcc", "ro"), ("rsl", "ro"), ("ekonom", "ro")],
)
def test_nobody_proposes_outside_their_own_region(plan, by, region):
    with pytest.raises(Forbidden):
        propose(plan, region=region, by=by)


def test_an_action_goes_the_whole_way_with_four_eyes(plan):
    action = complete(propose(plan), owner=f"person:{person('projektledare.ro').id}")
    for step in ("agree", "start"):
        take(action, step)
    take(action, "claim", text="Alla team har en")
    with pytest.raises(Refused, match=r"verifierar|verify"):
        take(action, "verify", by="projektledare.ro.as.head")
    take(action, "verify", by="granskare.rcc")
    take(action, "check_effect", by="granskare.rcc", effect="met", effect_value="18")
    assert (action.state, action.percent, action.effect, action.effect_value) == ("effect_checked", 100, "met", "18")
    assert action.claimed_by_id == person("projektledare.ro").id
    assert action.verified_by_id == person("granskare.rcc").id


def test_an_action_is_not_agreed_before_it_has_owner_date_and_goal(plan):
    action = propose(plan)
    with pytest.raises(Refused) as refused:
        take(action, "agree")
    assert refused.value.field == "owner"
    assert action.state == State.PROPOSED


def test_a_step_of_another_region_is_not_theirs_to_take(plan):
    action = complete(propose(plan))
    with pytest.raises(Forbidden):
        take(action, "agree", by="projektledare.rjl")
    with pytest.raises(Forbidden):
        take(action, "agree", by="granskare.rcc")
    with pytest.raises(NotFound):
        take(action, "leap")


def test_what_is_said_to_be_done_can_be_sent_back(plan):
    action = complete(propose(plan))
    for step, words in (("agree", ""), ("start", ""), ("claim", "klart")):
        take(action, step, text=words)
    with pytest.raises(Refused):
        take(action, "reject", by="granskare.rcc")
    take(action, "reject", by="granskare.rcc", text="Två team saknas")
    assert (action.state, action.percent, action.claimed_on) == ("in_progress", 90, None)


def test_blocked_tells_why_and_what_it_waits_for_until_it_goes_on(plan):
    action = take(complete(propose(plan)), "agree")
    with pytest.raises(Refused) as refused:
        take(action, "block", text="Stopp")
    assert refused.value.field == "waiting_for"
    take(action, "block", text="Stopp", waiting_for="upphandling")
    assert (action.blocked_reason, action.waiting_for) == ("Stopp", "upphandling")
    take(action, "unblock")
    assert (action.state, action.blocked_reason, action.waiting_for) == ("in_progress", "", "")


def test_cancelled_only_by_the_head_lead_and_only_with_a_decision(plan):
    action = propose(plan)
    with pytest.raises(Forbidden):
        take(action, "cancel", decision="decision:3")
    with pytest.raises(Refused):
        take(action, "cancel", by="huvudprojektledare")
    take(action, "cancel", by="huvudprojektledare", decision="decision:3")
    assert (action.state, action.decision) == ("cancelled", "decision:3")


def test_a_date_that_is_moved_after_the_agreement_keeps_the_first_one_and_counts(plan):
    action = complete(propose(plan), due=date(2026, 12, 1))
    assert action.first_due == date(2026, 12, 1)
    take(action, "agree")
    with pytest.raises(Refused) as refused:
        amend(action, due=date(2027, 2, 1))
    assert refused.value.field == "reason"
    amend(action, due=date(2027, 2, 1), reason="Väntar på lokaler")
    amend(action, due=date(2027, 3, 1), reason="Fortfarande")
    assert (action.first_due, action.due, action.shifts, action.due_reason) == (
        date(2026, 12, 1),
        date(2027, 3, 1),
        2,
        "Fortfarande",
    )


def test_the_first_date_of_an_action_under_way_moves_nothing(plan):
    action = propose(plan)
    action.state = "in_progress"
    amend(action, due=date(2027, 2, 1))
    assert (action.first_due, action.shifts) == (date(2027, 2, 1), 0)


def amend(action: Action, by: str = "projektledare.ro", **given: object) -> Action:
    with transaction():
        return service.amend(target=action, who=acting(by), **{"version": action.version, **given})


def test_only_what_was_changed_is_written_in_the_history(plan):
    action = propose(plan, "Titel")
    amend(action, title="Titel", goal="Arton team")
    change = db.session.scalars(select(ActionChange).where(ActionChange.kind == "edit")).one()
    assert change.changes == [["goal", "", "Arton team"]]
    amend(action, goal="Arton team")
    assert action.version == 2


def test_two_who_change_the_same_action_meet(plan):
    action = propose(plan)
    amend(action, goal="Ett")
    with pytest.raises(Conflict) as met:
        amend(action, version=1, goal="Två")
    assert (met.value.theirs, met.value.mine) == ({"goal": "Ett"}, {"goal": "Två"})


def test_an_expert_changes_what_is_only_proposed_and_the_rcc_changes_nothing(plan):
    action = complete(propose(plan, by="expert.ro"))
    amend(action, by="expert.ro", goal="Mer")
    take(action, "agree")
    for by in ("expert.ro", "granskare.rcc", "projektledare.rjl"):
        with pytest.raises(Forbidden):
            amend(action, by=by, goal="Annat")


def test_the_one_who_is_responsible_reports_though_an_expert(plan):
    action = take(complete(propose(plan), owner=f"person:{person('expert.ro').id}"), "agree")
    take(action, "start", by="expert.ro")
    with transaction():
        service.report(target=action, who=acting("expert.ro"), version=action.version, percent=40, phase="do", text="Sju team")
    assert (action.percent, action.phase) == (40, "do")
    with pytest.raises(Forbidden), transaction():
        service.report(target=action, who=acting("expert.rjl"), version=action.version, percent=50, phase="", text="")


def test_the_list_is_narrowed_and_counted(plan):
    late = take(complete(propose(plan, "Sen", tags="MDK"), due=date(2026, 11, 1)), "agree")
    propose(
        plan, "Gemensam", region="sosr", by="huvudprojektledare", links=[("origin", "gap:1:oeci-3x-p:GOV-01.1@ro", "Styrning")]
    )
    propose(plan, "Jönköping", region="rjl", by="projektledare.rjl")

    def found(**given: object) -> list[str]:
        return [row.title for row in listing.find(plan, Query(**given), TODAY, person("projektledare.ro").id).rows]

    assert found() == ["Sen", "Gemensam", "Jönköping"]
    assert found(standing="late") == found(tag="mdk") == found(q="sén".replace("é", "e")) == ["Sen"]
    assert found(region="rjl") == ["Gemensam", "Jönköping"]
    assert found(chapter="GOV") == ["Gemensam"]
    assert found(owner="post:pl_ro") == [late.title]
    assert found(sort="title") == ["Gemensam", "Jönköping", "Sen"]
    counts = listing.counts(plan, TODAY)
    assert (counts.total, counts.late, counts.states) == (3, 1, {"agreed": 1, "proposed": 2})


def test_an_action_of_another_pilot_is_not_found(plan):
    with pytest.raises(NotFound):
        reading.action(pilot(), 4711)
    with pytest.raises(NotFound):
        reading.plan(pilot(), 4711)
