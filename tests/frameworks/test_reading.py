"""A sheet becomes an edition, or every fault is told by its cell."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccc_pilot.catalogue.editions import shelf_editions
from ccc_pilot.frameworks import exporting
from ccc_pilot.frameworks.columns import FIELDS, guess, heading_row
from ccc_pilot.frameworks.reading import Head, read
from ccc_pilot.office import csv as safe_csv

OECI = shelf_editions()["oeci-3x-p"]
# The documented format of the licensed text.
DOCUMENTED = ["oeci_no", "point_no", "is_core", "applies", "title_sv", "title_en", "evidence_hint"]
ROWS = [
    DOCUMENTED,
    ["S11", 4, "no", "CC;CCC", "Program för vårdhygien", "Programme", "Policydokument; Något annat"],
    [None, 5, "yes", "", "Frekvenser följs", "", ""],
    ["S83", 2, "", "nätverk", "Obligatorisk utbildning", "", None],
]


def reading(rows, columns=None, **head):
    said = {
        "key": "big",
        "title": {"sv": "Stor", "en": ""},
        "framework": "OECI",
        "version": "9",
        "file_name": "big.xlsx",
        "like": OECI,
    }
    return read(rows, 0, columns if columns is not None else guess([str(cell) for cell in rows[0]]), Head(**{**said, **head}))


def told(point):
    """What an export must not lose."""
    names = "key text guidance standard chapter official applies weight stage_months pdca source source_ref confidence status core core_status"
    return [getattr(point, name) for name in names.split()]


def faults(rows, columns=None, **head):
    return [(fault.place, str(fault.message)) for fault in reading(rows, columns, **head).faults]


def test_the_documented_format_is_read_as_it_is_guessed():
    edition = reading(ROWS).edition
    assert [(point.number, point.official, point.core, point.core_status) for point in edition.points] == [
        ("S11.4", "S11.4", False, "confirmed"), ("S11.5", "S11.5", True, "confirmed"), ("S83.2", "S83.2", None, "unknown")
    ]  # fmt: skip
    first, _second, third = edition.points
    assert (first.applies, third.applies) == ({"CC", "CCC"}, {"NET"})
    assert [edition.kinds[one.kind].title.sv for one in first.requires] == ["Policydokument", "Något annat"]
    assert (first.requires[0].kind, first.requires[0].mandatory) == ("policy", False)
    assert (first.text.sv, first.text.en, third.text.en) == ("Program för vårdhygien", "Programme", "")
    assert (edition.origin, edition.scale.top, first.status, first.confidence) == ("imported", 3, "confirmed", "fact")


def test_an_exported_edition_comes_back_the_same_in_everything_it_says():
    for edition in shelf_editions().values():
        target = io.BytesIO()
        safe_csv.write(exporting.table(edition), target)
        rows = list(csv.reader(io.StringIO(target.getvalue().decode("utf-8-sig"), newline=""), delimiter=";"))
        found = reading(rows, key=edition.key, like=edition)
        assert not found.faults, (edition.key, found.faults[:3])
        assert [told(point) for point in found.edition.points] == [told(point) for point in edition.points], edition.key
        assert [[one.mandatory for one in point.requires] for point in found.edition.points] == [
            [one.mandatory for one in sorted(point.requires, key=lambda one: not one.mandatory)] for point in edition.points
        ]


def test_headings_on_rows_of_their_own_are_read_by_their_depth():
    rows = [
        ["assessable", "depth", "ref_id", "name", "description", "typical_evidence"],
        ["", 1, "GV", "Govern", "", ""],
        ["", 2, "GV.OC", "Context", "", ""],
        ["x", 3, "GV.OC-01", "", "The mission is understood", "A policy"],
        ["x", 3, "GV.OC-02", "Stakeholders", "They are known", ""],
        ["", 1, "ID", "Identify", "", ""],
        ["x", 2, "ID-01", "", "Assets are listed", ""],
        ["x", 2, "", "", "Owners are named", ""],
    ]
    edition = reading(rows).edition
    assert [(chapter.key, chapter.title.en) for chapter in edition.chapters] == [("big:GV", "Govern"), ("big:ID", "Identify")]
    assert [(point.number, point.standard) for point in edition.points] == [
        ("GV.OC-01", "big:GV.OC"), ("GV.OC-02", "big:GV.OC"), ("ID-01", "big:ID-0"), ("ID-2", "big:ID-0")
    ]  # fmt: skip
    assert edition.points[1].text.en == "Stakeholders: They are known"


def test_chapter_standard_and_point_of_the_same_number_are_told_apart():
    edition = reading(
        [["chapter", "standard", "number", "text"], [1, 1, "1.1", "a"], [1, 2, "1", "b"], [2, 3, "x9", "c"]]
    ).edition
    keys = [chapter.key for chapter in edition.chapters] + [one.key for chapter in edition.chapters for one in chapter.standards]
    assert len({*keys, *(point.key for point in edition.points)}) == 2 + 3 + 3
    assert [point.number for point in edition.points] == ["1.1", "2.1", "x9"]


def test_a_point_is_tied_to_the_earlier_edition_by_number_or_as_told():
    rows = [
        ["standard", "number", "text", "replaces"],
        ["S83", 2, "Krav", ""],
        ["S1", 1, "Krav", "GOV-01.1, GOV-02.1"],
        ["S2", 1, "Nytt", ""],
    ]
    assert [point.was for point in reading(rows, earlier=OECI).edition.points] == [
        ("oeci-3x-p:EDU-02.2",), ("oeci-3x-p:GOV-01.1", "oeci-3x-p:GOV-02.1"), ()
    ]  # fmt: skip
    rows[1][3] = "GOV-99"
    assert faults(rows, earlier=OECI) == [("D2", "Den tidigare utgåvan har ingen punkt med numret GOV-99.")]


def test_in_a_column_of_crosses_no_cross_means_no_but_unknown_is_not_no():
    crosses = [["number", "text", "core"], ["1", "a", "x"], ["2", "b", ""]]
    assert [point.core for point in reading(crosses).edition.points] == [True, False]
    assert [point.core for point in reading([*crosses, ["3", "c", "nej"]]).edition.points] == [True, None, False]


@pytest.mark.parametrize(
    ("row", "place", "said"),
    [
        (["A", date(2026, 1, 4), "text", ""], "B2", "gjort ett datum av numret"),
        (["A", "#REF!", "text", ""], "B2", "ger ett fel"),
        (["A", "", "text", ""], "B2", "inget nummer"),
        (["A", "!!!", "text", ""], "B2", "behöver bokstäver eller siffror"),
        (["A", "1", "", "yes"], "C2", "ingen text"),
        (["A", "1", "x" * 20_001, ""], "C2", "mer än 20000 tecken"),
        (["A", "1", "text", "perhaps"], "D2", "Skriv ja eller nej"),
    ],
)
def test_every_fault_names_its_cell(row, place, said):
    found = faults([["chapter", "number", "text", "core"], row])
    assert [at for at, _words in found] == [place]
    assert said in found[0][1]


def test_a_number_that_stands_twice_names_both_rows():
    rows = [["number", "text"], ["1.1", "a"], ["1.2", "b"], ["1.1", "c"], ["1,2", "d"]]
    assert faults(rows) == [("A4", "Numret 1.1 står redan på rad 2.")]
    assert faults([*rows[:3], ["1.2 ", "d"]]) == [("A4", "Numret 1.2 står redan på rad 3.")]


def test_several_hundred_points_are_read_and_all_their_faults_told():
    rows = [["chapter", "standard", "number", "text_sv", "weight"]]
    rows += [[f"K{n // 100}", f"S{n // 10}", f"S{n // 10}.{n}", f"Punkt {n}", 1] for n in range(700)]
    edition = reading(rows).edition
    assert (len(edition.points), len(edition.chapters)) == (700, 7)
    for row in rows[1:]:
        row[4] = "många"
    assert len(faults(rows)) == 700


def test_a_sheet_without_points_says_so():
    assert "Välj blad" in faults([["number", "text"]])[0][1]


def test_the_headings_are_found_below_a_preamble():
    assert heading_row([["Our standards"], [], ["Nr", "Krav", "Kärna"], ["1", "x", ""]]) == 2
    assert guess(["Nr", "Krav", "Kärna", "Krav"]) == {0: "number", 1: "text_sv", 2: "core"}


CELLS = st.one_of(
    st.none(), st.text(max_size=12), st.integers(-5, 300), st.floats(allow_nan=True), st.booleans(), st.dates(),
    st.sampled_from(["1.1", "yes", "x", "CC", "PDCA", "=1+1", "'=1", "S11", "1", "2"]),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(CELLS, max_size=7), max_size=12),
    st.dictionaries(st.integers(0, 7), st.sampled_from(sorted(FIELDS)), max_size=7),
)
def test_whatever_stands_in_a_sheet_is_read_or_told(rows, columns):
    columns = {number: name for name, number in {name: number for number, name in columns.items()}.items()}
    found = reading([["heading"] * 7, *rows], columns, earlier=OECI)
    assert (found.edition is None) == bool(found.faults)
    assert all(fault.place and str(fault.message) for fault in found.faults)
    if found.edition:
        assert len(found.edition.points) == found.points
