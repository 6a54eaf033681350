"""Pages of evidence: the views stand by kind of page, and are gathered here."""

from ccc_pilot.evidence import edit_views, item_views, library_views, link_views, upload_views
from ccc_pilot.evidence.blueprint import blueprint

VIEWS = (edit_views, item_views, library_views, link_views, upload_views)

__all__ = ["VIEWS", "blueprint"]
