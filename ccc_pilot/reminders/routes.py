"""All addresses of reminders: each file of views hangs its own on the blueprint."""

from ccc_pilot.reminders import views
from ccc_pilot.reminders.blueprint import blueprint

__all__ = ["blueprint", "views"]
