"""All addresses of reminders: each file of views hangs its own on the blueprint."""

from ccc_pilot.reminders import choice_views, mail_views, views
from ccc_pilot.reminders.blueprint import blueprint

VIEWS = (views, choice_views, mail_views)

__all__ = ["VIEWS", "blueprint"]
