"""What is said of an action or of the plan, and what waits for the one who looks."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from ccc_pilot.db import transaction
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.improvement import mine as waiting
from ccc_pilot.improvement import naming, reading, showing, talk
from ccc_pilot.improvement.blueprint import blueprint
from ccc_pilot.improvement.plan_views import page as plan_page
from ccc_pilot.improvement.review_forms import RemarkForm
from ccc_pilot.improvement.review_models import Remark
from ccc_pilot.improvement.views import page as action_page
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may
from ccc_pilot.web.paths import safe_next


@blueprint.post("/actions/<int:action_id>/remarks")
@may("improvement.comment")
def remark(action_id: int) -> Any:
    """Say something of an action."""
    action, form = reading.action(pilots.chosen(), action_id), RemarkForm()
    if form.carries_out(talk.say, plan=action.plan, action=action, **form.given(), who=me()):
        return _back(_told(form.result), url_for("improvement.show", action_id=action_id, _anchor="comments"))
    return action_page(action, remark=form), 422


@blueprint.post("/plans/<int:plan_id>/remarks")
@may("improvement.comment")
def remark_on_plan(plan_id: int) -> Any:
    """Say something of the plan as a whole."""
    plan, form = reading.plan(pilots.chosen(), plan_id), RemarkForm()
    if form.carries_out(talk.say, plan=plan, action=None, **form.given(), who=me()):
        return _back(_told(form.result), url_for("improvement.plan", plan_id=plan_id, _anchor="comments"))
    return plan_page(plan, remark=form), 422


@blueprint.post("/plans/<int:plan_id>/remarks/<int:number>/retract")
@may("improvement.comment")
def retract_remark(plan_id: int, number: int) -> Any:
    """Take a comment back."""
    with transaction():
        said = talk.retract(plan=reading.plan(pilots.chosen(), plan_id), remark_id=number, who=me())
    place: dict[str, Any] = {"action_id": said.action_id} if said.action_id else {"plan_id": plan_id}
    endpoint = "improvement.show" if said.action_id else "improvement.plan"
    return _back(_("The comment is retracted; that it was there can be seen."), url_for(endpoint, **place, _anchor="comments"))


@blueprint.get("/mine")
@may("improvement.read")
def mine() -> str:
    """What waits for the one who looks: returned first, then what is theirs, to be verified, to be reviewed, said to them."""
    pilot = pilots.chosen()
    lists = waiting.lists(pilot, me(), today())
    known = naming.names([action for part in lists for action in part.actions], pilots.regions(pilot))
    parts = [(part, [showing.row(action, known, action.plan, me(), today()) for action in part.actions]) for part in lists]
    return render_template("improvement/mine.html", parts=parts, mentions=talk.to_me(me().person_id), plan=reading.latest(pilot))


@blueprint.post("/mentions/<int:number>/seen")
@may("improvement.read")
def seen(number: int) -> Any:
    """Note that a remark in which one is spoken to was seen."""
    with transaction():
        talk.mark_seen(person_id=me().person_id, remark_id=number)
    return redirect(safe_next(request.form.get("next")) or url_for("improvement.mine"))


def _told(said: Remark) -> str:
    """That a comment stands, and who is told of it; or that nobody was found for what stands after the "@"."""
    names = talk.names_of([said.id]).get(said.id, [])
    if names:
        return _("Your comment stands below. It is told to: %(names)s.", names=", ".join(names))
    if "@" in said.text:
        return _(
            "Your comment stands below, but nobody is called what stands after @. Write a name or a post as it stands in the pilot."
        )
    return _("Your comment stands below.")


def _back(message: str, address: str) -> Any:
    flash(message, "done")
    return redirect(address)
