"""Where everything stands in a chart: from numbers to points of a drawing. Pure; lengths are in CSS pixels unless said otherwise.

Each chart is drawn by a macro of templates/_charts.html, which also writes the table that tells the same. What is not known is a gap, not 0.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import cos, pi, sin

BAR = 1_000  # a stacked bar is so many units wide and stretched to its place
RADIUS, MARGIN_X, MARGIN_Y = 130, 130, 44
RINGS = (25, 50, 75, 100)
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 260, 44, 12, 12, 28
MARKS = 6  # looks of a series: dash and sign repeat after so many
Number = float | int | Decimal


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a stacked bar: the status word that colours it, what it is called, how many, and where it stands."""

    css: str
    words: str
    count: int
    x: float
    width: float


def segments(parts: Iterable[tuple[str, str, int]]) -> tuple[Segment, ...]:
    """Return the parts (css, words, count) of a bar beside each other; parts of nothing are left out. No bar without a whole."""
    kept = [(css, words, count) for css, words, count in parts if count]
    whole, x, found = sum(count for _css, _words, count in kept), 0.0, []
    for css, words, count in kept:
        width = BAR * count / whole
        found.append(Segment(css, words, count, round(x, 1), round(width, 1)))
        x += width
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Spoke:
    """An axis of a radar: its name, where its end and its label stand, and to which side the label runs."""

    label: str
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A series of a radar: its line (closed where every axis is known) and its known points. ``look`` counts the series from 1."""

    name: str
    look: int
    path: str
    dots: tuple[tuple[float, float], ...]
    values: tuple[Number | None, ...]


@dataclass(frozen=True, slots=True)
class Radar:
    """A radar chart; ``rings`` are the polygons at 25, 50, 75 and 100 per cent."""

    width: float
    height: float
    rings: tuple[tuple[int, str, float, float], ...]
    spokes: tuple[Spoke, ...]
    shapes: tuple[Shape, ...]


def radar(labels: Sequence[str], series: Iterable[tuple[str, Sequence[Number | None]]]) -> Radar | None:
    """Return a radar of per cents (0 to 100) over ``labels``, or None with fewer than three axes. None in a series leaves a gap."""
    n = len(labels)
    if n < 3:
        return None
    rings = tuple((ring, _closed(_at(place, n, ring) for place in range(n)), *_at(0, n, ring)) for ring in RINGS)
    shapes = (_shape(name, place % MARKS + 1, values) for place, (name, values) in enumerate(series))
    width, height = 2 * (RADIUS + MARGIN_X), 2 * (RADIUS + MARGIN_Y)
    return Radar(width, height, rings, tuple(_spoke(label, place, n) for place, label in enumerate(labels)), tuple(shapes))


def _at(place: int, n: int, percent: Number, beyond: float = 0) -> tuple[float, float]:
    angle, length = 2 * pi * place / n, RADIUS * float(percent) / 100 + beyond
    return round(RADIUS + MARGIN_X + length * sin(angle), 1), round(RADIUS + MARGIN_Y - length * cos(angle), 1)


def _spoke(label: str, place: int, n: int) -> Spoke:
    x, y = _at(place, n, 100)
    label_x, label_y = _at(place, n, 100, 14)
    side = round(sin(2 * pi * place / n), 3)
    return Spoke(label, x, y, label_x, label_y + 4, "middle" if abs(side) < 0.1 else "start" if side > 0 else "end")


def _shape(name: str, look: int, values: Sequence[Number | None]) -> Shape:
    n = len(values)
    points = [None if value is None else _at(place, n, min(max(value, 0), 100)) for place, value in enumerate(values)]
    known = tuple(point for point in points if point)
    return Shape(name, look, f"M{_closed(known)}Z" if len(known) == n else _broken(points), known, tuple(values))


def _closed(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)


def _broken(points: Sequence[tuple[float, float] | None]) -> str:
    """Lines between neighbours that are both known, around the circle."""
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return "".join(f"M{a[0]:g},{a[1]:g} {b[0]:g},{b[1]:g}" for a, b in pairs if a and b)


@dataclass(frozen=True, slots=True)
class Line:
    """A series along the time: its path and its points (x, y, day, value). ``stepped`` lines hold a value until the next."""

    name: str
    look: int
    path: str
    points: tuple[tuple[float, float, date, Number], ...]


@dataclass(frozen=True, slots=True)
class Curves:
    """Lines along the time, with ticks for the values (y, value) and the days (x, day); ``today`` is x of today's line, None outside."""

    width: int
    height: int
    lines: tuple[Line, ...]
    levels: tuple[tuple[float, Number], ...]
    days: tuple[tuple[float, date], ...]
    today: float | None


def curves(
    series: Iterable[tuple[str, Sequence[tuple[date, Number]]]], today: date, *, top: Number = 0, stepped: bool = True,
    width: int = WIDTH,
) -> Curves | None:  # fmt: skip
    """Return lines over days (a burn-up, a trend), or None where no two days are known. ``top``: the least the scale shows upwards;
    ``width``: of the whole drawing.
    """
    told = [(name, sorted(points)) for name, points in series]
    days = sorted({day for _name, points in told for day, _value in points})
    if len(days) < 2:
        return None
    first, last = days[0], days[-1]
    step = _step(max([top, *(value for _name, points in told for _day, value in points), 1]))
    high = step * 4

    def x(day: date) -> float:
        return round(LEFT + (width - LEFT - RIGHT) * (day - first).days / (last - first).days, 1)

    def y(value: Number) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * float(value) / high, 1)

    lines = []
    for place, (name, points) in enumerate(told):
        placed = tuple((x(day), y(value), day, value) for day, value in points)
        lines.append(Line(name, place % MARKS + 1, _path(placed, stepped), placed))
    levels = tuple((y(step * n), step * n) for n in range(5))
    marks = sorted({first, first + (last - first) / 2, last})
    return Curves(
        width, HEIGHT, tuple(lines), levels, tuple((x(day), day) for day in marks), x(today) if first <= today <= last else None
    )


def _step(highest: Number) -> int:
    """Return a round number so that four of them reach ``highest``."""
    need = float(highest) / 4
    size = 1
    while True:
        for digit in (1, 2, 5):
            if digit * size >= need:
                return digit * size
        size *= 10


def _path(points: Sequence[tuple[float, float, date, Number]], stepped: bool) -> str:
    join = "H{0:g}V{1:g}" if stepped else "L{0:g},{1:g}"
    head = "".join(f"M{x:g},{y:g}" for x, y, *_rest in points[:1])
    return head + "".join(join.format(x, y) for x, y, *_rest in points[1:])


def heat(percent: Number | None) -> str:
    """Return the class of a cell in a heat map: heat-0 to heat-4 for each fifth, heat-none where nothing is known."""
    return "heat-none" if percent is None else f"heat-{min(int(float(percent) // 20), 4)}"
