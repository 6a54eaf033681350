"""How much a request may bring: forms without files are held to a limit of their own, and a number in an address to what a key can be."""

from typing import Any

from flask import Flask, current_app, request
from werkzeug.routing import IntegerConverter, Map

FILES = "multipart/form-data"


class Key(IntegerConverter):
    """A row's number in an address; a greater one than the databases can hold names nothing."""

    def __init__(self, url_map: Map, **bounds: Any):
        super().__init__(url_map, **{"max": 2**31 - 1, **bounds})


def init_app(app: Flask) -> None:
    """Hold what comes without files to ``MAX_FORM_MEMORY_SIZE`` bytes (the library itself holds only the parts of a form with files),
    and numbers in addresses to those of rows.
    """
    app.url_map.converters["int"] = Key

    @app.before_request
    def _hold() -> None:
        if request.mimetype != FILES:
            request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]
