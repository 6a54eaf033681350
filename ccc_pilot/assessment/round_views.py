"""Pages of a round: which there are, opening one, how far each region has come, and all the points of a region on one page."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from ccc_pilot.assessment import (
    carrying,
    listing,
    moves,
    network,
    network_views,
    ready,
    ready_showing,
    rounds,
    scope,
    showing,
    sight,
    snapshots,
    stages,
    words,
)
from ccc_pilot.assessment.blueprint import blueprint
from ccc_pilot.assessment.forms import RoundForm
from ccc_pilot.assessment.models import AssessmentRound
from ccc_pilot.assessment.steering_forms import MoveForm, SigningForm, WaiverForm
from ccc_pilot.catalogue.editions import editions
from ccc_pilot.errors import NotFound
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.people.policy import NETWORK
from ccc_pilot.web.access import may
from ccc_pilot.web.forms import Form

USUAL = "oeci-3x-p"  # the edition that a new round begins with, until another is chosen


@blueprint.get("")
@may("assessment.read")
def index() -> str:
    """The rounds of the pilot."""
    found = sight.rounds(pilots.chosen())
    return render_template(
        "assessment/index.html",
        rounds=found,
        editions=editions(),
        words=words,
        may_steer=me().may("assessment.steer"),
        may_answer=me().may("assessment.answer"),
    )


@blueprint.get("/new")
@may("assessment.steer")
def new() -> str:
    """The form of a new round."""
    form = RoundForm(formdata=None).offer(editions().values())
    form.start.data = today()
    form.edition_key.data = request.args.get("edition") or USUAL
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
    return page(sight.round_(pilots.chosen(), number))


def page(round_: AssessmentRound, **forms: Form) -> str:
    """Return the page of a round; ``forms`` (move, waiver, signing) are those given back with what was typed."""
    regions = sight.places(round_)
    steering = steered(round_, forms) if me().may("assessment.steer") else {}
    return render_template(
        "assessment/show.html", round=round_, edition=scope.edition_of(round_), matrix=showing.matrix(round_), regions=regions, words=words,
        revealed=sight.is_revealed(round_, today()), sees_all=showing.sees_all(round_, me(), today()), decisions=moves.decisions(round_),
        transitions=moves.transitions(round_), snapshots=[(kept, snapshots.is_whole(kept)) for kept in snapshots.of(round_)], **steering,
    )  # fmt: skip


def steered(round_: AssessmentRound, forms: dict[str, Form]) -> dict[str, Any]:
    """Return what the one who steers a round sees beside: the moves that lead on with their forms, the rules of readiness."""
    sent = forms.get("move")
    ways = [
        (way, sent if sent is not None and sent.to.data == way.to else MoveForm.blank(round_, way))
        for way in stages.moves_from(stages.Stage(round_.stage))
    ]
    before = stages.Stage(round_.stage) in stages.BEFORE and sight.is_revealed(
        round_, today()
    )  # else the counts would tell of the answers
    found = ready.checks(round_, today()) if before else []
    return {
        "ways": ways, "checks": ready_showing.told(round_, found), "readiness": ready_showing.verdict(found), "waiver": forms.get("waiver"), "blank_waiver": WaiverForm.blank,
        "signing": forms.get("signing") or SigningForm(formdata=None, obj=round_), "unsettled": network.unsettled(round_) if before else 0,
    }  # fmt: skip


@blueprint.get("/<int:number>/<region>")
@may("assessment.read", region="region")
def region(number: int, region: str) -> str:
    """All the points of a region on one page, or those of one chapter."""
    round_ = sight.round_(pilots.chosen(), number)
    if region == NETWORK and not round_.joint:
        return network_views.list_page(round_)
    if region not in round_.region_keys:
        raise NotFound
    chapter, state = request.args.get("chapter", ""), request.args.get("state", "")
    sees = region in sight.regions(round_, me(), today())
    rows = listing.rows(round_, region, round_.point_key(chapter) if chapter else "", state) if sees else {}
    whole = sees and not (chapter or state)
    draw = showing.Lines(round_, region, me())
    return render_template(
        "assessment/region.html", round=round_, edition=scope.edition_of(round_), chapter=chapter, sees=sees, region=region,
        groups=showing.groups(round_, rows, draw), looks=draw.looks, may=me().may, regions=sight.places(round_),
        total=listing.of_rows(round_, rows.values()) if whole else listing.of_region(listing.progress(round_, region), region),
        earlier=carrying.waiting(round_).get(region, 0) if sees and round_.source_id else 0,
    )  # fmt: skip
