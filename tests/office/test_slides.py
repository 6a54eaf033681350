"""Decks are read back by python-pptx: text as text, tables and charts native, notes, language, alt texts; nothing runs over the edge."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pptx
import pytest
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.oxml.ns import qn
from pptx.util import Pt

from ccc_pilot.errors import Refused
from ccc_pilot.office import decks, deckstyles, prose, slides
from ccc_pilot.office.blocks import Chart, Facts, Grid, Paragraph, Point, Series, Timeline, bullets, plain
from ccc_pilot.office.decks import Deck, Slide
from tests.office.making import archive, saved

LONG = "Förutsättningar för att tre regioner tillsammans ska bilda ett nätverk " * 4
ROWS = tuple((f"Milstolpe {n} {LONG[:120]}", "RÖ", "2025-05-12") for n in range(40))
GRID = Grid(("Milstolpe", "Region", "Datum"), ROWS, "Alla", (4, 1, 1), frozenset({2}))
CHART = Chart(
    "Läget", ("RÖ", "RJL"), (Series("klara", (3, 2), "#2F7D5B"), Series("okända", (None, 1), "#8A7CA8")), first="Region"
)
TIMELINE = Timeline("Dagar", tuple(Point(date(2025, 5, n), f"{n}: {LONG[:80]}", "done") for n in range(1, 13)))
SLIDES = (
    Slide("Underlag till RSL", (Paragraph(plain("12 maj 2025")),), "Källa: S0", opening=True),
    Slide(
        "Status",
        (*prose.blocks("## Steg\n- **ett** med [länk](https://example.se/)\n  - under\n\n1. först\n2. sedan"), CHART),
        "Säg detta",
    ),
    Slide("Milstolpar", (GRID,)),
    Slide("Dagar", (TIMELINE,)),
    Slide(LONG, (bullets([LONG * 3] * 12), Facts((("Från", "RÖ"),)))),
    Slide("Lång text", (Paragraph(plain("ord " * 3_000)), bullets(["ord " * 1_500], ordered=True))),
)


def made(language: str = "sv", template: bytes | None = None, deck_slides: Any = SLIDES) -> Any:
    target = BytesIO()
    deck = Deck(
        "Underlag till RSL", language, tuple(deck_slides), "Demo", "Ämne", "CCC-pilot SÖSR", datetime(2025, 5, 12, tzinfo=UTC)
    )
    slides.write(deck, target, template=template)
    return pptx.Presentation(BytesIO(target.getvalue()))


@pytest.fixture(scope="module")
def show() -> Any:
    return made()


def title(slide: Any) -> str:
    return slide.shapes.title.text


def text_of(slide: Any) -> str:
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    texts += [cell.text for shape in slide.shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
    return "\n".join(texts)


def test_it_is_wide_and_begins_with_its_title(show):
    assert (show.slide_width, show.slide_height) == (Pt(960), Pt(540))
    assert title(show.slides[0]) == "Underlag till RSL"
    assert show.slides[0].placeholders[1].text_frame.text == "12 maj 2025"
    assert show.slides[0].notes_slide.notes_text_frame.text == "Källa: S0"


def test_text_stands_in_the_places_of_the_layout_with_its_levels_and_links(show):
    body = show.slides[1].placeholders[1].text_frame
    assert [(p.text, p.level) for p in body.paragraphs] == [
        ("Steg", 0),
        ("ett med länk", 0),
        ("under", 1),
        ("först", 0),
        ("sedan", 0),
    ]
    assert body.paragraphs[1].runs[0].font.bold
    assert body.paragraphs[1].runs[2].hyperlink.address == "https://example.se/"
    assert body.paragraphs[3]._p.pPr.find(qn("a:buAutoNum")) is not None


def test_a_chart_is_native_with_its_numbers_and_what_is_not_known_is_left_open(show):
    (chart,) = [shape.chart for shape in show.slides[1].shapes if shape.has_chart]
    assert list(chart.plots[0].categories) == ["RÖ", "RJL"]
    assert [(s.name, tuple(s.values)) for s in chart.plots[0].series] == [("klara", (3, 2)), ("okända", (None, 1))]


def test_a_long_table_goes_over_slides_with_its_header_and_loses_no_row(show):
    parts = [slide for slide in show.slides if title(slide).startswith("Milstolpar")]
    assert title(parts[0]) == f"Milstolpar (1/{len(parts)})"
    tables = [shape.table for slide in parts for shape in slide.shapes if shape.has_table]
    rows = [tuple(cell.text for cell in row.cells) for table in tables for row in list(table.rows)[1:]]
    assert rows == list(ROWS)
    assert all([cell.text for cell in table.rows[0].cells] == list(GRID.header) and table.first_row for table in tables)


def test_a_column_of_long_texts_gets_the_room_it_needs():
    rows = tuple((f"m{n}", "RÖ", LONG * 2) for n in range(10))
    wide = decks.pages(Slide("x", (Grid(("Milstolpe", "Region", "Kommentar"), rows, widths=(5, 1, 1)),)))
    placed = wide[0].placed[0].block
    assert isinstance(placed, Grid)
    assert placed.widths[2] > 2 * placed.widths[0]
    assert len(wide) <= 4


def test_a_short_word_beside_long_texts_is_not_broken():
    rows = tuple((LONG * 2, LONG * 2, LONG * 2, "Beslutat") for _n in range(3))
    placed = decks.pages(Slide("x", (Grid(("Vad", "Hur", "Varför", "Status"), rows),)))[0].placed[0].block
    assert isinstance(placed, Grid)
    assert decks.lines("Beslutat", decks.CELL_SIZE, decks.column_widths(placed)[3] - 16) == 1


def test_a_timeline_is_of_shapes_with_all_its_days(show):
    said = "\n".join(text_of(slide) for slide in show.slides if title(slide).startswith("Dagar"))
    assert all(f"2025-05-{n:02}" in said and f"{n}: " in said for n in range(1, 13))


def test_no_text_is_lost_where_a_slide_is_divided(show):
    said = " ".join(text_of(slide) for slide in show.slides if title(slide).startswith("Lång text"))
    assert said.split().count("ord") == 4_500


def test_nothing_runs_over_the_edge_and_nothing_is_a_picture(show):
    for slide in show.slides:
        for shape in slide.shapes:
            assert shape.shape_type != MSO_SHAPE_TYPE.PICTURE
            assert shape.left >= 0
            assert shape.left + shape.width <= show.slide_width
            assert shape.top >= 0
            assert shape.top + shape.height <= show.slide_height


def test_parts_of_a_slide_do_not_lie_on_one_another():
    for slide in SLIDES:
        for page in decks.pages(slide):
            ends = 0.0
            for placed in page.placed:
                assert placed.top >= ends
                ends = placed.top + placed.height
            assert ends <= decks.BODY_HEIGHT + 0.01 or len(page.placed) == 1


def test_a_heading_goes_with_what_it_heads():
    text = "\n\n".join(["stycke " * 60] * 3)
    pages = decks.pages(Slide("x", prose.blocks(f"{text}\n\n## Rubrik\n\n{text}")))
    assert len(pages) > 1
    assert not any(type(page.placed[-1].block).__name__ == "Heading" for page in pages)


@pytest.mark.parametrize(("language", "code"), [("sv", "sv-SE"), ("en", "en-GB")])
def test_every_run_has_the_language(language, code):
    for slide in made(language).slides:
        runs = [run for root in (slide.element, *([slide.notes_slide.element] if slide.has_notes_slide else [])) for run in root.iter(qn("a:r"))]  # fmt: skip
        assert {run.rPr.get("lang") for run in runs} <= {code}


def test_figures_have_a_text_for_those_who_do_not_see_them(show):
    figures = [shape for slide in show.slides for shape in slide.shapes if shape.has_chart or shape.has_table]
    assert figures
    assert all(shape._element.xpath(".//p:cNvPr")[0].get("descr") for shape in figures)
    ids = [[shape.shape_id for shape in slide.shapes] for slide in show.slides]
    assert all(len(set(one)) == len(one) for one in ids)


def test_a_regions_own_template_gives_its_layouts_and_loses_its_slides():
    own = pptx.Presentation()
    own.slides.add_slide(own.slide_layouts[0]).shapes.title.text = "Exempel"
    own.slide_layouts[1].name = "Regionens text"
    show = made(template=saved(own), deck_slides=SLIDES[:4])
    assert (show.slide_width, show.slide_height) == (own.slide_width, own.slide_height)
    assert all("Exempel" not in text_of(slide) for slide in show.slides)
    assert show.slides[1].slide_layout.name == "Regionens text"
    assert all(shape.left + shape.width <= show.slide_width for slide in show.slides for shape in slide.shapes)


def without_text_layouts() -> bytes:
    own = pptx.Presentation()
    for layout in list(own.slide_layouts)[1:]:
        if not layout.name.startswith(("Blank", "Title Only")):
            own.slide_layouts.remove(layout)
    return saved(own)


REFUSED = {
    "a template without a layout for text": (without_text_layouts(), "lacks a layout"),
    "half a template": (saved(pptx.Presentation())[:5_000], "damaged"),
    "a letter": (archive(word_document__xml=b"<w/>"), "pptx"),
    "a broken one": (archive(ppt_presentation__xml=b"<nonsense"), "damaged"),
}


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("case", REFUSED)
def test_a_template_that_cannot_be_used_is_told_at_its_field(case):
    data, words = REFUSED[case]
    with pytest.raises(Refused, match=words) as refusal:
        deckstyles.opened(data, "template")
    assert refusal.value.field == "template"
