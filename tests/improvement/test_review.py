"""The RCC's review and the steps of a plan, against both databases."""

import pytest
from flask import Flask, current_app
from sqlalchemy import select

from ccc_pilot import journal
from ccc_pilot.db import db, transaction
from ccc_pilot.errors import Forbidden, NotFound, Refused
from ccc_pilot.i18n import force_locale
from ccc_pilot.improvement import comparing, listing, mine, plan_showing, reviewing, service, standing, steering
from ccc_pilot.improvement.listing import Query
from ccc_pilot.improvement.models import PlanStep
from ccc_pilot.improvement.review_models import Review
from ccc_pilot.overview import waiting_elsewhere
from tests.factories import person, pilot
from tests.improvement.acting import HEAD, RCC, RO, TODAY, acting, complete, new_plan, propose, take

REGIONS = ("ro", "rjl", "rkl")


@pytest.fixture
def plan(pilot_context: Flask):
    """A plan with two complete actions."""
    made = new_plan()
    complete(propose(made, "Ett"))
    complete(propose(made, "Två", region="rjl", by="projektledare.rjl"))
    return made


def step(plan, name: str, *, by: str = HEAD, **given: str):
    with transaction():
        return steering.take(pilot=pilot(), plan=plan, step=name, who=acting(by), version=plan.version, **given)


def agree(plan, *regions: str):
    for region in regions or REGIONS:
        with transaction():
            steering.agree(pilot=pilot(), plan=plan, region=region, who=acting(f"projektledare.{region}"), version=plan.version)
    return plan


def in_review(plan):
    return step(agree(plan), "submit")


def actions_of(plan):
    from ccc_pilot.improvement.listing import Query, every

    return every(plan, Query(), TODAY, 0)


def review(action, verdict: str = "accepted", *, by: str = RCC, missing=(), comment: str = ""):
    with transaction():
        return reviewing.review(
            pilot=pilot(),
            target=action,
            who=acting(by),
            version=action.version,
            verdict=verdict,
            missing=missing,
            comment=comment,
        )


def whole(plan, verdict: str = "accepted", *, by: str = RCC, comment: str = ""):
    with transaction():
        return reviewing.review_plan(
            pilot=pilot(), plan=plan, who=acting(by), version=plan.version, verdict=verdict, comment=comment
        )


def accepted(plan):
    for action in actions_of(in_review(plan)):
        review(action)
    return whole(plan)


def adopted(plan):
    return step(accepted(plan), "adopt", reference="RSL § 12")


def test_the_plan_goes_on_when_all_regions_agree_and_is_sent_when_it_is_whole(plan):
    agree(plan, "ro", "rjl")
    assert plan.state == "draft"
    agree(plan, "rkl")
    assert plan.state == "regional_agreed"
    step(plan, "submit")
    assert plan.state == "rcc_review"
    assert {action.review for action in actions_of(plan)} == {"waiting"}


def test_an_incomplete_action_keeps_the_plan_from_the_review(plan):
    propose(plan, "Utan mål", region="rkl", by="projektledare.rkl")
    agree(plan)
    with pytest.raises(Refused, match=r"saknar|lack"):
        step(plan, "submit")
    assert plan.state == "regional_agreed"


def test_a_change_in_a_region_takes_back_what_it_had_agreed_to(plan):
    agree(plan, "ro", "rjl")
    complete(actions_of(plan)[0], goal="Annat mål")
    assert set(standing.agreed(plan)) == {"rjl"}
    agree(plan, "ro", "rkl")
    complete(actions_of(plan)[0], goal="Ytterligare ett")
    assert plan.state == "draft"
    assert set(standing.agreed(plan)) == {"rjl", "rkl"}


def test_a_region_agrees_for_itself_alone(plan):
    with pytest.raises(Forbidden), transaction():
        steering.agree(pilot=pilot(), plan=plan, region="rjl", who=acting(RO), version=plan.version)
    with pytest.raises(NotFound), transaction():
        steering.agree(pilot=pilot(), plan=plan, region="nowhere", who=acting(HEAD), version=plan.version)


def test_only_steps_of_one_person_are_taken_by_a_button(plan):
    for name in ("accept", "return", "agree", "leap"):
        with pytest.raises(NotFound):
            step(plan, name)
    with pytest.raises(Forbidden):
        step(agree(plan), "submit", by=RO)


