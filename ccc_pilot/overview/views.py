"""The start page: how the pilot stands, and what waits for the one who looks."""

from flask import Blueprint, render_template

from ccc_pilot.i18n import today
from ccc_pilot.overview import standing
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may

blueprint = Blueprint("overview", __name__)


@blueprint.get("/")
@may("overview.read")
def index() -> str:
    """How the pilot stands, at a glance; for those who may not read its content, only the way to what is theirs."""
    pilot = pilots.chosen()
    picture = standing.picture(pilot, me(), today()) if me().may("milestone.read") else None
    return render_template("overview/index.html", pilot=pilot, picture=picture)
