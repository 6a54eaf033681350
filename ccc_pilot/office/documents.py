"""Papers as Word documents in the house's styles: real headings, lists and table headers, the language set, editable throughout."""

from typing import TYPE_CHECKING, Any, BinaryIO

from ccc_pilot.office import wordrows, wordstyles
from ccc_pilot.office.blocks import Block, Break, Bullets, Chart, Facts, Grid, Heading, Paper, Paragraph, Runs, Timeline

if TYPE_CHECKING:
    from docx.document import Document

MIMETYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT_WIDTH_CM = 16.0
SIDEWAYS_WIDTH_CM = 26.3


def write(paper: Paper, target: BinaryIO) -> None:
    """Write ``paper`` as a Word document to ``target``. A chart stands as the table of its numbers, a timeline as a table of days."""
    document = begin(paper)
    for block in paper.blocks:
        add(document, block, paper)
    finish(document, paper)
    document.save(target)


def begin(paper: Paper) -> "Document":
    """Return a document in the house's styles with the paper's title, marks and properties; blocks are added with ``add``."""
    import docx

    document = docx.Document()
    wordstyles.dress(document, paper)
    for mark in paper.marks:
        document.add_paragraph(mark, style="Mark")
    document.add_paragraph(paper.title, style="Title")
    if paper.subtitle:
        document.add_paragraph(paper.subtitle, style="Subtitle")
    return document


def add(document: Any, block: Block, paper: Paper) -> None:
    """Add one block of ``paper`` at the end of ``document``."""
    match block:
        case Heading(text=text, level=level):
            document.add_heading(text, min(level, 4))
        case Paragraph(runs=runs, kind=kind):
            _fill(document.add_paragraph(style={"quote": "Quote", "note": "Note"}.get(kind)), runs)
        case Bullets():
            _list(document, block)
        case Grid():
            _grid(document, block, paper)
        case Facts(pairs=pairs):
            _facts(document, pairs)
        case Chart(tabled=tabled):
            if tabled:
                _grid(document, block.grid(), paper)
        case Timeline(tabled=tabled):
            if tabled:
                _grid(document, block.grid(), paper)
        case Break():
            document.add_page_break()


def finish(document: Any, paper: Paper) -> None:
    """Set the language on every run, so that each is spelled and read aloud in it."""
    wordstyles.speak(document, wordstyles.LANGUAGES[paper.language])


def _fill(paragraph: Any, runs: Runs) -> None:
    for run in runs:
        if run.href.startswith(("http://", "https://", "mailto:")):
            wordstyles.link(paragraph, run)
        else:
            made = paragraph.add_run(run.text)
            made.bold, made.italic = run.bold or None, run.italic or None


def _list(document: Any, block: Bullets) -> None:
    name = "List Number" if block.ordered else "List Bullet"
    numbering = wordstyles.new_numbering(document) if block.ordered else None
    styles: dict[int, str] = {}
    for item in block.items:
        level = min(item.level, 2)
        paragraph = document.add_paragraph()
        if level not in styles:
            styles[level] = document.styles[f"{name} {level + 1}" if level else name].style_id
        paragraph._p.style = styles[level]
        if numbering is not None and level == 0:
            wordstyles.number_by(paragraph, numbering)
        _fill(paragraph, item.runs)


def _grid(document: Any, grid: Grid, paper: Paper) -> None:
    """A table under its caption; the header row is marked and repeated on each page, and no row is split."""
    if grid.caption:
        document.add_paragraph(grid.caption, style="Caption")
    table = document.add_table(rows=0, cols=len(grid.header), style="House")
    wordrows.fill(table, grid, SIDEWAYS_WIDTH_CM if paper.sideways else TEXT_WIDTH_CM, paper.language)
    document.add_paragraph(style="After table")


def _facts(document: Any, pairs: tuple[tuple[str, str], ...]) -> None:
    table = document.add_table(rows=0, cols=2)
    for name, text in pairs:
        cells = table.add_row().cells
        cells[0].paragraphs[0].style = cells[1].paragraphs[0].style = "Cell"
        cells[0].paragraphs[0].add_run(name).bold = True
        cells[1].paragraphs[0].add_run(text)
    wordstyles.shape(table, Grid(("", ""), (), "", (1, 3)), False, TEXT_WIDTH_CM)
    document.add_paragraph(style="After table")
