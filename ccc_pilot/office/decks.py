"""What a deck is before it is a file, and how its slides are divided so that nothing runs over the edge. Pure; measures in points."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from ccc_pilot.office.blocks import Block, Bullets, Cell, Chart, Facts, Grid, Heading, Item, Paragraph, Runs, Timeline, text_of

WIDTH, HEIGHT = 960.0, 540.0
MARGIN = 48.0
BODY_TOP, BODY_BOTTOM = 112.0, 500.0
BODY_WIDTH = WIDTH - 2 * MARGIN
BODY_HEIGHT = BODY_BOTTOM - BODY_TOP
TEXT_SIZE, NOTE_SIZE, CELL_SIZE = 18.0, 12.0, 12.0
LINE = 1.2
GAP = 6.0
INDENT = 22.0
LETTER = 0.57  # how wide a letter is, as a share of the size; on the wide side, since fonts differ
CELL_PADDING = 10.0
CHART_HEIGHT, TIMELINE_HEIGHT, CAPTION_HEIGHT = 220.0, 250.0, 24.0
TITLE_SIZES = (30.0, 26.0, 22.0, 18.0)
MOST_POINTS = 8
TOWER, LONGEST_WORD = 4, 16  # lines in a cell; letters that a column gives room for without breaking a word
FACTS_WIDTHS = (1.0, 3.0)


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide: its title, what stands on it, and what the speaker reads. It becomes several where it is too much for one.

    ``opening``: the slide that begins the deck, its one paragraph under the title.
    """

    title: str
    blocks: tuple[Block, ...]
    notes: str = ""
    opening: bool = False


@dataclass(frozen=True, slots=True)
class Deck:
    """A whole deck; ``language`` is "sv" or "en", ``footer`` stands on each slide beside its number."""

    title: str
    language: str
    slides: tuple[Slide, ...]
    author: str = ""
    subject: str = ""
    footer: str = ""
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A block and where it stands below the title: its top and height."""

    block: Block
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Page:
    """One slide as it is drawn."""

    title: str
    placed: tuple[Placed, ...]
    notes: str
    opening: bool


def pages(slide: Slide) -> list[Page]:
    """Return the slides that ``slide`` needs: one where all fits; else parts of it, counted in their titles (1/2)."""
    if slide.opening:
        return [Page(slide.title, tuple(Placed(block, 0, 0) for block in slide.blocks), slide.notes, True)]
    sheets: list[list[Placed]] = [[]]
    at = 0.0
    for block in (part for whole in slide.blocks for part in _parts(whole)):
        tall = height(block)
        if sheets[-1] and at + tall > BODY_HEIGHT:
            held = _heading_held(sheets[-1])
            sheets.append([])
            at = 0.0
            for placed in held:
                sheets[-1].append(replace(placed, top=at))
                at += placed.height
        sheets[-1].append(Placed(block, at, tall))
        at += tall
    count = len(sheets)
    return [
        Page(f"{slide.title} ({n}/{count})" if count > 1 else slide.title, tuple(_merged(sheet)), slide.notes if n == 1 else "", False)
        for n, sheet in enumerate(sheets, start=1)
    ]  # fmt: skip


def _heading_held(sheet: list[Placed]) -> list[Placed]:
    """Take a heading that would stand last on a sheet away from it: it goes with what it heads."""
    return [sheet.pop()] if len(sheet) > 1 and isinstance(sheet[-1].block, Heading) else []


def _parts(block: Block) -> Iterator[Block]:
    """A block in parts of which each fits on a slide: single items, as many rows as fit, at most ``MOST_POINTS`` days."""
    match block:
        case Bullets(items=items, ordered=False):
            yield from (Bullets((part,)) for item in items for part in _pieces(item))
        case Grid():
            yield from _grids(_fitted(block))
        case Chart():
            yield from _charts(block)
        case Timeline(points=points):
            yield from (replace(block, points=points[n : n + MOST_POINTS]) for n in range(0, len(points), MOST_POINTS))
        case Paragraph(runs=runs) if height(block) > BODY_HEIGHT:
            yield from (replace(block, runs=piece) for piece in _cut(runs))
        case Bullets(items=items) if height(block) > BODY_HEIGHT:
            counted = (replace(item, runs=_numbered(n, item)) for n, item in enumerate(items, start=1))
            yield from (Bullets((part,)) for item in counted for part in _pieces(item))
        case _:
            yield block


def _numbered(number: int, item: Item) -> Runs:
    """An item's runs headed by its number: a list that is divided does not begin to count again."""
    first, *rest = item.runs
    return (replace(first, text=f"{number}. {first.text}"), *rest)


def _pieces(item: Item) -> Iterator[Item]:
    if height(Bullets((item,))) <= BODY_HEIGHT:
        yield item
    else:
        yield from (Item(piece, item.level) for piece in _cut(item.runs))


