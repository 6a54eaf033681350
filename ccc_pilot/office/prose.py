"""People's Markdown as blocks of a paper: paragraphs, headings, lists, quotes, tables, bold, italic and links. Pure, in one pass.

Anything else is kept as it was typed. Web pages render the same text by their own library (see web/markdown.py).
"""

import re
from collections.abc import Callable, Iterator

from ccc_pilot.office.blocks import Block, Bullets, Grid, Heading, Item, Paragraph, Run, Runs, text_of

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_ITEM = re.compile(r"(\s*)(?:([-*+])|\d{1,9}[.)])\s+(.*)")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_LOOK = re.compile(
    r"\[(?P<link>[^\[\]\n]{1,500})\]\((?P<href>(?:https?://|mailto:|/)[^\s()<>]{1,1000})\)"
    r"|(?P<bold>\*\*|__)(?=\S)(?P<bolded>[^\n]{1,2000}?\S)(?P=bold)"
    r"|(?P<it>(?<![\w*])\*(?!\*)|(?<![\w_])_(?!_))(?=\S)(?P<italic>[^\n*_]{1,2000}?)(?<=\S)(?P=it)(?![\w])"
    r"|\\(?P<sign>[\\`*_{}\[\]()#+\-.!|>])"
)


def blocks(text: str, *, top: int = 1) -> tuple[Block, ...]:
    """Return the blocks of ``text``; its highest headings get the level ``top``."""
    lines = text.replace("\r\n", "\n").expandtabs(4).split("\n")
    return tuple(_blocks(lines, top))


def runs(text: str, *, bold: bool = False, italic: bool = False) -> Runs:
    """Return one line of Markdown as runs."""
    return tuple(_joined(_runs(text, bold, italic)))


def strip(text: str) -> str:
    """Return Markdown as plain text, a line per paragraph, item or row."""
    return "\n".join(line for block in blocks(text) for line in _lines(block))


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text=text):
            yield text
        case Paragraph(runs=said):
            yield text_of(said)
        case Bullets(items=items):
            yield from (text_of(item.runs) for item in items)
        case Grid(header=header, rows=rows):
            yield from (" | ".join(map(str, row)) for row in (header, *rows))


def _blocks(lines: list[str], top: int) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
        elif heading := _HEADING.match(line):
            at += 1
            yield Heading(text_of(runs(heading[2])), top - 1 + len(heading[1]))
        elif at + 1 < len(lines) and "|" in line and _RULE.match(lines[at + 1]):
            end = _end(lines, at, lambda near: "|" in near)
            yield _grid([lines[at], *lines[at + 2 : end]])
            at = end
        elif _ITEM.match(line):
            end = _end(lines, at, lambda near: bool(_ITEM.match(near)) or near.startswith("  "))
            yield _list(lines[at:end])
            at = end
        else:
            quote = line.lstrip().startswith(">")
            end = _end(lines, at, lambda near, q=quote: _goes_on(near, q))  # type: ignore[misc]
            said = [near.lstrip().removeprefix(">").strip() if quote else near.strip() for near in lines[at:end]]
            yield Paragraph(runs(" ".join(said).strip()), "quote" if quote else "text")
            at = end


def _goes_on(line: str, quote: bool) -> bool:
    is_quote = line.lstrip().startswith(">")
    return is_quote if quote else not (is_quote or _HEADING.match(line) or _ITEM.match(line))


def _end(lines: list[str], start: int, goes_on: Callable[[str], bool]) -> int:
    """Return where the block that begins at ``start`` ends."""
    at = start + 1
    while at < len(lines) and lines[at].strip() and goes_on(lines[at]):
        at += 1
    return at


def _list(lines: list[str]) -> Bullets:
    items: list[tuple[int, str]] = []
    ordered = False
    for line in lines:
        found = _ITEM.match(line)
        if found:
            ordered = ordered if items else found[2] is None
            items.append((min(len(found[1]) // 2, 3), found[3]))
        else:
            items[-1] = (items[-1][0], f"{items[-1][1]} {line.strip()}")
    return Bullets(tuple(Item(runs(text), level) for level, text in items), ordered)


def _grid(lines: list[str]) -> Grid:
    rows = [_cells(line) for line in lines]
    width = len(rows[0])
    return Grid(rows[0], tuple((*row, *[""] * width)[:width] for row in rows[1:]))


def _cells(line: str) -> tuple[str, ...]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return tuple(text_of(runs(cell.strip())) for cell in re.split(r"(?<!\\)\|", inner))


def _runs(text: str, bold: bool, italic: bool) -> Iterator[Run]:
    at = 0
    for found in _LOOK.finditer(text):
        yield Run(text[at : found.start()], bold, italic)
        at = found.end()
        if found["link"]:
            yield Run(found["link"], bold, italic, found["href"])
        elif found["sign"]:
            yield Run(found["sign"], bold, italic)
        else:
            inner = found["bolded"] or found["italic"]
            yield from _runs(inner, bold or bool(found["bolded"]), italic or bool(found["italic"]))
    yield Run(text[at:], bold, italic)


def _joined(found: Iterator[Run]) -> Iterator[Run]:
    before: Run | None = None
    for run in found:
        if not run.text:
            continue
        if before and (before.bold, before.italic, before.href) == (run.bold, run.italic, run.href) and not run.href:
            before = Run(before.text + run.text, run.bold, run.italic)
            continue
        if before:
            yield before
        before = run
    if before:
        yield before
