"""Answers of an earlier round: laid beside a new one, and judged region by region."""

from typing import Any

from flask import flash, redirect, render_template, url_for

from ccc_pilot.assessment import carrying, scope, sight, words
from ccc_pilot.assessment.blueprint import blueprint
from ccc_pilot.assessment.steering_forms import CarryForm, TriageForm
from ccc_pilot.errors import NotFound
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import ngettext, today
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may

TRIAGE = "/<int:number>/<region>/triage"


@blueprint.get("/<int:number>/carry")
@may("assessment.steer")
def carry_form(number: int) -> str:
    """The form that brings along the answers of an earlier round."""
    return _carry_page(number, None)


def _carry_page(number: int, form: CarryForm | None) -> str:
    round_ = sight.round_(pilots.chosen(), number)
    form = form or CarryForm(formdata=None).offer(carrying.sources(round_, today()))
    waiting = carrying.waiting(round_)
    regions = [(one, waiting.get(one.key, 0)) for one in sight.places(round_)]
    return render_template("assessment/carry_form.html", round=round_, form=form, regions=regions)


@blueprint.post("/<int:number>/carry")
@may("assessment.steer")
def carry(number: int) -> Any:
    """Lay the answers of an earlier round beside those of this one."""
    round_ = sight.round_(pilots.chosen(), number)
    form = CarryForm().offer(carrying.sources(round_, today()))
    if form.carries_out(carrying.carry, round_=round_, **form.given(), actor_id=me().person_id):
        told = ngettext("%(num)s earlier answer waits to be judged.", "%(num)s earlier answers wait to be judged.", form.result)
        flash(told, "done")
        return redirect(url_for("assessment.carry_form", number=number))
    return _carry_page(number, form), 422


@blueprint.get(TRIAGE)
@may("assessment.answer", region="region")
def triage(number: int, region: str) -> str:
    """The earlier answers of a region: still true, to be renewed, or not relevant."""
    round_ = sight.round_(pilots.chosen(), number)
    if region not in sight.regions(round_, me(), today()):
        raise NotFound
    found, shown = scope.edition_of(round_), carrying.triage(round_, region)
    scale = scope.edition_of(sight.round_(pilots.chosen(), round_.source_id)).scale if round_.source_id else found.scale
    here = next(one for one in sight.places(round_) if one.key == region)
    return render_template(
        "assessment/triage.html", round=round_, region=here, edition=found, rows=shown, words=words, scale=scale,
        left=sum(not one.verdict for one in shown), shorts=pilots.shorts(pilots.chosen()),
    )  # fmt: skip


@blueprint.post(f"{TRIAGE}/<int:carried>")
@may("assessment.answer", region="region")
def judge(number: int, region: str, carried: int) -> Any:
    """Say what becomes of an earlier answer."""
    round_, form = sight.round_(pilots.chosen(), number), TriageForm()
    told = {"round_": round_, "region": region, "number": carried, "actor_id": me().person_id}
    if form.carries_out(carrying.judge, **told, **form.given()):
        flash(_("Noted."), "done")
    else:
        flash(form.fault, "risk")
    return redirect(url_for("assessment.triage", number=number, region=region))
