"""Papers as PDF are read back: text, language, tags, standard, fonts."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

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


def made(language: str = "sv", standard: Standard = Standard.ACCESSIBLE, blocks: Any = BLOCKS) -> pypdf.PdfReader:
    paper = Paper("Underlag till RSL", language, tuple(blocks), "12 maj", ("Tjänsteskrivelse",), "Demo", "Ämne", ("RSL",), "Sidfot", datetime(2025, 5, 12, tzinfo=UTC))  # fmt: skip
    target = BytesIO()
    typeset.write(paper, target, standard=standard)
    return pypdf.PdfReader(BytesIO(target.getvalue()))


def text_of(reader: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def tags(reader: pypdf.PdfReader) -> set[str]:
    found: set[str] = set()
    front = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while front:
        node = front.pop().get_object()
        if isinstance(node, list):
            front += node
        elif isinstance(node, dict):
            found.add(str(node.get("/S", "")))
            front += [node["/K"]] if "/K" in node else []
    return found


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


def test_it_is_tagged_and_says_its_language_and_title(reader):
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "sv-SE"
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == "Underlag till RSL"
    assert {"/H1", "/L", "/LI", "/Table", "/TH", "/TD", "/Figure", "/Link", "/P"} <= tags(reader)


@pytest.mark.parametrize(("standard", "mark"), [(Standard.ACCESSIBLE, b"pdfuaid"), (Standard.ARCHIVE, b"pdfaid")])
def test_it_promises_its_standard(standard, mark):
    assert mark in made(standard=standard).trailer["/Root"]["/Metadata"].get_data()


def test_a_reader_shows_the_title_and_not_the_name_of_the_file():
    assert made().trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]


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
