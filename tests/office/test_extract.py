"""The text of documents that people send in is found where it stands."""

from io import BytesIO

import pypdf
import pytest
from docx import Document
from pptx import Presentation
from pptx.util import Cm

from ccc_pilot.errors import Refused
from ccc_pilot.office import extract
from ccc_pilot.office.extract import Limits, Place
from tests.office.making import archive, saved, workbook

pytestmark = pytest.mark.usefixtures("english")


def letter() -> bytes:
    document = Document()
    document.add_heading("Beslut", 1)
    document.add_paragraph("Förslag till  beslut vid RSL 250512")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "§ 3", "Bifall"
    document.add_paragraph("Efter tabellen")
    return saved(document)


def deck() -> bytes:
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "Statusuppdatering"
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, Cm(5), Cm(2)).text_frame.text = "STEG 1"
    table = slide.shapes.add_table(1, 2, 0, 0, Cm(5), Cm(2)).table
    table.cell(0, 0).text, table.cell(0, 1).text = "RÖ", "RJL"
    slide.notes_slide.notes_text_frame.text = "Källa: skrivelsen"
    show.slides.add_slide(show.slide_layouts[6])
    return saved(show)


def test_a_letter_is_read_in_the_order_it_is_written_tables_with_it():
    read = extract.read(letter())
    assert (read.kind, read.cut) == ("docx", False)
    assert read.text.splitlines() == ["Beslut", "Förslag till beslut vid RSL 250512", "§ 3 | Bifall", "Efter tabellen"]


def test_a_deck_is_read_slide_by_slide_with_groups_tables_and_notes():
    read = extract.read(deck())
    assert read.kind == "pptx"
    assert read.places[0].text.splitlines() == ["Statusuppdatering", "STEG 1", "RÖ | RJL", "Källa: skrivelsen"]
    assert read.places[1] == Place("slide", 2, "")


def test_text_is_read_in_whatever_encoding_it_came():
    for encoding in ("utf-8", "cp1252", "utf-16"):
        assert extract.read("# Möte\n\nFörslag".encode(encoding)).text == "# Möte\nFörslag"


def test_a_scanned_pdf_has_no_text_and_its_pages_are_there():
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_blank_page(200, 200)
    read = extract.read(saved_pdf(writer))
    assert [(place.kind, place.number, place.text) for place in read.places] == [("page", 1, ""), ("page", 2, "")]
    assert read.text == ""


def saved_pdf(writer: pypdf.PdfWriter) -> bytes:
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def test_what_is_past_the_limits_is_left_out_and_told():
    assert extract.read(deck(), limits=Limits(places=1)).cut
    short = extract.read(letter(), limits=Limits(characters=10))
    assert short.cut
    assert len(short.text) == 10


def locked_pdf() -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("hemligt", algorithm="RC4-128")
    return saved_pdf(writer)


REFUSED = {
    "nothing": (b"", "is empty"),
    "half a letter": (letter()[:-300], "damaged"),
    "a letter with broken insides": (archive(word_document__xml=b"<nonsense"), "damaged"),
    "half a deck": (deck()[:9_000], "damaged"),
    "a PDF that is none": (b"%PDF-1.7\nnonsense", "damaged"),
    "a locked PDF": (locked_pdf(), "password"),
    "an old letter": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
    "a workbook": (workbook(A=[["x"]]), "docx, pptx, pdf"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "docx, pptx, pdf"),
    "a large one": (b"x" * (51 << 20), "50 MB"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_told_at_its_field(case):
    data, words = REFUSED[case]
    with pytest.raises(Refused) as refusal:
        extract.read(data, field="file")
    assert words in str(refusal.value.message)
    assert refusal.value.field == "file"
