"""The blueprint of this room; the views of its kinds of page stand in files of their own."""

from flask import Blueprint

blueprint = Blueprint("frameworks", __name__, url_prefix="/standards")
