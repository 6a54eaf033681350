"""The plans on the shelf say what their sources say."""

import re
from datetime import date
from pathlib import Path

import pytest

from ccc_pilot.catalogue import (
    CONFIDENCES,
    KINDS,
    ROLES,
    STATUSES,
    Fixed,
    Recurrence,
    Undated,
    check,
    due,
    load_plans,
    occurrences,
    span,
)
from ccc_pilot.dates import weekend_hint

SHELF = Path(__file__).parents[2] / "milestones"
ITEMS = [item for plan in load_plans().values() for item in plan.items]
PILOT, CALL, VISITS, ASSIGNMENT = (
    load_plans()[key] for key in ("sosr-wp4-2025", "utlysning-2025", "platsbesok", "regeringsuppdrag")
)


def by_origin(key):
    return next(item for item in PILOT.items if key in item.also)


def test_the_shelf_is_without_fault():
    assert check() == []
    assert {plan.kind for plan in load_plans().values()} == set(KINDS)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.key)
def test_every_item_has_both_languages_a_source_and_a_known_role(item):
    assert item.title.sv and item.title.en and item.source
    assert bool(item.description.sv) == bool(item.description.en)
    assert {item.owner_role, item.report_to or "info"} <= set(ROLES)


def test_what_the_sources_lists_carry_is_there():
    ours = {key for item in PILOT.items for key in item.also}
    assert ours == {"oeci", "oeci_visit", "forbplan", "teams18", "patrep25", "strat", "eoi", "skrivelse", "m26", "rslbeslut"} | {
        *("pl_utses", "hpl", "experter", "ekonom", "sospl", "projplan", "medel", "rccmedel", "avrapp")
    }
    steps = {key for item in CALL.items for key in item.also}
    assert steps == {"open", "close", "assess", "review", "notify", "learn", "publish", "interim", "final", "select", "tosos"} | {
        "regionrapport"
    }
    planned = {"P0": 11, "P1": 6, "P2": 5, "P3": 4, "P4": 3, "P5": 9, "PR": 11, "L": 6}
    assert {phase.id: sum(item.phase == phase.id for item in PILOT.items) for phase in PILOT.phases} == planned


@pytest.mark.parametrize(
    ("key", "start", "end", "status"),
    [
        ("oeci", date(2022, 1, 1), date(2024, 6, 30), "done"),
        ("oeci_visit", date(2024, 2, 1), date(2024, 2, 29), "done"),
        ("eoi", date(2025, 4, 10), date(2025, 4, 10), "done"),
        ("skrivelse", date(2025, 4, 16), date(2025, 4, 16), "done"),
        ("strat", date(2024, 1, 1), date(2026, 12, 31), "ongoing"),
        ("rccmedel", date(2025, 1, 1), date(2026, 12, 31), "proposed"),
    ],
)
def test_the_pilots_past_is_dated_as_in_the_papers(key, start, end, status):
    item = by_origin(key)
    covered = span(item, PILOT.start)
    assert (covered.start, covered.end, item.status, item.confidence) == (start, end, status, "fact")


def test_the_meeting_of_12_may_2025_has_a_proposal_not_a_decision():
    item = by_origin("rslbeslut")
    assert (due(item, None), item.when.raw, item.status) == (date(2025, 5, 12), "250512", "proposed")
    assert "förslag" in item.description.sv and "framgår inte" in item.description.sv
    assert any("12 maj 2025 ett beslut" in question.text.sv for question in PILOT.open_questions)


def test_leaders_and_experts_are_named_in_each_region_but_one_finance_officer_serves_all():
    assert by_origin("pl_utses").per_region and by_origin("experter").per_region
    assert not by_origin("ekonom").per_region and not by_origin("hpl").per_region


def test_the_joint_plan_waits_for_the_leaders_on_both_sides():
    assert [PILOT.by_id[id_].also for id_ in by_origin("projplan").depends_on] == [("pl_utses",), ("sospl",)]
    assert [PILOT.by_id[id_].also for id_ in by_origin("pl_utses").depends_on] == [("rslbeslut",)]


def test_the_pilots_start_is_an_assumption_and_its_end_follows_the_grant():
    assert (PILOT.start, PILOT.start_confidence, PILOT.length_months) == (date(2025, 9, 1), "assumption", 15)
    assert due(PILOT.by_id["P4-02"], PILOT.start) == date(2026, 12, 1)
    assert due(PILOT.by_id["P5-08"], None) == date(2028, 9, 30)
    assert due(PILOT.by_id["PR-07"], None) == date(2028, 11, 29)


