"""Pages of the network: the consensus list, every point with the regions side by side, and the network's answer."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from ccc_pilot.assessment import joint_showing, listing, network, scope, showing, sight, words
from ccc_pilot.assessment.blueprint import blueprint
from ccc_pilot.assessment.models import AssessmentRound
from ccc_pilot.assessment.steering_forms import NetworkForm
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.people.policy import NETWORK
from ccc_pilot.web.access import may


def list_page(round_: AssessmentRound) -> str:
    """Return the page of all points with the regions side by side: those to talk over, or all."""
    sees = showing.sees_all(round_, me(), today())
    joints = network.joints(round_) if sees else []
    everything = request.args.get("all") == "1"
    shown = joint_showing.rows(round_, [one for one in joints if everything or one.across.disputed])
    return render_template(
        "assessment/region_joint.html", round=round_, rows=shown, sees=sees, everything=everything, total=len(joints),
        disputed=sum(one.across.disputed for one in joints), unsettled=sum(one.unsettled for one in joints), regions=sight.places(round_),
    )  # fmt: skip


def point_page(round_: AssessmentRound, slug: str, form: NetworkForm | None = None) -> str:
    """Return the page on which the network answers a point; ``form`` is the one given back with what was typed."""
    point, found = scope.point(round_, slug), scope.edition_of(round_)
    sees = showing.sees_all(round_, me(), today())
    joint = network.joint(round_, point) if sees else None
    if form is None and joint is not None:
        form = (
            NetworkForm(formdata=None)
            .of(joint, found.scale, sight.places(round_))
            .recall(url_for("assessment.decide", number=round_.id, slug=slug))
        )
    before, after = listing.neighbours(round_, point)
    return render_template(
        "assessment/answer_joint.html", round=round_, point=point, edition=found, chapter=found.chapter(point.chapter), joint=joint,
        row=joint_showing.row(round_, joint) if joint else None, form=form, sees=sees, before=before, after=after, words=words,
        regions=sight.places(round_), id_of=showing.slug, region=NETWORK, may_steer=me().may("assessment.steer"), slug=slug,
    )  # fmt: skip


@blueprint.post("/<int:number>/network/<slug>")
@may("assessment.steer")
def decide(number: int, slug: str) -> Any:
    """Give the network its answer on a point."""
    round_ = sight.round_(pilots.chosen(), number)
    point = scope.point(round_, slug)
    form = NetworkForm().of(network.joint(round_, point), scope.edition_of(round_).scale, sight.places(round_))
    if form.carries_out(network.decide, round_=round_, point=point, **form.given(), actor_id=me().person_id, day=today()):
        flash(_("The network's answer is kept."), "done")
        return redirect(url_for("assessment.region", number=number, region=NETWORK))
    return point_page(round_, slug, form), 422
