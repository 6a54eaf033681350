"""A year of days, by the clock on the wall: both changes of daylight saving, a leap day, Midsummer, the turn of the year, and rests of the service."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from ccc_pilot.dates import utc_now
from ccc_pilot.db import db, transaction
from ccc_pilot.i18n import today
from ccc_pilot.progress import service
from ccc_pilot.progress.models import MilestoneRow
from ccc_pilot.reminders import gathering, rules, sweeping
from ccc_pilot.reminders.models import Outgoing, Reminder
from ccc_pilot.reminders.rules import Ladder
from tests.factories import person, pilot
from tests.reminders.conftest import PLAN, STOCKHOLM, at, only_due

FIRST, LAST = date(2027, 12, 1), date(2028, 12, 31)
DUES = {
    "P0-05": date(2028, 2, 29), "P0-07": date(2028, 3, 26), "P0-10": date(2028, 6, 23), "P1-05": date(2028, 7, 20), "P2-02": date(2028, 10, 29),
    "P2-04": date(2027, 12, 31), "P3-03": date(2028, 11, 15),
}  # fmt: skip
RESTS = {
    "an hour": (at(date(2028, 3, 26), 6, 30), timedelta(hours=1)),
    "three days": (at(date(2028, 3, 24), 0), timedelta(days=3)),
    "three weeks": (at(date(2028, 10, 10), 0), timedelta(weeks=3)),
}


@pytest.fixture
def year(sqlite_pilot):
    """A pilot whose only milestones are those of DUES, in RÖ."""
    only_due()
    with transaction():
        kept = {slug: service.row(pilot(), PLAN, slug, "ro") for slug in DUES}
        for slug, row in kept.items():
            row.due, row.status, row.assumed = DUES[slug], "ongoing", False
            row.line.reporting = False
        ids = [row.id for row in kept.values()]
        db.session.execute(MilestoneRow.__table__.update().where(MilestoneRow.id.not_in(ids)).values(status="done"))
        return {f"milestone:{row.id}": row.due for row in kept.values()}


def live(moments):
    """Sweep and gather at each of the moments; returns how many times."""
    for moment in moments:
        with time_machine.travel(moment, tick=False):
            with transaction():
                sweeping.sweep(today())
            with transaction():
                gathering.gather(utc_now())
                for message in db.session.scalars(select(Outgoing).where(Outgoing.state == "waiting")):
                    message.state = "sent"


def moments(first=FIRST, last=LAST, hours=(0, 8)):
    """Yield the hours of each day by the clock on the wall; 02:30 of a day that has none, or two, is asked too."""
    day = first
    while day <= last:
        for hour in hours:
            yield datetime(day.year, day.month, day.day, hour, 30 if hour else 5, tzinfo=STOCKHOLM)
        if day in {date(2028, 3, 26), date(2028, 10, 29)}:
            yield datetime(day.year, day.month, day.day, 2, 30, tzinfo=STOCKHOLM)
            yield datetime(day.year, day.month, day.day, 2, 30, fold=1, tzinfo=STOCKHOLM)
        day += timedelta(days=1)


def told(who="projektledare.ro"):
    """Return the steps told in the inbox by thing, in their order."""
    lead = person(who).id
    rows = db.session.scalars(
        select(Reminder).where(Reminder.channel == "inbox", Reminder.person_id == lead).order_by(Reminder.id)
    )
    found = {}
    for row in rows:
        found.setdefault(row.object_key, []).append(row.step)
    return found


def at_most_one_mail_a_day():
    """Whether nobody got two mails on a day."""
    days = Counter((message.receiver, message.day) for message in db.session.scalars(select(Outgoing)))
    return set(days.values()) <= {1}


def test_over_a_year_every_step_is_told_once_and_on_its_day(year):
    live(moments())
    for key, steps in told().items():
        wanted = list(rules.steps(year[key], Ladder()))
        assert steps == [step.name for step in wanted], year[key]
        days = {
            row.step: row.at.astimezone(STOCKHOLM).date()
            for row in db.session.scalars(select(Reminder).where(Reminder.object_key == key))
        }
        assert {step.name: step.day for step in wanted if step.day >= FIRST}.items() <= days.items()
    assert set(map(tuple, told("huvudprojektledare").values())) == {("esc+14",)}
    assert len(told("huvudprojektledare")) == len(DUES)
    assert at_most_one_mail_a_day()


@pytest.mark.parametrize("rest", RESTS)
def test_after_a_rest_nothing_is_lost_nothing_is_told_twice_and_it_comes_in_one_mail(year, rest):
    begin, length = RESTS[rest]
    around = (begin.date() - timedelta(days=40), begin.date() + timedelta(days=60))
    awake = [moment for moment in moments(*around) if not begin <= moment < begin + length]
    live(awake)
    for key, steps in told().items():
        wanted = [step.name for step in rules.steps(year[key], Ladder())]
        assert len(set(steps)) == len(steps)
        assert steps == sorted(steps, key=wanted.index)
        missed = [
            step for step in rules.steps(year[key], Ladder()) if around[0] <= step.day <= around[1] and step.name not in steps
        ]
        assert all(begin.date() <= step.day <= (begin + length).date() for step in missed), (year[key], steps)
    assert at_most_one_mail_a_day()


def test_a_clock_that_jumps_tells_nothing_twice(year):
    middle = datetime(2028, 2, 15, 8, 30, tzinfo=STOCKHOLM)
    jumps = [middle + timedelta(days=days) for days in (0, 1, 0, -3, 5, 4, 6, 0, 20)]
    live(jumps)
    for steps in told().values():
        assert len(set(steps)) == len(steps)
    assert at_most_one_mail_a_day()
