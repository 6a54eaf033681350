"""Pages of the designation and of the pace, and the dossier."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from ccc_pilot import works
from ccc_pilot.assessment import (
    change_showing,
    clock_showing,
    comparison,
    designation_showing,
    dossier,
    facts,
    figures,
    pace,
    scope,
    sight,
)
from ccc_pilot.assessment.blueprint import blueprint
from ccc_pilot.assessment.designation_forms import FigureForm, StartForm
from ccc_pilot.assessment.designation_words import ITEM_WORDS
from ccc_pilot.assessment.fact_records import Yardstick
from ccc_pilot.assessment.models import AssessmentRound
from ccc_pilot.assessment.result_views import framed, seen
from ccc_pilot.assessment.results import Results
from ccc_pilot.db import transaction
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import language, today
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may


@blueprint.get("/<int:number>/designation")
@may("assessment.read")
def designation(number: int) -> str:
    """What is recorded for the designation, and what the limits say of it."""
    round_ = sight.round_(pilots.chosen(), number)
    frame = framed(round_, "assessment.designation")
    return render_template("assessment/designation.html", **frame, **designation_showing.check(round_, frame["regions"], me()))


FIGURE = "/<int:number>/<region>/figures/<item>"


@blueprint.get(FIGURE)
@may("assessment.answer", region="region")
def figure(number: int, region: str, item: str) -> str:
    """The form of one figure."""
    round_ = sight.round_(pilots.chosen(), number)
    row = figures.of(round_, region, item)
    form = (
        FigureForm(formdata=None, obj=row).of(row).recall(url_for("assessment.record", number=number, region=region, item=item))
    )
    return _figure(round_, region, item, form)


def _figure(round_: AssessmentRound, region: str, item: str, form: FigureForm) -> str:
    return render_template(
        "assessment/figure.html",
        **framed(round_, ""),
        region=region,
        item=item,
        form=form,
        title=ITEM_WORDS[item],
        kind=figures.ITEMS[item],
    )


@blueprint.post(FIGURE)
@may("assessment.answer", region="region")
def record(number: int, region: str, item: str) -> Any:
    """Record a figure."""
    round_ = sight.round_(pilots.chosen(), number)
    row = figures.of(round_, region, item)
    form = FigureForm(obj=row).of(row)
    if form.carries_out(figures.record, round_=round_, region=region, item=item, **form.given(), actor_id=me().person_id):
        flash(_("Saved."), "done")
        return redirect(url_for("assessment.designation", number=number))
    return _figure(round_, region, item, form), 422


@blueprint.get("/<int:number>/pace")
@may("assessment.read")
def pace_page(number: int) -> str:
    """When the round will be ready at the present pace, how fresh its evidence is, what has changed since an earlier round."""
    found = seen(number)
    frame = framed(found.round_, "assessment.pace_page", found=found)
    earlier = [one for one in sight.rounds(pilots.chosen()) if one.id != number]
    return render_template(
        "assessment/pace_page.html", **frame, forecasts=designation_showing.forecasts(found, frame["regions"], today()),
        fresh=pace.freshness(found.facts, found.round_.due, today()),
        earlier=earlier, **_change(found, earlier),
    )  # fmt: skip


def _change(found: Results, earlier: list[AssessmentRound]) -> dict[str, Any]:
    before = next((one for one in earlier if str(one.id) == request.args.get("against")), None)
    if before is None:
        return {"before": None, "change": None, "worded": None}
    regions = [region for region in sight.regions(before, me(), today()) if region in found.regions]
    old = Yardstick.of(scope.edition_of(before).scale)
    told = comparison.change(facts.load(before, regions), [one for one in found.facts if one.region in regions], old, found.stick)
    return {
        "before": before,
        "change": told,
        "worded": change_showing.changes(found, scope.edition_of(before), told, sight.places(found.round_)),
    }


@blueprint.get("/<int:number>/clock")
@may("assessment.read")
def clock(number: int) -> str:
    """What is expected when, counted from the day in the address, else from the pilot's start."""
    found, form, pilot = seen(number), StartForm(request.args), pilots.chosen()
    start = (form.start.data if form.validate() else None) or pilot.start or found.round_.start
    frame = framed(found.round_, "assessment.clock", found=found)
    told = clock_showing.clock(found, frame["regions"], start, today())
    return render_template("assessment/clock.html", **frame, form=form, clock=told, start=start, by_pilot=start == pilot.start)


@blueprint.post("/<int:number>/dossier")
@may("assessment.export")
def ask_dossier(number: int) -> Any:
    """Ask for the dossier of the regions that one sees; it is made in the background."""
    round_ = sight.round_(pilots.chosen(), number)
    seen_now = list(sight.regions(round_, me(), today()))
    with transaction():
        work = works.ask(
            dossier.KIND, me().person_id, title=_("Dossier: %(round)s", round=round_.title), language=language(),
            back=url_for("assessment.results_page", number=number), round_id=number, regions=seen_now,
        )  # fmt: skip
    return redirect(url_for("works.show", number=work.id))
