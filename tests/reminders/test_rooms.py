"""The deadlines of the other rooms: each is told to the one whose it is, and no longer when it is done."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from ccc_pilot.assessment import assigning, rounds
from ccc_pilot.assessment.models import AssessmentAnswer, AssessmentRound
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db, transaction
from ccc_pilot.decisions import paragraphs, planning
from ccc_pilot.decisions.models import Decision
from ccc_pilot.errors import Refused
from ccc_pilot.evidence.models import EvidenceItem
from ccc_pilot.i18n import today
from ccc_pilot.improvement.models import Action, ImprovementPlan
from ccc_pilot.people.doors import access_of
from ccc_pilot.progress.models import MilestoneRow
from ccc_pilot.reminders import asked, house_calendar, ladders, sources, staff, teams, undelivered
from ccc_pilot.reminders.channels import teams as channel
from ccc_pilot.reminders.models import Outgoing, Reminder
from tests.factories import person, pilot
from tests.reminders.conftest import SLUG, at, only_due, turn_at

DUE = date(2035, 3, 14)


def told(day: date = DUE) -> dict[str, set[str]]:
    """Return the objects due on ``day`` with the log-ins of those who are told."""
    there = staff.on(date.today())  # noqa: DTZ011
    logins = {row.id: row.email.split("@")[0] for row in db.session.query(type(person("ekonom")))}
    return {one.object: {logins[who.person_id] for who in there.told(one, escalated=False)} for one in sources.near(day, day)}


def test_every_kind_of_deadline_has_a_ladder_and_words(pilot_context):
    assert set(ladders.DEFAULTS) == set(ladders.KINDS)
    for one in sources.near(date(2000, 1, 1), date(2050, 1, 1)):
        assert one.kind in ladders.DEFAULTS


def test_a_decision_a_round_and_evidence_are_told_to_whose_they_are_until_they_are_done(sqlite_pilot):
    with transaction():
        db.session.execute(MilestoneRow.__table__.update().values(status="done"))
        decision = Decision(pilot_id=pilot().id, title="Beslut", kind="decision", status="decided", due=DUE, review_on=DUE)
        round_ = AssessmentRound(
            pilot_id=pilot().id, title="Omgång", edition_key="rcc-2012", region_keys=["ro", "rkl"], start=DUE - timedelta(days=90), due=DUE,
            first_due=DUE, opened_at=utc_now(),
        )  # fmt: skip
        lead = person("projektledare.ro").id
        item = EvidenceItem(
            region="rjl",
            title="Rutin",
            valid_until=DUE,
            created_at=utc_now(),
            created_by_id=lead,
            updated_at=utc_now(),
            updated_by_id=lead,
        )
        plan = ImprovementPlan(pilot_id=pilot().id, title="Plan", created_at=utc_now())
        db.session.add_all([decision, round_, item, plan])
        db.session.flush()
        action = Action(
            plan_id=plan.id, number=1, region="ro", title="Åtgärd", due=DUE, state="in_progress", owner_id=person("expert.ro").id,
            created_at=utc_now(), updated_at=utc_now(),
        )  # fmt: skip
        db.session.add(action)
        db.session.flush()
        keys = [
            f"decision:{decision.id}",
            f"review:{decision.id}",
            f"round:{round_.id}@ro",
            f"round:{round_.id}@rkl",
            f"evidence:{item.id}",
            f"action:{action.id}",
        ]
    found = told()
    assert found == {
        keys[0]: {"huvudprojektledare"},
        keys[1]: {"huvudprojektledare"},
        keys[2]: {"projektledare.ro"},
        keys[3]: {"projektledare.rkl"},
        keys[4]: {"projektledare.rjl"},
        keys[5]: {"expert.ro", "projektledare.ro"},
    }
    assert set(sources.open_ones(keys)) == set(keys)
    with transaction():
        decision.status, decision.reviewed_on, round_.stage, item.withdrawn_at = "reported", DUE, "submitted", utc_now()
        action.state = "done_claimed"
    assert told() == {}
    assert sources.open_ones(keys) == {}
    with transaction():
        db.session.execute(delete(EvidenceItem).where(EvidenceItem.id == item.id))


def test_a_round_that_the_network_answers_as_one_is_told_to_the_lead_of_every_region(sqlite_pilot):
    with transaction():
        joint = rounds.open_round(
            pilot=pilot(), title="Nätverket", edition_key="oeci-net-2021-p", mode="network", start=DUE - timedelta(days=60), due=DUE,
            actor_id=None,
        )  # fmt: skip
    assert told()[f"round:{joint.id}@sosr"] == {
        "huvudprojektledare",
        "projektledare.ro",
        "projektledare.rjl",
        "projektledare.rkl",
    }


def test_a_paragraph_before_a_meeting_is_asked_of_each_region_a_week_before_until_it_is_sent(sqlite_pilot):
    with transaction():
        meeting = planning.plan(
            pilot=pilot(), body_key="rsl", title="", day=DUE + asked.BEFORE_MEETING, actor_id=person("huvudprojektledare").id
        )
        planning.plan(
            pilot=pilot(),
            body_key="",
            title="Styrgrupp",
            day=DUE + asked.BEFORE_MEETING,
            actor_id=person("huvudprojektledare").id,
        )
    wanted = {f"paragraph:{meeting.id}@{region}": {f"projektledare.{region}"} for region in ("ro", "rjl", "rkl")}
    assert told() == wanted
    with transaction():
        paragraphs.send(
            meeting=meeting, region="ro", done="Klart", coming="", risks="", asks="", unchanged=False, version=0,
            actor_id=person("projektledare.ro").id,
        )  # fmt: skip
    assert set(sources.open_ones(wanted)) == {key for key in wanted if not key.endswith("@ro")}
    with transaction():
        planning.step(
            target=meeting, to="cancelled", version=meeting.version, today=DUE, actor_id=person("huvudprojektledare").id
        )
    assert told() == {}


def test_a_part_of_a_self_assessment_is_told_to_whom_it_was_given_until_all_of_it_is_handed_in(sqlite_pilot):
    head, expert = person("huvudprojektledare").id, person("expert.ro")
    with transaction():
        opened = rounds.open_round(
            pilot=pilot(), title="Egen", edition_key="oeci-3x-p", designation="CCC", start=DUE - timedelta(days=60), due=DUE + timedelta(days=30),
            actor_id=head,
        )  # fmt: skip
    with transaction():
        given = assigning.assign(round_=opened, region="ro", part="GOV", person_id=expert.id, due=DUE, actor_id=head, day=today())
    key = f"assignment:{given.id}"
    assert told()[key] == {"expert.ro"}
    title = sources.open_ones([key])[key].title
    assert str(title) == "1 Styrning och ledning av centret"
    with transaction():
        given.due = None
    assert key not in told()
    assert key in told(opened.due)
    with transaction():
        db.session.execute(
            AssessmentAnswer.__table__.update()
            .where(AssessmentAnswer.round_id == opened.id, AssessmentAnswer.chapter_key == given.scope_key)
            .values(state="proposed")
        )
    assert sources.open_ones([key]) == {}


def test_what_is_due_in_a_region_is_posted_once_a_day_to_its_channel_in_teams_and_nowhere_else(sqlite_pilot, monkeypatch):
    posted: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(channel.TeamsWay, "send", lambda _self, address, content: posted.append((address, json.loads(content))))
    only_due((SLUG, "ro", date(2027, 3, 24)), (SLUG, "rjl", date(2027, 3, 24)))
    with transaction():
        teams.connect(region="ro", address="https://x.webhook.office.com/hook", actor_id=person("huvudprojektledare").id)
    for hour in (3, 8, 9):
        turn_at(at(date(2027, 3, 24), hour))
    ((address, told),) = posted
    assert address == "https://x.webhook.office.com/hook"
    assert SLUG in json.dumps(told)
    for wrong in ("http://x.webhook.office.com/hook", "https://evil.example/hook", "https://webhook.office.com.evil.example/"):
        with pytest.raises(Refused), transaction():
            teams.connect(region="rjl", address=wrong, actor_id=person("huvudprojektledare").id)


def test_the_title_of_confidential_evidence_is_told_to_those_alone_who_may_read_it(sqlite_pilot):
    lead, now = person("projektledare.ro"), utc_now()
    common = {"valid_until": DUE, "created_at": now, "created_by_id": lead.id, "updated_at": now, "updated_by_id": lead.id}
    with transaction():
        items = [EvidenceItem(region=region, title="x", confidential=True, **common) for region in ("ro", "rjl")]
        letter = Outgoing(
            key="digest:x", channel="mail", receiver=f"person:{lead.id}", person_id=lead.id, day=today(), state="dead", made_at=now,
            next_try_at=now, error="550", address="x@demo.example",
        )  # fmt: skip
        db.session.add_all([*items, letter])
        db.session.flush()
        for item in items:
            db.session.add(
                Reminder(
                    rule="evidence",
                    object_key=item.key,
                    region=item.region,
                    step="0",
                    due=DUE,
                    receiver=f"person:{lead.id}",
                    channel="mail",
                    person_id=lead.id,
                    why="own",
                    state="gathered",
                    at=now,
                    outgoing_id=letter.id,
                )  # fmt: skip
            )
    keys = [item.key for item in items]
    seen = {"projektledare.ro": keys[:1], "huvudprojektledare": keys, "granskare.rcc": keys, "kollegial": [], "administrator": []}
    for login, shown in seen.items():
        access = access_of(person(login))[0]
        open_ones = house_calendar.deadlines(pilot(), DUE, DUE, access, house_calendar.Narrowed(kind="evidence"))
        assert [one.object for one in open_ones] == shown, login
        for found in undelivered.all_of(access):
            assert sorted(one.object for one in found.things) == shown, login
    assert len(undelivered.all_of(access_of(person("administrator"))[0])) == 1
