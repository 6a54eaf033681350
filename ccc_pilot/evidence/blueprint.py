"""The blueprint of this room; the views of its kinds of page stand in files of their own."""

from flask import Blueprint

blueprint = Blueprint("evidence", __name__, url_prefix="/evidence")
