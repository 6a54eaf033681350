"""Papers as Markdown: to be pasted into a wiki, a mail or a case file."""

from collections.abc import Iterator
from typing import BinaryIO

from ccc_pilot.office.blocks import Block, Bullets, Chart, Facts, Grid, Heading, Paper, Paragraph, Run, Runs, Timeline

MIMETYPE = "text/markdown"


def write(paper: Paper, target: BinaryIO) -> None:
    """Write ``paper`` as Markdown in UTF-8 to ``target``."""
    parts = [f"# {paper.title}", paper.subtitle, *("\n".join(_lines(block)) for block in paper.blocks)]
    target.write(("\n\n".join(part for part in parts if part) + "\n").encode())


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text=text, level=level):
            yield f"{'#' * min(level + 1, 6)} {text}"
        case Paragraph(runs=runs, kind=kind):
            yield f"> {_said(runs)}" if kind == "quote" else _said(runs)
        case Bullets(items=items, ordered=ordered):
            yield from (f"{'  ' * item.level}{f'{n}.' if ordered else '-'} {_said(item.runs)}" for n, item in enumerate(items, 1))
        case Facts(pairs=pairs):
            yield from (f"- **{name}:** {text}" for name, text in pairs)
        case Grid():
            yield from _grid(block)
        case Chart(tabled=False) | Timeline(tabled=False):
            return
        case Chart() | Timeline():
            yield from _grid(block.grid())


def _grid(grid: Grid) -> Iterator[str]:
    if grid.caption:
        yield f"**{grid.caption}**"
        yield ""
    yield _row(grid.header)
    yield _row(tuple("--:" if n in grid.numbers else "---" for n in range(len(grid.header))))
    yield from (_row(tuple(map(str, row))) for row in grid.rows)


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _said(runs: Runs) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    text = run.text
    inner = text.strip()
    if inner and (run.bold or run.italic):
        mark = "**" if run.bold else "*"
        text = text.replace(inner, f"{mark}{inner}{mark}", 1)
    return f"[{text}]({run.href})" if run.href.startswith(("http://", "https://", "mailto:")) else text
