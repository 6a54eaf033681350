"""Pages of a round: which there are, opening one, how far each region has come, and all the points of a region on one page."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from ccc_pilot.assessment import listing, rounds, scope, showing, sight, words
from ccc_pilot.assessment.blueprint import blueprint
from ccc_pilot.assessment.forms import RoundForm
from ccc_pilot.catalogue.editions import editions
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may


@blueprint.get("")
@may("assessment.read")
def index() -> str:
    """The rounds of the pilot."""
    found = sight.rounds(pilots.chosen())
    return render_template(
        "assessment/index.html", rounds=found, editions=editions(), words=words, may_steer=me().may("assessment.steer")
    )


@blueprint.get("/new")
@may("assessment.steer")
def new() -> str:
    """The form of a new round."""
    form = RoundForm(formdata=None).offer(editions().values())
    form.start.data = today()
    form.edition_key.data = request.args.get("edition", "")
    return render_template("assessment/new.html", form=form, months=rounds.MONTHS)


@blueprint.post("/new")
@may("assessment.steer")
def open_round() -> Any:
    """Open a round."""
    form = RoundForm().offer(editions().values())
    if form.carries_out(rounds.open_round, pilot=pilots.chosen(), **form.given(), actor_id=me().person_id):
        flash(_("The round is open; the regions can begin."), "done")
        return redirect(url_for("assessment.show", number=form.result.id))
    return render_template("assessment/new.html", form=form, months=rounds.MONTHS), 422


@blueprint.get("/<int:number>")
@may("assessment.read")
def show(number: int) -> str:
    """One round: how far each region has come in each chapter."""
    round_ = sight.round_(pilots.chosen(), number)
    regions = [region for region in pilots.regions(pilots.chosen()) if region.key in round_.region_keys]
    return render_template(
        "assessment/show.html", round=round_, edition=scope.edition_of(round_), matrix=showing.matrix(round_), regions=regions,
        stage=words.STAGE_WORDS[round_.stage], revealed=sight.is_revealed(round_, today()), seen=showing.seen(round_, me(), today()),
    )  # fmt: skip


@blueprint.get("/<int:number>/<region>")
@may("assessment.read", region="region")
def region(number: int, region: str) -> str:
    """All the points of a region on one page, or those of one chapter."""
    round_ = sight.round_(pilots.chosen(), number)
    chapter = request.args.get("chapter", "")
    sees = region in sight.regions(round_, me(), today())
    rows = listing.rows(round_, region, round_.point_key(chapter) if chapter else "") if sees else {}
    found = listing.progress(round_)
    return render_template(
        "assessment/region.html", round=round_, edition=scope.edition_of(round_), chapter=chapter, sees=sees, region=region,
        groups=showing.groups(round_, region, rows, me()), total=listing.of_region(found, region),
        regions=pilots.regions(pilots.chosen()),
    )  # fmt: skip
