"""Posts, who holds them, and who leads."""

from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for

from ccc_pilot.db import transaction
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.people import accounts, leads, pilots, posts
from ccc_pilot.people.blueprint import blueprint
from ccc_pilot.people.doors import me
from ccc_pilot.people.forms import HoldForm, LeaveForm
from ccc_pilot.web.access import may


@blueprint.get("/people/posts", endpoint="posts")
@may("people.read")
def all_posts() -> str:
    """Every post with its holder; vacant ones are shown as vacant, proposals first."""
    lines = posts.lines(today())
    waiting = [holding for line in lines for holding in line.waiting]
    return render_template("people/posts.html", lines=lines, waiting=waiting, me=me())


@blueprint.get("/people/posts/<key>")
@may("people.read")
def post(key: str) -> Any:
    """One post: who holds and held it."""
    return _post_page(key, _blank(key), _blank_leaving(key))


def _blank(key: str) -> HoldForm:
    """The form as it is opened: from today on, with what holds now, so that a new deputy is one choice away."""
    found = posts.get(key)
    now = posts.line_of(found, today()).now
    names = ("person_id", "deputy_id", "share_percent", "months")
    return HoldForm(formdata=None, since=today(), **{name: getattr(now, name) for name in names if now}).of(found.version)


def _blank_leaving(key: str) -> LeaveForm:
    return LeaveForm(formdata=None, until=today()).of(posts.get(key).version)


def _post_page(key: str, form: HoldForm, leaving: LeaveForm) -> Any:
    form.offer([person for person in accounts.everybody() if person.active])
    line = posts.line_of(posts.get(key), today())
    code = 422 if form.errors or leaving.errors else 200
    leaving.version.data, leaving.version.raw_data = line.post.version, None  # the page shows what holds now
    return render_template("people/post.html", line=line, form=form, leaving=leaving, me=me()), code


@blueprint.post("/people/posts/<key>/hold")
@may("people.manage")
def hold(key: str) -> Any:
    """Let somebody hold the post from a day on; the holder before leaves the day before."""
    form = HoldForm().offer([person for person in accounts.everybody() if person.active]).of(posts.get(key).version)
    if not form.carries_out(posts.hold, post_key=key, **form.given(), by_id=me().person_id):
        return _post_page(key, form, _blank_leaving(key))
    proposed = posts.line_of(posts.get(key), today()).waiting
    flash(_("Another person must now approve.") if proposed else _("Saved."), "done")
    return redirect(url_for("people.post", key=key))


@blueprint.post("/people/posts/<key>/leave")
@may("people.manage")
def leave(key: str) -> Any:
    """Let the holder leave; the post stays, vacant."""
    form = LeaveForm().of(posts.get(key).version)
    if not form.carries_out(posts.leave, post_key=key, **form.given(), by_id=me().person_id):
        return _post_page(key, _blank(key), form)
    flash(_("Saved."), "done")
    return redirect(url_for("people.post", key=key))


@blueprint.post("/people/approvals/<int:holding_id>")
@may("people.approve")
def approve(holding_id: int) -> Any:
    """Approve a proposed holder as the second person, or turn the proposal down."""
    decide = {"approve": posts.approve, "decline": posts.decline}.get(request.form.get("answer", ""))
    if decide is None:
        abort(400)
    with transaction():
        decide(holding_id, me().person_id)
    flash(_("Saved."), "done")
    return redirect(url_for("people.posts"))


@blueprint.get("/leads", endpoint="leads")
@may("leads.read")
def who_leads() -> str:
    """Who leads the pilot and each region, since when, with whom, and what they are behind with."""
    behind = current_app.extensions.get("ccc_behind")
    parts = leads.parts(pilots.chosen(), today(), behind() if behind else None)
    return render_template("people/leads.html", parts=parts, may_read_people=me().may("people.read"))
