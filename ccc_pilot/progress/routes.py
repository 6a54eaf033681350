"""Pages of the milestones: the views stand by kind of page, and are gathered here."""

from ccc_pilot.progress import export_views, views
from ccc_pilot.progress.blueprint import blueprint

VIEWS = (views, export_views)

__all__ = ["VIEWS", "blueprint"]
