"""Calendar addresses: the page on which one makes and revokes them, and the calendar itself, which needs no log-in but its secret address."""

from typing import Any

from flask import Response, current_app, flash, g, redirect, render_template, url_for

from ccc_pilot import mail
from ccc_pilot.db import transaction
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.office import calendars
from ccc_pilot.people.doors import me
from ccc_pilot.reminders import feeds, showing
from ccc_pilot.reminders.blueprint import blueprint
from ccc_pilot.reminders.forms import FeedForm
from ccc_pilot.web.access import may, public


@blueprint.route("/reminders/calendars", methods=["GET", "POST"])
@may("own.reminders")
def subscribe() -> Any:
    """One's calendar addresses, and a new one."""
    form = FeedForm().offer(showing.readable(me()))
    if form.carries_out(feeds.make, person_id=me().person_id, **form.given(), access=me().access):
        flash(_("The address is made. Give it to your calendar program and to nobody else."), "done")
        return redirect(url_for("reminders.subscribe"))
    living = [(feed, showing.feed_name(feed), feeds.address(feed)) for feed in feeds.of(me().person_id)]
    return render_template("reminders/subscribe.html", form=form, feeds=living), 422 if form.sent else 200


@blueprint.post("/reminders/calendars/<int:number>/revoke")
@may("own.reminders")
def revoke(number: int) -> Any:
    """Let an address die."""
    with transaction():
        feeds.revoke(person_id=me().person_id, number=number)
    flash(_("The address is dead; a calendar that uses it gets nothing more."), "done")
    return redirect(url_for("reminders.subscribe"))


@blueprint.get("/calendar/feed/<token>.ics")
@public
def feed(token: str) -> Response:
    """The calendar, for calendar programs."""
    found = feeds.opened(token)
    if found is None:
        return Response(_("This calendar address is not, or no longer, in use."), 410, content_type="text/plain; charset=utf-8")
    g.language = found[1].language
    host = mail.domain(current_app.extensions["ccc_settings"])
    body = feeds.write(*found, today(), showing.shorts(), host)
    return Response(
        body,
        content_type=f"{calendars.MIMETYPE}; charset=utf-8",
        headers={"Content-Disposition": "inline; filename=ccc-pilot.ics"},
    )
