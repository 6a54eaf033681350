"""Papers as PDF are read back (text, language, tags, fonts) and held against the rules of their standards by a checker of those."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import page
import pypdf
import pytest

from ccc_pilot.errors import Refused
from ccc_pilot.office import prose, typeset
from ccc_pilot.office.blocks import Break, Chart, Facts, Grid, Heading, Paper, Paragraph, Point, Series, Timeline, bullets, plain
from ccc_pilot.office.typeset import Standard

NASTY = '#panic("x") $ \\ "quote" [bracket] @ref <label> // remark'
BLOCKS = (
    Facts((("Diarienummer", "–"), ("Datum", "12 maj 2025"))),
    Heading("Förslag till beslut"),
    bullets(["SÖSR deltar i piloten", NASTY], ordered=True),
    *prose.blocks("En **viktig** sak, se [skrivelsen](https://example.se/).\n\n- punkt\n  - under\n\n> sagt", top=2),
    Grid(("Region", "Klara"), (("RÖ", "14"), ("RJL", "3")), "Läget per region", (3, 1), frozenset({1})),
    Grid(("", ""), (("utan", "rubrik"),)),
    Chart("Stapel", ("RÖ", "RJL"), (Series("klara", (3, 0), "#2F7D5B"), Series("okända", (None, 1), "#8A7CA8")), first="Region"),
    Timeline("Dagar", (Point(date(2025, 5, 6), "Möte med Socialstyrelsen"),), ("Dag", "Vad")),
    Break(),
    Paragraph(plain("Källa: skrivelsen"), "note"),
)


def set_as(language: str = "sv", standard: Standard = Standard.ACCESSIBLE, blocks: Any = BLOCKS) -> bytes:
    paper = Paper("Underlag till RSL", language, tuple(blocks), "12 maj", ("Tjänsteskrivelse",), "Demo", "Ämne", ("RSL",), "Sidfot", datetime(2025, 5, 12, tzinfo=UTC))  # fmt: skip
    target = BytesIO()
    typeset.write(paper, target, standard=standard)
    return target.getvalue()


def made(language: str = "sv", standard: Standard = Standard.ACCESSIBLE, blocks: Any = BLOCKS) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(set_as(language, standard, blocks)))


def text_of(reader: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def nodes(reader: pypdf.PdfReader) -> list[dict[str, Any]]:
    """The elements of the structure tree in the order in which they are read aloud."""

    def walk(node: Any) -> Iterator[dict[str, Any]]:
        node = node.get_object()
        if isinstance(node, list):
            for one in node:
                yield from walk(one)
        elif isinstance(node, dict):
            if "/S" in node:
                yield node
            if "/K" in node:
                yield from walk(node["/K"])

    return list(walk(reader.trailer["/Root"]["/StructTreeRoot"]))


def told_of(node: dict[str, Any], name: str) -> Any:
    """An attribute of an element of the structure tree."""
    return next((one.get_object()[name] for one in node.get("/A", []) if name in one.get_object()), None)


@pytest.fixture(scope="module", params=list(Standard))
def reader(request: pytest.FixtureRequest) -> pypdf.PdfReader:
    return made(standard=request.param)


def test_the_text_is_there_and_none_of_it_is_read_as_code(reader):
    text = text_of(reader)
    for said in ("Underlag till RSL", "Förslag till beslut", "SÖSR deltar i piloten", "En viktig sak, se skrivelsen.", "under", "Källa: skrivelsen"):  # fmt: skip
        assert said in text
    assert '#panic("x") $' in text
    assert "// remark" in text
    assert len(reader.pages) == 2


def test_it_says_its_language_and_title_and_readers_show_the_title(reader):
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "sv-SE"
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == "Underlag till RSL"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_headings_lists_tables_and_links_are_tagged_in_their_order(reader):
    found = [node["/S"] for node in nodes(reader)]
    assert {"/L", "/LI", "/Lbl", "/LBody", "/Table", "/THead", "/TBody", "/TR", "/TD", "/Link", "/P", "/Caption"} <= set(found)
    assert [tag for tag in found if tag in {"/Title", "/H1", "/H2", "/H3", "/Table", "/Figure"}] == [
        "/Title", "/H1", "/Table", "/Table", "/Figure", "/Table", "/Table",
    ]  # fmt: skip
    assert found.index("/L") < found.index("/H1")  # the head of the letter is a list of names and what they are


def test_every_header_of_a_table_says_that_it_heads_its_column(reader):
    headers = [node for node in nodes(reader) if node["/S"] == "/TH"]
    assert len(headers) == 2 + 3 + 2
    assert {told_of(node, "/Scope") for node in headers} == {"/Column"}


def test_every_figure_has_a_text_for_those_who_do_not_see_it(reader):
    figures = [node for node in nodes(reader) if node["/S"] == "/Figure"]
    assert [str(node["/Alt"]) for node in figures] == ["Stapel. RÖ: klara 3, okända –; RJL: klara 0, okända 1"]


@pytest.mark.parametrize(
    ("standard", "profile", "rules"), [(Standard.ACCESSIBLE, "ua1", 100), (Standard.ARCHIVE, "ua1", 100), (Standard.ARCHIVE, "2a", 150)]
)  # fmt: skip
def test_a_checker_of_the_standards_finds_no_fault(standard, profile, rules):
    report = page.validate_pdf_bytes(set_as(standard=standard), profile=profile)
    assert [(fault.rule_id, fault.message) for fault in report.failures] == []
    assert report.is_compliant
    assert report.rules.passed >= rules


@pytest.mark.parametrize(
    ("standard", "marks"), [(Standard.ACCESSIBLE, (b"pdfuaid:part>1",)), (Standard.ARCHIVE, (b"pdfuaid:part>1", b"pdfaid:part>2", b"pdfaid:conformance>A"))]
)  # fmt: skip
def test_it_names_the_standards_that_it_keeps(standard, marks):
    told = made(standard=standard).trailer["/Root"]["/Metadata"].get_data()
    assert [mark for mark in marks if mark not in told] == []


def test_english_is_told_as_english():
    assert made("en").trailer["/Root"]["/Lang"] == "en-GB"


def test_a_table_of_many_rows_goes_over_pages_with_its_header(reader):
    long = made(blocks=[Grid(("Milstolpe", "Läge"), tuple((f"rad {n}", "pågår") for n in range(120)), "Alla")])
    assert len(long.pages) > 2
    assert all("Milstolpe" in page.extract_text() for page in long.pages)


def test_the_fonts_are_our_own(reader):
    fonts = {str(font.get_object()["/BaseFont"]) for page in reader.pages for font in page["/Resources"]["/Font"].values()}
    assert fonts
    assert all("SourceSansPro" in font for font in fonts)


@pytest.mark.usefixtures("english")
def test_what_takes_too_long_is_refused_in_words():
    with pytest.raises(Refused, match="too large"):
        typeset.write(Paper("x", "sv", BLOCKS), BytesIO(), seconds=0.01)


def test_an_empty_paper_is_one_page():
    assert len(made(blocks=[]).pages) == 1


@pytest.mark.parametrize("standard", Standard)
def test_a_sign_that_no_font_has_stands_as_its_name_and_the_rest_as_it_was(standard: Standard):
    family = "\U0001f468\u200d\U0001f467"
    blocks = (Heading("Klart \U0001f600"), Paragraph(plain("中 å → ✓ \ue000")), Grid(("Region",), ((family,),)))
    said = text_of(made(standard=standard, blocks=blocks))
    assert "Klart [grinning face]" in said and "[man][girl]" in said
    assert "[cjk unified ideograph-4e2d] å → ✓" in said


def test_names_of_signs():
    assert [typeset.name_of(sign) for sign in "\U0001f600\ue000\u200d\x07"] == ["[grinning face]", "□", "", "□"]
    fault = 'error: PDF/UA-1 error: the text `"\\u{7}a中"` could not be displayed with font `"Source Sans Pro"`'
    assert typeset.unshown_in(fault) == {"\x07", "中"}
    assert not typeset.unshown_in("error: PDF/A-2a error: missing document date")
