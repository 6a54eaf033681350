"""The blueprint of this room; its views stand in files of their own, gathered in ``routes.py``."""

from flask import Blueprint

blueprint = Blueprint("reminders", __name__)
