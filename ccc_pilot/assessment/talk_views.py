"""What is said of a point: asked, answered and resolved on the point's own page."""

from typing import Any

from flask import flash, redirect, url_for

from ccc_pilot.assessment import scope, sight, talk
from ccc_pilot.assessment.answer_views import POINT, page
from ccc_pilot.assessment.blueprint import blueprint
from ccc_pilot.assessment.models import AssessmentRound
from ccc_pilot.assessment.talk_forms import AskForm, SayForm
from ccc_pilot.db import transaction
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may


@blueprint.post(f"{POINT}/threads")
@may("assessment.comment")
def ask(number: int, region: str, slug: str) -> Any:
    """Begin a thread on a point."""
    round_ = sight.round_(pilots.chosen(), number)
    form = AskForm().offer([(one.key, one.short) for one in sight.places(round_)], me(), region)
    sees = sight.regions(round_, me(), today())
    if form.carries_out(talk.ask, round_=round_, point=scope.point(round_, slug), sees=sees, **form.given(), who=me()):
        return _back(round_, region, slug, _("Your comment stands below."))
    return page(round_, region, slug, ask=form), 422


@blueprint.post(f"{POINT}/threads/<int:thread>")
@may("assessment.comment")
def say(number: int, region: str, slug: str, thread: int) -> Any:
    """Answer in a thread."""
    round_, form = sight.round_(pilots.chosen(), number), SayForm()
    found = talk.found(round_, thread, sight.regions(round_, me(), today()))
    if form.carries_out(talk.say, thread=found, **form.given(), who=me()):
        return _back(round_, region, slug, _("Your comment stands below."))
    return page(round_, region, slug, say={thread: form}), 422


@blueprint.post(f"{POINT}/threads/<int:thread>/resolve")
@may("assessment.comment")
def resolve(number: int, region: str, slug: str, thread: int) -> Any:
    """Let a thread count as resolved, or open it again."""
    round_ = sight.round_(pilots.chosen(), number)
    found = talk.found(round_, thread, sight.regions(round_, me(), today()))
    with transaction():
        talk.resolve(thread=found, who=me())
    return _back(round_, region, slug, _("Resolved.") if found.resolved_at else _("Opened again."))


def _back(round_: AssessmentRound, region: str, slug: str, message: str) -> Any:
    flash(message, "done")
    return redirect(url_for("assessment.answer", number=round_.id, region=region, slug=slug, _anchor="threads"))
