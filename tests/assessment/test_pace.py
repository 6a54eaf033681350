"""How fast it goes: forecast, workload, freshness."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from ccc_pilot.assessment.fact_records import Ratio
from ccc_pilot.assessment.pace import Load, Task, forecast, freshness, workload
from tests.assessment.examples import Proof, fact

TODAY = date(2026, 5, 4)


def test_weeks_left_are_what_remains_over_the_pace_of_four_weeks() -> None:
    days = [TODAY - timedelta(days=n) for n in (0, 1, 8, 9, 15, 16, 22, 27, 28, 90)]
    found = forecast(10, days, TODAY + timedelta(weeks=4), TODAY)
    assert (found.per_week, found.weeks, found.ready, found.late_days) == (2, 5, TODAY + timedelta(weeks=5), 7)


def test_while_nothing_moves_nothing_is_forecast() -> None:
    found = forecast(10, [TODAY - timedelta(days=28)], TODAY, TODAY)
    assert (found.per_week, found.weeks, found.ready, found.late_days) == (0, None, None, None)


def test_when_nothing_remains_it_is_ready_today() -> None:
    assert forecast(0, [], None, TODAY).weeks == Fraction(0)


def test_workload_is_counted_by_person_and_region() -> None:
    tasks = [
        Task("Ada", "ro", TODAY), Task("Ada", "ro", TODAY + timedelta(days=14)), Task("Ada", "ro", TODAY + timedelta(days=15)),
        Task("Ada", "ro", None), Task("Ada", "rjl", TODAY - timedelta(days=1)),
    ]  # fmt: skip
    assert workload(tasks, TODAY) == [Load("Ada", "ro", 4, 2, 0), Load("Ada", "rjl", 1, 0, 1)]


def test_each_item_counts_once_and_one_without_a_date_is_not_taken_for_fresh() -> None:
    due = date(2026, 6, 30)
    fresh, old = Proof(1, document_date=date(2024, 6, 30)), Proof(2, document_date=date(2024, 6, 29))
    undated, unread = Proof(3), Proof(4, state="linked", document_date=due)
    facts = [replace(fact("A-1"), proofs=(fresh, old)), replace(fact("A-2"), proofs=(fresh, undated, unread))]
    found = freshness(facts, due, TODAY)
    assert (found.fresh, found.undated, found.expiring) == (Ratio(1, 2), 1, ())


def test_what_runs_out_soon_is_listed_nearest_first() -> None:
    soon, later = Proof(1, valid_until=TODAY + timedelta(days=90)), Proof(2, valid_until=TODAY + timedelta(days=3))
    far = Proof(3, valid_until=TODAY + timedelta(days=91))
    found = freshness([replace(fact("A-1"), proofs=(soon, later, far))], TODAY, TODAY)
    assert [proof.item_id for proof, _day in found.expiring] == [2, 1]
