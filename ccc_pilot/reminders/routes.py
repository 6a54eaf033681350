"""All addresses of reminders: each file of views hangs its own on the blueprint."""

from ccc_pilot.reminders import calendar_views, chain_views, choice_views, feed_views, ladder_views, mail_views, views, week_views
from ccc_pilot.reminders.blueprint import blueprint

VIEWS = (views, choice_views, mail_views, week_views, feed_views, ladder_views, chain_views, calendar_views)

__all__ = ["VIEWS", "blueprint"]
