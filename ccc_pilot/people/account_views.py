"""One's own account: name, language, password, second factor, log-ins."""

from typing import Any

from flask import Flask, flash, g, redirect, render_template, session, url_for
from markupsafe import Markup

from ccc_pilot.db import transaction
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people import accounts, doors, factor, sessions, throttle, visit
from ccc_pilot.people.blueprint import blueprint
from ccc_pilot.people.doors import me
from ccc_pilot.people.forms import ChangePasswordForm, CodeForm, ProfileForm, status_of
from ccc_pilot.people.rules import ADVISED, LEAST
from ccc_pilot.web.access import may
from ccc_pilot.web.views import COOKIE_SECONDS, language_chosen


@blueprint.route("/account", methods=["GET", "POST"])
@may("own.profile")
def account() -> Any:
    """One's own name and language, the state of the second factor, and one's log-ins."""
    person = accounts.get(me().person_id)
    form = ProfileForm(obj=person)
    if not form.carries_out(lambda: accounts.change_profile(person.id, form.name.data or "", form.language.data)):
        held = doors.access_of(person)[1]
        rows = accounts.own_sessions(person.id)
        return render_template(
            "people/account.html", form=form, person=person, held=held, sessions=rows, this=g.login.id
        ), status_of(form)
    g.language = form.language.data
    flash(_("Saved."), "done")
    response = redirect(url_for("people.account"))
    response.set_cookie(
        "language", form.language.data, max_age=COOKIE_SECONDS, httponly=True, samesite="Lax", secure=g.settings.is_https
    )
    return response


@language_chosen.connect
def _remember_language(_app: Flask, *, language: str) -> None:
    """Let the language chosen in the page's head follow a person who is logged in."""
    who = doors.current()
    if who is not None:
        with transaction():
            accounts.change_profile(who.person_id, who.name, language)


@blueprint.route("/account/password", methods=["GET", "POST"])
@may("own.profile")
def change_password() -> Any:
    """Change one's own password; all other log-ins end, and this one gets a new token."""
    person = accounts.get(me().person_id)
    form = ChangePasswordForm()
    if form.is_submitted():
        with transaction():
            counted = throttle.admit(throttle.LOGIN, throttle.subject("person", person.id))
        if not counted:
            form.present.errors = [_("Too many attempts. Wait five minutes and try again.")]
            return render_template("people/change_password.html", form=form, least=LEAST, advised=ADVISED), 429
    if not form.carries_out(
        lambda: accounts.change_password(person.id, form.present.data or "", form.password.data or "", session["token"])
    ):
        return render_template("people/change_password.html", form=form, least=LEAST, advised=ADVISED), status_of(form)
    return _anew(_("The password is changed. Your other log-ins have ended."))


@blueprint.route("/account/factor", methods=["GET", "POST"], endpoint="factor")
@may("own.profile")
def factor_page() -> Any:
    """Enrol a second factor, or see that there is one and take it away."""
    person = accounts.get(me().person_id)
    form = CodeForm()
    if person.factor_secret:
        return render_template("people/factor_on.html", form=form, person=person)
    secret = session.setdefault("factor_candidate", factor.new_secret())
    if not form.carries_out(lambda: factor.enrol(person.id, secret, form.code.data or "", session["token"])):
        drawing = Markup(factor.drawing(secret, person.email))
        page = {"drawing": drawing, "secret": secret, "needed": g.needs_factor}
        return render_template("people/factor.html", form=form, **page), status_of(form)
    return _anew(_("The second factor is on. From now on a code is asked for at log-in."))


@blueprint.post("/account/factor/remove")
@may("own.profile")
def remove_factor() -> Any:
    """Take one's own second factor away, with a code of it."""
    form = CodeForm()
    person = accounts.get(me().person_id)
    if form.validate_on_submit():
        with transaction():
            outcome = factor.attempt(person.id, form.code.data or "")
            if outcome == factor.Outcome.PASSED:
                factor.remove(person.id)
        if outcome == factor.Outcome.PASSED:
            return _anew(_("The second factor is off."))
        form.code.errors = [_("That code is not right, or it has been used. Wait for the next one.")]
    return render_template("people/factor_on.html", form=form, person=person), 422


@blueprint.post("/account/sessions/<int:session_id>/end")
@may("own.profile")
def end_session(session_id: int) -> Any:
    """End one of one's own log-ins."""
    with transaction():
        accounts.end_session(me().person_id, session_id)
    flash(_("The log-in has ended."), "done")
    return redirect(url_for("people.account"))


@blueprint.post("/account/sessions/end-others")
@may("own.profile")
def end_other_sessions() -> Any:
    """End all of one's own log-ins but this one."""
    with transaction():
        sessions.end_all(me().person_id, except_token=session["token"])
    flash(_("All other log-ins have ended."), "done")
    return redirect(url_for("people.account"))


def _anew(words: str) -> Any:
    """Go on with a new token, since what the log-in may do has changed, and say what was done."""
    with transaction():
        visit.enter(accounts.get(me().person_id), how="renewed")
    flash(words, "done")
    return redirect(url_for("people.account"))
