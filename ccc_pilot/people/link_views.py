"""Pages behind the links in letters: answer an invitation, ask for and choose a new password."""

from typing import Any

from flask import copy_current_request_context, flash, make_response, redirect, render_template, url_for

from ccc_pilot.db import transaction
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people import accounts, letters, links, throttle, visit
from ccc_pilot.people.blueprint import blueprint
from ccc_pilot.people.forms import PasswordForm, ResetForm, status_of
from ccc_pilot.people.rules import ADVISED, LEAST
from ccc_pilot.web.access import public


@blueprint.route("/login/reset", methods=["GET", "POST"])
@public
def reset() -> Any:
    """Ask for a link to choose a new password: the answer is the same, and as fast, whether there is such an account or not."""
    form = ResetForm()
    if not form.validate_on_submit():
        return render_template("people/reset.html", form=form), status_of(form)
    email = form.email.data or ""
    with transaction():
        admitted = throttle.admit(throttle.RESET, *visit.places(email))
    response = make_response(render_template("people/reset_asked.html", email=email))
    if admitted:
        response.call_on_close(copy_current_request_context(lambda: _send_reset(email)))
    return response


def _send_reset(email: str) -> None:
    """Look the address up and write the letter, after the answer has been given."""
    with transaction():
        letter = letters.reset(email)
    letters.hand_over(letter)


@blueprint.route("/<any(invitation, reset):purpose>/<token>", methods=["GET", "POST"])
@public
def choose_password(purpose: str, token: str) -> Any:
    """Choose a password by a link. Opening it changes nothing, as mail scanners do; the link is spent when a password is sent."""
    use = links.PURPOSES[purpose]
    person = links.holder(token, use)
    if person is None:
        return render_template("people/choose_password_dead.html", purpose=purpose), 410
    form = PasswordForm()
    if not form.carries_out(lambda: accounts.answer_link(token, use, form.password.data or "")):
        page = {"person": person, "purpose": purpose, "least": LEAST, "advised": ADVISED}
        return render_template("people/choose_password.html", form=form, **page), status_of(form)
    with transaction():
        visit.end()
    flash(_("The password is chosen. Log in with it."), "done")
    return redirect(url_for("people.login"))
