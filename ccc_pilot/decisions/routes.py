"""Pages of meetings and decisions: the views stand by kind of page, and are gathered here."""

from ccc_pilot.decisions import log_views, views
from ccc_pilot.decisions.blueprint import blueprint

VIEWS = (views, log_views)

__all__ = ["VIEWS", "blueprint"]
