"""Decks as PowerPoint, 16:9, all of it to be edited: text as text, tables and charts native, a timeline of shapes; notes and language set.

A region's own template can be given: its layouts are then used, and the house's looks are left aside.
"""

from typing import TYPE_CHECKING, Any, BinaryIO

from ccc_pilot.office import deckstyles, figures
from ccc_pilot.office.blocks import Block, Bullets, Chart, Facts, Grid, Heading, Paragraph, Run, Runs, Timeline
from ccc_pilot.office.decks import BODY_WIDTH, NOTE_SIZE, TEXT_SIZE, Deck, Page, Placed, pages
from ccc_pilot.office.deckstyles import Frame
from ccc_pilot.office.looks import LANGUAGES

if TYPE_CHECKING:
    from pptx.presentation import Presentation

MIMETYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def write(deck: Deck, target: BinaryIO, *, template: bytes | None = None) -> None:
    """Write ``deck`` to ``target``; ``template`` is a pptx whose layouts are used. Raises ``errors.Refused`` where it cannot be used."""
    show = deckstyles.begin(deck, template)
    frame = deckstyles.frame_of(show)
    for slide in deck.slides:
        for page in pages(slide):
            _add(show, page, frame, deck.footer)
    deckstyles.speak(show, LANGUAGES[deck.language])
    show.save(target)


def _add(show: "Presentation", page: Page, frame: Frame, footer: str) -> None:
    layouts = deckstyles.layouts(show)
    groups = _groups(page.placed)
    has_text = any(_is_text(group[0].block) for group in groups)
    slide = show.slides.add_slide(layouts.opening if page.opening else layouts.text if has_text else layouts.title)
    deckstyles.head(slide, page.title, frame, opening=page.opening)
    body = deckstyles.body_of(slide)
    for group in groups:
        if not _is_text(group[0].block):
            figures.draw(slide, group[0], frame)
        elif body is not None:
            _fill(body, group, frame, keep_place=page.opening)
            body = None
        else:
            _fill(slide.shapes.add_textbox(0, 0, 0, 0), group, frame)
    if body is not None:
        body.element.getparent().remove(body.element)
    if page.notes:
        slide.notes_slide.notes_text_frame.text = page.notes
    if not page.opening:
        deckstyles.foot(slide, footer)


def _is_text(block: Block) -> bool:
    return not isinstance(block, Chart | Facts | Grid | Timeline)


def _groups(placed: tuple[Placed, ...]) -> list[list[Placed]]:
    """Text that stands together becomes one text box, anything else stands alone."""
    groups: list[list[Placed]] = []
    for one in placed:
        if groups and _is_text(one.block) and _is_text(groups[-1][0].block):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _fill(shape: Any, group: list[Placed], frame: Frame, *, keep_place: bool = False) -> None:
    if not keep_place:
        frame.place(shape, 0, group[0].top, BODY_WIDTH, sum(one.height for one in group))
    inner = shape.text_frame
    inner.word_wrap = True
    said = [part for one in group for part in _paragraphs(one.block)]
    for number, (kind, level, runs) in enumerate(said):
        paragraph = inner.add_paragraph() if number else inner.paragraphs[0]
        paragraph.level = level
        _runs(paragraph, runs)
        if not keep_place:
            deckstyles.shape(paragraph, kind, level, {"note": NOTE_SIZE}.get(kind, TEXT_SIZE) * frame.size)


def _paragraphs(block: Block) -> list[tuple[str, int, Runs]]:
    match block:
        case Heading(text=text):
            return [("heading", 0, (Run(text, bold=True),))]
        case Paragraph(runs=runs, kind=kind):
            return [(kind, 0, runs)]
        case Bullets(items=items, ordered=ordered):
            return [("number" if ordered else "bullet", item.level, item.runs) for item in items]
        case _:
            return []


def _runs(paragraph: Any, runs: Runs) -> None:
    for run in runs:
        made = paragraph.add_run()
        made.text = run.text
        made.font.bold, made.font.italic = run.bold or None, run.italic or None
        if run.href.startswith(("http://", "https://", "mailto:")):
            made.hyperlink.address = run.href
