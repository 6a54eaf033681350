"""From gap to action: the list of what the plan must answer, and the step that makes actions of gaps."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from ccc_pilot.db import transaction
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import ngettext
from ccc_pilot.improvement import consequences, naming, reading, standing
from ccc_pilot.improvement import gaps as answering
from ccc_pilot.improvement.blueprint import blueprint
from ccc_pilot.improvement.gap_forms import FromGapsForm, RiskForm
from ccc_pilot.improvement.models import ImprovementPlan
from ccc_pilot.improvement.views import looked_at, tell
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may


@blueprint.get("/plans/<int:plan_id>/gaps")
@may("improvement.read")
def gaps(plan_id: int) -> str:
    """The gaps that the plan must answer, with what answers each (C10)."""
    return listed(reading.plan(pilots.chosen(), plan_id))


def listed(plan: ImprovementPlan, risk: RiskForm | None = None) -> str:
    """Return the page of the gaps; ``risk`` is the form of one of them, given back with what was typed."""
    only_open = request.args.get("open") == "1"
    return render_template(
        "improvement/gaps.html",
        plan=plan, rows=answering.rows(plan, only_open=only_open), only_open=only_open, coverage=standing.coverage(plan),
        known=naming.of_keys([], pilots.regions(pilots.chosen())), may_steer=me().may("improvement.steer"), may_propose=me().may("improvement.propose"),
        risk=risk, blank_risk=lambda gap: RiskForm(formdata=None).of(gap.id),
    )  # fmt: skip


@blueprint.route("/from-gaps", methods=["GET", "POST"])
@may("improvement.propose")
def from_gaps() -> Any:
    """Chosen gaps, ready to become actions; the gap list sends their keys here ("key", any number of times)."""
    plan = looked_at()
    if plan is None:
        return redirect(url_for("improvement.index"))
    keys = [*request.args.getlist("key"), *request.form.getlist("key")]
    return choose(plan, keys, FromGapsForm(formdata=None))


def choose(plan: ImprovementPlan, keys: list[str], form: FromGapsForm) -> str:
    """Return the page on which gaps become actions."""
    wanted = answering.read_all(keys)
    mine = [one for one in wanted if me().may("improvement.propose", one.region or None)]
    answered = standing.answered(plan)
    return render_template(
        "improvement/from_gaps.html",
        plan=plan, plans=[one for one in reading.plans(pilots.chosen()) if one.kind == "improvement"], wanted=mine, left_out=len(wanted) - len(mine),
        unknown=len(set(keys)) - len(wanted), answered=answered, form=form.offer([one.key for one in mine]), known=naming.of_keys([], pilots.regions(pilots.chosen())),
    )  # fmt: skip


@blueprint.post("/plans/<int:plan_id>/from-gaps")
@may("improvement.propose")
def act(plan_id: int) -> Any:
    """Make actions of the chosen gaps."""
    plan, keys = reading.plan(pilots.chosen(), plan_id), request.form.getlist("keys")
    form, before = FromGapsForm().offer(keys), consequences.stand(plan)
    if form.carries_out(
        answering.act, plan=plan, who=me(), keys=form.keys.data, together=form.together.data, title=form.title.data or ""
    ):
        n = 1 if form.together.data else len(form.keys.data)
        flash(
            ngettext(
                "%(num)s action stands in the plan, linked to its gap.",
                "%(num)s actions stand in the plan, linked to their gaps.",
                n,
            ),
            "done",
        )
        tell(before, plan)
        return redirect(url_for("improvement.index", plan=plan_id, standing="proposed"))
    return choose(plan, keys, form), 422


@blueprint.post("/plans/<int:plan_id>/gaps")
@may("improvement.propose")
def watch(plan_id: int) -> Any:
    """Bring gaps into the plan, to be answered later."""
    plan = reading.plan(pilots.chosen(), plan_id)
    with transaction():
        n = answering.watch(plan=plan, keys=[*request.form.getlist("keys"), *request.form.getlist("key")], who=me())
    flash(ngettext("The plan answers for %(num)s gap.", "The plan answers for %(num)s gaps.", n), "done")
    return redirect(url_for("improvement.gaps", plan_id=plan_id))


@blueprint.post("/plans/<int:plan_id>/gaps/<int:number>/risk")
@may("improvement.steer")
def accept_risk(plan_id: int, number: int) -> Any:
    """Accept the risk of a gap by a decision."""
    plan, form = reading.plan(pilots.chosen(), plan_id), RiskForm().of(number)
    if form.carries_out(answering.accept_risk, plan=plan, gap_id=number, who=me(), **form.given()):
        flash(_("The risk is accepted; the decision stands beside the gap."), "done")
        return redirect(url_for("improvement.gaps", plan_id=plan_id))
    return listed(plan, form), 422


@blueprint.post("/plans/<int:plan_id>/gaps/<int:number>/risk/take-back")
@may("improvement.steer")
def take_back_risk(plan_id: int, number: int) -> Any:
    """Let a gap ask for an action again."""
    with transaction():
        answering.take_back_risk(plan=reading.plan(pilots.chosen(), plan_id), gap_id=number, who=me())
    flash(_("The gap asks for an action again."), "done")
    return redirect(url_for("improvement.gaps", plan_id=plan_id))
