"""Pages of the milestones."""

from flask import Blueprint

blueprint = Blueprint("progress", __name__, url_prefix="/milestones")
