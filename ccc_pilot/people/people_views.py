"""Persons: listed, invited, closed and opened; what each role may do."""

from typing import Any

from flask import flash, redirect, render_template, url_for

from ccc_pilot.db import transaction
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.mail import Letter
from ccc_pilot.people import accounts, factor, letters, policy
from ccc_pilot.people.blueprint import blueprint
from ccc_pilot.people.doors import me
from ccc_pilot.people.forms import InviteForm, ReasonForm, status_of
from ccc_pilot.people.models import Person
from ccc_pilot.web.access import may


@blueprint.get("/people")
@may("people.read")
def index() -> str:
    """All persons with the posts they hold."""
    return render_template("people/index.html", persons=accounts.everybody(), day=today(), may_manage=me().may("people.manage"))


@blueprint.route("/people/invite", methods=["GET", "POST"])
@may("people.manage")
def invite() -> Any:
    """Invite a person by a letter with a one-time link."""
    form = InviteForm()

    written: list[Letter] = []

    def carry_out() -> Person:
        person = accounts.invite(form.email.data or "", form.name.data or "", form.language.data, by_id=me().person_id)
        written.append(letters.invitation(person))
        return person

    if not form.carries_out(carry_out):
        return render_template("people/invite.html", form=form), status_of(form)
    for letter in written:  # none where the same form was carried out before
        _tell_sent(letters.hand_over(letter))
    return redirect(url_for("people.person", person_id=form.result.id))


@blueprint.get("/people/<int:person_id>")
@may("people.read")
def person(person_id: int) -> str:
    """One person: posts, account, and what may be done with it."""
    return _person_page(person_id, ReasonForm())


def _person_page(person_id: int, form: ReasonForm) -> str:
    found = accounts.get(person_id)
    return render_template(
        "people/person.html", person=found, form=form, day=today(), me=me(),
        asked_by=accounts.get(found.factor_reset_by_id) if found.factor_reset_by_id else None,
    )  # fmt: skip


@blueprint.post("/people/<int:person_id>/invitation")
@may("people.manage")
def send_invitation(person_id: int) -> Any:
    """Send a person who has not chosen a password a new invitation; the link before dies."""
    with transaction():
        letter = letters.invitation(accounts.get_invited(person_id))
    _tell_sent(letters.hand_over(letter))
    return redirect(url_for("people.person", person_id=person_id))


@blueprint.post("/people/<int:person_id>/disable")
@may("people.manage")
def disable(person_id: int) -> Any:
    """Close an account; its log-ins end at once."""
    form = ReasonForm()
    if not form.carries_out(lambda: accounts.disable(person_id, form.reason.data or "", me().person_id)):
        return _person_page(person_id, form), 422
    flash(_("The account is closed and its log-ins have ended."), "done")
    return redirect(url_for("people.person", person_id=person_id))


@blueprint.post("/people/<int:person_id>/enable")
@may("people.manage")
def enable(person_id: int) -> Any:
    """Open a closed account again."""
    form = ReasonForm()
    if not form.carries_out(lambda: accounts.enable(person_id, form.reason.data or "", me().person_id)):
        return _person_page(person_id, form), 422
    flash(_("The account is open again."), "done")
    return redirect(url_for("people.person", person_id=person_id))


@blueprint.post("/people/<int:person_id>/factor-reset")
@may("people.manage")
def propose_factor_reset(person_id: int) -> Any:
    """Ask for somebody's lost second factor to be taken away; a second person must approve."""
    with transaction():
        factor.propose_reset(person_id, me().person_id)
    flash(_("Another administrator or the lead project manager must now approve."), "done")
    return redirect(url_for("people.person", person_id=person_id))


@blueprint.post("/people/<int:person_id>/factor-reset/approve")
@may("people.approve")
def approve_factor_reset(person_id: int) -> Any:
    """Take the lost second factor away, as the second person."""
    with transaction():
        factor.approve_reset(person_id, me().person_id)
    flash(_("The second factor is taken away. A new one can be enrolled after the next log-in."), "done")
    return redirect(url_for("people.person", person_id=person_id))


@blueprint.get("/permissions")
@may("policy.read")
def permissions() -> str:
    """What each role may do, read from the very table that the checks use."""
    return render_template("people/permissions.html", roles=policy.ROLE_TITLES, rows=policy.rows(), reaches=policy.REACH_TITLES)


def _tell_sent(sent: bool) -> None:
    if sent:
        flash(_("The invitation is sent."), "done")
    else:
        flash(_("The mail server did not take the invitation. Send it again from this page."), "late")
