"""What stands around a milestone: what it waits for, and what it does to those that wait for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from flask import url_for

from ccc_pilot.people.models import Pilot
from ccc_pilot.progress import dependencies, loading, rules
from ccc_pilot.progress.listing import Line
from ccc_pilot.progress.rules import Effect, Place
from ccc_pilot.progress.words import Standing, effect_words


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A line beside another. ``own``: the pilot added the dependency; ``effects``: (region's short name, in words)."""

    key: str
    id: str
    title: str
    url: str
    due: date | None
    own: bool = False
    effects: list[tuple[str, Standing]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Around:
    """What a line waits for, what waits for it, and how many more wait further on."""

    waits_for: list[Neighbour]
    waiters: list[Neighbour]
    further: int


def of(pilot: Pilot, line: Line, shorts: Mapping[str, str]) -> Around:
    """Return what stands around ``line``; ``shorts`` gives the regions' short names. One time of a recurring line stands alone."""
    if line.occurrence:
        return Around([], [], 0)
    own, key = dependencies.own(pilot), line.item.key
    known, waiters = dependencies.edges(pilot, own), dependencies.waiters(pilot, own)
    near = {waiter: known[waiter] for waiter in waiters.get(key, ())}
    there = dependencies.places(pilot, {key, *known.get(key, ()), *near, *(name for on in near.values() for name in on)})
    effects = rules.latest(effect for region in line.cells for effect in rules.consequences(near, there, key, region))
    present = {place.key for place in there}
    return Around(
        [_neighbour(on, there, own=(key, on) in own) for on in known.get(key, ()) if on in present],
        [_neighbour(name, there, effects=_told(name, effects, shorts)) for name in near if name in present],
        len(rules.waiting(waiters, key)) - len(near),
    )


def _neighbour(
    key: str, there: Iterable[Place], *, own: bool = False, effects: list[tuple[str, Standing]] | None = None
) -> Neighbour:
    item, plan = loading.item(key), key.split(":", 1)[0]
    dues = [place.due for place in there if place.key == key and place.due]
    url = url_for("progress.show", plan=plan, slug=item.id)
    return Neighbour(key, item.id, str(item.title), url, max(dues, default=None), own, effects or [])


def _told(key: str, effects: Iterable[Effect], shorts: Mapping[str, str]) -> list[tuple[str, Standing]]:
    return [(shorts.get(effect.region, ""), effect_words(effect)) for effect in effects if effect.key == key]
