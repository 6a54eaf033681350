"""Logging in and out."""

from typing import Any

from flask import current_app, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from ccc_pilot import journal
from ccc_pilot.db import transaction
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.people import accounts, doors, factor, posts, sessions, throttle, visit
from ccc_pilot.people.blueprint import blueprint
from ccc_pilot.people.forms import CodeForm, LoginForm, status_of
from ccc_pilot.web.access import public
from ccc_pilot.web.paths import safe_next

# Other ways in, as (endpoint, words, icon): a button each on the log-in page. Accounts are keyed by e-mail address.
PROVIDERS: tuple[tuple[str, str, str], ...] = ()


@blueprint.route("/login", methods=["GET", "POST"])
@public
def login() -> Any:
    """Log in with address and password."""
    if doors.current() is not None:
        return redirect(safe_next(request.values.get("next")) or "/")
    form = LoginForm(**_prefilled())
    if not form.validate_on_submit():
        return _login_page(form, status_of(form))
    email, password = form.email.data or "", form.password.data or ""
    with transaction():
        counted = throttle.admit(throttle.LOGIN, *visit.subjects(email))
    if not counted:
        return _login_page(form, 429, _("Too many attempts. Wait five minutes and try again."))
    person = accounts.recognise(email, password)
    with transaction():
        stage = accounts.let_in(person, email, password, counted)
        if person is not None and stage is not None:
            visit.enter(person, how="password", stage=stage, target=form.next.data)
    if person is None:
        return _login_page(form, 422, _("The e-mail address or the password is not right."))
    return redirect(url_for("people.login_factor")) if stage == sessions.HALF else visit.onward(form.next.data, person)


def _prefilled() -> dict[str, str]:
    """Where the visitor wanted to go, and in the demo the log-in whose button was pressed."""
    chosen = request.args.get("fill", "")
    for _role, email, password in _demo_logins():
        if email == chosen:
            return {"next": request.args.get("next", ""), "email": email, "password": password}
    return {"next": request.args.get("next", "")}


def _login_page(form: LoginForm, code: int = 200, refusal: str | None = None) -> Any:
    if form.is_submitted():
        form.password.data = None
    if refusal:
        form.form_errors = [*form.form_errors, refusal]
    titles = posts.titles(today()) if _demo_logins() else {}
    demo = [(titles.get(email, role), email, password) for role, email, password in _demo_logins()]
    return render_template("people/login.html", form=form, logins=demo, providers=PROVIDERS), code


def _demo_logins() -> list[tuple[str, str, str]]:
    """The demo's log-ins as (role, address, password); the roof lays the function there, and only a demo asks it."""
    if not current_app.extensions["ccc_settings"].demo:
        return []
    return list(current_app.extensions.get("ccc_demo_logins", list)())


@blueprint.route("/login/factor", methods=["GET", "POST"])
@public
def login_factor() -> Any:
    """Give the code of the second factor."""
    waiting = visit.half()
    if waiting is None:
        return redirect(url_for("people.login"))
    form = CodeForm()
    if not form.validate_on_submit():
        return render_template("people/login_factor.html", form=form), status_of(form)
    person, target = waiting.person, session.get("next")
    with transaction():
        outcome = factor.attempt(person.id, form.code.data or "")
        if outcome == factor.Outcome.PASSED:
            visit.enter(person, how="password and code")
    return visit.onward(target, person) if outcome == factor.Outcome.PASSED else _code_refused(form, outcome)


def _code_refused(form: CodeForm, outcome: factor.Outcome) -> Any:
    words = {
        factor.Outcome.WAIT: _("Too many attempts. Wait five minutes and try again."),
        factor.Outcome.WRONG: _("That code is not right, or it has been used. Wait for the next one."),
    }
    form.code.errors = [*form.code.errors, words[outcome]]
    return render_template("people/login_factor.html", form=form), 429 if outcome == factor.Outcome.WAIT else 422


@blueprint.post("/logout")
@public
def logout() -> Response:
    """End this log-in: its row, its cookie and what the browser has kept of the pages."""
    who = doors.current()
    with transaction():
        visit.end()
        if who is not None:
            journal.write("session.ended", f"person:{who.person_id}", actor_id=who.person_id, how="log-out")
    response = redirect(url_for("people.login"))
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
