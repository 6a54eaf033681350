"""The pages of those who look after the reminders: the ladders with what they will tell, and what could not be delivered."""

from dataclasses import asdict
from typing import Any

from flask import flash, redirect, render_template, url_for

from ccc_pilot.db import transaction
from ccc_pilot.errors import NotFound
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.people.doors import me
from ccc_pilot.reminders import ladders, preview, showing, teams, undelivered, words
from ccc_pilot.reminders.blueprint import blueprint
from ccc_pilot.reminders.forms import LadderForm, TeamsForm
from ccc_pilot.reminders.rules import Ladder
from ccc_pilot.web.access import may


@blueprint.get("/reminders/ladders")
@may("reminder.rules")
def ladders_page() -> str:
    """When each kind is told, and what will be told in the coming 30 days."""
    rows = [
        (kind, title, showing.ladder_words(ladder))
        for (kind, title), ladder in zip(ladders.KINDS.items(), _current(), strict=True)
    ]
    return render_template(
        "reminders/ladders_page.html", rows=rows, coming=showing.coming(preview.coming(today())), days=preview.DAYS
    )


def _current() -> list[Ladder]:
    now = ladders.current()
    return [now[kind] for kind in ladders.KINDS]


@blueprint.route("/reminders/teams", methods=["GET", "POST"])
@may("reminder.rules")
def teams_page() -> Any:
    """The channels in Teams, and their webhooks, which are shown to nobody again."""
    form = TeamsForm().offer(showing.readable(me())[1:])
    if form.carries_out(teams.connect, **form.given(), actor_id=me().person_id):
        flash(_("Saved. From now on what is due there is posted once a day."), "done")
        return redirect(url_for("reminders.teams_page"))
    connected = [(words.region_word(key, showing.shorts()), hook.at) for key, hook in sorted(teams.hooks().items())]
    return render_template("reminders/teams_page.html", form=form, connected=connected), 422 if form.sent else 200


@blueprint.route("/reminders/ladders/<kind>", methods=["GET", "POST"])
@may("reminder.rules")
def ladder(kind: str) -> Any:
    """Change when one kind is told; with "preview" nothing is saved."""
    if kind not in ladders.KINDS:
        raise NotFound
    now = ladders.current()[kind]
    form = LadderForm(data={**asdict(now), "version": ladders.version_of(kind)}).based_on(**asdict(now))
    if form.asks_to_save and form.carries_out(ladders.change, kind=kind, **form.given(), actor_id=me().person_id):
        flash(_("Saved. From now on it is told so; nothing that was told is told again."), "done")
        return redirect(url_for("reminders.ladders_page"))
    trying = form.ladder(now.urgent) if form.sent and form.validate() else now
    coming = [one for one in preview.coming(today(), by_kind={kind: trying}) if one.deadline.kind == kind]
    page = {"kind": kind, "words": ladders.KINDS[kind], "form": form, "coming": showing.coming(coming), "days": preview.DAYS}
    return render_template("reminders/ladder.html", **page), 422 if form.errors else 200


@blueprint.get("/reminders/undelivered")
@may("reminder.dead")
def undelivered_page() -> str:
    """What could not be delivered, and what is being tried."""
    found = showing.undelivered(undelivered.all_of(me().access), today())
    return render_template("reminders/undelivered_page.html", found=found, channels=undelivered.troubled_channels())


@blueprint.post("/reminders/undelivered/<int:number>/resend")
@may("reminder.dead")
def resend(number: int) -> Any:
    """Try a dead message again."""
    with transaction():
        undelivered.resend(number=number, access=me().access, actor_id=me().person_id)
    flash(_("It goes out within a minute, if it is still true."), "done")
    return redirect(url_for("reminders.undelivered_page"))