def test_an_action_is_sent_back_amended_and_accepted(plan):
    first, second = actions_of(in_review(plan))
    with pytest.raises(Refused):
        review(first, "returned")
    review(first, "returned", missing=["goal"], comment="När är det nått?")
    assert first.review == "returned"
    assert [part.title for part in mine.lists(pilot(), acting(RO), TODAY)][0] in {"Återsända av RCC", "Sent back by the RCC"}
    with current_app.test_request_context():
        owner, reviewer = (waiting_elsewhere.for_me(pilot(), acting(login), TODAY).actions for login in (RO, RCC))
    assert owner[0].words in {"Återsända av RCC: 1", "Sent back by the RCC: 1"}
    assert reviewer[-1].words in {"Att granska: 1", "To be reviewed: 1"}
    with transaction():
        service.amend(target=first, who=acting(RO), version=first.version, goal="Arton av arton team")
    assert (first.review, plan.state) == ("waiting", "rcc_review")
    review(first)
    review(second)
    assert plan.state == "rcc_review"
    whole(plan)
    assert plan.state == "accepted_by_rcc"
    told = reviewing.of(plan, first)
    assert [(one.stands, bool(one.asked)) for one in told] == [(True, False), (False, True)]


def test_an_action_added_in_review_is_asked_about_when_it_is_complete(plan):
    in_review(plan)
    added = propose(plan, "Tre")
    assert (added.review, reviewing.queue(plan).total) == ("", 2)
    assert reviewing.missing_in_draft(added) == ["Ansvarig", "Datum", "Mål", "Vad som styrker det"]
    with pytest.raises(Refused):
        review(added)
    for action in actions_of(plan)[:2]:
        review(action)
    whole(plan)
    told = standing.facts(pilot(), plan)
    assert (plan.state, told.drafts, told.unreviewed) == ("rcc_review", 1, 1)
    with current_app.test_request_context():
        assert [url.partition("&")[2] for _text, url in plan_showing.obstacles(plan, told)] == ["review=draft"]
    assert [one.id for one in listing.find(plan, Query(review="draft"), TODAY, 0).rows] == [added.id]
    complete(added, proof="")
    assert added.review == ""
    complete(added)
    assert (added.review, reviewing.missing_in_draft(added)) == ("waiting", None)
    review(added)
    assert plan.state == "accepted_by_rcc"


def test_what_is_made_incomplete_in_review_leaves_the_queue_and_what_was_sent_back_stays_so(plan):
    in_review(plan)
    first, second = actions_of(plan)
    review(first, "returned", missing=["goal"])
    complete(first, goal="")
    complete(second, due=None, reason="Okänt")
    assert (first.review, second.review, reviewing.queue(plan).total) == ("returned", "", 0)
    complete(first, goal="Två per team")
    complete(second, due=None, reason="Okänt", title="Två, ändrad")
    assert (first.review, second.review) == ("waiting", "")


def test_the_order_in_which_the_whole_and_the_actions_are_accepted_does_not_matter(plan):
    first, second = actions_of(in_review(plan))
    whole(plan)
    review(first)
    assert plan.state == "rcc_review"
    review(second)
    assert plan.state == "accepted_by_rcc"


def test_a_plan_returned_as_a_whole_goes_back_to_those_who_write_it(plan):
    in_review(plan)
    whole(plan, "returned", comment="Sätt mål per region")
    assert plan.state == "returned"
    assert standing.agreed(plan) == {}
    step(agree(plan), "submit")
    assert plan.state == "rcc_review"
    assert standing.approvals(plan) == []


def name_reviewers(plan, *logins: str, quorum: int = 1):
    with transaction():
        persons = [person(login).id for login in logins]
        steering.name_reviewers(plan=plan, persons=persons, quorum=quorum, version=plan.version, who=acting(HEAD))


