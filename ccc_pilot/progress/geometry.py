"""Where everything stands on the timeline: from days to points of a drawing. Pure; lengths are in CSS pixels."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from ccc_pilot.dates import add_months, month_end

HEAD = 44  # the axis: quarters above months
GROUP = 30
ROW = 30
PITCH = 13  # from one region's bar to the next
EDGE = 12  # room before the first day, for half a diamond and an arrow
MARGIN = 64  # room for the words after the last bar
ELBOW = 7  # how far a connector goes straight before it turns
FITS = 1_100  # a chart is drawn about this wide where its days allow it
NARROWEST, WIDEST = 0.6, 4.0  # pixels a day
LEGIBLE = 0.85  # pixels a day from which the names of months have room
FAR = timedelta(days=400)  # beyond this a distant today would only squeeze the chart


@dataclass(frozen=True, slots=True)
class Strand:
    """A line in one region: from ``begin`` (None: only a day) to ``due`` (None: no date). ``mark`` is the sign beside its colour ``css``.

    ``open``: it is not settled yet, so that a date before what it waits for matters.
    """

    label: str
    css: str
    mark: str
    begin: date | None
    due: date | None
    words: str = ""
    open: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """A line to be drawn: its strands in the regions' order, the keys of the lines that it waits for, its title and address."""

    key: str
    group: str
    strands: tuple[Strand, ...]
    waits_for: tuple[str, ...] = ()
    title: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """From days to x: the first day's morning is at ``EDGE``."""

    first: date
    last: date
    per_day: float

    def left(self, day: date) -> float:
        """Return x of the morning of ``day``."""
        return round(EDGE + (day - self.first).days * self.per_day, 1)

    def right(self, day: date) -> float:
        """Return x of the evening of ``day``."""
        return self.left(day + timedelta(days=1))

    @property
    def width(self) -> float:
        """Where the last of its days ends."""
        return self.right(self.last)


@dataclass(frozen=True, slots=True)
class Bar:
    """A strand as drawn: a bar from ``x`` on, or (``width`` 0) a diamond around ``x``; ``y`` is its middle."""

    strand: Strand
    x: float
    y: float
    width: float

    @property
    def end(self) -> float:
        """Where it ends; its words begin beyond."""
        return self.x + self.width

    @property
    def diamond(self) -> str:
        """The corners of a diamond around its point."""
        x, y, r = self.x, self.y, 5
        return f"{x - r:g},{y:g} {x:g},{y - r:g} {x + r:g},{y:g} {x:g},{y + r:g}"


@dataclass(frozen=True, slots=True)
class Row:
    """A line as drawn; a group's heading has a ``title`` and no entry."""

    y: float
    height: float
    entry: Entry | None
    bars: tuple[Bar, ...] = ()
    title: str = ""

    @property
    def middle(self) -> float:
        """Where its connectors begin and end."""
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Link:
    """A connector from what is waited for to what waits; ``broken``: what waits is due before it."""

    path: str
    broken: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A stretch of the axis of so many ``months`` (1, 3 or 12), named by its first day."""

    first: date
    months: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole timeline. ``upper`` and ``lower``: quarters over months, or years over quarters where months are too narrow.

    ``today`` is x of today's line, None where it lies beyond the days shown.
    """

    width: float
    height: float
    rows: tuple[Row, ...]
    links: tuple[Link, ...]
    upper: tuple[Tick, ...]
    lower: tuple[Tick, ...]
    today: float | None


def begin(due: date | None, covered: timedelta, finishes: Iterable[date | None]) -> date | None:
    """Return the day a line begins that is due on ``due``; None: only a day is known.

    ``covered`` is how much longer than a day its plan lets it take (it moves along when the date is moved); else it begins when the last
    of what it waits for is finished (``finishes``).
    """
    if due is None:
        return None
    if covered:
        return due - covered
    before = [day for day in finishes if day is not None and day < due]
    return max(before, default=None)


def scale(days: Iterable[date], today: date) -> Scale:
    """Return the scale that holds ``days`` in whole quarters, and ``today`` unless it is far off."""
    known = sorted(days) or [today]
    if known[0] - FAR <= today <= known[-1] + FAR:
        known = sorted([*known, today])
    first, last = _quarter(known[0]), month_end(add_months(_quarter(known[-1]), 2))
    return Scale(first, last, min(WIDEST, max(NARROWEST, FITS / ((last - first).days + 1))))


def chart(entries: Sequence[Entry], today: date) -> Chart:
    """Lay out ``entries`` in their order; a heading stands before each group that has a name."""
    axis = scale((day for entry in entries for strand in entry.strands for day in (strand.begin, strand.due) if day), today)
    rows, y = [], float(HEAD)
    for group, members in groupby(entries, key=lambda entry: entry.group):
        if group:
            rows.append(Row(y, GROUP, None, title=group))
            y += GROUP
        for entry in members:
            rows.append(_row(entry, y, axis))
            y += rows[-1].height
    return Chart(
        axis.width + MARGIN, y + 6, tuple(rows), tuple(_links({row.entry.key: row for row in rows if row.entry})),
        *_axis(axis), axis.left(today) if axis.first <= today <= axis.last else None,
    )  # fmt: skip


def _row(entry: Entry, y: float, axis: Scale) -> Row:
    height = max(ROW, len(entry.strands) * PITCH + 8)
    top = y + (height - len(entry.strands) * PITCH) / 2 + PITCH / 2
    bars = (_bar(strand, top + place * PITCH, axis) for place, strand in enumerate(entry.strands) if strand.due)
    return Row(y, height, entry, tuple(bars))


def _bar(strand: Strand, y: float, axis: Scale) -> Bar:
    assert strand.due is not None
    if strand.begin is None or strand.begin >= strand.due:
        return Bar(strand, axis.right(strand.due), y, 0)
    left = axis.left(strand.begin)
    return Bar(strand, left, y, round(axis.right(strand.due) - left, 1))


def _links(rows: Mapping[str, Row]) -> Iterable[Link]:
    for row in rows.values():
        for key in row.entry.waits_for if row.entry else ():
            before = rows.get(key)
            if before is not None and before.bars and row.bars:
                yield _link(before, row)


def _link(before: Row, after: Row) -> Link:
    start, goal = max(bar.end for bar in before.bars), min(bar.x for bar in after.bars)
    broken = any(
        one.strand.due > other.strand.due
        for one in before.bars
        for other in after.bars
        if other.strand.open
        and one.strand.due
        and other.strand.due
        and (one.strand.label == other.strand.label or "" in (one.strand.label, other.strand.label))
    )
    if goal - start >= 2 * ELBOW:
        return Link(f"M{start:g} {before.middle:g}H{start + ELBOW:g}V{after.middle:g}H{goal:g}", broken)
    lane = before.y + before.height if after.y > before.y else before.y
    return Link(
        f"M{start:g} {before.middle:g}h{ELBOW}V{lane:g}H{goal - ELBOW:g}V{after.middle:g}H{goal:g}",
        broken,
    )


def _axis(axis: Scale) -> tuple[tuple[Tick, ...], tuple[Tick, ...]]:
    upper, lower = (3, 1) if axis.per_day >= LEGIBLE else (12, 3)
    return tuple(_ticks(axis, upper)), tuple(_ticks(axis, lower))


def _ticks(axis: Scale, months: int) -> Iterable[Tick]:
    first = axis.first
    while first <= axis.last:
        following = min(add_months(first, months - (first.month - 1) % months), axis.last + timedelta(days=1))
        yield Tick(first, months, axis.left(first), round(axis.left(following) - axis.left(first), 1))
        first = following


def _quarter(day: date) -> date:
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
