"""Papers as PDF, set by Typst in a process of its own: tagged and accessible (PDF/UA-1), for the archive PDF/A-2a besides.

The template lies in templates/office; the paper goes in as JSON, so that no text is ever read as code. Fonts are our own, and no
package is fetched. A sign that no font of ours has stands as its name in brackets ("[grinning face]"), since PDF/UA wants every sign shown.
"""

import json
import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from typing import Any, BinaryIO

from ccc_pilot.errors import Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.office import apart
from ccc_pilot.office.apart import Unreadable
from ccc_pilot.office.blocks import Block, Break, Bullets, Chart, Facts, Grid, Heading, Item, Paper, Paragraph, Runs, Timeline
from ccc_pilot.office.looks import LANGUAGES
from ccc_pilot.shelves import shelf

MIMETYPE = "application/pdf"
SECONDS = 60
ROUNDS = 5
_UNSHOWN = re.compile(r'the (?:text|PDF contains the codepoint) `"(.+?)"`')
_CODE = re.compile(r"\\u\{([0-9a-f]{1,6})\}")


class Standard(StrEnum):
    """Which promises the PDF keeps: PDF/UA-1 (ISO 14289-1, read aloud); the archive's copy is PDF/A-2a (ISO 19005-2, kept for ever) too."""

    ACCESSIBLE = "ua-1"
    ARCHIVE = "a-2a ua-1"


def write(paper: Paper, target: BinaryIO, *, standard: Standard = Standard.ACCESSIBLE, seconds: float = SECONDS) -> None:
    """Set ``paper`` as PDF of ``standard`` and write it to ``target``. Raises ``errors.Refused`` where it takes longer than ``seconds``."""
    try:
        target.write(apart.run("pdf", json.dumps(told(paper)).encode(), seconds=seconds, standard=str(standard)))
    except Unreadable as fault:
        if fault.code in {"time", "memory"}:
            raise Refused(_("The PDF became too large to be set. Leave parts out, or take it as Word.")) from fault
        raise RuntimeError(f"Typst: {fault.detail}") from fault


def set_here(data: bytes, standard: str) -> bytes:
    """Set the paper told by ``data`` in this process, signs that no font has by their names. Raises ``Unreadable``."""
    paper = json.loads(data)
    for _round in range(ROUNDS):
        try:
            return _set(paper, standard)
        except Unreadable as fault:
            unshown = unshown_in(fault.detail)
            if not unshown:
                raise
            paper = _spelled(paper, str.maketrans({sign: name_of(sign) for sign in unshown}))
    return _set(paper, standard)


def _set(paper: Any, standard: str) -> bytes:
    import typst

    folder = shelf("templates") / "office"
    try:
        made = typst.compile(
            str(folder / "paper.typ"), root=str(folder), font_paths=[str(folder / "fonts")], ignore_system_fonts=True,
            sys_inputs={"paper": json.dumps(paper)},
            pdf_standards=standard.split(),  # type: ignore[arg-type]  # a list of literals to Typst; Standard holds no others
            package_path=str(folder), package_cache_path=str(folder),
        )  # fmt: skip
    except typst.TypstError as fault:
        raise Unreadable("typst", str(getattr(fault, "diagnostic", fault))) from None
    return bytes(made)


def unshown_in(fault: str) -> frozenset[str]:
    """Return the signs that Typst says it could not display, or that the archive's standard forbids."""
    texts = (_CODE.sub(lambda code: chr(int(code[1], 16)), text) for text in _UNSHOWN.findall(fault))
    return frozenset(sign for text in texts for sign in text if not (sign.isascii() and sign.isprintable()))


def name_of(sign: str) -> str:
    """Return the name of ``sign`` in brackets, a box where it has none, nothing for one that only joins or shapes others."""
    if unicodedata.category(sign) == "Cf" or "VARIATION SELECTOR" in unicodedata.name(sign, ""):
        return ""
    name = unicodedata.name(sign, "")
    return f"[{name.lower()}]" if name else "□"


def _spelled(told: Any, names: dict[int, str]) -> Any:
    match told:
        case str():
            return told.translate(names)
        case list():
            return [_spelled(one, names) for one in told]
        case dict():
            return {key: _spelled(one, names) for key, one in told.items()}
    return told


def told(paper: Paper) -> dict[str, Any]:
    """Return ``paper`` as the template reads it."""
    language, _dash, region = LANGUAGES[paper.language].partition("-")
    return {
        "title": paper.title,
        "subtitle": paper.subtitle,
        "marks": paper.marks,
        "sideways": paper.sideways,
        "author": paper.author,
        "subject": paper.subject,
        "keywords": paper.keywords,
        "footer": paper.footer,
        "language": language,
        "region": region,
        "made": [paper.made_at.year, paper.made_at.month, paper.made_at.day] if paper.made_at else None,
        "blocks": [_block(block) for block in paper.blocks if not (isinstance(block, Timeline) and not block.tabled)],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text=text, level=level):
            return {"kind": "heading", "text": text, "level": min(level, 3)}
        case Paragraph(runs=runs, kind=kind):
            return {"kind": kind, "runs": _runs(runs)}
        case Bullets(items=items, ordered=ordered):
            return {"kind": "list", "items": _tree(items), "ordered": ordered}
        case Grid():
            return _grid(block)
        case Facts(pairs=pairs):
            return {"kind": "facts", "pairs": pairs}
        case Chart():
            return _chart(block)
        case Timeline():
            return _grid(block.grid())
        case Break():
            return {"kind": "break"}


def _runs(runs: Runs) -> list[dict[str, Any]]:
    return [{"text": run.text, "bold": run.bold, "italic": run.italic, "href": run.href} for run in runs]


def _tree(items: Sequence[Item]) -> list[dict[str, Any]]:
    """Items with those that lie deeper inside the one they follow."""
    top: list[dict[str, Any]] = []
    trail: list[tuple[int, list[dict[str, Any]]]] = [(-1, top)]
    for item in items:
        made: dict[str, Any] = {"runs": _runs(item.runs), "items": []}
        while len(trail) > 1 and trail[-1][0] >= item.level:
            trail.pop()
        trail[-1][1].append(made)
        trail.append((item.level, made["items"]))
    return top


def _grid(grid: Grid) -> dict[str, Any]:
    return {
        "kind": "table", "header": grid.header, "headed": any(grid.header), "rows": [list(map(str, row)) for row in grid.rows], "caption": grid.caption,
        "widths": grid.widths or [1] * len(grid.header), "numbers": sorted(grid.numbers),
    }  # fmt: skip


def _chart(chart: Chart) -> dict[str, Any]:
    values = [[series.values[n] or 0 for series in chart.series] for n in range(len(chart.categories))]
    grid = chart.grid()
    said = "; ".join(
        f"{row[0]}: " + ", ".join((f"{name} {cell}" for name, cell in zip(grid.header[1:], row[1:], strict=True)))
        for row in grid.rows
    )
    return {
        "kind": "chart", "categories": chart.categories, "values": values, "sums": [sum(row) for row in values],
        "colours": [series.colour for series in chart.series], "names": [series.name for series in chart.series], "alt": f"{chart.title}. {said}", "grid": _grid(grid) if chart.tabled else None,
    }  # fmt: skip
