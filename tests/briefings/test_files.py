"""The files of the briefing for RSL 250512 are read back: they hold what the pilot's own paper to that meeting holds."""

import zipfile
from io import BytesIO
from typing import Any

import docx
import pptx
import pypdf
import pytest
from pptx.enum.shapes import MSO_SHAPE_TYPE

from ccc_pilot.briefings import composing, files
from ccc_pilot.briefings.composing import texts_of
from ccc_pilot.works import Report

# What the paper of 12 May 2025 says (domain: RSL-underlag 2025-05-12), in its own words or those of the rows that stand for it.
PAPER = (
    "Comprehensive Cancer Center Network", "202201–202406 genomfördes OECI-ackreditering av LCCC", "EU erbjuder stöd för att bilda CCCN av hela SÖSR",
    "Vid RSL 250410 togs beslut om att skicka in intresseanmälan", "Steg 1", "Steg 2", "Utse en till tre projektledare, en huvudansvarig",
    "Stöd av medicinska experter i respektive region", "80 % av 12–15 månaders lön för SÖSR", "Koppla på en ekonom för projektet", "Skrivelse från SoS 250416",
    "i första hand avser en regional pilot och i andra hand en nationell pilot", "skalbara till den nationella nivån",
    "Möte med Socialstyrelsen och representanter från SÖSR 250506", "RCC styrgrupp 250507", "Torsdagsgruppen inklusive RCC verksamhetschef 250509",
    "Sammanfattningsvis positivt gensvar", "Skrivelse från Socialstyrelsen daterad 250416", "EUnetCCC Milestone 26 – Pilots guidelines for the European CCC",
    "Förslag till beslut vid RSL 250512", "SÖSR deltar i piloten i enlighet med skrivelse från Socialstyrelsen", "Fortsatt arbete",
    "Projektledare utses per region", "finns reserverat via SoS", "för RKL och RJL under 2025–2026", "Avrapportering till RSL",
)  # fmt: skip


def made(briefing: Any, kind: str, language: str = "sv") -> BytesIO:
    target = BytesIO()
    files.KINDS[kind].write(briefing, language, "Demo Huvudprojektledare", target)
    return BytesIO(target.getvalue())


def one_line(text: str) -> str:
    return " ".join(text.split())


def deck_text(show: Any) -> str:
    shapes = [shape for slide in show.slides for shape in slide.shapes]
    texts = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
    texts += [cell.text for shape in shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
    for chart in (shape.chart for shape in shapes if shape.has_chart):
        texts += [chart.chart_title.text_frame.text, *chart.plots[0].categories, *(s.name for s in chart.plots[0].series)]
        texts += [f"{value:g}" for s in chart.plots[0].series for value in s.values]
    return one_line(" ".join(texts))


def word_text(document: Any) -> str:
    texts = [p.text for p in document.paragraphs] + [c.text for t in document.tables for r in t.rows for c in r.cells]
    return one_line(" ".join(texts))


def pdf_text(reader: pypdf.PdfReader) -> str:
    return one_line(" ".join(page.extract_text() for page in reader.pages))


def test_the_deck_holds_what_the_pilots_own_paper_holds(briefing):
    show = pptx.Presentation(made(briefing, "pptx"))
    text = deck_text(show)
    assert [said for said in PAPER if said not in text] == []
    assert 8 <= len(show.slides) <= 12
    assert not [shape for slide in show.slides for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]


def test_the_decks_chart_and_table_have_the_frozen_numbers(briefing):
    show = pptx.Presentation(made(briefing, "pptx"))
    shapes = [shape for slide in show.slides for shape in slide.shapes]
    (chart,) = [shape.chart for shape in shapes if shape.has_chart]
    rows = [row for row in briefing.snapshot["rows"].values() if not row["recurs"]]
    found = dict(zip(chart.plots[0].categories, next(iter(chart.plots[0].series)).values, strict=True))
    joint = sum(row["region"] == "sosr" and row["standing"][0] == "done" for row in rows)
    assert list(found) == ["RÖ", "RJL", "RKL", "Gemensam"]
    assert found["Gemensam"] == joint > 0
    tables = [[[cell.text for cell in row.cells] for row in shape.table.rows] for shape in shapes if shape.has_table]
    (matrix,) = [table for table in tables if table[0][0] == "Region"]
    assert matrix[4][:2] == ["Gemensam", str(joint)]


def test_speakers_read_the_sources_in_the_notes(briefing):
    show = pptx.Presentation(made(briefing, "pptx"))
    notes = " ".join(slide.notes_slide.notes_text_frame.text for slide in show.slides if slide.has_notes_slide)
    assert "RSL-underlag 2025-05-12 S0:13-25" in notes


def test_the_letter_stands_under_its_usual_headings_and_without_empty_ones(briefing):
    document = docx.Document(made(briefing, "docx"))
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads == [
        "Förslag till beslut",
        "Sammanfattning",
        "Ärendet",
        "Bedömning",
        "Ekonomi",
        "Beslutsunderlag",
        "Förkortningar",
    ]
    facts = {row.cells[0].text: row.cells[1].text for row in document.tables[0].rows}
    assert facts == {
        "Diarienummer": "–", "Datum": "9 maj 2025", "Från": "Regional pilot Sydöst, EUnetCCC arbetspaket 4",
        "Till": "Regionsjukvårdsledningen, 12 maj 2025",
    }  # fmt: skip
    text = word_text(document)
    assert [said for said in PAPER if said not in text] == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_file_holds_every_text_of_every_section(briefing, language):
    composed = composing.compose(briefing, language)
    texts = {one_line(text) for part in composed.parts for block in part.blocks for text in texts_of(block)} - {"", "–"}
    assert len(texts) > 80
    read = {
        "pptx": deck_text(pptx.Presentation(made(briefing, "pptx", language))),
        "docx": word_text(docx.Document(made(briefing, "docx", language))),
        "md": one_line(made(briefing, "md", language).getvalue().decode().replace("**", "").replace("\\|", "|")),
    }
    assert {kind: [text for text in texts if text not in said] for kind, said in read.items()} == {
        "pptx": [],
        "docx": [],
        "md": [],
    }
    pdf = pdf_text(pypdf.PdfReader(made(briefing, "pdf", language))).replace(" ", "")
    assert [text for text in texts if text.replace(" ", "")[:60] not in pdf] == []


def test_the_same_snapshot_gives_the_same_content_again(briefing):
    assert made(briefing, "md").getvalue() == made(briefing, "md").getvalue()
    first, again = (deck_text(pptx.Presentation(made(briefing, "pptx"))) for _time in range(2))
    assert first == again


def test_all_files_are_made_as_long_work(briefing, monkeypatch):
    told: list[str] = []
    monkeypatch.setattr(Report, "save", lambda self, **values: told.append(values["note"]))
    result = files.all_files(Report(1, 1), number=briefing.id, author="Demo")
    with zipfile.ZipFile(BytesIO(result.data or b"")) as archive:
        names = archive.namelist()
    assert names == told
    assert names[0] == "underlag-rsl-250512-sv.pptx"
    assert len(names) == 10
