"""Handing over from the week: what lies on a person comes to somebody else of the region, and only who may lets it go."""

from datetime import timedelta

import pytest

from ccc_pilot.assessment import assigning, rounds
from ccc_pilot.assessment.talk_models import AssessmentAssignment
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db, transaction
from ccc_pilot.i18n import today
from ccc_pilot.improvement.models import Action, ImprovementPlan
from tests.factories import client_of, person, pilot
from tests.reminders.conftest import only_due


@pytest.fixture
def part(pilot_app):
    """The key of a chapter that was given to RÖ's expert, due in three days."""
    with pilot_app.app_context():
        only_due()
        head = person("huvudprojektledare").id
        with transaction():
            opened = rounds.open_round(
                pilot=pilot(),
                title="Prov",
                edition_key="oeci-3x-p",
                designation="NET",
                start=today(),
                due=today() + timedelta(days=60),
                actor_id=head,
            )
        with transaction():
            given = assigning.assign(
                round_=opened,
                region="ro",
                part="GOV",
                person_id=person("expert.ro").id,
                due=today() + timedelta(days=3),
                actor_id=head,
                day=today(),
            )
        return f"assignment:{given.id}"


def test_a_given_part_leaves_ones_week_and_comes_to_the_others(pilot_app, part):
    client, lead = client_of(pilot_app, "expert.ro"), client_of(pilot_app, "projektledare.ro")
    address = f"/week/{part}/hand-over"
    assert client.soup("/week").select_one(f"a[href='{address}']")
    offered = [option.text for option in client.soup(address).select("select option")]
    assert "Demo Projektledare RÖ" in offered
    with pilot_app.app_context():
        to, stranger = person("projektledare.ro").id, person("expert.rjl").id
    assert client.submit(address, person_id=str(stranger)).status_code == 422
    assert client.submit(address, person_id=str(to)).status_code == 302
    assert not client.soup("/week").select(".week")
    assert lead.soup("/week").select(".week .week-what")
    with pilot_app.app_context():
        rows = db.session.query(AssessmentAssignment).filter_by(removed_at=None).all()
        assert [(row.person_id, row.due) for row in rows] == [(to, today() + timedelta(days=3))]
    assert client.get(address).status_code == 404  # it is another row now


def test_another_region_and_one_on_whom_it_does_not_lie_cannot_hand_it_over(pilot_app, part):
    for login in ("expert.rjl", "granskare.rcc"):
        assert client_of(pilot_app, login).get(f"/week/{part}/hand-over").status_code == 403


def test_an_action_is_handed_over_by_who_may_write_it_and_nothing_else_is(pilot_app, part):
    with pilot_app.app_context(), transaction():
        plan = ImprovementPlan(pilot_id=pilot().id, title="Plan", created_at=utc_now())
        db.session.add(plan)
        db.session.flush()
        action = Action(
            plan_id=plan.id, number=1, region="ro", title="Åtgärd", due=today(), state="in_progress", owner_id=person("expert.ro").id,
            created_at=utc_now(), updated_at=utc_now(),
        )  # fmt: skip
        db.session.add(action)
        db.session.flush()
        number, to = action.id, person("projektledare.ro").id
    address = f"/week/action:{number}/hand-over"
    assert client_of(pilot_app, "expert.ro").get(address).status_code == 403
    head = client_of(pilot_app, "huvudprojektledare")
    assert head.submit(address, person_id=str(to)).status_code == 302
    with pilot_app.app_context():
        assert db.session.get(Action, number).owner_id == to