def test_nothing_counted_from_an_assumed_start_is_called_a_fact():
    waiting = [item for item in PILOT.items if not isinstance(item.when, Fixed | Undated)]
    assert waiting and {item.confidence for item in waiting} == {"assumption"}


def test_the_recurring_duties_fall_in_every_period_of_the_pilot():
    duties = {item.id: item for item in PILOT.items if isinstance(item.when, Recurrence)}
    assert {id_: len(occurrences(item, date(2025, 9, 1), date(2026, 11, 30))) for id_, item in duties.items()} == {
        "PR-01": 15,
        "PR-02": 6,
        "PR-03": 4,
        "PR-04": 4,
    }
    assert duties["PR-01"].per_region and duties["PR-03"].per_region


def test_templates_stay_hidden_until_confirmed():
    assert {item.id for item in PILOT.items if not item.active} == {"P5-05", "P5-07", "PR-05", "PR-06", "PR-09"}


def test_the_calls_year_is_as_in_the_plan():
    days = {item.also[0]: span(item, None) for item in CALL.items if item.also}
    assert (days["open"].end, days["close"].end) == (date(2025, 1, 27), date(2025, 2, 17))
    assert (days["assess"].start, days["assess"].end) == (date(2025, 2, 25), date(2025, 2, 26))
    assert (days["review"].end, days["notify"].end, days["learn"].end) == (date(2025, 3, 4), date(2025, 3, 14), date(2025, 3, 21))
    assert (days["publish"].precision, days["interim"].end, days["tosos"].end) == ("month", date(2025, 9, 1), date(2025, 12, 31))
    assert (days["select"].start, days["select"].end) == (date(2025, 11, 16), date(2025, 11, 30))
    assert (days["regionrapport"].start, days["regionrapport"].end) == (date(2025, 11, 1), date(2025, 12, 31))


def test_the_final_report_keeps_both_days_with_their_sources():
    final = CALL.by_id["U-10"]
    assert [(one.span.end, one.source_ref) for one in final.conflict] == [
        (date(2025, 9, 15), "S4:55"),
        (date(2025, 11, 15), "S4:216"),
    ]
    assert {item.id for item in CALL.items if item.conflict} == {"U-10"}


def test_the_final_report_warns_of_the_saturday_that_the_calendar_finds():
    hint = weekend_hint(due(CALL.by_id["U-10"], None))
    warning = CALL.by_id["U-10"].warnings[0]
    assert (hint.name_sv, hint.before, hint.after) == ("lördag", date(2025, 11, 14), date(2025, 11, 17))
    assert all(part in warning.sv for part in ("lördag", "fredag 14 november", "måndag 17 november"))


def test_each_region_reports_in_november_or_december():
    assert {item.id for item in CALL.items if item.per_region} == {"U-13", "U-14"}
    assert isinstance(CALL.by_id["U-13"].when, Undated)  # the date at the slide's foot is not a deadline


def test_a_visit_year_takes_its_months_from_the_year_chosen():
    assert VISITS.start is None and due(VISITS.by_id["V-01"], VISITS.start) is None
    days = [due(VISITS.by_id[id_], date(2013, 1, 1)) for id_ in ("V-01", "V-02", "V-04", "V-05", "V-06", "V-08")]
    assert days == [
        date(2013, 2, 28), date(2013, 5, 31), date(2013, 10, 31), date(2013, 11, 30), date(2014, 1, 31), date(2014, 2, 28)
    ]  # fmt: skip


def test_the_assignments_days_are_facts():
    days = [due(item, None) for item in ASSIGNMENT.items if item.reporting or item.id == "G-06"]
    assert days == [
        date(2016, 5, 31), date(2016, 11, 1), date(2016, 12, 1), date(2017, 3, 31), date(2017, 3, 31), date(2017, 3, 31), date(2017, 5, 31)
    ]  # fmt: skip
    assert {item.confidence for item in ASSIGNMENT.items} == {"fact"}
    assert ASSIGNMENT.by_id["G-03"].warnings


def test_the_readme_explains_every_key_word_and_plan():
    keys = {
        key
        for file in SHELF.glob("*/plan.toml")
        for key in re.findall(r"^([a-z_]+) =", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    words = keys - {"sv", "en"} | {*KINDS, *CONFIDENCES, *STATUSES, *ROLES, *load_plans()}
    readme = (SHELF / "README.md").read_text(encoding="utf-8")
    assert {word for word in words if f"`{word}`" not in readme} == set()
