"""Pages of time: the timeline and the calendar month. They show what the matrix shows, narrowed by the same filters."""

from dataclasses import replace

from flask import render_template, request

from ccc_pilot.i18n import today
from ccc_pilot.people import pilots
from ccc_pilot.progress import drawing, finding, listing, showing
from ccc_pilot.progress.month import month_from
from ccc_pilot.progress.query import query_from
from ccc_pilot.web.access import may
from ccc_pilot.web.paging import Page

LINES_A_PAGE = 200


@may("milestone.read")
def timeline() -> str:
    """The milestones as bars along the time, with what waits for what."""
    pilot, day = pilots.chosen(), today()
    query = query_from(request.args)
    regions, counts = pilots.regions(pilot), listing.of_region(listing.counts(pilot, day), query.region)
    found = listing.lines(pilot, replace(query, size=LINES_A_PAGE, sort="plan"), day)
    here = showing.at("progress.timeline")
    return render_template(
        "progress/timeline.html", query=query, regions=regions, sentence=showing.sentence(counts), chips=showing.chips(query, counts, here),
        timeline=drawing.timeline(pilot, found.lines, regions, day), lines=len(found.lines), choices=finding.choices(pilot), tabs=showing.tabs(query),
        page=Page(found.number, found.pages, found.total, lambda n: here(replace(query, page=n)), found.more),
    )  # fmt: skip


@may("milestone.read")
def calendar() -> str:
    """A month with what is due on its days."""
    pilot, day, query = pilots.chosen(), today(), query_from(request.args)
    month, regions = month_from(request.args.get("month", ""), day), pilots.regions(pilot)
    counts = listing.of_region(listing.counts(pilot, day), query.region)
    lines = listing.between(pilot, query, month.first, month.last, day)
    return render_template(
        "progress/calendar.html", query=query, regions=regions, choices=finding.choices(pilot), tabs=showing.tabs(query),
        calendar=drawing.calendar(month, lines, regions, day), chips=showing.chips(query, counts, showing.at("progress.calendar", month=month.code)),
        to=lambda month: showing.address(query, "progress.calendar", month=month.code), now=month_from("", day),
    )  # fmt: skip
