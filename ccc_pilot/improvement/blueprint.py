"""The blueprint of this room; the views of its kinds of page stand in files of their own."""

from flask import Blueprint

blueprint = Blueprint("improvement", __name__, url_prefix="/improvement")
