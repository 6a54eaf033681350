"""Pages of the improvement plan: the table, an action, and the forms that change one."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from ccc_pilot import said
from ccc_pilot.evidence.link_showing import Proofs
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.improvement import (
    consequences,
    fields,
    history,
    link_showing,
    linking,
    listing,
    looks,
    naming,
    prefilling,
    reading,
    reviewing,
    service,
    showing,
    talk,
)
from ccc_pilot.improvement.blueprint import blueprint, neighbours
from ccc_pilot.improvement.bulk import MOST
from ccc_pilot.improvement.bulk_forms import BulkForm, ViewForm
from ccc_pilot.improvement.forms import ActionForm, MoveForm
from ccc_pilot.improvement.link_forms import LinkForm
from ccc_pilot.improvement.models import Action, ImprovementPlan
from ccc_pilot.improvement.query import query_from
from ccc_pilot.improvement.review_forms import RemarkForm
from ccc_pilot.improvement.words import EFFECT_WORDS, PROMISE_WORDS
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may
from ccc_pilot.web.forms import Form


@blueprint.get("")
@may("improvement.read")
def index() -> str:
    """The plan as a table, narrowed by the address."""
    plan = looked_at()
    return (
        render_template("improvement/index_none.html", may_steer=me().may("improvement.steer")) if plan is None else table(plan)
    )


def looked_at() -> ImprovementPlan | None:
    """The plan that the address names, else the newest; None where there is none."""
    number = request.args.get("plan", "")
    pilot = pilots.chosen()
    return reading.plan(pilot, int(number)) if number.isdecimal() and len(number) < 10 else reading.latest(pilot)


def table(plan: ImprovementPlan, **more: Any) -> str:
    """Return the page of the table."""
    pilot, day, query, bulk = pilots.chosen(), today(), query_from(request.args), _bulk()
    query = replace(query, size=MOST) if bulk else query
    regions, counts = pilots.regions(pilot), listing.counts(plan, day, query, me().person_id)
    found = listing.find(plan, query, day, me().person_id, counts)
    known = naming.names(found.rows, regions)
    return render_template(
        "improvement/index.html",
        plan=plan, query=query, sentence=showing.sentence(counts), chips=showing.chips(plan, query, counts, me()), regions=regions,
        rows=[showing.row(action, known, plan, me(), day) for action in found.rows], total=found.total,
        page=listing.page(found, lambda n: showing.address(plan, replace(query, page=n))), files=showing.files(plan, query, me()),
        choices=choices(), may_propose=me().may("improvement.propose"), tabs=showing.tabs(plan, query), views=looks.views(plan, me().person_id),
        given=showing.given(query), me_id=me().person_id, may_steer=me().may("improvement.steer"),
        heads=showing.heads(plan, query), promises=PROMISE_WORDS,
        **{"bulk": bulk, "view_form": ViewForm(formdata=None), **more},
    )  # fmt: skip


def _bulk() -> BulkForm | None:
    """The bar that changes several actions, where one has asked to choose."""
    choosing = request.args.get("choose") == "1" and me().may("improvement.propose")
    return BulkForm(formdata=None).offer(choices().owners) if choosing else None


@blueprint.get("/actions/<int:action_id>")
@may("improvement.read")
def show(action_id: int) -> str:
    """One action: what it says, where it stands, what may be done next, its history."""
    return page(reading.action(pilots.chosen(), action_id))


def tell(before: consequences.Stand, plan: ImprovementPlan) -> None:
    """Tell the one who changed something what was withdrawn by it."""
    for sentence in consequences.happened(before, plan, pilots.regions(pilots.chosen())):
        flash(sentence, "risk")


def page(action: Action, **forms: Form) -> str:
    """Return the page of one action; ``forms`` maps a step to its form given back with what was typed."""
    pilot, day = pilots.chosen(), today()
    regions = pilots.regions(pilot)
    known, may_edit = naming.names([action], regions, action.verified_by_id, action.created_by_id), reading.may_edit(me(), action)
    return render_template(
        "improvement/show.html",
        action=action, plan=action.plan, row=showing.row(action, known, action.plan, me(), day), known=known, steps=showing.steps(action, me()),
        history=history.of(action, regions), may_edit=may_edit, form_of=lambda step: forms.get(step) or blank_move(action, step),
        comments=talk.of(action.plan, action, me()), reviews=reviewing.of(action.plan, action), may_comment=me().may("improvement.comment", action.region),
        remark_form=forms.get("remark") or RemarkForm(formdata=None).recall(url_for("improvement.remark", action_id=action.id)),
        may_review=reviewing.may_review(action.plan, me()), linked=link_showing.groups(action, neighbours(), day, may_edit=may_edit),
        link_form=forms.get("link") or LinkForm(formdata=None).recall(url_for("improvement.link", action_id=action.id)), proofs=_proofs(action), promise=PROMISE_WORDS.get(action.promise, ""),
        effects=EFFECT_WORDS, decision=said.in_words(action.decision), missing=reviewing.missing_in_draft(action),
    )  # fmt: skip


def _proofs(action: Action) -> Proofs | None:
    """What proves that an action is done; None where the reader sees no evidence."""
    at = url_for("improvement.show", action_id=action.id)
    return link_showing.proofs(action, me(), at) if me().may("evidence.read") else None


def blank_move(action: Action, step: str) -> MoveForm:
    """The form of a step, empty or with the writer's draft."""
    return MoveForm(formdata=None).of(action, step).recall(url_for("improvement.move", action_id=action.id, step=step))


