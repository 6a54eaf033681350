"""The timeline and the calendar month: from lines to what the two pages draw, everything already decided and in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ccc_pilot.catalogue import load_plans, span
from ccc_pilot.dates import DateSpan, format_span, free_day, month_end, weekday
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import language, ngettext
from ccc_pilot.people.models import Pilot
from ccc_pilot.people.pilots import Region
from ccc_pilot.progress import dependencies, geometry
from ccc_pilot.progress.dependencies import Edges
from ccc_pilot.progress.geometry import Chart, Entry, Strand, Tick
from ccc_pilot.progress.listing import Line
from ccc_pilot.progress.loading import begins
from ccc_pilot.progress.models import MilestoneRow
from ccc_pilot.progress.month import Month
from ccc_pilot.progress.rules import JOINT, OPEN, Place, meets
from ccc_pilot.progress.words import Standing, standing
from ccc_pilot.web.addresses import path_to

MARKS = {"done": "✓", "go": "▸", "risk": "!", "late": "✕", "idle": "○"}
SHOWN_A_DAY = 5


@dataclass(frozen=True, slots=True)
class Timeline:
    """The chart with the words of its axis."""

    chart: Chart
    upper: list[tuple[Tick, str]]
    lower: list[tuple[Tick, str]]


def timeline(pilot: Pilot, lines: Sequence[Line], regions: Sequence[Region], today: date) -> Timeline:
    """Return the timeline of ``lines``, grouped by plan and phase; ``today`` decides what is late and where today's line stands."""
    edges = dependencies.edges(pilot)
    finishes = _finishes(pilot, {on for line in lines if not line.occurrence for on in edges.get(line.item.key, ())})
    entries = [_entry(pilot, line, regions, edges, finishes, today) for line in _by_phase(pilot, lines)]
    chart = geometry.chart(entries, today)
    upper, lower = (
        [(tick, _tick(tick, alone=alone)) for tick in ticks] for ticks, alone in ((chart.upper, True), (chart.lower, False))
    )
    return Timeline(chart, upper, lower)


def _tick(tick: Tick, *, alone: bool) -> str:
    """The words of a tick; ``alone``: no line above tells the year."""
    if tick.months == 1:
        return _month(tick.first)[:3]
    if tick.months == 12:
        return str(tick.first.year)
    quarter = _("Q%(n)s", n=(tick.first.month + 2) // 3)
    return f"{quarter} {tick.first.year}" if alone else quarter


def _by_phase(pilot: Pilot, lines: Sequence[Line]) -> list[Line]:
    order = {(key, phase.id): phase.order for key in {line.plan_key for line in lines} for phase in load_plans()[key].phases}
    place = {key: n for n, key in enumerate(pilot.plan_keys)}
    return sorted(lines, key=lambda line: (place.get(line.plan_key, len(place)), order.get((line.plan_key, line.item.phase), 0)))


def _finishes(pilot: Pilot, keys: set[str]) -> Mapping[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for place in dependencies.places(pilot, keys) if keys else ():
        found.setdefault(place.key, []).append(place)
    return found


def _entry(
    pilot: Pilot, line: Line, regions: Sequence[Region], edges: Edges, finishes: Mapping[str, list[Place]], today: date
) -> Entry:
    plan, item = load_plans()[line.plan_key], line.item
    on = () if line.occurrence else edges.get(item.key, ())
    covered = span(item, begins(pilot, plan))
    length = covered.end - covered.start if covered else timedelta()
    shorts = [(JOINT, ""), *((region.key, region.short) for region in regions)]
    strands = [
        _strand(short, line.cells[key], length, [place for name in on for place in finishes.get(name, ())], today)
        for key, short in shorts
        if key in line.cells
    ]
    return Entry(
        f"{item.key}~{line.occurrence}" if line.occurrence else item.key,
        next((str(phase.title) for phase in plan.phases if phase.id == item.phase), ""),
        tuple(strands), on, _title(line), path_to("progress.show", plan=line.plan_key, slug=line.slug),
    )  # fmt: skip


def _title(line: Line) -> str:
    return " ".join(filter(None, (line.item.id, line.period, str(line.item.title))))


def _strand(short: str, row: MilestoneRow, length: timedelta, before: Sequence[Place], today: date) -> Strand:
    shown = _standing(row, today)
    finishes = [place.due for place in before if meets(place.region, row.region)]
    return Strand(
        short, shown.css, MARKS[shown.css], geometry.begin(row.due, length, finishes), row.due, shown.word, row.status in OPEN
    )


def _standing(row: MilestoneRow, today: date) -> Standing:
    return standing(row.status, row.percent, row.due, today, assumed=row.assumed)


def _month(first: date) -> str:
    return format_span(DateSpan(first, month_end(first), "month"), language())


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is due on a day, and where it stands in each region that has that day. ``kind`` is told by the icon ``symbol``, if at all."""

    title: str
    url: str
    standings: list[tuple[str, Standing]]
    kind: str = ""
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar. ``holiday`` names it, ``free``: nobody works; ``dues`` are shown at once, ``more`` on demand."""

    day: date
    words: str
    inside: bool
    today: bool
    free: bool
    holiday: str
    dues: list[Due]
    more: list[Due]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The month: its name, the answer in words, and its weeks as (ISO number, days)."""

    month: Month
    title: str
    sentence: str
    weeks: list[tuple[int, list[Day]]]


def calendar(month: Month, lines: Sequence[Line], regions: Sequence[Region], today: date) -> Calendar:
    """Return the calendar of ``month`` with the dates of ``lines`` (whose cells are only those of that month)."""
    dues: dict[date, list[Due]] = {}
    for day, due in (found for line in lines for found in _dues(line, regions, today)):
        dues.setdefault(day, []).append(due)
    return drawn(month, dues, _sentence([due for day in dues.values() for due in day]), today)


def drawn(month: Month, dues: Mapping[date, list[Due]], sentence: str, today: date) -> Calendar:
    """Return the calendar of ``month`` with what is due on its days; ``sentence`` is the answer in words."""
    weeks = [(week.number, [_day(day, month, dues.get(day, []), today) for day in week.days]) for week in month.weeks]
    return Calendar(month, _month(month.first), sentence, weeks)


def _dues(line: Line, regions: Sequence[Region], today: date) -> Iterator[tuple[date, Due]]:
    url = path_to("progress.show", plan=line.plan_key, slug=line.slug)
    shorts = [(JOINT, ""), *((region.key, region.short) for region in regions)]
    for day in line.dues:
        cells = [(short, line.cells[key]) for key, short in shorts if key in line.cells and line.cells[key].due == day]
        yield day, Due(_title(line), url, [(short, _standing(row, today)) for short, row in cells])


def _day(day: date, month: Month, dues: list[Due], today: date) -> Day:
    name = free_day(day, language()) or ""
    holiday = "" if name.casefold() == weekday(day, language()).casefold() else name
    words = f"{weekday(day, language())} {day.day}"
    return Day(day, words, day in month, day == today, bool(name), holiday, dues[:SHOWN_A_DAY], dues[SHOWN_A_DAY:])


def _sentence(dues: Sequence[Due]) -> str:
    if not dues:
        return _("No milestone has its date in this month.")
    late = sum(any(shown.css == "late" for _short, shown in due.standings) for due in dues)
    told = ngettext("%(num)s milestone has its date in this month", "%(num)s milestones have their date in this month", len(dues))
    return told + ", " + (_("%(n)s late", n=late) if late else _("none late")) + "."
