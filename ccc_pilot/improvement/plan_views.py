"""Pages of the plans themselves: all of them, one with its way through the states, and two versions side by side."""

from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.improvement import (
    comparing,
    history,
    naming,
    plan_showing,
    reading,
    reviewing,
    standing,
    steering,
    talk,
)
from ccc_pilot.improvement import plans as making
from ccc_pilot.improvement.blueprint import blueprint
from ccc_pilot.improvement.fields import FIELD_WORDS
from ccc_pilot.improvement.forms import PlanForm
from ccc_pilot.improvement.models import ImprovementPlan
from ccc_pilot.improvement.review_forms import AgreeForm, PlanStepForm, RemarkForm, ReviewersForm, ReviewForm
from ccc_pilot.improvement.words import plan_standing
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.people.policy import NETWORK
from ccc_pilot.web.access import may
from ccc_pilot.web.forms import Form


@blueprint.get("/plans")
@may("improvement.read")
def plans() -> str:
    """All plans of the pilot, and the form for a new one."""
    return listed(PlanForm(formdata=None))


def listed(form: PlanForm) -> str:
    """Return the page of the plans with the form for a new one."""
    found = list(reading.plans(pilots.chosen()))
    return render_template(
        "improvement/plans.html", plans=found, titles={plan.id: plan.title for plan in found}, standing=plan_standing,
        form=form.offer(found).recall(url_for("improvement.add_plan")), may_steer=me().may("improvement.steer"),
    )  # fmt: skip


@blueprint.post("/plans")
@may("improvement.steer")
def add_plan() -> Any:
    """Begin a plan."""
    form = PlanForm().offer(list(reading.plans(pilots.chosen())))
    if form.carries_out(making.make, pilot=pilots.chosen(), **form.given(), actor_id=me().person_id):
        flash(_("The plan is there. Write its first action."), "done")
        return redirect(url_for("improvement.index", plan=form.result.id))
    return listed(form), 422


@blueprint.get("/plans/<int:plan_id>")
@may("improvement.read")
def plan(plan_id: int) -> str:
    """One plan: where it stands, what stands in its way, its results, its versions and its history."""
    return page(reading.plan(pilots.chosen(), plan_id))


def page(found: ImprovementPlan, **forms: Form) -> str:
    """Return the page of a plan; ``forms`` maps a step (or review, reviewers, remark) to its form given back with what was typed."""
    pilot = pilots.chosen()
    regions, told = pilots.regions(pilot), standing.results(found, today())
    named, known = standing.reviewers(found), naming.of_keys(list(told.by_owner), regions)
    facts = standing.facts(pilot, found)
    return render_template(
        "improvement/plan.html",
        plan=found, standing=plan_standing(found.state), way=plan_showing.way(found), steps=plan_showing.steps(found, me(), facts),
        agreements=plan_showing.agreements(found, regions, me()), obstacles=plan_showing.obstacles(found, facts),
        results=told, by_region=plan_showing.rows(told.by_region, known.region), by_owner=plan_showing.rows(told.by_owner, known.responsible), versions=comparing.versions(found), relatives=reading.relatives(found),
        history=plan_showing.history(found, regions), reviews=reviewing.of(found), may_review=reviewing.may_review(found, me()),
        reviewers=[words for key, words in reading.reviewers_to_choose() if key in named], may_steer=me().may("improvement.steer"),
        form_of=lambda step: forms.get(step) or PlanStepForm(formdata=None).of(step, found.version), agree_form=forms.get("agree") or AgreeForm(formdata=None).renewed(found.version),
        review_form=forms.get("review") or ReviewForm(formdata=None).of("plan", found.version), reviewers_form=forms.get("reviewers") or _reviewers(found, named),
        comments=talk.of(found, None, me()), remark_form=forms.get("remark") or RemarkForm(formdata=None).recall(url_for("improvement.remark_on_plan", plan_id=found.id)),
        may_comment=me().may("improvement.comment", NETWORK), in_words=history.in_words,
    )  # fmt: skip


def _reviewers(found: ImprovementPlan, named: list[int]) -> ReviewersForm:
    form = ReviewersForm(formdata=None, data={"persons": named, "quorum": found.quorum})
    form.persons.choices = reading.reviewers_to_choose()
    return form.renewed(found.version)


@blueprint.post("/plans/<int:plan_id>/agree/<region>")
@may("improvement.write", region="region")
def agree(plan_id: int, region: str) -> Any:
    """Say that a region agrees with the plan."""
    found, form = reading.plan(pilots.chosen(), plan_id), AgreeForm()
    if form.carries_out(steering.agree, pilot=pilots.chosen(), plan=found, region=region, who=me(), **form.given()):
        return _done(_("The region agrees."), plan_id)
    return page(found, agree=form.renewed(found.version)), 422


@blueprint.post("/plans/<int:plan_id>/steps/<step>")
@may("improvement.steer")
def take_step(plan_id: int, step: str) -> Any:
    """Let the plan take its next step."""
    found = reading.plan(pilots.chosen(), plan_id)
    form = PlanStepForm().of(step, found.version)
    if form.carries_out(steering.take, pilot=pilots.chosen(), plan=found, step=step, who=me(), **form.given()):
        return _done(_("Saved."), plan_id)
    return page(found, **{step: form.renewed(found.version)}), 422


@blueprint.post("/plans/<int:plan_id>/reviewers")
@may("improvement.steer")
def name_reviewers(plan_id: int) -> Any:
    """Name who reviews the plan."""
    found, form = reading.plan(pilots.chosen(), plan_id), ReviewersForm()
    form.persons.choices = reading.reviewers_to_choose()
    if form.carries_out(steering.name_reviewers, plan=found, who=me(), **form.given()):
        return _done(_("Saved."), plan_id)
    return page(found, reviewers=form.renewed(found.version)), 422


@blueprint.get("/plans/<int:plan_id>/compare")
@may("improvement.read")
def compare(plan_id: int) -> str:
    """Two versions of a plan, line by line."""
    found = reading.plan(pilots.chosen(), plan_id)
    numbers = sorted({found.number, *(version.number for version in comparing.versions(found))})
    before, after = _number("from", numbers[max(0, len(numbers) - 2)]), _number("to", numbers[-1])
    told = comparing.compare(comparing.version(found, before), comparing.version(found, after))
    own = {column["key"]: column["title"] for column in found.columns}
    owners = [text for one in told for name, *both in one.changes if name == "owner" for text in both]
    known = naming.of_keys(owners, pilots.regions(pilots.chosen()))
    return render_template(
        "improvement/compare.html", plan=found, numbers=numbers, before=before, after=after, differences=told,
        words=lambda name: FIELD_WORDS.get(name, own.get(name, name)), in_words=partial(history.in_words, names=known),
    )  # fmt: skip


def _number(name: str, usual: int) -> int:
    text = request.args.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 6 else usual


def _done(message: str, plan_id: int) -> Any:
    flash(message, "done")
    return redirect(url_for("improvement.plan", plan_id=plan_id))
