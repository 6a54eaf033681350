"""The blueprint of briefings."""

from flask import Blueprint

blueprint = Blueprint("briefings", __name__, url_prefix="/briefings")
