"""Drafts on their way: kept while one types, thrown away when one asks for it."""

from typing import Any

from flask import Blueprint, jsonify, redirect, request

from ccc_pilot import drafts, sendings
from ccc_pilot.db import transaction
from ccc_pilot.i18n import gettext as _
from ccc_pilot.web import typed
from ccc_pilot.web.access import may
from ccc_pilot.web.filters import clock
from ccc_pilot.web.forms import clean
from ccc_pilot.web.paths import safe_next

blueprint = Blueprint("drafts", __name__, url_prefix="/drafts")


@blueprint.post("")
@may("own.profile")
def keep() -> Any:
    """Keep what is typed so far in the form that is sent to ``draft_path``; says when, or nothing where nothing was kept."""
    with transaction():
        done = sendings.is_done(typed.form_key())
        at = None if done else typed.keep(request.form.get("draft_path", ""))
    return ("", 204) if at is None else jsonify(words=_("Saved %(time)s", time=clock(at)))


@blueprint.post("/discard")
@may("own.profile")
def discard() -> Any:
    """Throw a draft of one's own away and open the page again without it."""
    who = typed.writer()
    if who is not None:
        with transaction():
            drafts.drop(who, clean(request.form.get("draft_path", "")))
    return redirect(safe_next(request.form.get("next")) or "/")
