"""The blueprint of meetings and decisions, and what the roof has handed in for its pages."""

from flask import Blueprint, current_app

from ccc_pilot.decisions.neighbours import Neighbours

blueprint = Blueprint("decisions", __name__)
HANDED_IN = "ccc_decisions_neighbours"


def neighbours() -> Neighbours:
    """Return what rooms above know of things that decisions have to do with."""
    found: Neighbours = current_app.extensions.get(HANDED_IN) or Neighbours()
    return found
