"""The pages behind the links in mails. They are open to whoever holds the link, log nobody in, and opening one changes nothing."""

from typing import Any

from flask import g, render_template, request

from ccc_pilot.db import transaction
from ccc_pilot.i18n import today
from ccc_pilot.people.doors import access_of
from ccc_pilot.progress.forms import ProgressForm
from ccc_pilot.reminders import answers, mail_links, showing
from ccc_pilot.reminders.blueprint import blueprint
from ccc_pilot.reminders.mail_links import Opened
from ccc_pilot.web.access import public
from ccc_pilot.web.forms import Form


@blueprint.route("/mail/answer/<token>", methods=["GET", "POST"])
@public
def answer(token: str) -> Any:
    """Say where one thing stands, by the link of a mail. The status must be chosen; nothing is chosen beforehand."""
    link = mail_links.opened(token)
    if link is None:
        return render_template("reminders/answer_dead.html"), 410
    g.language = link.person.language
    form = _form(link)
    if not form.carries_out(mail_links.answer, link=link, **form.given()):
        page = {"thing": showing.thing(link.deadline, today()), "person": link.person, "form": form}
        return render_template("reminders/answer.html", **page), 422 if form.sent else 200
    undo = mail_links.undo_token(link.nonce)
    return render_template("reminders/answer_done.html", thing=showing.thing(link.deadline, today()), undo=undo)


def _form(link: Opened) -> ProgressForm:
    row = answers.target(link.deadline.object)
    form = ProgressForm(obj=row)
    if not form.sent:
        form.comment.data = ""
    form.offer(row.id, may_complete=answers.may_complete(access_of(link.person)[0], row.region))
    if not form.status.raw_data:
        form.status.data = None  # only what a person chose counts: a scanner that sends the form as it stands chooses nothing
    return form


@blueprint.post("/mail/undo/<token>")
@public
def undo(token: str) -> Any:
    """Take an answer by mail back."""
    with transaction():
        done = mail_links.undo(token=token)
    return render_template("reminders/undo.html" if done else "reminders/answer_dead.html"), 200 if done else 410


@blueprint.route("/mail/unsubscribe/<token>", methods=["GET", "POST"])
@public
def unsubscribe(token: str) -> Any:
    """Turn the mails off. A mail program sends the form by itself when its user asks it to (RFC 8058); opening the page changes nothing."""
    person = mail_links.subscriber(token)
    if person is None:
        return render_template("reminders/answer_dead.html"), 410
    g.language = person.language
    if request.method == "POST":
        with transaction():
            mail_links.unsubscribe(person=person)
        return render_template("reminders/unsubscribe_done.html")
    return render_template("reminders/unsubscribe.html", person=person, form=Form())
