"""What the frame of every page says of the visitor: who they are, their menu, the pilot's name."""

from typing import Any

from flask import Flask, g

from ccc_pilot.overview.nav import menu
from ccc_pilot.people.doors import current

NAME = "CCC-pilot"


def init_app(app: Flask) -> None:
    """Give the frame of every page its names."""

    @app.context_processor
    def _frame() -> dict[str, Any]:
        who = current()
        settings = getattr(g, "settings", None)
        return {
            "current": who,
            "nav": menu(who) if who else [],
            "demo": bool(settings and settings.demo),
            "pilot_name": NAME,
        }
