"""Papers as Word are read back: text in its order, styles, table headers, language and properties."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from ccc_pilot.office import documents, prose
from ccc_pilot.office.blocks import Break, Chart, Facts, Grid, Heading, Paper, Paragraph, Point, Series, Timeline, bullets, plain

MADE = datetime(2025, 5, 12, 8, 30, tzinfo=UTC)
BLOCKS = (
    Facts((("Diarienummer", "–"), ("Datum", "12 maj 2025"))),
    Heading("Förslag till beslut"),
    bullets(["SÖSR deltar i piloten", "Projektledare utses"], ordered=True),
    bullets(["Ny räkning"], ordered=True),
    Heading("Ärendet", 2),
    *prose.blocks("En **viktig** sak, se [skrivelsen](https://example.se/).\n\n- punkt\n  - under"),
    Grid(("Region", "Klara"), (("RÖ", "14"), ("RJL", "3")), "Läget per region", (3, 1), frozenset({1})),
    Chart("Stapel", ("RÖ",), (Series("klara", (3,), "#2F7D5B"), Series("okända", (None,), "#8A7CA8"))),
    Timeline("Dagar", (Point(date(2025, 5, 6), "Möte med Socialstyrelsen"),)),
    Break(),
    Paragraph(plain("Källa: skrivelsen"), "note"),
)


def made(language: str = "sv") -> Any:
    paper = Paper(
        "Underlag till RSL",
        language,
        BLOCKS,
        "12 maj 2025",
        ("Tjänsteskrivelse",),
        "Demo Person",
        "Ämne",
        ("RSL",),
        "Sidfot",
        MADE,
    )
    target = BytesIO()
    documents.write(paper, target)
    return docx.Document(BytesIO(target.getvalue()))


@pytest.fixture(scope="module")
def paper() -> Any:
    return made()


def styled(document: Any, style: str) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == style]


def test_title_headings_and_lists_have_real_styles(paper):
    assert styled(paper, "Title") == ["Underlag till RSL"]
    assert styled(paper, "Heading 1") == ["Förslag till beslut"]
    assert styled(paper, "Heading 2") == ["Ärendet"]
    assert styled(paper, "List Number") == ["SÖSR deltar i piloten", "Projektledare utses", "Ny räkning"]
    assert styled(paper, "List Bullet") == ["punkt"]
    assert styled(paper, "List Bullet 2") == ["under"]


def test_a_second_numbered_list_counts_from_one_again(paper):
    first, _second, third = [p for p in paper.paragraphs if p.style.name == "List Number"]
    numbers = [p._p.pPr.numPr.numId.val for p in (first, third)]
    assert numbers[0] != numbers[1]
    nums = {num.numId: num for num in paper.part.numbering_part.element.num_lst}
    assert all(nums[number].find(f".//{qn('w:startOverride')}").get(qn("w:val")) == "1" for number in numbers)


def test_bold_and_links_are_kept(paper):
    line = next(p for p in paper.paragraphs if "viktig" in p.text)
    assert [run.text for run in line.runs if run.bold] == ["viktig"]
    assert [link.address for link in line.hyperlinks] == ["https://example.se/"]
    assert line.text == "En viktig sak, se skrivelsen."


def test_tables_have_a_marked_header_row_a_caption_and_whole_rows(paper):
    table = paper.tables[1]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["Region", "Klara"], ["RÖ", "14"], ["RJL", "3"]]
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] == [True, False, False]
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Läget per region"
    assert styled(paper, "Caption")[0] == "Läget per region"


def test_a_chart_stands_as_its_numbers_and_what_is_not_known_as_a_dash(paper):
    assert [cell.text for cell in paper.tables[2].rows[1].cells] == ["RÖ", "3", "–"]


@pytest.mark.parametrize(("language", "code"), [("sv", "sv-SE"), ("en", "en-GB")])
def test_every_run_has_the_language_and_so_has_the_document(language, code):
    document = made(language)
    runs = list(document.element.iter(qn("w:r")))
    assert runs
    assert {run.rPr.find(qn("w:lang")).get(qn("w:val")) for run in runs} == {code}
    assert {look.get(qn("w:val")) for look in document.styles.element.iter(qn("w:lang"))} == {code}
    assert document.core_properties.language == code


def test_the_properties_tell_title_author_and_when(paper):
    told = paper.core_properties
    assert (told.title, told.author, told.subject, told.keywords) == ("Underlag till RSL", "Demo Person", "Ämne", "RSL")
    assert told.created.replace(tzinfo=UTC) == MADE


def test_the_footer_counts_the_pages(paper):
    footer = paper.sections[0].footer._element
    assert "Sidfot" in "".join(text.text for text in footer.iter(qn("w:t")))
    assert [part.text for part in footer.iter(qn("w:instrText"))] == ["PAGE"]


def test_days_beside_which_a_table_of_the_same_stands_are_not_told_twice():
    days = (Point(date(2025, 5, 6), "Möte"),)
    tables = []
    for tabled in (True, False):
        target = BytesIO()
        documents.write(Paper("Underlag", "sv", (Timeline("Dagar", days, tabled=tabled),)), target)
        tables.append(len(docx.Document(target).tables))
    assert tables[1] == tables[0] - 1
