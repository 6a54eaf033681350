"""The longest texts, forty milestones at risk and twelve proposals: nothing runs over the edge of a slide, and no text is lost."""

from io import BytesIO
from typing import Any

import pptx
import pypdf
import pytest

from ccc_pilot.briefings import files
from ccc_pilot.briefings.composing import MOST_ON_SLIDES
from ccc_pilot.db import db
from tests.briefings.test_files import deck_text, pdf_text

LONG = "Förutsättningar för att tre regioner tillsammans ska bilda ett nätverk som håller över tid " * 6


@pytest.fixture
def long(briefing: Any) -> Any:
    """The briefing with far more in it, as it would be frozen then; nothing is stored."""
    told = dict(briefing.snapshot)
    proposal = told["proposals"][0]
    told["proposals"] = [{**proposal, "id": n, "proposal": f"Förslag {n}: {LONG}"} for n in range(1, 13)]
    rows = dict(told["rows"])
    for n, name in enumerate(list(rows)[:40]):
        rows[name] = {**rows[name], "standing": ["at_risk", 10, f"2025-06-{n % 28 + 1:02}"], "comment": f"Risk {n}: {LONG}"[:600]}
    told["rows"] = rows
    briefing.snapshot = told
    return briefing


def made(briefing: Any, kind: str) -> BytesIO:
    target = BytesIO()
    files.KINDS[kind].write(briefing, "sv", "Demo", target)
    return BytesIO(target.getvalue())


def test_the_deck_keeps_within_its_slides_and_loses_nothing(long):
    show = pptx.Presentation(made(long, "pptx"))
    text = deck_text(show)
    assert all(f"{n}. Förslag {n}:" in text or f"Förslag {n}:" in text for n in range(1, 13))
    assert all(f"Risk {n}:" in text for n in range(40))
    for slide in show.slides:
        for shape in slide.shapes:
            assert shape.top + shape.height <= show.slide_height, slide.shapes.title.text
            assert shape.left + shape.width <= show.slide_width


def test_the_pdf_holds_it_all_too(long):
    text = pdf_text(pypdf.PdfReader(made(long, "pdf"))).replace(" ", "")
    assert all(f"Förslag{n}:" in text for n in range(1, 13))
    assert all(f"Risk{n}:" in text for n in range(40))


def test_what_is_too_much_for_a_deck_is_counted_there_and_stands_in_the_letter(long):
    told = dict(long.snapshot)
    told["rows"] = {name: {**row, "standing": ["at_risk", 10, None]} for name, row in told["rows"].items()}
    long.snapshot = told
    more = len(told["rows"]) - MOST_ON_SLIDES
    assert more > 0
    assert f"och ytterligare {more} i skrivelsen (Word, PDF)" in deck_text(pptx.Presentation(made(long, "pptx")))
    letter = made(long, "md").getvalue().decode()
    assert letter.count("| I riskzon |") == len(told["rows"]) + 1  # the matrix heads a column so


def test_a_briefing_with_nothing_to_tell_says_so(briefing):
    empty = {"rows": {}, "items": {}, "paragraphs": {}, "before": None, "previous": None, "improvement": None}
    lists = {name: [] for name in ("standards", "meetings", "decisions", "proposals", "documents", "registered", "money")}
    briefing.snapshot = {**briefing.snapshot, **empty, **lists}
    for section in briefing.sections:
        section.text = ""
    with db.session.no_autoflush:
        show = pptx.Presentation(made(briefing, "pptx"))
        assert "Inget är registrerat inför mötet ännu" in deck_text(show)
        assert "Inget är registrerat inför mötet ännu" in pdf_text(pypdf.PdfReader(made(briefing, "pdf")))
    db.session.rollback()
