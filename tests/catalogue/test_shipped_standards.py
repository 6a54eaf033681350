"""The editions on the shelf say what their sources say, and nothing that only the owner may say."""

import re
from collections import Counter
from pathlib import Path

import pytest

from ccc_pilot.catalogue import CONFIDENCES, DESIGNATIONS, PDCA, ROLES, check_standards
from ccc_pilot.catalogue.editions import edition, editions, shelf_editions
from ccc_pilot.catalogue.standard_records import CORE_STATUSES, POINT_STATUSES

SHELF = Path(__file__).parents[2] / "standards"
POINTS = [point for one in shelf_editions().values() for point in one.points]
OECI, RCC = shelf_editions()["oeci-3x-p"], shelf_editions()["rcc-2012"]


def test_the_shelf_is_without_fault():
    assert check_standards() == []


def test_an_edition_is_found_by_its_key_and_an_unknown_one_is_told():
    assert edition("oeci-3x-p") is OECI and editions()["rcc-2012"] is RCC
    with pytest.raises(KeyError):
        edition("oeci-99")


@pytest.mark.parametrize("one", shelf_editions().values(), ids=lambda one: one.key)
def test_every_text_is_there_in_both_languages_with_a_source(one):
    for point in one.points:
        assert point.text.sv and point.text.en and point.source, point.key
        assert bool(point.guidance.sv) == bool(point.guidance.en), point.key
        assert (one.point(point.key), point in one.standard(point.standard).points) == (point, True)
        assert point in one.chapter(point.chapter).points
        assert {requirement.kind for requirement in point.requires} <= set(one.kinds)
        assert all(old.split(":")[0] != one.key for old in point.was), point.key
    assert [point.order for point in one.points] == list(range(1, len(one.points) + 1))
    assert {question.ask for question in one.questions} <= set(ROLES)


def test_oeci_has_nine_chapters_and_85_standards_as_counted_by_the_source():
    assert [len(chapter.standards) for chapter in OECI.chapters] == [8, 17, 9, 8, 6, 9, 14, 10, 4]
    assert [chapter.number for chapter in OECI.chapters] == [str(number) for number in range(1, 10)]
    assert len(OECI.points) == 83 + 3 + 2


def test_only_what_a_public_text_confirms_bears_an_official_number():
    assert {point.number: point.official for point in OECI.points if point.official} == {
        "ORG-03.4": "S11.4", "ORG-03.5": "S11.5", "ORG-03.6": "S11.6", "EDU-02.2": "S83.2", "EDU-02.7": "S83.7"
    }  # fmt: skip
    assert {point.status == "confirmed" for point in OECI.points if point.official} == {True}
    assert all(
        point.status == "reconstructed" and point.confidence == "assumption" for point in OECI.points if not point.official
    )
    assert [point.number for point in OECI.points if point.core_status == "confirmed"] == ["EDU-02.2"]


def test_a_standard_without_known_points_is_its_own_only_point():
    standard = OECI.standard("oeci-3x-p:GOV-01")
    (point,) = standard.points
    assert (point.key, point.text, point.core) == ("oeci-3x-p:GOV-01.1", standard.title, True)
    assert [(one.kind, one.mandatory) for one in point.requires] == [("org_chart", True), ("tor", False), ("minutes", False)]


def test_what_is_not_meant_for_a_designation_is_left_out_of_it():
    asked = {designation: len(OECI.points_for(designation)) for designation in ("CC", "CCC", "NET")}
    assert asked == {"CC": 76, "CCC": 88, "NET": 87}
    with pytest.raises(ValueError, match="XX"):
        OECI.points_for("XX")


def test_the_scale_knows_its_top_and_what_stands_outside_the_sums():
    assert (OECI.scale.top, OECI.scale.level("partially").value, OECI.scale.level("na").value) == (3, 1, None)
    with pytest.raises(KeyError):
        OECI.scale.level("maybe")


def test_the_ten_criteria_have_nineteen_requirements_and_seventeen_steps():
    criteria = [standard for chapter in RCC.chapters for standard in chapter.standards if standard.official]
    asked = {standard.number: sum(point.stage_months is None for point in standard.points) for standard in criteria}
    assert asked == {"4.1": 1, "4.2": 1, "4.3": 2, "4.4": 4, "5.1": 1, "5.2": 3, "5.3": 2, "6.1": 3, "6.2": 1, "6.3": 1}
    steps = Counter(point.stage_months for point in RCC.points if point.stage_months is not None)
    assert steps == {0: 1, 12: 8, 24: 4, 36: 2, 48: 2}
    expected = {48: ["4.2-48", "6.3-48"], 24: ["4.3-24", "5.1-24", "6.2-24", "6.3-24"], 36: ["4.1-36", "5.3-36"]}
    assert {months: [point.number for point in RCC.points if point.stage_months == months] for months in expected} == expected
    assert all(re.match(r"S1:\d+", point.source_ref) for point in RCC.points)


def test_the_readme_explains_every_key_word_and_edition():
    keys = {
        key
        for file in SHELF.glob("*/standard.toml")
        for key in re.findall(r"^([a-z_]+) =", file.read_text(encoding="utf-8").split("[kinds]")[-1].split("[[", 1)[-1], re.M)
    }
    words = keys - {"sv", "en"} | {*CORE_STATUSES, *POINT_STATUSES, *CONFIDENCES, *DESIGNATIONS, *PDCA[:5], *shelf_editions()}
    readme = (SHELF / "README.md").read_text(encoding="utf-8")
    assert {word for word in words if f"`{word}`" not in readme} == set()


def test_what_is_not_public_is_a_place_and_not_a_claim():
    for key in ("eunetccc-p", "crane-ccc-2024-p", "cccn-p", "oeci-net-2021-p"):
        one = shelf_editions()[key]
        assert {point.status for point in one.points} == {"placeholder"}, key
        assert not any(point.official or point.core is not None for point in one.points), key
        assert one.questions, key


def test_the_maturity_model_has_four_levels_and_the_models_own_codes():
    model = shelf_editions()["cci4eu-2024"]
    (research,) = (chapter for chapter in model.chapters if chapter.number == "05")
    assert [standard.title.en for standard in research.standards] == ["Level 1", "Level 2", "Level 3", "Level 4"]
    assert [len(standard.points) for standard in research.standards] == [2, 3, 3, 4]
    for point in model.points:
        if point.official:  # the second digit of a code is its level
            assert point.official[-2] == point.standard[-1] and point.official == point.number
    assert len([point for point in model.points if point.official]) == 19


def test_areas_and_promises_are_ten_and_six_in_the_sources_order():
    areas, promises = shelf_editions()["rcc-2023"], shelf_editions()["sosr-promises"]
    assert [point.number for point in areas.points] == [f"{n}.1" for n in range(1, 11)]
    assert areas.points[9].text.sv == "Barn och unga" and len(promises.points) == 6
