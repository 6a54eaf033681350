"""The pilot of Sydöstra sjukvårdsregionen, and demo people to hold its posts. The pilot is fact, the people are made up and say so."""

from ccc_pilot.demo.people import is_empty, load, logins
from ccc_pilot.demo.pilot import load_pilot

__all__ = ["is_empty", "load", "load_pilot", "logins"]
