"""The shell around every page: its templates' folder, hashed addresses of static files, and small facts each page needs."""

import hashlib
import secrets
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, request, url_for

from ccc_pilot.i18n import language, ngettext, translator

THEMES = {"system", "light", "dark"}


def form_key() -> str:
    """Return a number for a form that is being shown: the same form sent twice is carried out once."""
    return secrets.token_urlsafe(12)


def init_app(app: Flask) -> None:
    """Give every template the names it may rely on."""
    folder = Path(app.static_folder or "")

    @cache
    def version_of(name: str) -> str:
        return hashlib.sha256((folder / name).read_bytes()).hexdigest()[:12]

    @cache
    def address(_script_root: str, name: str) -> str:
        return url_for("static", filename=name, v=version_of(name))

    def static(name: str) -> str:
        return address(request.script_root, name)

    @app.context_processor
    def _names() -> dict[str, Any]:
        theme = request.cookies.get("theme", "system")
        return {
            "language": language(),
            "theme": theme if theme in THEMES else "system",
            "static": static,
            "form_key": form_key,
            "endpoints": app.view_functions,
            "_": translator(),
            "ngettext": ngettext,
        }
