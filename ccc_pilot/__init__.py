"""ccc_pilot: project management and accreditation tracker for a cancer network that wants to become a CCC."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from ccc_pilot.config import Settings


def create_app(settings: "Settings | None" = None) -> "Flask":
    """Build the application from ``settings`` (default: the environment's). Raises ``config.WrongSettings``."""
    import gc

    collecting = gc.isenabled()
    gc.disable()  # nothing of what is built here is thrown away, and looking through it all, over and over, takes its time
    try:
        from ccc_pilot import roof

        return roof.build(settings)
    finally:
        if collecting:
            gc.enable()
