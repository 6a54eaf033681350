"""From what went wrong to a page: one dress for all, in the user's language, saying what was kept and how to go on."""

import logging
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, g, render_template, request
from flask_wtf.csrf import CSRFError
from jinja2 import TemplateError
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from werkzeug.exceptions import HTTPException, SecurityError

from ccc_pilot import errors
from ccc_pilot.db import db
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.web.paths import safe_next

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Words:
    """A title and a sentence for a kind of fault."""

    title: Any
    message: Any


KINDS = {
    400: Words(_l("That could not be read"), _l("The request was not understood. Go back and try again.")),
    403: Words(
        _l("This is not open to you"), _l("Your role does not give access to this. Ask the lead project manager if it should.")
    ),
    404: Words(_l("Nothing here"), _l("The page does not exist, or it is not shown to you.")),
    405: Words(_l("That is not done this way"), _l("The page exists but cannot be used in this way. Go back and try again.")),
    409: Words(
        _l("Somebody else saved first"), _l("Both versions stand side by side below. Nothing is lost: choose what shall stand.")
    ),
    413: Words(
        _l("That was too much at once"), _l("What was sent is larger than the limit. Shorten the text or choose a smaller file.")
    ),
    429: Words(_l("Too many attempts"), _l("Wait a few minutes and try again.")),
    500: Words(
        _l("Something went wrong with us"), _l("The fault is noted. What was already saved is kept; try again in a moment.")
    ),
    503: Words(
        _l("The service is resting"),
        _l("The database cannot be reached just now. What was already saved is kept; try again in a moment."),
    ),
}
FIELD_WORDS = {
    "status": _l("Status"), "percent": _l("Percent"), "comment": _l("Comment"), "due": _l("Date"), "reason": _l("Reason"),
}  # fmt: skip
SESSION_OVER = Words(_l("The page had been open too long"), _l("Your text is below. Send it again and it will be saved."))


def init_app(app: Flask) -> None:
    """Set the error pages of ``app``."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _stale_token)
    app.register_error_handler(errors.NotFound, lambda _error: page(404))
    app.register_error_handler(errors.Forbidden, lambda _error: page(403))
    app.register_error_handler(errors.Refused, lambda error: page(400, message=error.message))
    app.register_error_handler(errors.Conflict, _conflict)
    app.register_error_handler(OperationalError, _no_database)
    app.register_error_handler(Exception, _unexpected)


def page(code: int, *, message: Any = None, **more: Any) -> tuple[str, int]:
    """Render the page for ``code`` (one of ``KINDS``, others look like 500) with a sentence of its own if given."""
    words = KINDS.get(code, KINDS[500])
    context = {"code": code, "title": words.title, "message": message or words.message, "kept": None, "event_id": None, **more}
    try:
        return render_template("errors/error.html", **context), code
    except (TemplateError, SQLAlchemyError, LookupError, RuntimeError):
        log.exception("error page")
        return render_template(
            "errors/bare.html", code=code, title=words.title, message=words.message, event_id=context["event_id"]
        ), code


def typed() -> list[tuple[str, str]]:
    """What the visitor had typed in the form just sent, without tokens and passwords: shown again so that nothing is lost."""
    hidden = ("csrf_token", "password", "version", "next", "code")
    return [(name, value) for name, values in request.form.lists() for value in values if value and not name.startswith(hidden)]


def _http(error: HTTPException) -> Any:
    code = error.code or 500
    if code < 400:
        return error
    if isinstance(error, SecurityError):  # a host we do not answer for: no address of ours can be written
        return render_template("errors/bare.html"), code
    if code == 413:
        return page(413)
    return page(code, kept=typed() or None) if code in KINDS else page(400)


def _stale_token(_error: CSRFError) -> Any:
    return page(
        400,
        title=SESSION_OVER.title,
        message=SESSION_OVER.message,
        kept=typed() or None,
        resend=bool(getattr(g, "current", None)),
    )


def _conflict(conflict: errors.Conflict) -> Any:
    db.session.rollback()
    mine = [(name, "" if value is None else value) for name, value in conflict.mine.items()]
    rows = [
        (FIELD_WORDS.get(name, name), conflict.theirs[name], value)
        for name, value in mine
        if str(conflict.theirs[name]) != str(value)
    ]
    way_back = safe_next(urlsplit(request.referrer or "").path) or "/"
    words = KINDS[409]
    return render_template(
        "errors/conflict.html",
        title=words.title,
        message=words.message,
        conflict=conflict,
        rows=rows,
        mine=mine,
        way_back=way_back,
    ), 409


def _no_database(error: OperationalError) -> Any:
    db.session.rollback()
    event_id = _noted(error)
    return page(503, event_id=event_id, kept=typed() or None)


def _unexpected(error: Exception) -> Any:
    db.session.rollback()
    return page(500, event_id=_noted(error), kept=typed() or None)


def _noted(error: Exception) -> str:
    event_id = secrets.token_hex(4)
    log.error("event %s %s %s", event_id, request.method, request.path, exc_info=error)
    return event_id
