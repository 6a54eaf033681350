"""The sweep: each step is told once to each who is to be told, however often and by however many it is swept."""

from datetime import date, timedelta

from sqlalchemy import event, func, select

from ccc_pilot.dates import utc_now
from ccc_pilot.db import db, transaction
from ccc_pilot.people.models import Holding
from ccc_pilot.progress.models import MilestoneRow
from ccc_pilot.reminders import inbox, staff, sweeping
from ccc_pilot.reminders.models import Absence, Reminder, ReminderChoice, Snooze
from tests.factories import person
from tests.reminders.conftest import DUE, SLUG


def sweep(day):
    """Sweep as the scheduler does."""
    with transaction():
        return sweeping.sweep(day)


def told(channel="inbox"):
    """Return who was told which step."""
    rows = db.session.scalars(select(Reminder).where(Reminder.channel == channel).order_by(Reminder.id))
    return [(row.step, row.person_id, row.why) for row in rows]


def test_each_step_is_told_once_however_often_it_is_swept(row):
    lead = person("projektledare.ro").id
    for days in range(-40, 40):
        for _time in range(2):
            sweep(DUE + timedelta(days=days))
    steps = ["-28", "-14", "-7", "-1", "0", "+3", "+7", "esc+14"]
    assert [name for name, who, _why in told() if who == lead] == steps
    assert [name for name, who, _why in told() if who == person("huvudprojektledare").id] == ["esc+14"]
    assert told("mail") == told()


def test_a_sweep_reads_the_milestones_that_are_near_and_not_all_there_are(sqlite_pilot):
    asked = []

    def note(_connection, _cursor, statement, values, *_more):
        asked.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", note)
    list(sweeping.wanted(DUE))
    event.remove(db.engine, "before_cursor_execute", note)
    mine = [one for one in asked if "FROM milestone_row" in one[0]]
    with db.engine.connect() as connection:
        plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all() for statement, values in mine]
    ways = [step[3] for plan in plans for step in plan if "milestone_row" in step[3]]
    assert len(mine) == 2
    assert ways
    assert all(way.startswith("SEARCH milestone_row USING") for way in ways), ways


def test_nothing_is_told_of_what_is_done(row):
    with transaction():
        db.session.get(MilestoneRow, row).status = "done"
    assert sweep(DUE) == 0


def test_a_sweep_says_how_many_it_has_made(row):
    assert [sweep(DUE), sweep(DUE)] == [2, 0]


def test_after_a_rest_only_the_last_step_is_told(row):
    sweep(DUE - timedelta(days=20))
    sweep(DUE + timedelta(days=1))
    assert [step for step, *_rest in told()] == ["-28", "0"]


def test_a_date_that_moves_is_told_anew_and_moving_it_back_tells_nothing_twice(row):
    sweep(DUE - timedelta(days=7))
    for due in (DUE + timedelta(days=30), DUE):
        with transaction():
            db.session.get(MilestoneRow, row).due = due
        sweep(DUE - timedelta(days=6))
    assert [step for step, *_rest in told()] == ["-7", "-28"] or [step for step, *_rest in told()] == ["-7"]
    assert len(set(told())) == len(told())


def test_one_who_is_away_is_told_in_the_inbox_and_the_deputy_by_mail(row):
    lead, deputy = person("projektledare.ro").id, person("expert.ro").id
    with transaction():
        db.session.add(Absence(person_id=lead, first=DUE - timedelta(days=9), last=DUE, deputy_id=deputy))
    sweep(DUE - timedelta(days=7))
    assert {(who, why) for _step, who, why in told("mail")} == {(deputy, "deputy")}
    assert {who for _step, who, _why in told()} == {lead, deputy}


def test_a_vacant_post_leads_to_the_head_lead(row):
    with transaction():
        for holding in db.session.scalars(select(Holding).where(Holding.post_key == "pl_ro")):
            holding.until = DUE - timedelta(days=100)
    sweep(DUE)
    assert {who for _step, who, _why in told()} == {person("huvudprojektledare").id}


def test_a_kind_done_without_comes_by_no_mail_but_a_report_does(row):
    lead = person("projektledare.ro").id
    with transaction():
        db.session.add(ReminderChoice(person_id=lead, muted=["milestone", "reporting"]))
    sweep(DUE)
    assert told("mail") == []
    assert len(told()) == 1
    with transaction():
        db.session.get(MilestoneRow, row).line.reporting = True
    sweep(DUE)
    assert [who for _step, who, _why in told("mail")] == [lead]


def test_what_rests_comes_back_on_its_day(row):
    lead = person("projektledare.ro").id
    with transaction():
        until = DUE - timedelta(days=5)
        db.session.add(
            Snooze(person_id=lead, object_key=f"milestone:{row}", until=until, reason="Väntar på beslut", at=utc_now())
        )
    for days in range(30, 0, -1):
        sweep(DUE - timedelta(days=days))
    assert [step for step, *_rest in told()] == [f"z{until}", "-1"]


def test_the_inbox_holds_only_what_is_still_true_and_not_seen(row):
    lead = person("projektledare.ro").id
    sweep(DUE - timedelta(days=7))
    (notice,) = inbox.of(lead, DUE - timedelta(days=7))
    assert (notice.days, notice.deadline.ref) == (7, SLUG)
    with transaction():
        inbox.see(number=notice.id, person_id=lead)
    assert inbox.of(lead, DUE) == []
    sweep(DUE)
    assert [notice.days for notice in inbox.of(lead, DUE)] == [0]
    with transaction():
        db.session.get(MilestoneRow, row).status = "done"
    assert inbox.of(lead, DUE) == []


def test_a_glance_at_a_full_inbox_says_that_there_is_more(row, monkeypatch):
    lead = person("projektledare.ro").id
    sweep(DUE - timedelta(days=7))
    sweep(DUE)
    whole = inbox.of(lead, DUE)
    assert [notice.days for notice in whole] == [0]
    assert inbox.glance(lead, DUE) == (whole, False)
    monkeypatch.setattr(inbox, "GLANCED_AT", 1)
    assert inbox.glance(lead, DUE) == (whole, True)


def test_what_would_be_told_can_be_seen_and_is_not_told(row):
    seen = sweeping.missing(DUE)
    assert {one.channel for one in seen} == {"inbox", "mail"}
    assert db.session.scalar(select(func.count(Reminder.id))) == 0


def test_somebody_is_told_of_everything_that_is_open(pilot_context):
    there = staff.on(date(2027, 1, 11))
    for one in sweeping.sources.near(date(2020, 1, 1), date(2035, 1, 1)):
        assert there.told(one, escalated=False), one
