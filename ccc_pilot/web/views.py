"""Pages that belong to no feature: language, health, accessibility statement, privacy, about."""

from typing import Any

from blinker import Signal
from flask import Blueprint, Response, current_app, jsonify, redirect, render_template, request, url_for

from ccc_pilot import heartbeat
from ccc_pilot.i18n import LANGUAGES
from ccc_pilot.version import VERSION
from ccc_pilot.web import statement
from ccc_pilot.web.access import public
from ccc_pilot.web.paths import safe_next

blueprint = Blueprint("web", __name__)
language_chosen = Signal("language_chosen(app, language=code): the visitor has chosen a language")
COOKIE_SECONDS = 365 * 24 * 3600


@blueprint.post("/language")
@public
def language() -> Any:
    """Choose the language for this browser; a logged-in person's own choice follows in their account."""
    chosen = request.form.get("language", "")
    response = redirect(safe_next(request.form.get("next")) or "/")
    if chosen in LANGUAGES:
        response.set_cookie("language", chosen, max_age=COOKIE_SECONDS, httponly=True, samesite="Lax", secure=_https())
        language_chosen.send(current_app._get_current_object(), language=chosen)  # type: ignore[attr-defined]
    return response


def _https() -> bool:
    """Whether people come by https, as the settings say; what a request says of itself depends on the proxy."""
    return bool(current_app.config["SESSION_COOKIE_SECURE"])


@blueprint.get("/healthz")
@public
def healthz() -> tuple[Response, int]:
    """Say version, database and scheduler state; 503 when the database is away."""
    signs = heartbeat.signs()
    return jsonify(version=VERSION, **signs), 200 if signs["database"] == "ok" else 503


@blueprint.get("/accessibility")
@public
def accessibility() -> str:
    """The accessibility statement (tillgänglighetsredogörelse) that the law on digital public service asks for."""
    return render_template("web/accessibility.html", statement=statement.read())


@blueprint.get("/privacy")
@public
def privacy() -> str:
    """What personal data is held, why and for how long."""
    return render_template("web/privacy.html")


@blueprint.get("/help", endpoint="help")
@public
def help_page() -> str:
    """How the everyday things are done, what the words mean, and the keys."""
    return render_template("web/help.html")


@blueprint.get("/about")
@public
def about() -> str:
    """What this service is, and its version."""
    return render_template("web/about.html", version=VERSION)


@blueprint.get("/favicon.ico")
@public
def favicon() -> Any:
    """Send browsers that ask for the old address to the mark."""
    return redirect(url_for("static", filename="icon.svg"))
