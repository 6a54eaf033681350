"""The money that a decision allocates: a sum is put to it, or taken away."""

from typing import Any

from flask import flash, redirect, url_for

from ccc_pilot.db import transaction
from ccc_pilot.decisions import finding, sums
from ccc_pilot.decisions.blueprint import blueprint, neighbours
from ccc_pilot.decisions.decision_forms import SumForm
from ccc_pilot.decisions.log_views import page
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may


@blueprint.post("/decisions/<int:decision_id>/sums")
@may("decision.record")
def allocate(decision_id: int) -> Any:
    """Say what money a decision allocates."""
    found, form = finding.decision(pilots.chosen(), decision_id), SumForm()
    given = form.given()
    thing = given.pop("thing") or ""
    key = neighbours().find(pilots.chosen(), thing) if thing else ""
    given["note"] = ". ".join(filter(None, ("" if key else thing, given["note"])))[:300]
    if form.carries_out(sums.allocate, target=found, **given, object_key=key, actor_id=me().person_id):
        return _back(_("The sum is kept."), decision_id)
    return page(found, sum_form=form), 422


@blueprint.post("/decisions/<int:decision_id>/sums/<int:number>/remove")
@may("decision.record")
def withdraw(decision_id: int, number: int) -> Any:
    """Take a sum away."""
    with transaction():
        sums.withdraw(target=finding.decision(pilots.chosen(), decision_id), sum_id=number, actor_id=me().person_id)
    return _back(_("The sum is removed."), decision_id)


def _back(message: str, decision_id: int) -> Any:
    flash(message, "done")
    return redirect(url_for("decisions.decision", decision_id=decision_id, _anchor="money"))
