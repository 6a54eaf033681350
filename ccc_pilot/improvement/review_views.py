"""The RCC's review: the queue of what waits, and a word on each action or on the plan as a whole."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.improvement import naming, reading, reviewing, showing
from ccc_pilot.improvement.blueprint import blueprint
from ccc_pilot.improvement.machine import Verdict
from ccc_pilot.improvement.models import Action, ImprovementPlan
from ccc_pilot.improvement.plan_views import page as plan_page
from ccc_pilot.improvement.review_forms import ReviewForm
from ccc_pilot.improvement.words import MISSING_WORDS
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may


@blueprint.get("/plans/<int:plan_id>/review")
@may("improvement.review")
def review(plan_id: int) -> str:
    """What waits for review, ready to be accepted or returned on the spot."""
    return queue(reading.plan(pilots.chosen(), plan_id))


def queue(plan: ImprovementPlan, action: Action | None = None, form: ReviewForm | None = None) -> str:
    """Return the page of the queue; ``form`` is that of ``action``, given back with what was typed."""
    first = request.args.get("first", "")
    found = reviewing.queue(plan, action.id if action else int(first) if first.isdecimal() and len(first) < 10 else 0)
    known = naming.names([one for one, _lacks in found.rows], pilots.regions(pilots.chosen()))
    rows = [
        (
            showing.row(one, known, plan, me(), today()),
            [MISSING_WORDS[code] for code in lacks],
            form if action is one and form else blank(one),
        )
        for one, lacks in found.rows
    ]
    return render_template(
        "improvement/review.html", plan=plan, rows=rows, total=found.total, may_review=reviewing.may_review(plan, me()),
    )  # fmt: skip


def blank(action: Action) -> ReviewForm:
    """The form of a review, empty or with the reviewer's draft."""
    form = ReviewForm(formdata=None).of(f"a{action.id}", action.version)
    return form.recall(url_for("improvement.review_action", action_id=action.id)).renewed(action.version)


@blueprint.post("/actions/<int:action_id>/review")
@may("improvement.review")
def review_action(action_id: int) -> Any:
    """Accept an action or return it."""
    action = reading.action(pilots.chosen(), action_id)
    form = ReviewForm().of(f"a{action.id}", action.version)
    if form.carries_out(reviewing.review, pilot=pilots.chosen(), target=action, who=me(), **form.given()):
        accepted = form.verdict.data == Verdict.ACCEPTED
        flash(_("%(code)s is accepted.", code=action.code) if accepted else _("%(code)s is sent back.", code=action.code), "done")
        return redirect(url_for("improvement.review", plan_id=action.plan_id))
    return queue(action.plan, action, form.renewed(action.version)), 422


@blueprint.post("/plans/<int:plan_id>/review")
@may("improvement.review")
def review_plan(plan_id: int) -> Any:
    """Say yes to the plan as a whole, or return it."""
    plan = reading.plan(pilots.chosen(), plan_id)
    form = ReviewForm().of("plan", plan.version)
    if form.carries_out(reviewing.review_plan, pilot=pilots.chosen(), plan=plan, who=me(), **form.given()):
        flash(_("Your word on the plan is kept."), "done")
        return redirect(url_for("improvement.plan", plan_id=plan_id))
    return plan_page(plan, review=form.renewed(plan.version)), 422
