"""Pages across the features: the start page, the regions, the search and the journal."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from ccc_pilot.i18n import today
from ccc_pilot.overview import agenda, chain, query, standing, telling, trail, waiting_elsewhere
from ccc_pilot.overview import region as regions
from ccc_pilot.overview import search as searching
from ccc_pilot.overview.asked import MOST, words_of
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.reminders import showing as reminders
from ccc_pilot.web.access import may
from ccc_pilot.web.forms import clean

blueprint = Blueprint("overview", __name__)
LONGEST_QUESTION = 200
MOST_NOTICES = 5


@blueprint.get("/")
@may("overview.read")
def index() -> str:
    """How the pilot stands, at a glance; for those who may not read its content, only the way to what is theirs."""
    pilot = pilots.chosen()
    picture = standing.picture(pilot, me(), today()) if me().may("milestone.read") else None
    notices, notices_in_all = reminders.glance(me().person_id, today(), MOST_NOTICES)
    return render_template(
        "overview/index.html",
        pilot=pilot,
        picture=picture,
        notices=notices,
        notices_in_all=notices_in_all,
        agenda=agenda.of(pilot, me(), today()),
        elsewhere=waiting_elsewhere.for_me(pilot, me(), today()),
    )


@blueprint.get("/regions/<region>")
@may("milestone.read", region="region")
def region(region: str) -> str:
    """One region: who leads it, what is late, next, at risk and to be approved, and what the others did."""
    page = regions.page(pilots.chosen(), region, me(), today())
    return render_template("overview/region.html", page=page, lately=regions.LATELY_DAYS)


@blueprint.get("/search")
@may("overview.read")
def search() -> str:
    """Search over all that the reader may see."""
    typed = clean(request.args.get("q", ""))[:LONGEST_QUESTION]
    groups = searching.search(pilots.chosen(), typed, me(), today())
    words = words_of(typed)
    return render_template("overview/search.html", typed=typed, words=words, groups=groups, most=MOST)


@blueprint.get("/journal")
@may("journal.read")
def journal() -> Any:
    """Every change, newest first: who did what to what, and when."""
    pilot = pilots.chosen()
    wanted, faults = query.wanted_from(request.args, today())
    shorts = {region.key: region.short for region in pilots.regions(pilot)}
    found = trail.read(pilot, wanted, me())
    return render_template(
        "overview/journal.html",
        entries=[telling.told(entry, found.names, shorts, me()) for entry in found.entries], wanted=wanted, faults=faults, typed=request.args,
        older=query.address(found.older) if found.older else "", newest=query.address(replace(wanted, before=None)), kinds=telling.choices(), people=trail.actors(pilot, me()),
        regions=trail.regions(pilot, me()), all_of_it=trail.reads_all(me()), latest=chain.LATEST,
    )  # fmt: skip


@blueprint.post("/journal/verify")
@may("journal.read")
def verify() -> Any:
    """Walk the latest entries of the journal's chain and say whether it holds."""
    flash(*chain.verdict())
    return redirect(url_for("overview.journal"))
