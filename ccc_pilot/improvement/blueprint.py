"""The blueprint of the improvement plan, and what the roof has handed in for its pages."""

from flask import Blueprint, current_app

from ccc_pilot.improvement.neighbours import Neighbours

blueprint = Blueprint("improvement", __name__, url_prefix="/improvement")
HANDED_IN = "ccc_improvement_neighbours"


def neighbours() -> Neighbours:
    """Return what rooms above know of things that actions have to do with."""
    found: Neighbours = current_app.extensions.get(HANDED_IN) or Neighbours()
    return found
