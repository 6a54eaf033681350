"""Pages of the standards: the views stand by kind of page, and are gathered here."""

from ccc_pilot.frameworks import export_views, import_views, views
from ccc_pilot.frameworks.blueprint import blueprint

VIEWS = (views, import_views, export_views)

__all__ = ["VIEWS", "blueprint"]
