"""Pages of people and access."""

from flask import Blueprint

blueprint = Blueprint("people", __name__)
