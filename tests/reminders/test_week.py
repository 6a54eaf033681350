"""Five minutes this week: each kind is answered in place by the service of its own room, or leads to where it is done."""

from datetime import date, timedelta

import pytest

from ccc_pilot.assessment import assigning, rounds
from ccc_pilot.db import db, transaction
from ccc_pilot.decisions.models import Decision
from ccc_pilot.evidence.items import Carrier, add
from ccc_pilot.i18n import today
from ccc_pilot.improvement import steering
from ccc_pilot.improvement.models import Action, ImprovementPlan
from ccc_pilot.people.doors import current_of
from ccc_pilot.reminders import chains, sources, staff
from tests.factories import client_of, person, pilot
from tests.improvement.acting import HEAD, RCC, RO, acting, complete, new_plan, propose, take
from tests.reminders.conftest import SLUG, only_due

HTMX = {"HX-Request": "true"}


@pytest.fixture
def quiet(pilot_app):
    """Nothing is due but what the test makes."""
    with pilot_app.app_context():
        only_due()
    return pilot_app


def soon() -> date:
    return today() + timedelta(days=3)


def tap(client, key: str, **given: str):
    """Press a button of the row ``key`` on the page of the week."""
    form = client.soup("/week?all=1").select_one(f"form[action='/week/{key}']")
    fields = {field["name"]: field.get("value", "") for field in form.select("input")}
    return client.post(f"/week/{key}", headers=HTMX, data={**fields, **given})


def under_way() -> Action:
    action = complete(propose(new_plan()), due=soon(), owner=f"person:{person(RO).id}")
    for step in ("agree", "start"):
        take(action, step)
    return action


def test_an_action_is_told_and_claimed_in_place_and_judged_by_somebody_else(quiet):
    with quiet.app_context():
        number = under_way().id
    lead, rcc = client_of(quiet, RO), client_of(quiet, RCC)
    assert tap(lead, f"action:{number}", step="report", percent="140").status_code == 422
    assert tap(lead, f"action:{number}", step="report", percent="40", text="Två team klara").status_code == 200
    refused = tap(lead, f"action:{number}", step="claim", text="")
    assert refused.status_code == 422 and "week-action" in refused.text
    assert tap(lead, f"action:{number}", step="claim", text="Alla team har en").status_code == 200
    assert f"/week/verify:{number}" not in lead.get("/week?all=1").text
    assert tap(rcc, f"verify:{number}", step="reject", text="").status_code == 422
    assert tap(rcc, f"verify:{number}", step="verify", text="Sett protokollen").status_code == 200
    with quiet.app_context():
        found = db.session.get_one(Action, number)
        assert (found.state, found.percent, found.verified_by_id) == ("verified", 100, person(RCC).id)
    assert tap_after(rcc, f"/week/verify:{number}") == 404


def tap_after(client, address: str) -> int:
    token = client.soup("/account").find("input", {"name": "csrf_token"})["value"]
    return client.post(address, data={"csrf_token": token, "step": "verify", "version": "1"}).status_code


def test_an_action_changed_by_another_meanwhile_is_not_written_over(quiet):
    with quiet.app_context():
        number = under_way().id
    lead = client_of(quiet, RO)
    form = lead.soup("/week").select_one(f"form[action='/week/action:{number}']")
    fields = {field["name"]: field.get("value", "") for field in form.select("input")}
    tap(lead, f"action:{number}", step="report", percent="40", text="Först")
    late = lead.post(f"/week/action:{number}", headers=HTMX, data={**fields, "step": "claim", "text": "Min text"})
    assert late.status_code == 422 and "Min text" in late.text
    with quiet.app_context():
        assert db.session.get_one(Action, number).state == "in_progress"


