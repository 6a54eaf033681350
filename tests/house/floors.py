"""Floors: imports go strictly down, nobody goes round in a circle, and features never import one another."""

from collections.abc import Iterator

from tests.house.reading import House, Module

# From the ground up, a line a step: a room may import what stands on an earlier line, and its own rooms. The command line stands
# above the package's face (the room with the empty name), since it asks it for the application.
STEPS = (
    "dates errors events shelves version",
    "folding i18n config db",
    "catalogue drafts heartbeat journal mail office said schema sendings works",
    "web",
    "people",
    "evidence frameworks writing",
    "progress assessment improvement decisions funding indicators visits",
    "reminders briefings",
    "demo",
    "overview api",
    "scheduler",
    "serving",
    "",
    "roof",
    "cli",
    "__main__",
)
STEP = {room: step for step, rooms in enumerate(STEPS) for room in rooms.split(" ")}
FEATURES = frozenset({"progress", "assessment", "improvement", "decisions", "funding", "indicators", "visits"})
FACE_OPENS_ROOF = ("", "roof")


def imports_go_down(house: House) -> Iterator[str]:
    """The ground knows nobody; the roof is known by nobody but the package's face, which opens it only when asked to."""
    for module in house.modules.values():
        if module.room not in STEP:
            yield f"{module.place}: the room {module.room!r} stands on no floor"
            continue
        for found, home in house.links(module):
            if (
                home.room != module.room
                and STEP.get(home.room, 0) >= STEP[module.room]
                and not _opens_roof(module, home, found.at_once)
            ):
                yield f"{module.place}:{found.line} imports {home.name}, which does not lie below"


def _opens_roof(module: Module, home: Module, at_once: bool) -> bool:
    return (module.room, home.room) == FACE_OPENS_ROOF and not at_once


def features_do_not_meet(house: House) -> Iterator[str]:
    """What two features share goes down or up; they are linked by keys."""
    for module in house.modules.values():
        for found, home in house.links(module):
            if module.room in FEATURES and home.room in FEATURES - {module.room}:
                yield f"{module.place}:{found.line} the feature {module.room} imports the feature {home.room}"


def no_circles(house: House) -> Iterator[str]:
    """No module imports, by way of others, itself."""
    edges = {
        name: {home.name for found, home in house.links(module) if found.at_once and home.name != name}
        for name, module in house.modules.items()
    }
    for name in sorted(edges):
        reached, front = set(), set(edges[name])
        while front:
            reached |= front
            front = {far for near in front for far in edges[near]} - reached
        if name in reached:
            yield f"{house.modules[name].place} imports itself by way of others"


def imports_are_written_in_full(house: House) -> Iterator[str]:
    """No relative import: a line tells the floor it goes to."""
    for module in house.modules.values():
        yield from (f"{module.place}:{found.line} relative import" for found in module.imports() if found.target.startswith("."))


LAWS = (imports_go_down, features_do_not_meet, no_circles, imports_are_written_in_full)
