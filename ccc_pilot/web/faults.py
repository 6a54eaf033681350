"""From what went wrong to a page: one dress for all, in the user's language, saying what was kept and how to go on."""

import logging
import secrets
from dataclasses import dataclass
from typing import Any

from flask import Flask, render_template, request
from flask_wtf.csrf import CSRFError
from jinja2 import TemplateError
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from werkzeug.exceptions import HTTPException, SecurityError

from ccc_pilot import errors
from ccc_pilot.db import db
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.web import contest, typed
from ccc_pilot.web.htmx import is_partial
from ccc_pilot.web.origin import is_forged

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Words:
    """A title and a sentence for a kind of fault."""

    title: Any
    message: Any


KINDS = {
    400: Words(_l("That could not be read"), _l("The request was not understood. Go back and try again.")),
    401: Words(_l("You have been logged out"), _l("Your text is below. Log in again in another tab, then send it from here.")),
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
    "start": _l("The pilot begins"), "status": _l("Status"), "percent": _l("Percent"), "comment": _l("Comment"), "due": _l("Date"), "reason": _l("Reason"),
}  # fmt: skip
SESSION_OVER = Words(_l("The page had been open too long"), _l("Your text is below. Send it again and it will be saved."))


def init_app(app: Flask) -> None:
    """Set the error pages of ``app``."""
    app.before_request(_unaddressable)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _stale_token)
    app.register_error_handler(errors.NotFound, lambda error: page(404, message=error.message))
    app.register_error_handler(errors.Refused, lambda error: page(400, message=error.message))
    app.register_error_handler(errors.Conflict, _conflict)
    app.register_error_handler(OperationalError, _no_database)
    app.register_error_handler(Exception, _unexpected)


def _unaddressable() -> None:
    """Nothing has an address with NUL in it, and one of the databases takes no such text."""
    if "\x00" in request.path or any("\x00" in text for texts in request.args.listvalues() for text in texts):
        raise errors.NotFound


def page(code: int, *, message: Any = None, resend: bool = False, **more: Any) -> tuple[str, int]:
    """Render the page for ``code`` (one of ``KINDS``, others look like 500) with a sentence of its own if given.

    What was typed in a form that led here stands on the page; ``resend``: with a button that sends it again.
    What another's page may have sent gets an answer with nothing in it: no text, no token, no cookie.
    """
    if is_forged():
        return bare(code)
    context = _context(code, message, resend) | more
    try:
        return render_template("errors/error.html", **context), code
    except (TemplateError, SQLAlchemyError, LookupError, RuntimeError):
        log.exception("error page")
        return render_template("errors/bare.html", **context), code


def bare(code: int) -> tuple[str, int]:
    """Answer ``code`` with the page that holds nothing of the request and sets no cookie."""
    return render_template("errors/bare.html"), code


def _context(code: int, message: Any, resend: bool) -> dict[str, Any]:
    words = KINDS.get(code, KINDS[500])
    told = {"code": code, "title": words.title, "message": message or words.message, "event_id": None}
    if request.method != "POST" or code == 413:
        return told
    kept = [(FIELD_WORDS.get(name, name), text) for name, text in typed.typed()]
    return {**told, "kept": kept, "resend": typed.pairs() if resend else []}


def _http(error: HTTPException) -> Any:
    code = error.code or 500
    if code < 400:
        return error
    if isinstance(error, SecurityError):  # a host we do not answer for: no address of ours can be written
        return bare(code)
    return page(code if code in KINDS else 400)


def _stale_token(_error: CSRFError) -> Any:
    if is_forged():
        return bare(400)
    context = _context(400, SESSION_OVER.message, typed.writer() is not None) | {"title": SESSION_OVER.title}
    if is_partial():
        return _in_place(render_template("errors/_fault.html", **context))
    return render_template("errors/error.html", **context), 400


def _conflict(conflict: errors.Conflict) -> Any:
    db.session.rollback()
    words = KINDS[409]
    context = {
        "title": words.title, "message": words.message, "conflict": conflict, "contested": contest.contested(conflict),
        "settled": contest.settled(conflict), "added": contest.added(conflict), "base": contest.base_now(conflict),
        "opened_at": typed.opened_at() or "/", "way_back": typed.came_from() or "/",
    }  # fmt: skip
    if is_partial():
        return _in_place(render_template("errors/_conflict.html", **context))
    return render_template("errors/conflict.html", **context), 409


def _in_place(part: str) -> Any:
    """Answer with what the page's script puts in place of the whole content, which it does for 409."""
    return part, 409, {"HX-Retarget": "#main", "HX-Reswap": "innerHTML"}


def _no_database(error: OperationalError) -> Any:
    db.session.rollback()
    event_id = _noted(error)
    return page(503, event_id=event_id)


def _unexpected(error: Exception) -> Any:
    db.session.rollback()
    return page(500, event_id=_noted(error))


def _noted(error: Exception) -> str:
    event_id = secrets.token_hex(4)
    log.error("event %s %s %s", event_id, request.method, request.path, exc_info=error)
    return event_id
