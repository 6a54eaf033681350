"""What is done with a decision: proposing, deciding, carrying out, locking, correcting, linking."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from ccc_pilot.db import transaction
from ccc_pilot.decisions import finding, linking, recording
from ccc_pilot.decisions.blueprint import blueprint, neighbours
from ccc_pilot.decisions.decision_forms import (
    CorrectionForm,
    DecisionForm,
    FurtherForm,
    LinkForm,
    LockForm,
    LooseProposalForm,
    ProposalForm,
    RegistrationForm,
    ReviewForm,
    SettleForm,
)
from ccc_pilot.decisions.log_views import page, steps_of
from ccc_pilot.decisions.minutes_views import page as minutes_page
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may


@blueprint.get("/decisions/new")
@may("decision.record")
def new_decision() -> str:
    """The form for a proposal outside the meetings kept here."""
    pilot, told = pilots.chosen(), request.args.get("follows", "")
    earlier = finding.decision(pilot, int(told)) if told.isascii() and told.isdigit() and len(told) < 10 else None
    start = {"title": earlier.title, "proposal": earlier.decided or earlier.proposal, "follows_id": earlier.id} if earlier else {}
    form = LooseProposalForm(formdata=None, data=start).offer(finding.bodies().values()).goes_on(finding.others(pilot))
    form.recall(url_for("decisions.propose"))
    return render_template("decisions/new_decision.html", form=form, post=url_for("decisions.propose"))


@blueprint.post("/decisions/new")
@may("decision.record")
def propose() -> Any:
    """Keep a proposal outside the meetings kept here."""
    form = LooseProposalForm().offer(finding.bodies().values()).goes_on(finding.others(pilots.chosen()))
    if form.carries_out(recording.propose, pilot=pilots.chosen(), **form.given(), actor_id=me().person_id):
        return _back(_("The proposal is kept."), form.result.id)
    return render_template("decisions/new_decision.html", form=form, post=url_for("decisions.propose")), 422


@blueprint.get("/meetings/<int:meeting_id>/points/<int:point_id>/proposal")
@may("decision.record")
def new_proposal(meeting_id: int, point_id: int) -> str:
    """The form for a proposal under a point of an agenda."""
    found = finding.meeting(pilots.chosen(), meeting_id)
    point = finding.point(found, point_id)
    post = url_for("decisions.propose_at", meeting_id=meeting_id, point_id=point_id)
    form = ProposalForm(formdata=None, data={"title": point.title}).goes_on(finding.others(pilots.chosen())).recall(post)
    return render_template("decisions/new_proposal.html", form=form, found=found, point=point, post=post)


@blueprint.post("/meetings/<int:meeting_id>/points/<int:point_id>/proposal")
@may("decision.record")
def propose_at(meeting_id: int, point_id: int) -> Any:
    """Keep a proposal under a point of an agenda."""
    found = finding.meeting(pilots.chosen(), meeting_id)
    form = ProposalForm().goes_on(finding.others(pilots.chosen()))
    point = finding.point(found, point_id)
    if form.carries_out(
        recording.propose, pilot=pilots.chosen(), meeting=found, point=point, **form.given(), actor_id=me().person_id
    ):
        flash(_("The proposal is kept."), "done")
        return redirect(url_for("decisions.meeting", meeting_id=meeting_id, _anchor=f"point-{point_id}"))
    return render_template("decisions/new_proposal.html", form=form, found=found, point=point, post=request.path), 422


@blueprint.get("/decisions/<int:decision_id>/edit")
@may("decision.record")
def edit_decision(decision_id: int) -> str:
    """The form for what is told of a decision."""
    found = finding.decision(pilots.chosen(), decision_id)
    form = (
        DecisionForm(formdata=None, obj=found)
        .of(found)
        .goes_on(finding.others(pilots.chosen(), found))
        .recall(url_for("decisions.change", decision_id=decision_id))
    )
    return render_template("decisions/edit_decision.html", form=form, found=found)


@blueprint.post("/decisions/<int:decision_id>/edit")
@may("decision.record")
def change(decision_id: int) -> Any:
    """Change what is told of a decision."""
    found = finding.decision(pilots.chosen(), decision_id)
    form = DecisionForm(obj=found).of(found).goes_on(finding.others(pilots.chosen(), found))
    if form.carries_out(recording.change, target=found, **form.given(), actor_id=me().person_id):
        return _back(_("Saved."), decision_id)
    return render_template("decisions/edit_decision.html", form=form, found=found), 422


@blueprint.post("/decisions/<int:decision_id>/settle")
@may("decision.record")
def settle(decision_id: int) -> Any:
    """Say what became of a proposal; from the page of the minutes back to it."""
    found = finding.decision(pilots.chosen(), decision_id)
    form, writing = SettleForm(obj=found).of(found), request.form.get("from") == "minutes" and found.meeting_id
    if form.carries_out(recording.settle, target=found, **form.given(), today=today(), actor_id=me().person_id):
        if not writing:
            return _back(_("Saved."), decision_id)
        flash(_("Saved."), "done")
        return redirect(url_for("decisions.write_minutes", meeting_id=writing, _anchor=f"point-{found.point_id}"))
    if writing:
        return minutes_page(finding.meeting(pilots.chosen(), writing), settle=form, at=decision_id), 422
    return page(found, settle_form=form), 422


@blueprint.post("/decisions/<int:decision_id>/state")
@may("decision.record")
def step(decision_id: int) -> Any:
    """Say how far the carrying out has come."""
    found = finding.decision(pilots.chosen(), decision_id)
    form = FurtherForm().offer(steps_of(found))
    if form.carries_out(recording.step, target=found, **form.given(), today=today(), actor_id=me().person_id):
        return _back(_("Saved."), decision_id)
    return page(found, further_form=form), 422


@blueprint.post("/decisions/<int:decision_id>/review")
@may("decision.record")
def review(decision_id: int) -> Any:
    """Say that a decision was reviewed."""
    found, form = finding.decision(pilots.chosen(), decision_id), ReviewForm()
    if form.carries_out(recording.review, target=found, **form.given(), today=today(), actor_id=me().person_id):
        return _back(_("Saved."), decision_id)
    return page(found, review_form=form), 422


@blueprint.post("/decisions/<int:decision_id>/lock")
@may("decision.lock")
def lock(decision_id: int) -> Any:
    """Lock the words of what was decided, as the second person."""
    found, form = finding.decision(pilots.chosen(), decision_id), LockForm()
    if form.carries_out(recording.lock, target=found, **form.given(), actor_id=me().person_id):
        return _back(_("The text is locked. A correction is a new entry that supersedes it."), decision_id)
    return page(found, lock_form=form), 422


@blueprint.get("/decisions/<int:decision_id>/correction")
@may("decision.record")
def new_correction(decision_id: int) -> str:
    """The form for a correction of a locked decision."""
    found = finding.decision(pilots.chosen(), decision_id)
    form = CorrectionForm(formdata=None, obj=found).recall(url_for("decisions.correct", decision_id=decision_id))
    return render_template("decisions/new_correction.html", form=form, found=found)


@blueprint.post("/decisions/<int:decision_id>/correction")
@may("decision.record")
def correct(decision_id: int) -> Any:
    """Correct a locked decision by a new entry."""
    found, form = finding.decision(pilots.chosen(), decision_id), CorrectionForm()
    if form.carries_out(recording.correct, target=found, **form.given(), actor_id=me().person_id):
        return _back(_("The correction stands here and supersedes the entry before."), form.result.id)
    return render_template("decisions/new_correction.html", form=form, found=found), 422


@blueprint.post("/decisions/<int:decision_id>/links")
@may("decision.record")
def link(decision_id: int) -> Any:
    """Link a decision to another thing."""
    found, form = finding.decision(pilots.chosen(), decision_id), LinkForm()
    thing = form.thing.data or ""
    key = neighbours().find(pilots.chosen(), thing) if thing else ""
    words = {"object_key": key, "note": "" if key else thing}
    if form.carries_out(linking.link, target=found, relation=form.relation.data, **words, actor_id=me().person_id):
        return _back(_("It is linked."), decision_id, "links")
    return page(found, link_form=form), 422


@blueprint.post("/decisions/<int:decision_id>/links/<int:number>/remove")
@may("decision.record")
def unlink(decision_id: int, number: int) -> Any:
    """Take a link away."""
    with transaction():
        linking.unlink(target=finding.decision(pilots.chosen(), decision_id), link_id=number, actor_id=me().person_id)
    return _back(_("The link is removed."), decision_id, "links")


@blueprint.post("/decisions/<int:decision_id>/registrations")
@may("decision.record")
def register(decision_id: int) -> Any:
    """Say under which number an organisation has registered the decision."""
    found = finding.decision(pilots.chosen(), decision_id)
    form = RegistrationForm().offer(finding.organisations())
    if form.carries_out(linking.register, target=found, **form.given(), actor_id=me().person_id):
        return _back(_("Saved."), decision_id)
    return page(found, registration_form=form), 422


def _back(message: str, decision_id: int, part: str = "") -> Any:
    flash(message, "done")
    return redirect(url_for("decisions.decision", decision_id=decision_id, _anchor=part or None))
