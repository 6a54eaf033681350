"""The blueprint of this room; the views of its four kinds of page stand in files of their own."""

from flask import Blueprint

blueprint = Blueprint("people", __name__)