@blueprint.get("/actions/new")
@may("improvement.propose")
def new() -> Any:
    """A blank action."""
    plan = looked_at()
    if plan is None:
        return redirect(url_for("improvement.index"))
    offered, begun_from = choices(), _begun_from()
    form = ActionForm(formdata=None, data=prefilling.read(request.args, dict(offered.regions))).offer(plan, offered)
    return writer(plan, form.recall(_post_of(plan, begun_from)), begun_from=begun_from)


def _begun_from() -> list[linking.Thing]:
    """What a new action comes from, told by key ("from", any number of times) where it was begun on the page of such a thing."""
    return linking.known(request.values.getlist("from")[: linking.MOST], neighbours())


def _post_of(plan: ImprovementPlan, begun_from: Sequence[linking.Thing]) -> str:
    """Where a new action is sent; one that comes from a decision or finding has an address of its own, and so a draft of its own."""
    if len(begun_from) == 1 and prefilling.NUMBERED.fullmatch(begun_from[0].key):
        return url_for("improvement.create_from", plan_id=plan.id, source=begun_from[0].key)
    return url_for("improvement.create", plan_id=plan.id)


@blueprint.post("/plans/<int:plan_id>/actions")
@may("improvement.propose")
def create(plan_id: int) -> Any:
    """Add an action to the plan."""
    return added(plan_id, _begun_from())


@blueprint.post("/plans/<int:plan_id>/actions/from/<source>")
@may("improvement.propose")
def create_from(plan_id: int, source: str) -> Any:
    """Add an action that comes from what ``source`` names."""
    return added(plan_id, linking.known([source], neighbours()))


def added(plan_id: int, begun_from: Sequence[linking.Thing]) -> Any:
    """Add an action to the plan, linked to what it comes from."""
    plan = reading.plan(pilots.chosen(), plan_id)
    form = ActionForm().offer(plan, choices())
    links, before = [(one.kind, one.key, one.title) for one in begun_from], consequences.stand(plan)
    if form.carries_out(service.propose, plan=plan, who=me(), given=form.given(), links=links):
        flash(_("%(code)s stands in the plan.", code=form.result.code), "done")
        tell(before, plan)
        return redirect(url_for("improvement.show", action_id=form.result.id))
    return writer(plan, form, begun_from=begun_from), 422


def writer(
    plan: ImprovementPlan, form: ActionForm, action: Action | None = None, begun_from: Sequence[linking.Thing] = ()
) -> str:
    """Return the page on which an action is written; ``action`` is the one that is changed."""
    post = url_for("improvement.update", action_id=action.id) if action else _post_of(plan, begun_from)
    return render_template("improvement/edit.html", plan=plan, form=form, action=action, begun_from=begun_from, post=post)


@blueprint.get("/actions/<int:action_id>/edit")
@may("improvement.propose")
def edit(action_id: int) -> Any:
    """What an action says, to be changed; whoever may not is shown the action itself."""
    action = reading.action(pilots.chosen(), action_id)
    if not reading.may_edit(me(), action):
        flash(_("It belongs to another region or is agreed on already; write a comment to those who may change it."), "risk")
        return redirect(url_for("improvement.show", action_id=action_id))
    form = ActionForm(formdata=None, data=fields.shown(action) | {"version": action.version})
    form.offer(action.plan, choices(), action).recall(url_for("improvement.update", action_id=action_id))
    return writer(action.plan, form, action)


@blueprint.post("/actions/<int:action_id>")
@may("improvement.propose")
def update(action_id: int) -> Any:
    """Save what an action says."""
    action = reading.action(pilots.chosen(), action_id)
    form, before = (
        ActionForm(data={"version": action.version}).offer(action.plan, choices(), action),
        consequences.stand(action.plan),
    )
    if form.carries_out(service.amend, target=action, who=me(), **form.given()):
        flash(_("Saved."), "done")
        tell(before, action.plan)
        return redirect(url_for("improvement.show", action_id=action_id))
    return writer(action.plan, form, action), 422


@blueprint.post("/actions/<int:action_id>/steps/<step>")
@may("improvement.read")
def move(action_id: int, step: str) -> Any:
    """Take the next step with an action."""
    action = reading.action(pilots.chosen(), action_id)
    form = MoveForm().of(action, step)
    if form.carries_out(service.move, target=action, who=me(), step=step, **form.given()):
        flash(_("Saved."), "done")
        return redirect(url_for("improvement.show", action_id=action_id))
    return page(action, **{step: form}), 422


def choices() -> reading.Choices:
    """What the forms of actions offer to the one who looks."""
    return reading.choices(pilots.chosen(), pilots.regions(pilots.chosen()), me())
