"""A plan is read whole or refused with everything that is wrong with it."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccc_pilot import catalogue
from ccc_pilot.catalogue import CatalogueFaults, parse_plan

HEAD = """
key = "small"
title = { sv = "Liten plan", en = "A small plan" }
summary = { sv = "En plan.", en = "A plan." }
kind = "pilot"
edition = "1"
start = 2025-09-01
start_confidence = "assumption"
length_months = 15
receivers = ["rsl"]

[[phases]]
id = "P0"
title = { sv = "Start", en = "Start" }
order = 0
"""
FIRST = """
[[items]]
id = "A"
title = { sv = "Först", en = "First" }
phase = "P0"
owner_role = "rsl"
when = { date = "202201-202406", raw = "från januari 2022" }
source = "RSL-underlag"
confidence = "fact"
"""
SECOND = """
[[items]]
id = "B"
title = { sv = "Sedan", en = "Then" }
phase = "P0"
owner_role = "head_lead"
when = { offset_months = 3 }
depends_on = ["A"]
reminder_days = [3, 30, 3]
reporting = true
report_to = "socialstyrelsen"
source = "planning default"
confidence = "assumption"
"""
GOOD = HEAD + FIRST + SECOND


def faults(text, translations=None):
    with pytest.raises(CatalogueFaults) as caught:
        parse_plan(text, "small/plan.toml", translations or {})
    return {(fault.place, fault.code) for fault in caught.value.faults}


def test_a_good_plan_becomes_frozen_records():
    plan = parse_plan(GOOD, "small/plan.toml")
    first, second = plan.items
    assert (first.key, str(first.title), first.title.in_("en"), first.order) == ("small:A", "Först", "First", 1)
    assert first.when == catalogue.Fixed(first.when.span, "från januari 2022")
    assert (second.depends_on, second.reminder_days, second.report_to) == (("A",), (30, 3), "socialstyrelsen")
    assert plan.by_id["B"] is second
    assert hash(second) == hash(parse_plan(GOOD, "").items[1])
    with pytest.raises(AttributeError):
        plan.key = "other"


def test_every_fault_is_told_at_once():
    text = HEAD.replace('edition = "1"\n', "") + FIRST.replace("202201-202406", "2025-02-30") + FIRST
    text += (
        SECOND.replace('"A"', '"X"').replace('"P0"', '"P9"').replace("head_lead", "boss").replace("assumption", "rumour")
        + "colour = 1\n"
    )
    assert faults(text) == {
        ("edition", "missing"),
        ("items[1] A.when.date", "impossible_date"),
        ("items[2] A.id", "doubled_id"),
        ("items[3] B.depends_on[1]", "no_such_item"),
        ("items[3] B.owner_role", "not_one_of"),
        ("items[3] B.confidence", "not_one_of"),
        ("items[3] B.colour", "unknown_key"),
    }
    assert ("items[3] B.phase", "no_such_phase") in faults(text.replace("receivers", 'edition = "1"\nreceivers'))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("order = 0", 'order = "0"', ("phases[1].order", "not_whole")),
        ("length_months = 15", "length_months = 0", ("length_months", "out_of_range")),
        ('receivers = ["rsl"]', "receivers = 3", ("receivers", "not_list")),
        ('receivers = ["rsl"]', 'receivers = ["rsl", "x"]', ("receivers[2]", "not_one_of")),
        ("start = 2025-09-01", "start = 2025-09-01T12:00:00", ("start", "not_date")),
        ("start = 2025-09-01", 'start = "someday"', ("start", "unreadable_date")),
        ('title = { sv = "Först", en = "First" }', 'title = "First"', ("items[1] A.title", "not_table")),
        ('sv = "Först", ', "", ("items[1] A.title", "translation_missing")),
        ("offset_months = 3", "offset_months = 3, months = [1, 2]", ("items[2] B.when", "two_whens")),
        ("offset_months = 3", "offset_months = 3, day = 5", ("items[2] B.when", "day_or_days_after")),
        ("offset_months = 3", 'repeats = "half_yearly", period_ends = ["03-31"]', ("items[2] B.when", "wrong_periods")),
        ("offset_months = 3", 'date = "27/1"', ("items[2] B.when.date", "year_missing")),
        ('report_to = "socialstyrelsen"\n', "", ("items[2] B", "report_to_missing")),
        ("reporting = true", 'reporting = "yes"', ("items[2] B.reporting", "not_bool")),
        ('depends_on = ["A"]', 'depends_on = ["B"]', ("items[2] B.depends_on", "loop")),
        ('id = "B"', 'id = "två ord"', ("items[2] två ord.id", "bad_id")),
        ('edition = "1"', 'edition = "1"\nedition = "2"', ("", "doubled_key")),
        ('edition = "1"', "edition =", ("", "not_toml")),
        ('edition = "1"', "edition = [[[[[[[[[1]]]]]]]]]", ("", "too_deep")),
    ],
)
def test_each_kind_of_fault_has_its_place_and_code(old, new, fault):
    assert old in GOOD
    assert fault in faults(GOOD.replace(old, new))


def test_a_circle_names_its_way_round():
    text = HEAD + FIRST + 'depends_on = ["B"]\n' + SECOND
    with pytest.raises(CatalogueFaults, match="A → B → A|B → A → B"):
        parse_plan(text, "small/plan.toml")


@pytest.mark.timeout(20)  # without its guards the parser hangs
@pytest.mark.parametrize(
    "text", ["x = '" + "y" * 2_000_001 + "'", "a." * 400_000 + "a = 1", "x = " + "[" * 20_000, "x = " + "9" * 5000]
)
def test_a_hostile_file_is_refused_quickly(text):
    assert faults(text) <= {("", "too_large"), ("", "too_deep"), ("", "not_toml")}


def test_a_further_language_lies_in_a_file_of_its_own():
    fi = '[plan]\ntitle = "Pieni"\n[items.A]\ntitle = "Ensin"\n'
    plan = parse_plan(GOOD, "small/plan.toml", {"fi": fi})
    assert plan.items[0].title.in_("fi") == "Ensin"
    assert plan.items[0].title.in_("sv") == "Först"
    assert plan.items[1].title.in_("fi") == "Sedan"
    assert plan.title.in_("fi") == "Pieni"


def test_english_may_lie_in_a_file_of_its_own():
    plan = parse_plan(GOOD.replace(', en = "First"', ""), "small/plan.toml", {"en": '[items.A]\ntitle = "At first"\n'})
    assert plan.items[0].title.in_("en") == "At first"


def test_a_translation_of_nothing_is_a_fault():
    assert faults(GOOD, {"fi": '[items.Z]\ntitle = "x"\n[items.A]\ntitle = 3\n'}) == {
        ("fi: items.Z.title", "unknown_id"),
        ("fi: items.A.title", "not_text"),
    }


def test_a_folder_is_checked_with_its_translations(tmp_path):
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "plan.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "small" / "fi.toml").write_text('[items.A]\ntitle = "Ensin"\n', encoding="utf-8")
    assert catalogue.check(tmp_path) == []
    assert catalogue.read_plan(tmp_path / "small").items[0].title.in_("fi") == "Ensin"
    (tmp_path / "small").rename(tmp_path / "large")
    (tmp_path / "large" / "fi.toml").write_bytes(b"\xff\xfe")
    assert {fault.code for fault in catalogue.check(tmp_path)} == {"wrong_folder", "not_utf8"}


def test_a_fault_reads_as_a_sentence():
    with pytest.raises(CatalogueFaults) as caught:
        parse_plan(GOOD.replace("order = 0", "order = 0\ncolour = 1"), "small/plan.toml")
    assert str(caught.value) == "small/plan.toml: phases[1].colour: Det finns ingen sådan nyckel."


def test_comments_blank_lines_and_the_order_of_keys_change_nothing():
    plan = parse_plan(GOOD, "")
    assert parse_plan(GOOD.replace("\n", "  # why\n\n"), "") == plan
    assert parse_plan(GOOD.replace('kind = "pilot"\nedition = "1"', 'edition = "1"\nkind = "pilot"'), "") == plan


LINES = [
    line
    for line in GOOD.splitlines()
    if "=" in line and not line.startswith(("start", "length", "receivers", "reminder", "when"))
]


@pytest.mark.parametrize("line", sorted(set(LINES)))
def test_a_line_twice_is_refused(line):
    assert faults(GOOD.replace(line, f"{line}\n{line}"))


@pytest.mark.parametrize(
    "key", ["key", "title", "summary", "kind", "edition", "id", "phase", "owner_role", "source", "confidence", "order"]
)
def test_a_missing_or_misspelt_key_is_refused(key):
    lines = GOOD.splitlines()
    for number, line in enumerate(lines):
        if line.startswith(f"{key} ="):
            assert any(code == "missing" for _, code in faults("\n".join(lines[:number] + lines[number + 1 :])))
            assert any(
                code == "unknown_key" for _, code in faults("\n".join([*lines[:number], "x" + line, *lines[number + 1 :]]))
            )


@settings(max_examples=300, deadline=None)
@given(
    st.integers(0, len(GOOD)),
    st.integers(0, 40),
    st.text(max_size=12) | st.sampled_from(["[[items]]\n", '"', "[", "{", "= 1\n", "A."]),
)
def test_a_mutant_is_read_or_refused_never_a_crash(at, cut, new):
    try:
        plan = parse_plan(GOOD[:at] + new + GOOD[at + cut :], "mutant")
    except CatalogueFaults as refused:
        assert refused.faults and str(refused)
        return
    assert all(item.key == f"{plan.key}:{item.id}" for item in plan.items)
    for item in plan.items:
        catalogue.due(item, date(2025, 9, 1))
        catalogue.occurrences(item, date(2025, 9, 1), date(2026, 9, 1))
