"""Comments on a milestone and its links: said and taken back on the milestone's own page."""

from typing import Any

from flask import flash, redirect, url_for

from ccc_pilot.db import transaction
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.progress import finding, talk
from ccc_pilot.progress.blueprint import blueprint
from ccc_pilot.progress.talk_forms import CommentForm, LinkForm
from ccc_pilot.progress.views import page
from ccc_pilot.web.access import may


@blueprint.post("/<plan>/<slug>/comments")
@may("milestone.comment")
def comment(plan: str, slug: str) -> Any:
    """Say something of a milestone."""
    line = finding.line(pilots.chosen(), plan, slug)
    form = CommentForm().offer(pilots.regions(pilots.chosen()), me())
    if form.carries_out(talk.say, line=line, **form.given(), who=me()):
        return _back(_("Your comment stands below."), "comments", plan, slug)
    return page(line, comment_form=form), 422


@blueprint.post("/<plan>/<slug>/comments/<int:number>/retract")
@may("milestone.comment")
def retract_comment(plan: str, slug: str, number: int) -> Any:
    """Take a comment back."""
    with transaction():
        talk.retract(line=finding.line(pilots.chosen(), plan, slug), comment_id=number, who=me())
    return _back(_("The comment is retracted; that it was there can be seen."), "comments", plan, slug)


@blueprint.post("/<plan>/<slug>/links")
@may("milestone.comment")
def link(plan: str, slug: str) -> Any:
    """Let a page or a document belong to a milestone."""
    line, form = finding.line(pilots.chosen(), plan, slug), LinkForm()
    if form.carries_out(talk.link, line=line, **form.given(), who=me()):
        return _back(_("Saved."), "links", plan, slug)
    return page(line, link_form=form), 422


@blueprint.post("/<plan>/<slug>/links/<int:number>/remove")
@may("milestone.comment")
def unlink(plan: str, slug: str, number: int) -> Any:
    """Remove a link."""
    with transaction():
        talk.unlink(line=finding.line(pilots.chosen(), plan, slug), link_id=number, who=me())
    return _back(_("The link is removed."), "links", plan, slug)


def _back(message: str, part: str, plan: str, slug: str) -> Any:
    flash(message, "done")
    return redirect(url_for("progress.show", plan=plan, slug=slug, _anchor=part))
