"""Pages of the milestones: the views stand by kind of page, and are gathered here."""

from ccc_pilot.progress import bulk_views, export_views, talk_views, views
from ccc_pilot.progress.blueprint import blueprint

VIEWS = (views, bulk_views, export_views, talk_views)

__all__ = ["VIEWS", "blueprint"]
