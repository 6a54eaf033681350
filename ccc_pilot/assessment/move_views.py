"""Steering a round: its moves, the waivers of rules of readiness, and the signatures."""

from typing import Any

from flask import flash, redirect, url_for

from ccc_pilot.assessment import moves, ready, sight, words
from ccc_pilot.assessment.blueprint import blueprint
from ccc_pilot.assessment.round_views import page
from ccc_pilot.assessment.steering_forms import MoveForm, SigningForm, WaiverForm
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may


@blueprint.post("/<int:number>/move")
@may("assessment.steer")
def move(number: int) -> Any:
    """Take a round to another stage."""
    round_, form = sight.round_(pilots.chosen(), number), MoveForm()
    form.named(form.to.data or "")
    if form.carries_out(moves.move, round_=round_, **form.given(), actor_id=me().person_id, day=today()):
        flash(_("The round stands at: %(stage)s.", stage=words.STAGE_WORDS[form.result.stage]), "done")
        return redirect(url_for("assessment.show", number=number))
    return page(round_, move=form), 422


@blueprint.post("/<int:number>/waivers")
@may("assessment.steer")
def waive(number: int) -> Any:
    """Let a round pass without a rule of readiness."""
    round_, form = sight.round_(pilots.chosen(), number), WaiverForm()
    if form.carries_out(ready.waive, round_=round_, **form.given(), actor_id=me().person_id):
        flash(_("The rule is waived, and the reason kept."), "done")
        return redirect(url_for("assessment.show", number=number, _anchor="readiness"))
    return page(round_, waiver=form), 422


@blueprint.post("/<int:number>/signatures")
@may("assessment.steer")
def sign(number: int) -> Any:
    """Record who has signed and who is in the project group."""
    round_, form = sight.round_(pilots.chosen(), number), SigningForm()
    if form.carries_out(ready.sign, round_=round_, **form.given(), actor_id=me().person_id):
        flash(_("Saved."), "done")
        return redirect(url_for("assessment.show", number=number, _anchor="readiness"))
    return page(round_, signing=form), 422
