"""The deadlines of the other rooms: each is told to the one whose it is, and no longer when it is done."""

from datetime import date, timedelta

from sqlalchemy import delete

from ccc_pilot.assessment.models import AssessmentRound
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db, transaction
from ccc_pilot.decisions.models import Decision
from ccc_pilot.evidence.models import EvidenceItem
from ccc_pilot.progress.models import MilestoneRow
from ccc_pilot.reminders import ladders, sources, staff
from tests.factories import person, pilot

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
        db.session.add_all([decision, round_, item])
        db.session.flush()
        keys = [
            f"decision:{decision.id}",
            f"review:{decision.id}",
            f"round:{round_.id}@ro",
            f"round:{round_.id}@rkl",
            f"evidence:{item.id}",
        ]
    found = told()
    assert found == {
        keys[0]: {"huvudprojektledare"},
        keys[1]: {"huvudprojektledare"},
        keys[2]: {"projektledare.ro"},
        keys[3]: {"projektledare.rkl"},
        keys[4]: {"projektledare.rjl"},
    }
    assert set(sources.open_ones(keys)) == set(keys)
    with transaction():
        decision.status, decision.reviewed_on, round_.stage, item.withdrawn_at = "reported", DUE, "submitted", utc_now()
    assert told() == {}
    assert sources.open_ones(keys) == {}
    with transaction():
        db.session.execute(delete(EvidenceItem).where(EvidenceItem.id == item.id))
