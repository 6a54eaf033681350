"""In-place updates: is only a part of the page asked for?"""

from flask import request


def is_partial() -> bool:
    """Whether the page's script asks for a part to put in place; without script the same address answers with a whole page."""
    return request.headers.get("HX-Request") == "true"
