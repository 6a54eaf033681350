"""Pages of peer review: the peer's own, and the round's page that sets the peers' scores beside its own."""

from typing import Any

from flask import flash, redirect, render_template, url_for

from ccc_pilot.assessment import findings, review_showing, reviewing, scope, showing, sight, words
from ccc_pilot.assessment.blueprint import blueprint
from ccc_pilot.assessment.models import AssessmentRound
from ccc_pilot.assessment.review_forms import FindingForm, PeerForm, ReviewForm
from ccc_pilot.assessment.review_models import PeerReview
from ccc_pilot.db import transaction
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may

REVIEW = "/reviews/<int:review>"


@blueprint.get("/reviews")
@may("assessment.peer")
def reviews() -> str:
    """The rounds that the peer is to review these days."""
    return render_template("assessment/reviews.html", reviews=reviewing.mine(me().person_id, today()))


@blueprint.get(REVIEW)
@may("assessment.peer")
def review(review: int) -> str:
    """A round as it was frozen, with the peer's own scores."""
    return _page(*reviewing.own(review, me().person_id, today()))


def _page(found: PeerReview, round_: AssessmentRound, form: FindingForm | None = None) -> str:
    declared = found.declared_at is not None
    form = form or FindingForm(formdata=None).offer(pilots.regions(pilots.chosen()))
    return render_template(
        "assessment/review.html", review=found, round=round_, form=form, findings=findings.of(round_, found.id) if declared else [],
        groups=review_showing.groups(found, round_) if declared else [],
    )  # fmt: skip


@blueprint.post(f"{REVIEW}/declare")
@may("assessment.peer")
def declare(review: int) -> Any:
    """Declare to have no conflict of interest."""
    found, _round = reviewing.own(review, me().person_id, today())
    with transaction():
        reviewing.declare(review=found, actor_id=me().person_id)
    return redirect(url_for("assessment.review", review=review))


@blueprint.post(f"{REVIEW}/finish")
@may("assessment.peer")
def finish(review: int) -> Any:
    """Say that the review is done."""
    found, _round = reviewing.own(review, me().person_id, today())
    with transaction():
        reviewing.finish(review=found, actor_id=me().person_id)
    flash(_("The review is finished. Thank you."), "done")
    return redirect(url_for("assessment.review", review=review))


@blueprint.get(f"{REVIEW}/points/<slug>")
@may("assessment.peer")
def peer_point(review: int, slug: str) -> str:
    """A point as it was answered, and the peer's own score."""
    return _point_page(*reviewing.own(review, me().person_id, today()), slug)


def _point_page(found: PeerReview, round_: AssessmentRound, slug: str, form: PeerForm | None = None) -> str:
    point, edition = scope.point(round_, slug), scope.edition_of(round_)
    row = reviewing.answers(found).get(point.key)
    if form is None:
        form = (
            PeerForm(formdata=None, obj=row)
            .of(row, edition.scale)
            .recall(url_for("assessment.peer_score", review=found.id, slug=slug))
        )
    return render_template(
        "assessment/peer_point.html", review=found, round=round_, point=point, form=form, edition=edition, words=words, id_of=showing.slug,
        **review_showing.point(found, round_, point, sight.places(round_)),
    )  # fmt: skip


@blueprint.post(f"{REVIEW}/points/<slug>")
@may("assessment.peer")
def peer_score(review: int, slug: str) -> Any:
    """Keep the peer's own score on a point, and go on to the next."""
    found, round_ = reviewing.own(review, me().person_id, today())
    point = scope.point(round_, slug)
    row = reviewing.answers(found).get(point.key)
    form = PeerForm(obj=row).of(row, scope.edition_of(round_).scale)
    if form.carries_out(reviewing.score, review=found, point=point, **form.given(), actor_id=me().person_id):
        flash(_("Saved."), "done")
        return redirect(url_for("assessment.review", review=review, _anchor=f"point-{point.order}"))
    return _point_page(found, round_, slug, form), 422


@blueprint.post(f"{REVIEW}/findings")
@may("assessment.peer")
def peer_finding(review: int) -> Any:
    """Write down a finding of a review."""
    found, round_ = reviewing.own(review, me().person_id, today())
    form = FindingForm().offer(pilots.regions(pilots.chosen()))
    if form.carries_out(findings.find, round_=round_, **form.given(), who=me(), review_id=found.id):
        flash(_("The finding is kept."), "done")
        return redirect(url_for("assessment.review", review=review, _anchor="findings"))
    return _page(found, round_, form), 422


@blueprint.get("/<int:number>/comparison")
@may("assessment.read")
def comparison(number: int) -> str:
    """The peers' scores beside the round's own, and what they found."""
    return _comparison(sight.round_(pilots.chosen(), number))


def _comparison(round_: AssessmentRound, **forms: Any) -> str:
    regions = pilots.regions(pilots.chosen())
    blank = {
        "review_form": ReviewForm(formdata=None).offer(reviewing.peers(today())), "finding_form": FindingForm(formdata=None).offer(regions),
    }  # fmt: skip
    return render_template(
        "assessment/comparison.html", round=round_, reviews=review_showing.compared(round_), findings=findings.of(round_), regions=regions,
        id_of=showing.slug, may_steer=me().may("assessment.steer"), **{**blank, **forms},
    )  # fmt: skip


@blueprint.post("/<int:number>/reviews")
@may("assessment.steer")
def open_review(number: int) -> Any:
    """Let a peer review a frozen round."""
    round_, form = sight.round_(pilots.chosen(), number), ReviewForm().offer(reviewing.peers(today()))
    if form.carries_out(reviewing.open_review, round_=round_, **form.given(), actor_id=me().person_id, day=today()):
        flash(_("The peer sees the frozen round on the days given."), "done")
        return redirect(url_for("assessment.comparison", number=number))
    return _comparison(round_, review_form=form), 422


@blueprint.post("/<int:number>/findings")
@may("assessment.steer")
def finding(number: int) -> Any:
    """Write down a finding of a report."""
    round_, form = sight.round_(pilots.chosen(), number), FindingForm().offer(pilots.regions(pilots.chosen()))
    if form.carries_out(findings.find, round_=round_, **form.given(), who=me()):
        flash(_("The finding is kept."), "done")
        return redirect(url_for("assessment.comparison", number=number, _anchor="findings"))
    return _comparison(round_, finding_form=form), 422


@blueprint.post("/<int:number>/findings/<int:finding>/retract")
@may("assessment.steer")
def retract_finding(number: int, finding: int) -> Any:
    """Take a finding back."""
    with transaction():
        findings.retract(round_=sight.round_(pilots.chosen(), number), number=finding, who=me())
    flash(_("The finding is retracted."), "done")
    return redirect(url_for("assessment.comparison", number=number, _anchor="findings"))