def test_as_many_reviewers_as_the_plan_asks_for_say_yes_and_only_named_ones_count(plan):
    name_reviewers(plan, RCC, "extern", quorum=2)
    for action in actions_of(in_review(plan)):
        review(action)
    whole(plan)
    assert plan.state == "rcc_review"
    with pytest.raises(Forbidden):
        whole(plan, by="administrator.as.rcc")
    whole(plan, by="extern.as.rcc")
    assert plan.state == "accepted_by_rcc"
    with pytest.raises(Refused):
        name_reviewers(plan, RCC, quorum=2)


def test_nobody_reviews_what_they_wrote_and_reviewers_change_no_action(plan):
    action = actions_of(in_review(plan))[0]
    with pytest.raises(Refused, match=r"skrivit|wrote"):
        review(action, by=f"{RO}.as.rcc")
    with pytest.raises(Refused, match=r"skrivit|written"):
        whole(plan, by=f"{RO}.as.rcc")
    with pytest.raises(Forbidden), transaction():
        service.amend(target=action, who=acting(RCC), version=action.version, goal="Mitt mål")
    for by in (HEAD, "projektledare.rjl", "rsl"):
        with pytest.raises(Forbidden):
            review(action, by=by)


def test_a_review_of_what_was_changed_meanwhile_is_not_taken(plan):
    action = actions_of(in_review(plan))[0]
    seen = action.version
    with transaction():
        service.amend(target=action, who=acting(RO), version=action.version, goal="Nytt")
    with pytest.raises(Refused, match=r"ändrades|changed"), transaction():
        reviewing.review(pilot=pilot(), target=action, who=acting(RCC), version=seen, verdict="accepted")
    assert action.review == "waiting"


def test_a_plan_that_is_not_in_review_is_not_reviewed(plan):
    with pytest.raises(Refused):
        review(actions_of(plan)[0])
    assert db.session.scalars(select(Review)).all() == []


def test_an_adopted_plan_is_kept_and_a_change_begins_the_next_version(plan):
    adopted(plan)
    assert [(kept.number, kept.decision, len(kept.content)) for kept in comparing.versions(plan)] == [(1, "RSL § 12", 2)]
    first = actions_of(plan)[0]
    take(first, "agree")
    take(first, "start")
    assert (plan.state, plan.number) == ("adopted_by_rsl", 1)
    complete(first, goal="Skarpare mål", reason="")
    propose(plan, "Tre")
    assert (plan.state, plan.number) == ("draft", 2)
    told = comparing.compare(comparing.version(plan, 1), comparing.version(plan, 2))
    assert [(one.kind, one.code) for one in told] == [("changed", "F-01"), ("added", "F-03")]
    assert told[0].changes == [("goal", "Ett per team", "Skarpare mål")]
    with force_locale("en"):
        assert comparing.compare(comparing.version(plan, 1), comparing.version(plan, 2)) == told
    kept = comparing.versions(plan)[0]
    for words in ("Regional projektledare RÖ", "Regional project lead RÖ"):  # as versions were kept once
        kept.content = [{**row, "owner": words} for row in kept.content]
        assert comparing.compare(comparing.version(plan, 1), comparing.version(plan, 2)) == told
    assert [action.review for action in actions_of(plan)] == ["", "accepted", ""]
    with pytest.raises(NotFound):
        comparing.version(plan, 9)


def test_an_adopted_plan_goes_on_to_its_end(plan):
    adopted(plan)
    with pytest.raises(Refused) as refused:
        step(plan, "send")
    assert refused.value.field == "reference"
    for name in ("send", "body_accepts", "activate", "report", "close"):
        step(plan, name, reference="Brev 4")
    assert plan.state == "closed"
    with pytest.raises(Refused):
        propose(plan, "För sent")
    numbers = [one.state_to for one in db.session.scalars(select(PlanStep).where(PlanStep.region == "").order_by(PlanStep.id))]
    assert numbers[:3] == ["regional_agreed", "rcc_review", "accepted_by_rcc"]
    assert list(journal.verify()) == []


def test_a_plan_the_body_returned_begins_its_next_version_with_the_first_change(plan):
    adopted(plan)
    step(plan, "send", reference="Brev 4")
    with pytest.raises(Refused):
        step(plan, "body_returns", reference="Brev 5")
    step(plan, "body_returns", reference="Brev 5", text="Fler mål")
    complete(actions_of(plan)[0], goal="Fler")
    assert (plan.state, plan.number) == ("draft", 2)
