"""All pages of briefings, gathered for the roof."""

from ccc_pilot.briefings import file_views, views, writing_views
from ccc_pilot.briefings.blueprint import blueprint

__all__ = ["blueprint", "file_views", "views", "writing_views"]
