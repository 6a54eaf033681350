"""The sections on milestones: where they stand region by region, what has moved, what is at risk, what comes next."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from ccc_pilot.briefings.rules import COMING_DAYS, OPEN, is_late
from ccc_pilot.briefings.telling import Row, Told
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import ngettext
from ccc_pilot.office.blocks import (
    Block,
    Bullets,
    Cell,
    Chart,
    Grid,
    Heading,
    Item,
    Paragraph,
    Point,
    Run,
    Runs,
    Series,
    Timeline,
    plain,
)
from ccc_pilot.office.looks import STATES
from ccc_pilot.progress.rules import Status
from ccc_pilot.progress.words import STATUS_WORDS

MOST_POINTS = 8
SHOWN = (Status.DONE, Status.CLAIMED, Status.ONGOING, Status.AT_RISK, Status.NOT_STARTED, Status.UNKNOWN)


def summary(told: Told) -> tuple[Block, ...]:
    """How many milestones are done, and how many are late, past a date that is only assumed, or at risk; and what is counted."""
    rows = [row for row in told.counted if row.status != Status.CANCELLED]
    if not rows:
        return ()
    done = [row for row in rows if row.status == Status.DONE]
    late = [row for row in rows if _is_blamed(row, told.day)]
    past = [row for row in rows if row.assumed and is_late(row.status, row.due, told.day)]
    risk = [row for row in rows if row.status == Status.AT_RISK]
    said: list[Run] = [
        Run(_("Milestones: %(done)s of %(total)s done", done="\x00", total=len(rows)).split("\x00")[0]),
        told.number(len(done), status="done"),
        Run(_("Milestones: %(done)s of %(total)s done", done="\x00", total=len(rows)).split("\x00")[1]),
    ]
    for found, status, words in (
        (late, "late", ngettext("%(num)s late", "%(num)s late", len(late))),
        (past, "late_assumed", ngettext("%(num)s past an assumed date", "%(num)s past an assumed date", len(past))),
        (risk, "at_risk", ngettext("%(num)s at risk", "%(num)s at risk", len(risk))),
    ):
        if found:
            said += [Run(", "), told.counted_link(words, status=status)]
    return (Paragraph((*said, Run(". " + _("Counted in each region, recurring milestones left out.")))),)


def _is_blamed(row: Row, day: date) -> bool:
    return is_late(row.status, row.due, day) and not row.assumed


def matrix(told: Told) -> tuple[Block, ...]:
    """Where the milestones stand in each region: a chart and the table with its numbers."""
    rows = told.counted
    if not rows:
        return ()
    regions = [one["key"] for one in told.snapshot["regions"] if any(row.region == one["key"] for row in rows)]
    shown = [status for status in SHOWN if any(row.status == status for row in rows)]
    counts = {
        (region, status): sum(row.region == region and row.status == status for row in rows)
        for region in regions
        for status in shown
    }
    series = tuple(
        Series(str(STATUS_WORDS[status]), tuple(counts[region, status] for region in regions), f"#{STATES[str(status)]}")
        for status in shown
    )
    names = tuple(told.region(region) for region in regions)
    header = (_("Region"), *(str(STATUS_WORDS[status]) for status in shown), _("Overdue"))
    return (
        Chart(_("Milestones by status"), names, series, first=_("Region"), tabled=False),
        Grid(header, tuple(_counts(told, region, shown, counts) for region in regions), numbers=frozenset(range(1, len(header)))),
    )  # fmt: skip


def _counts(told: Told, region: str, shown: Sequence[Status], counts: dict[tuple[str, Status], int]) -> tuple[Cell, ...]:
    late = sum(row.region == region and _is_blamed(row, told.day) for row in told.counted)
    cells = (told.number(counts[region, status], region=region, status=str(status)) for status in shown)
    return (told.region(region), *cells, told.number(late, region=region, status="late"))


def moved(told: Told) -> tuple[Block, ...]:
    """What was done, slipped, brought forward, is new or changed since last time, each with its dates."""
    found = told.difference
    parts: list[tuple[str, list[Runs]]] = [
        (_("Done"), [_named(told, name) for name in found.done if name in told.rows]),
        (_("Slipped"), [_dated(told, *one) for one in found.slipped if one[0] in told.rows]),
        (_("Brought forward"), [_dated(told, *one) for one in found.sooner if one[0] in told.rows]),
        (_("New"), [_named(told, name) for name in found.new if name in told.rows]),
        (_("Changed"), [_changed(told, *one) for one in found.changed if one[0] in told.rows]),
    ]
    blocks: list[Block] = []
    for title, items in parts:
        if items:
            blocks += [Heading(title, 2), Bullets(tuple(Item(runs) for runs in items))]
    return tuple(blocks)


def _named(told: Told, name: str) -> Runs:
    row = told.rows[name]
    return (told.row_link(row), Run(f" ({told.region(row.region)})"))


def _dated(told: Told, name: str, before: str, now: str) -> Runs:
    words = _("from %(before)s to %(now)s", before=told.date(before), now=told.date(now))
    return (*_named(told, name), Run(f": {words}"))


def _changed(told: Told, name: str, before: str, now: str) -> Runs:
    return (*_named(told, name), Run(f": {str(STATUS_WORDS[Status(before)]).lower()} → {str(STATUS_WORDS[Status(now)]).lower()}"))


def risks(told: Told) -> tuple[Block, ...]:
    """What is late, at risk or of unknown outcome, with the line that was written about it."""
    late = [row for row in told.rows.values() if _is_blamed(row, told.day)]
    risk = [row for row in told.rows.values() if row.status == Status.AT_RISK and row not in late]
    unknown = [row for row in told.counted if row.status == Status.UNKNOWN]
    found = [*late, *risk, *unknown]
    said = [one for one in told.snapshot["paragraphs"].items() if one[1]["risks"].strip() and one[1]["sent_at"]]
    blocks: list[Block] = []
    if found:
        blocks.append(_deviations(told, found))
    blocks += [Paragraph((Run(f"{told.region(region)}: ", bold=True), Run(one["risks"]))) for region, one in said]
    return tuple(blocks)


def _deviations(told: Told, found: Sequence[Row]) -> Grid:
    said = any(row.comment for row in found)
    header = (_("Milestone"), _("Region"), _("Date"), _("Status"), *([_("Comment")] if said else []))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (told.row_link(row), told.region(row.region), told.date(row.due), told.status(row), *([row.comment] if said else []))
        for row in found
    )
    return Grid(header, rows, _("Late, at risk or of unknown outcome"), (4.6, 2.2, 2.2, 2.2, *([3.0] if said else [])))


def coming(told: Told) -> tuple[Block, ...]:
    """The milestones due within 60 days of the meeting, along a line and as a list."""
    last = told.meeting_day + timedelta(days=COMING_DAYS)
    found = _together(told, (row for row in told.rows.values() if row.status in OPEN and row.due and told.meeting_day.isoformat() <= row.due <= last.isoformat()))  # fmt: skip
    if not found:
        return ()
    points = tuple(
        Point(date.fromisoformat(due), f"{row.title} ({regions})", "coming") for due, row, regions in found[:MOST_POINTS]
    )
    header = (_("Date"), _("Milestone"), _("Region"))
    rows = tuple((told.date(due) + (" *" if row.assumed else ""), told.row_link(row), regions) for due, row, regions in found)
    note = (Paragraph(plain(_("* The date is an assumption.")), "note"),) if any(row.assumed for _due, row, _r in found) else ()
    return (
        Timeline(_("The nearest dates"), points, (_("Date"), _("Milestone")), tabled=False),
        Grid(header, rows, "", (1.8, 4.2, 2.2)),
        *note,
    )


def _together(told: Told, rows: Iterable[Row]) -> list[tuple[str, Row, str]]:
    """The same milestone on the same day in several regions is told once; by date."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        found.setdefault((row.due or "", f"{row.plan}:{row.slug}"), []).append(row)
    return [(due, same[0], ", ".join(told.region(row.region) for row in same)) for (due, _key), same in sorted(found.items())]


def reporting(told: Told) -> tuple[Block, ...]:
    """When something is to be reported, the next times."""
    found = _together(told, (row for row in told.rows.values() if row.reporting and row.status in OPEN and row.due and row.due >= told.meeting_day.isoformat()))  # fmt: skip
    items = [(told.row_link(row), Run(f", {told.date(due)} ({regions})")) for due, row, regions in found[:6]]
    return (Bullets(tuple(Item(runs) for runs in items)),) if items else ()
