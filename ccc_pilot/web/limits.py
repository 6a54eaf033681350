"""How much a request may bring: forms without files are held to a limit of their own, far below that of files."""

from flask import Flask, current_app, request

FILES = "multipart/form-data"


def init_app(app: Flask) -> None:
    """Hold what comes without files to ``MAX_FORM_MEMORY_SIZE`` bytes; the library itself holds only the parts of a form with files."""

    @app.before_request
    def _hold() -> None:
        if request.mimetype != FILES:
            request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]