def test_a_decision_and_a_step_of_a_report_are_answered_by_the_head_lead_alone(quiet):
    with quiet.app_context(), transaction():
        row = Decision(pilot_id=pilot().id, title="Inför rutin", kind="decision", status="decided", due=soon(), review_on=soon())
        db.session.add(row)
        chain = chains.make(pilot=pilot(), kind="rsl", title="", final=soon(), actor_id=person(HEAD).id, today=today())
        db.session.flush()
        number, step = row.id, next(one.id for one in chain.steps if one.key == "send")
    head = client_of(quiet, HEAD)
    assert tap_after(client_of(quiet, RO), f"/week/decision:{number}") == 403
    assert tap(head, f"review:{number}", step="reviewed", text="").status_code == 422
    assert tap(head, f"review:{number}", step="reviewed", text="Gäller än").status_code == 200
    assert tap(head, f"decision:{number}", step="executed", text="Infört").status_code == 200
    assert tap(head, f"chain:{step}", step="done").status_code == 200
    with quiet.app_context():
        assert db.session.get_one(Decision, number).status == "executed"
        assert not sources.open_ones([f"chain:{step}", f"decision:{number}", f"review:{number}"])


def test_what_cannot_be_answered_with_one_tap_leads_to_where_it_is_done(quiet):
    with quiet.app_context():
        head = person(HEAD).id
        with transaction():
            round_ = rounds.open_round(pilot=pilot(), title="Prov", edition_key="oeci-3x-p", start=today(), actor_id=head)
        with transaction():
            told = {"round_": round_, "region": "ro", "part": "GOV", "due": soon(), "actor_id": head, "day": today()}
            assigning.assign(**told, person_id=person("expert.ro").id)
            lead = current_of(person(RO))
            item = add(carrier=Carrier(address="https://example.org"), by=lead, title="Rutin", region="ro", valid_until=soon())
            number, evidence = round_.id, item.id
    links = client_of(quiet, "expert.ro").soup("/week?all=1").select(".week a")
    assert f"/assessment/{number}/ro/points/GOV-01.1" in [link["href"] for link in links]
    links = client_of(quiet, RO).soup("/week?all=1").select(".week a")
    assert f"/evidence/{evidence}/renew" in [link["href"] for link in links]


def logins(deadline) -> set[str]:
    return {one.person_id for one in staff.on(today()).told(deadline, escalated=False)}


def test_a_claim_of_the_only_reviewers_own_is_told_to_the_head_lead(quiet):
    with quiet.app_context():
        action = under_way()
        take(action, "claim", text="Klart")
        key = f"verify:{action.id}"
        assert logins(sources.open_ones([key])[key]) == {person(RCC).id}
        with transaction():
            action.owner_id = person(RCC).id
        assert logins(sources.open_ones([key])[key]) == {person(HEAD).id}


def test_a_plan_in_review_is_told_to_the_named_reviewers_until_they_have_said_yes(quiet):
    with quiet.app_context():
        plan, due = new_plan(), date(2035, 3, 14)
        action = complete(propose(plan))
        with transaction():
            db.session.query(ImprovementPlan).filter_by(id=plan.id).update({"state": "rcc_review"})
            db.session.query(Action).filter_by(id=action.id).update({"review": "waiting"})
        db.session.expire_all()
        (one,) = [found for found in sources.near(today(), due) if found.object.startswith(f"plan:{plan.id}@")]
        assert logins(one) == {person(RCC).id} and "1 åtgärder väntar" in str(one.title)
        with transaction():
            steering.name_reviewers(plan=plan, persons=[person(RCC).id], quorum=1, version=plan.version, who=acting(HEAD))
        key = f"plan:{plan.id}@{person(RCC).id}"
        assert logins(sources.open_ones([key])[key]) == {person(RCC).id}
        with transaction():
            plan.state = "accepted_by_rcc"
        assert not sources.open_ones([key])


def test_the_quality_check_of_a_report_is_told_to_the_rcc_which_settles_it(quiet):
    with quiet.app_context():
        with transaction():
            chain = chains.make(pilot=pilot(), kind="rsl", title="", final=soon(), actor_id=person(HEAD).id, today=today())
            db.session.flush()
            step = next(one for one in chain.steps if one.key == "check")
            step.due = soon()
        key = f"chain:{step.id}"
        assert logins(sources.open_ones([key])[key]) == {person(RCC).id}
    assert tap(client_of(quiet, RCC), key, step="done").status_code == 200


def test_what_has_been_late_for_long_still_stands_there(quiet):
    with quiet.app_context():
        only_due((SLUG, "ro", today() - timedelta(days=400)))
    page = client_of(quiet, RO).soup("/week")
    assert SLUG in page.select_one(".week").text
