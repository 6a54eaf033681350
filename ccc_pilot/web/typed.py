"""What a visitor typed: kept as a draft when it could not be saved, carried out once when it is sent twice.

A form takes part when it holds ``ui.kept(form)``: its hidden field ``kept`` tells where the form is opened.
"""

import hashlib
import json
import logging
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RoutingException

from ccc_pilot import drafts, sendings
from ccc_pilot.db import db, transaction
from ccc_pilot.web.origin import is_forged
from ccc_pilot.web.paths import safe_next

log = logging.getLogger(__name__)
SECRET = ("password", "secret", "code")
TOKEN = "csrf_token"
MACHINERY = frozenset({"version", "base", "form_key", "kept", "next", "draft_path"})
LONGEST_BASE = 20_000
KEY = re.compile(r"[\w-]{8,40}", re.ASCII)


def init_app(app: Flask) -> None:
    """Let every form of ``app`` that takes part become a draft when it is not saved."""
    app.after_request(_keep_unsaved)


def writer() -> int | None:
    """Return the person whose text this is: who is logged in, or whose log-in ended while the form was open. The doors tell."""
    return getattr(g, "writer", None)


def pairs() -> list[tuple[str, str]]:
    """Return all that was sent but the token against forged requests, as (name, text).

    A form with a secret in it is nobody's to keep, and one that another's page may have sent is not the visitor's text.
    """
    if is_forged() or any(word in name for name in request.form for word in SECRET):
        return []
    return [(name, text) for name, texts in request.form.lists() if name != TOKEN for text in texts]


def typed() -> list[tuple[str, str]]:
    """Return what was typed in the form just sent, to be shown again so that nothing is lost."""
    return [(name, text) for name, text in pairs() if text and name not in MACHINERY and not name.startswith("keep.")]


def opened_at() -> str | None:
    """Return the path of a page that opens the form just sent, or None where nobody can tell."""
    return safe_next(request.form.get("kept")) or came_from()


def came_from() -> str | None:
    """Return the path of the page that sent this request, or None where nobody can tell."""
    page = urlsplit(request.referrer or "")
    return safe_next(f"{page.path}?{page.query}" if page.query else page.path)


def base() -> dict[str, str]:
    """Return what the form just sent had shown, by field, as far as it tells."""
    return read_base(request.form.get("base", ""))


def read_base(text: str) -> dict[str, str]:
    """Read what a form had shown from ``text``, the JSON it carries; nothing where that cannot be read."""
    try:
        told = json.loads(text[:LONGEST_BASE])
    except (ValueError, RecursionError):
        return {}
    return {str(name): shown for name, shown in told.items() if isinstance(shown, str)} if isinstance(told, dict) else {}


def number(text: str) -> int | None:
    """Return the version that ``text`` tells, or None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def form_key() -> str:
    """Return the number that the form just sent got when it was shown; empty where it tells none."""
    told = request.form.get("form_key", "")
    return told if KEY.fullmatch(told) else ""


def draft_of(form_path: str) -> drafts.Draft | None:
    """Return the writer's draft of the form that is sent to ``form_path``; one query serves all forms of a page."""
    who = writer()
    if who is None:
        return None
    if not hasattr(g, "drafts"):
        g.drafts = drafts.of(who)
    found: drafts.Draft | None = g.drafts.get(form_path)
    return found


def keep(form_path: str) -> Any:
    """Keep what was typed as the writer's draft of the form that is sent to ``form_path``, within the transaction now open.

    Returns when it was kept, or None: nobody knows whose it is, nothing was typed, or it is too much.
    """
    fields: drafts.Fields = {}
    for name, text in [*typed(), ("base", request.form.get("base", ""))]:
        fields.setdefault(name, []).append(text)
    who = writer()
    if who is None or len(fields) == 1 or not _takes_forms(form_path):
        return None
    return drafts.keep(person_id=who, form_path=form_path, fields=fields, base_version=number(request.form.get("version", "")))


def _takes_forms(path: str) -> bool:
    try:
        current_app.url_map.bind("localhost").match(path, method="POST")
    except (HTTPException, RoutingException):
        return False
    return True


def once(use_case: Callable[[], Any]) -> Any:
    """Carry out what the form asks for, within the transaction now open, unless the same form already was; its draft goes.

    Returns what ``use_case`` returns, or what it returned the first time.
    """
    who, shown, sent = writer(), form_key(), [*pairs(), *_files()]
    if who is not None and "kept" in request.form:
        drafts.drop(who, request.path)
    if not shown or not sent:
        return use_case()
    key = sendings.seal(shown, who, request.path, sent)
    if not sendings.claim(key, shown, who):
        return sendings.recall(key)
    result = use_case()
    sendings.remember(key, result)
    return result


def _files() -> list[tuple[str, str]]:
    """Return each file that was sent by what is in it: the same form with another file is another sending."""
    told = []
    for name, file in request.files.items(multi=True):
        file.stream.seek(0)
        told.append((name, hashlib.file_digest(file.stream, "sha256").hexdigest()))  # type: ignore[arg-type]
        file.stream.seek(0)
    return told


def _keep_unsaved(response: Response) -> Response:
    """Make a draft of a form that was not saved, whatever the reason; a fault here may not hide the answer."""
    if request.method == "POST" and (response.status_code >= 400 or getattr(g, "turned_away", False)):
        try:
            if request.form.get("kept"):
                db.session.rollback()
                with transaction():
                    keep(request.form.get("draft_path") or request.path)
        except (SQLAlchemyError, HTTPException):
            log.exception("draft not kept")
    return response
