"""Pages of the milestones: the views stand by kind of page, and are gathered here."""

from ccc_pilot.progress import bulk_views, export_views, talk_views, time_views, views
from ccc_pilot.progress.blueprint import blueprint

VIEWS = (views, bulk_views, export_views, talk_views, time_views)

blueprint.add_url_rule("/timeline", view_func=time_views.timeline)
blueprint.add_url_rule("/calendar", view_func=time_views.calendar)

__all__ = ["VIEWS", "blueprint"]
