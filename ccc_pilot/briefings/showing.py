"""What the pages of briefings show: blocks ready for the templates, and which numbers have changed since the freeze."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from ccc_pilot.briefings import composing, gathering, gathering_rows
from ccc_pilot.briefings.composing import Composed, Part
from ccc_pilot.briefings.models import Briefing
from ccc_pilot.briefings.rules import is_late
from ccc_pilot.briefings.sections import BY_KEY
from ccc_pilot.briefings.telling import Told
from ccc_pilot.dates import BadDate, parse_day
from ccc_pilot.decisions import finding as decisions
from ccc_pilot.i18n import language
from ccc_pilot.office.blocks import Block, Bullets, Chart, Grid, Paragraph, Run
from ccc_pilot.office.looks import STATES
from ccc_pilot.people import pilots
from ccc_pilot.people.models import Pilot

# The colour of a status, as the class that the bars of pages have.
BAR = {"done": "done", "claimed": "part", "ongoing": "go", "at_risk": "risk", "late": "late"}
BARS = {f"#{colour}": BAR.get(name, "idle") for name, colour in STATES.items()}
Changed = dict[tuple[str, str], str]
SUM = "#sum-"  # the address of an amount, which is no count and may be told as not known


@dataclass(frozen=True, slots=True)
class Shown:
    """A block as the template draws it: ``kind`` is the name of its class in small letters; ``bars`` those of a chart."""

    kind: str
    block: Block
    bars: list[tuple[str, list[tuple[str, float]]]]


def address(what: str, **more: Any) -> str:
    """Return the address of a page, by its endpoint."""
    return url_for(what, **more)


def composed(briefing: Briefing) -> Composed:
    """Return the briefing in the reader's language, its numbers leading to their rows."""
    return composing.compose(briefing, language(), address)


def blocks(found: Sequence[Block]) -> list[Shown]:
    """Return blocks ready for the template."""
    return [Shown(type(block).__name__.lower(), block, _bars(block) if isinstance(block, Chart) else []) for block in found]


def _bars(chart: Chart) -> list[tuple[str, list[tuple[str, float]]]]:
    most = max((sum(s.values[n] or 0 for s in chart.series) for n in range(len(chart.categories))), default=0) or 1
    return [
        (name, [(BARS.get(s.colour, "idle"), 100 * (s.values[n] or 0) / most) for s in chart.series])
        for n, name in enumerate(chart.categories)
    ]


def changed(pilot: Pilot, briefing: Briefing, frozen: Composed, today: date) -> Changed:
    """Return the numbers that are others today than when the briefing was frozen: (section, address) → what it is now."""
    meeting = decisions.meeting(pilot, briefing.meeting_id)
    fresh = Told({**gathering.now(pilot, meeting, today), "before": briefing.snapshot["before"]}, language(), address)
    found: Changed = {}
    for part in frozen.all_parts:
        if part.key in BY_KEY:
            now = dict(_numbers(BY_KEY[part.key].build(fresh)))
            found |= {
                (part.key, where): now.get(where, _gone(where))
                for where, text in _numbers(part.found)
                if now.get(where, _gone(where)) != text
            }
    return found


def _gone(where: str) -> str:
    """What stands now for a number whose rows are no longer there: none are counted, but a sum is not zero then."""
    return "–" if SUM in where else "0"


def _numbers(found: Sequence[Block]) -> Iterator[tuple[str, str]]:
    for run in _runs(found):
        if run.href and (run.text[:1].isdigit() or SUM in run.href):
            yield run.href, run.text


def _runs(found: Sequence[Block]) -> Iterator[Run]:
    for block in found:
        match block:
            case Paragraph(runs=runs):
                yield from runs
            case Bullets(items=items):
                yield from (run for item in items for run in item.runs)
            case Grid(rows=rows):
                yield from (cell for row in rows for cell in row if isinstance(cell, Run))


@dataclass(frozen=True, slots=True)
class DayThen:
    """How a region's milestones stood at the end of a day."""

    region: str
    total: int
    done: int
    late: int


def as_of(pilot: Pilot, day: date) -> list[DayThen]:
    """Return how the milestones stood at the end of ``day``, region by region, those of recurring milestones not counted."""
    rows = [row for row in gathering_rows.rows(pilot, day).values() if not row["recurs"] and row["standing"][0] != "cancelled"]
    return [_then(place.short, [row for row in rows if row["region"] == place.key], day) for place in pilots.places(pilot)]


def _then(short: str, rows: Sequence[dict[str, Any]], day: date) -> DayThen:
    late = sum(is_late(row["standing"][0], row["standing"][2], day) and not row["assumed"] for row in rows)
    return DayThen(short, len(rows), sum(row["standing"][0] == "done" for row in rows), late)


def read_day(asked: str, today: date) -> date | None:
    """Return the day that was asked for as people write days, today where nothing was, None where it cannot be read."""
    try:
        return parse_day(asked, today) if asked else today
    except BadDate:
        return None


def waiting(part: Part) -> bool:
    """Whether a section waits for the lead's text: nothing is frozen in it and nothing written."""
    return not part.blocks and not part.hidden
