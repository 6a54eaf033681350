"""The pages of chains: those there are, a new one with its preview, and one with its steps."""

from typing import Any

from flask import flash, redirect, render_template, url_for

from ccc_pilot.db import transaction
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.reminders import chains, showing
from ccc_pilot.reminders.blueprint import blueprint
from ccc_pilot.reminders.chain_models import Chain
from ccc_pilot.reminders.forms import ChainForm, MoveForm
from ccc_pilot.web.access import may


@blueprint.get("/reminders/chains")
@may("milestone.read")
def chains_page() -> str:
    """The reports with their final dates."""
    found = [showing.chain(chain, today()) for chain in chains.of(pilots.chosen())]
    return render_template("reminders/chains_page.html", chains=found)


@blueprint.route("/reminders/chains/new", methods=["GET", "POST"])
@may("milestone.plan")
def new_chain() -> Any:
    """Make a chain: the dates that follow are shown first, then made."""
    form, pilot = ChainForm(), pilots.chosen()
    if form.asks_to_save and form.carries_out(chains.make, pilot=pilot, **form.given(), actor_id=me().person_id, today=today()):
        flash(_("The dates are made; each is told to the one whose step it is."), "done")
        return redirect(url_for("reminders.chain", number=form.result.id))
    regions = [region.key for region in pilots.regions(pilot)]
    steps = chains.planned(form.kind.data, form.final.data, regions) if form.sent and not form.errors and form.validate() else []
    page = {"form": form, "steps": [showing.planned(step) for step in steps]}
    return render_template("reminders/new_chain.html", **page), 422 if form.errors else 200


@blueprint.get("/reminders/chains/<int:number>")
@may("milestone.read")
def chain(number: int) -> str:
    """One report: its steps, who does them, and what is done."""
    found = chains.get(pilots.chosen(), number)
    return _page(found, MoveForm(formdata=None, data={"final": found.final, "version": found.version}))


def _page(found: Chain, form: MoveForm) -> str:
    return render_template(
        "reminders/chain.html", chain=showing.chain(found, today()), steps=showing.steps(found, me(), today()), form=form
    )


@blueprint.post("/reminders/chains/<int:number>/move")
@may("milestone.plan")
def move_chain(number: int) -> Any:
    """Move the final date."""
    found, form = chains.get(pilots.chosen(), number), MoveForm()
    if form.carries_out(chains.move, chain=found, **form.given(), actor_id=me().person_id):
        flash(_("The date is moved, and what is not yet done with it. What was told is not told again."), "done")
        return redirect(url_for("reminders.chain", number=number))
    return _page(found, form), 422


@blueprint.post("/reminders/chains/<int:number>/steps/<int:step>/<any(done, open):state>")
@may("milestone.read")
def settle(number: int, step: int, state: str) -> Any:
    """Say that a step is done, or is not after all."""
    found = chains.get(pilots.chosen(), number)
    with transaction():
        chains.settle(chain=found, step_id=step, done=state == "done", access=me().access, actor_id=me().person_id)
    flash(_("Saved."), "done")
    return redirect(url_for("reminders.chain", number=number))
