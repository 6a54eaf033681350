"""The pilots: which one is looked at, its regions in their order."""

from dataclasses import dataclass
from functools import cache

from flask import g, session
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from ccc_pilot.db import db
from ccc_pilot.errors import NotFound
from ccc_pilot.i18n import Text
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.models import Organisation, Pilot, PilotRegion
from ccc_pilot.people.policy import NETWORK


@dataclass(frozen=True, slots=True)
class Region:
    """A region of a pilot, as columns and choices show it."""

    key: str
    short: str
    name: Text


def chosen() -> Pilot:
    """Return the pilot this visitor looks at: the one chosen last, else the first. Raises ``NotFound`` if there is none."""
    found: Pilot | None = getattr(g, "pilot", None)
    if found is None:
        pilots = list(db.session.scalars(_all()).unique())
        found = next((pilot for pilot in pilots if pilot.key == session.get("pilot")), pilots[0] if pilots else None)
        if found is None:
            raise NotFound(_("No pilot is loaded yet. Whoever runs the installation loads one: ccc-pilot load."))
        g.pilot = found
    return found


@cache
def _all() -> Select[Pilot]:
    known = joinedload(Pilot.regions).joinedload(PilotRegion.organisation), joinedload(Pilot.network)
    return select(Pilot).options(*known).order_by(Pilot.id)


def regions(pilot: Pilot) -> tuple[Region, ...]:
    """Return the regions of ``pilot`` in their fixed order (RÖ, RJL, RKL)."""
    return tuple(Region(r.organisation.key, r.organisation.short, r.organisation.name) for r in pilot.regions)


def places(pilot: Pilot) -> tuple[Region, ...]:
    """Return what something of ``pilot`` may belong to: its regions in their fixed order, then the network they form (joint things)."""
    joint = network(pilot)
    return (*regions(pilot), Region(NETWORK, joint.short, joint.name))


def shorts(pilot: Pilot) -> dict[str, str]:
    """Return the short name of each of ``places`` by its key."""
    return {place.key: place.short for place in places(pilot)}


def network(pilot: Pilot) -> Organisation:
    """Return the organisation that the pilot's regions form together."""
    return pilot.network
