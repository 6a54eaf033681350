"""An edition is read whole or refused with everything that is wrong with it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccc_pilot.catalogue import CatalogueFaults, parse_edition, parse_tree, read_edition
from ccc_pilot.catalogue.reading import read_tree
from ccc_pilot.i18n import Text

HEAD = """
key = "small"
framework = "Small"
version = "1"
title = { sv = "Liten", en = "Small" }
summary = { sv = "En liten.", en = "A small one." }

[scale]
key = "two"
title = { sv = "Två", en = "Two" }
levels = [
  { code = "yes", value = 1, title = { sv = "Ja", en = "Yes" } },
  { code = "no", value = 0, title = { sv = "Nej", en = "No" } },
]

[kinds]
policy = { sv = "Policy", en = "Policy" }

[[chapters]]
id = "A"
title = { sv = "Först", en = "First" }
"""
STANDARD = """
[[standards]]
number = "A-1"
chapter = "A"
title = { sv = "En", en = "One" }
applies = ["CC"]
core = true
core_status = "confirmed"
requires = [{ kind = "policy", mandatory = true, min_count = 2 }]
source = "a source"
source_ref = "line 1"
"""
POINT = """
[[standards.points]]
number = "A-1.a"
text = { sv = "Punkt", en = "Point" }
pdca = "PD"
weight = 2
stage_months = 12
was = ["older:1.1"]
"""
GOOD = HEAD + STANDARD + POINT


def faults(text, translations=None):
    with pytest.raises(CatalogueFaults) as caught:
        parse_edition(text, "small/standard.toml", translations or {})
    return {(fault.place, fault.code) for fault in caught.value.faults}


def test_a_point_takes_the_marks_of_its_standard_unless_it_has_its_own():
    own = '[[standards.points]]\nnumber = "A-1.b"\ntext = { sv = "P", en = "P" }\napplies = []\nsource_ref = "line 2"\n'
    first, second = parse_edition(GOOD + own, "x").points
    assert (first.core, first.applies, first.source_ref, first.requires[0].min_count) == (True, {"CC"}, "line 1", 2)
    assert (second.core, second.applies, second.source_ref, second.order) == (True, frozenset(), "line 2", 2)
    assert (first.pdca, first.weight, first.stage_months, first.was) == ("PD", 2, 12, ("older:1.1",))
    assert (first.standard, first.chapter, first.key) == ("small:A-1", "small:A", "small:A-1.a")


def test_unknown_core_stays_unknown():
    text = GOOD.replace('core = true\ncore_status = "confirmed"\n', "")
    (point,) = parse_edition(text, "x").points
    assert (point.core, point.core_status) == (None, "unknown")


@pytest.mark.parametrize(
    ("old", "new", "place", "code"),
    [
        ('chapter = "A"', 'chapter = "B"', "standards[1] A-1.chapter", "no_such_chapter"),
        ('kind = "policy"', 'kind = "song"', "standards[1] A-1.requires[1].kind", "no_such_kind"),
        ('number = "A-1.a"', 'number = "A-1"', "standards[1] A-1.points[1].number", "doubled_id"),
        ('number = "A-1"', 'number = "A"', "standards[1] A.number", "doubled_id"),
        ('number = "A-1"', 'number = "A 1"', "standards[1] A 1.number", "bad_id"),
        ("value = 1,", "value = 0,", "scale", "no_value_in_scale"),
        ('code = "no"', 'code = "yes"', "scale.levels[2].code", "doubled_id"),
        ('core_status = "confirmed"\n', "", "standards[1] A-1.core_status", "core_unclear"),
        ('applies = ["CC"]', 'applies = ["XX"]', "standards[1] A-1.applies[1]", "not_one_of"),
        ('pdca = "PD"', 'pdca = "DP"', "standards[1] A-1.points[1].pdca", "not_one_of"),
        ('was = ["older:1.1"]', 'was = ["1.1"]', "standards[1] A-1.points[1].was[1]", "bad_id"),
        ('en = "Point"', 'en = ""', "standards[1] A-1.points[1] A-1.a.text", "translation_missing"),
        ('source = "a source"\n', "", "standards[1] A-1.source", "missing"),
        ('version = "1"\n', 'verson = "1"\n', "verson", "unknown_key"),
        (STANDARD + POINT, "", "standards", "bad_length"),
        (STANDARD + POINT, "standards = 3", "standards", "not_list"),
    ],
)
def test_every_fault_is_told_with_its_place(old, new, place, code):
    assert old in GOOD
    text = GOOD.replace(old, new, 1) if not new.startswith("standards") else new + GOOD.replace(old, "")
    assert (place, code) in faults(text)


def test_the_folder_is_called_what_the_edition_is_called(tmp_path):
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "standard.toml").write_text(GOOD)
    with pytest.raises(CatalogueFaults) as caught:
        read_edition(folder)
    assert [(fault.file, fault.code) for fault in caught.value.faults] == [("other/standard.toml", "wrong_folder")]


def test_a_further_language_lies_in_a_file_of_its_own_and_names_only_what_exists():
    finnish = '[points."A-1.a"]\ntext = "Kohta"\n'
    (point,) = parse_edition(GOOD, "x", {"fi": finnish}).points
    assert (point.text.in_("fi"), point.text.in_("en")) == ("Kohta", "Point")
    assert faults(GOOD, {"fi": '[points."A-9"]\ntext = "Kohta"\n'}) == {("fi: points.A-9.text", "unknown_id")}


def test_an_imported_tree_may_have_one_language_but_not_none():
    tree = read_tree(GOOD.replace('en = "Point"', 'en = ""'), [])
    imported = parse_tree(tree, "x.xlsx")
    assert (imported.origin, imported.points[0].text) == ("imported", Text("Punkt", ""))
    with pytest.raises(CatalogueFaults):
        parse_tree(read_tree(GOOD.replace('{ sv = "Punkt", en = "Point" }', "{}"), []), "x.xlsx")


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80), st.integers(0, len(GOOD)), st.integers(0, 60))
def test_whatever_is_written_is_read_or_refused(noise, at, cut):
    try:
        parse_edition(GOOD[:at] + noise + GOOD[at + cut :], "x")
    except CatalogueFaults as refused:
        assert refused.faults and all(str(fault) for fault in refused.faults)
