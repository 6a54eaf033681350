"""Who leads: the whole pilot and each region, with deputy, share of post and months, and what they are behind with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ccc_pilot.i18n import Text
from ccc_pilot.people import pilots, posts
from ccc_pilot.people.doors import region_of
from ccc_pilot.people.models import Pilot
from ccc_pilot.people.policy import NETWORK, Role

ROLES = (Role.HEAD_LEAD, Role.REGIONAL_LEAD)


@dataclass(frozen=True)
class Late:
    """Something a region is behind with: what, its address and how late in words."""

    title: str
    url: str
    detail: str = ""


@dataclass(frozen=True)
class Part:
    """The whole network or a region, its lead posts, and what it is behind with (None: nobody has told)."""

    key: str
    short: str
    name: Text
    posts: tuple[posts.PostLine, ...]
    behind: tuple[Late, ...] | None


def parts(pilot: Pilot, day: date, behind: Mapping[str, Sequence[Late]] | None = None) -> list[Part]:
    """Return the network and then each region of ``pilot`` with those who lead it on ``day``.

    ``behind`` maps a region's key (``NETWORK`` for joint things) to what is late there; a feature above this one provides it.
    """
    lines = [line for line in posts.lines(day, ROLES) if line.post.pilot_id in (None, pilot.id)]
    network = pilots.network(pilot)
    places = [(NETWORK, network.short, network.name), *((r.key, r.short, r.name) for r in pilots.regions(pilot))]
    return [
        Part(
            key, short, name,
            tuple(line for line in lines if region_of(line.post) == key),
            None if behind is None else tuple(behind.get(key, ())),
        )
        for key, short, name in places
    ]  # fmt: skip
