"""A crosswalk ties what belongs together, from both ends, and says why."""

import pytest

from ccc_pilot.catalogue import editions
from ccc_pilot.catalogue.crosswalks import KINDS, check_crosswalks, crosswalks, points_at, related

GOOD = """
from = "rcc-2023"
to = "sosr-promises"

[[relations]]
kind = "part_of"
from = "1"
to = "5"
reason = { sv = "Samma", en = "The same" }
suggested = true
"""


def faults(folder, text, name="rcc-2023--sosr-promises.toml"):
    (folder / name).write_text(text, encoding="utf-8")
    return [(fault.place, fault.code) for fault in check_crosswalks(folder)]


def others(key):
    return {(relation.kind, relation.other) for relation in related(key)}


def test_the_shelf_is_without_fault_and_every_link_has_a_reason():
    assert check_crosswalks() == []
    assert crosswalks() and all(link.reason.sv and link.reason.en for one in crosswalks() for link in one.links)


def test_the_datasets_suggestions_are_all_there_and_marked():
    found = {(one.one, one.other): one.links for one in crosswalks()}
    links = found["rcc-2012", "rcc-2023"]
    assert [(link.one.split(":")[1], link.other.split(":")[1]) for link in links] == [
        ("4.1", "1"), ("4.2", "3"), ("4.3", "2"), ("4.3", "8"), ("4.4", "6"), ("4.4", "8"), ("5.1", "4"), ("5.2", "5"),
        ("5.3", "9"), ("6.1", "7"), ("6.2", "7"), ("6.3", "3"), ("6.3", "7"),
    ]  # fmt: skip
    assert all(link.suggested and link.kind == "related" for one in crosswalks() for link in one.links)
    assert len(found["rcc-2023", "sosr-promises"]) == 7


def test_what_names_a_criterion_holds_for_its_points_and_is_seen_from_both_ends():
    assert ("related", "rcc-2023:1.1") in others("rcc-2012:4.1.1") & others("rcc-2012:4.1-36")
    back = [relation for relation in related("rcc-2023:1.1") if relation.other.startswith("rcc-2012:")]
    assert {(relation.other, relation.via) for relation in back} == {
        ("rcc-2012:4.1.1", "rcc-2012:4.1"), ("rcc-2012:4.1-12", "rcc-2012:4.1"), ("rcc-2012:4.1-36", "rcc-2012:4.1")
    }  # fmt: skip
    assert ("related", "rcc-2012:4.4.2") in others("oeci-3x-p:PAT-02.1")


def test_every_relation_leads_to_a_point_that_exists():
    for one in editions.editions().values():
        for point in one.points:
            for relation in related(point.key):
                home = editions.edition(relation.other.split(":")[0])
                assert home.point(relation.other) in points_at(home, relation.via)


def test_a_point_that_nobody_knows_is_related_to_nothing():
    assert related("oeci-99:1") == ()


def test_a_good_file_has_no_fault(tmp_path):
    assert faults(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "place", "code"),
    [
        ('kind = "part_of"', 'kind = "cousin"', "relations[1].kind", "not_one_of"),
        ('from = "1"', 'from = "99"', "relations[1].from", "no_such_point"),
        ('to = "5"', 'to = "99"', "relations[1].to", "no_such_point"),
        ('to = "sosr-promises"', 'to = "nobody"', "relations[1].to", "no_such_point"),
        ('en = "The same"', 'en = ""', "relations[1].reason", "translation_missing"),
        ('from = "rcc-2023"', "", "from", "missing"),
    ],
)
def test_every_fault_is_told_with_its_place(tmp_path, old, new, place, code):
    assert old in GOOD
    assert (place, code) in faults(tmp_path, GOOD.replace(old, new, 1))


def test_the_file_is_called_after_both_editions(tmp_path):
    assert faults(tmp_path, GOOD, "a--b.toml") == [("", "wrong_file")]


def test_the_readme_explains_the_kinds():
    readme = (editions.shelf("standards") / "README.md").read_text(encoding="utf-8")
    assert {kind for kind in KINDS if f"`{kind}`" not in readme} == set()