def _cut(runs: Runs, longest: int = 900) -> Iterator[Runs]:
    """Cut runs into pieces of at most ``longest`` letters, between words."""
    words = [replace(run, text=word) for run in runs for word in run.text.split(" ")]
    piece: list[Runs] = []
    length = 0
    for word in words:
        if piece and length + len(word.text) > longest:
            yield tuple(run for part in piece for run in part)
            piece, length = [], 0
        piece.append((replace(word, text=f"{word.text} "),))
        length += len(word.text) + 1
    yield tuple(run for part in piece for run in part)


def _fitted(grid: Grid) -> Grid:
    """Give columns width by what stands in them where a cell would else become a tower of words."""
    cells = [(str(cell), width - 16) for row in grid.rows for cell, width in zip(row, column_widths(grid), strict=True)]
    if all(lines(text, CELL_SIZE, width) <= TOWER for text, width in cells):
        return grid
    columns = [[str(row[n]) for row in (grid.header, *grid.rows)] for n in range(len(grid.header))]
    shares = [math.sqrt(max(map(len, texts))) + 1.2 for texts in columns]
    words = [max(len(word) for text in texts for word in text.split() or [""]) for texts in columns]
    # a fifth more than the word: columns that are raised take some of each other's room
    least = [1.2 * sum(shares) * (min(word, LONGEST_WORD) * CELL_SIZE * LETTER + 18) / BODY_WIDTH for word in words]
    return replace(grid, widths=tuple(map(max, zip(shares, least, strict=True))))


def _grids(grid: Grid) -> Iterator[Grid]:
    room = BODY_HEIGHT - CAPTION_HEIGHT - _row_height(grid.header, grid)
    rows: list[tuple[Cell, ...]] = []
    used = 0.0
    for row in grid.rows:
        tall = _row_height(row, grid)
        if rows and used + tall > room:
            yield replace(grid, rows=tuple(rows))
            rows, used = [], 0.0
        rows.append(row)
        used += tall
    yield replace(grid, rows=tuple(rows))


def _charts(chart: Chart, most: int = 12) -> Iterator[Chart]:
    for n in range(0, max(1, len(chart.categories)), most):
        series = tuple(replace(s, values=s.values[n : n + most]) for s in chart.series)
        yield replace(chart, categories=chart.categories[n : n + most], series=series)


def height(block: Block) -> float:
    """Return how tall a block is at the width of a slide, on the tall side."""
    match block:
        case Heading(text=text):
            return lines(text, TEXT_SIZE, BODY_WIDTH) * TEXT_SIZE * LINE + 2 * GAP
        case Paragraph(runs=runs, kind=kind):
            size = NOTE_SIZE if kind == "note" else TEXT_SIZE
            return lines(text_of(runs), size, BODY_WIDTH) * size * LINE + GAP
        case Bullets(items=items):
            return sum(_item_height(item) for item in items)
        case Grid(caption=caption):
            return (CAPTION_HEIGHT if caption else 0) + sum(_row_height(row, block) for row in (block.header, *block.rows)) + GAP
        case Facts(pairs=pairs):
            return height(Grid(("", ""), pairs, widths=FACTS_WIDTHS))
        case Chart():
            return CHART_HEIGHT if len(block.categories) <= 6 else BODY_HEIGHT
        case Timeline():
            return TIMELINE_HEIGHT
        case _:
            return 0.0


def _item_height(item: Item) -> float:
    width = BODY_WIDTH - INDENT * (item.level + 1)
    return lines(text_of(item.runs), TEXT_SIZE, width) * TEXT_SIZE * LINE + GAP


def column_widths(grid: Grid, width: float = BODY_WIDTH) -> list[float]:
    """Return the widths of a table's columns."""
    shares = grid.widths or (1.0,) * len(grid.header)
    return [width * share / sum(shares) for share in shares]


def _row_height(row: tuple[Cell, ...], grid: Grid) -> float:
    widths = column_widths(grid)
    return (
        max(lines(str(text), CELL_SIZE, width - 16) for text, width in zip(row, widths, strict=True)) * CELL_SIZE * LINE
        + CELL_PADDING
    )


def lines(text: str, size: float, width: float) -> int:
    """Return how many lines ``text`` takes at ``size`` within ``width``."""
    fit = max(1, int(width / (size * LETTER)))
    return sum(max(1, math.ceil(len(line) / fit)) for line in text.split("\n"))


def title_size(title: str) -> float:
    """Return the largest size in which a title takes at most two lines."""
    return next((size for size in TITLE_SIZES if lines(title, size, BODY_WIDTH) <= 2 and size * LINE * lines(title, size, BODY_WIDTH) <= 74), 14.0)  # fmt: skip


def _merged(sheet: list[Placed]) -> Iterator[Placed]:
    """Items of a list that were divided and stand on the same slide are one list again."""
    held: Placed | None = None
    for placed in sheet:
        if (
            held
            and isinstance(held.block, Bullets)
            and isinstance(placed.block, Bullets)
            and not (held.block.ordered or placed.block.ordered)
        ):
            held = Placed(Bullets(held.block.items + placed.block.items), held.top, held.height + placed.height)
            continue
        if held:
            yield held
        held = placed
    if held:
        yield held
