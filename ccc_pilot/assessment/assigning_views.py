"""Who answers what: the page of a region's assignments, what lies on each person, and one's own points."""

from typing import Any

from flask import flash, redirect, render_template, url_for

from ccc_pilot.assessment import assigning, scope, showing, sight
from ccc_pilot.assessment.blueprint import blueprint
from ccc_pilot.assessment.models import AssessmentRound
from ccc_pilot.assessment.talk_forms import AssignForm
from ccc_pilot.db import transaction
from ccc_pilot.errors import NotFound
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may


@blueprint.get("/mine")
@may("assessment.answer")
def mine() -> str:
    """The points that wait for the one who looks, the nearest day first."""
    pilot = pilots.chosen()
    own = me().access.regions("assessment.answer", (place.key for place in pilots.places(pilot)))
    return render_template("assessment/mine.html", tasks=showing.tasks(assigning.mine(pilot, me().person_id, own), today()))


@blueprint.get("/<int:number>/workload")
@may("assessment.read")
def workload(number: int) -> str:
    """How much lies on whom in a round."""
    round_ = sight.round_(pilots.chosen(), number)
    regions = sight.places(round_)
    return render_template(
        "assessment/workload.html", round=round_, loads=assigning.workload(round_, today()), regions=regions,
        mine=[region for region in regions if me().may("assessment.assign", region.key)],
    )  # fmt: skip


@blueprint.get("/<int:number>/<region>/assignments")
@may("assessment.assign", region="region")
def assignments(number: int, region: str) -> str:
    """What is given to whom in a region, and the form that gives more."""
    return _page(sight.round_(pilots.chosen(), number), region, None)


def _page(round_: AssessmentRound, region: str, form: AssignForm | None) -> str:
    found = scope.edition_of(round_)
    if region not in round_.region_keys:
        raise NotFound
    people = assigning.able(region, today())
    form = form or AssignForm(formdata=None).offer(found, people)
    here = next(one for one in sight.places(round_) if one.key == region)
    given = [(one, showing.part_title(found, one.scope_key)) for one in assigning.given(round_, region)]
    return render_template("assessment/assignments.html", round=round_, region=here, given=given, form=form, people=people)


@blueprint.post("/<int:number>/<region>/assignments")
@may("assessment.assign", region="region")
def assign(number: int, region: str) -> Any:
    """Give a chapter or a point to somebody."""
    round_ = sight.round_(pilots.chosen(), number)
    form = AssignForm().offer(scope.edition_of(round_), assigning.able(region, today()))
    told = {"round_": round_, "region": region, "actor_id": me().person_id, "day": today()}
    if form.carries_out(assigning.assign, **told, **form.given()):
        flash(_("Given."), "done")
        return redirect(url_for("assessment.assignments", number=number, region=region))
    return _page(round_, region, form), 422


@blueprint.post("/<int:number>/<region>/assignments/<int:assignment>/remove")
@may("assessment.assign", region="region")
def take_away(number: int, region: str, assignment: int) -> Any:
    """Take an assignment away."""
    round_ = sight.round_(pilots.chosen(), number)
    with transaction():
        assigning.take_away(round_=round_, region=region, number=assignment, actor_id=me().person_id)
    flash(_("Taken away."), "done")
    return redirect(url_for("assessment.assignments", number=number, region=region))
