"""What a paper is before it is a file: blocks of text, tables and charts. The same paper becomes Word, PDF and Markdown. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one look; ``href`` makes it a link."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""

    def __str__(self) -> str:
        return self.text


Runs = tuple[Run, ...]
Cell = str | Run


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` counts from 1, the paper's own title not counted."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``kind`` "quote" is set in, "note" is small: a source, a reservation."""

    runs: Runs
    kind: Literal["text", "quote", "note"] = "text"


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list; ``level`` 0 is the outermost."""

    runs: Runs
    level: int = 0


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; ``ordered`` counts 1, 2, 3."""

    items: tuple[Item, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: ``header`` names the columns, ``widths`` are shares of the page, ``numbers`` the columns set to the right.

    A cell that is a run may lead to the rows behind it where the paper is a page.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    widths: tuple[float, ...] = ()
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and what they are: the head of a letter (diary number, date, from, to)."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Series:
    """One colour of a chart: its name, a value per category (None: not known) and its colour as "#RRGGBB"."""

    name: str
    values: tuple[float | None, ...]
    colour: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars that lie on one another (``stacked``) or beside; ``first`` heads the categories in the table with the same numbers.

    ``tabled``: that table is shown with it where it is not native; False where one stands beside it anyway.
    """

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    stacked: bool = True
    first: str = ""
    tabled: bool = True

    def grid(self) -> Grid:
        """Return the table with the chart's numbers."""
        names = (self.first, *(series.name for series in self.series))
        rows = tuple((name, *(_figure(s.values[n]) for s in self.series)) for n, name in enumerate(self.categories))
        return Grid(names, rows, self.title, numbers=frozenset(range(1, len(names))))


@dataclass(frozen=True, slots=True)
class Point:
    """A day on a timeline; ``state`` is "done", "now", "late" or "coming"."""

    day: date
    text: str
    state: str = "coming"


@dataclass(frozen=True, slots=True)
class Timeline:
    """Days in their order along a line; ``heads`` name day and text where it is shown as a table.

    ``tabled``: it is shown as a table where there are no lines; False where a table of the same days stands beside it anyway.
    """

    title: str
    points: tuple[Point, ...]
    heads: tuple[str, str] = ("", "")
    tabled: bool = True

    def grid(self) -> Grid:
        """Return the days as a table."""
        return Grid(self.heads, tuple((point.day.isoformat(), point.text) for point in self.points), self.title, (1, 5))


@dataclass(frozen=True, slots=True)
class Break:
    """A new page."""


Block = Heading | Paragraph | Bullets | Grid | Facts | Chart | Timeline | Break


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper. ``language`` is "sv" or "en"; ``marks`` are short words over the title (kind of paper, organisation).

    ``footer`` stands on each page beside its number, ``made_at`` is told in the file's properties. ``sideways``: the pages lie.
    """

    title: str
    language: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    marks: tuple[str, ...] = ()
    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()
    footer: str = ""
    made_at: datetime | None = None
    sideways: bool = False


def plain(text: str) -> Runs:
    """Return ``text`` as one run without look."""
    return (Run(text),) if text else ()


def text_of(runs: Sequence[Run]) -> str:
    """Return the text of runs without their look."""
    return "".join(run.text for run in runs)


def bullets(texts: Sequence[str], *, ordered: bool = False) -> Bullets:
    """Return a list of plain texts."""
    return Bullets(tuple(Item(plain(text)) for text in texts), ordered)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"
