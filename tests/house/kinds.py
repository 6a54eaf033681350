"""Kinds of file: what a file called rules, models, views … may hold, and what none may."""

import ast
import re
from collections.abc import Iterator

from tests.house.floors import FEATURES
from tests.house.reading import House, Module, dotted

ROOMS_OF_PAGES = FEATURES | {"people", "evidence", "frameworks", "reminders", "briefings", "overview", "web"}
EDGE = frozenset({"views", "forms", "showing", "words", "query", "blueprint"})
# These read the request although they are no views: the hall's own doorkeepers, and what the frame of every page shows.
READS_THE_REQUEST = {
    "evidence/neighbours.py": "asks the application for what the roof has handed in",
    "people/doors.py": "lets in or not",
    "people/visit.py": "begins and ends the visitor's log-in",
    "people/pilots.py": "which pilot the visitor looks at",
    "people/throttle.py": "counts by the visitor's address",
    "people/letters.py": "writes addresses of pages into letters",
    "people/links.py": "writes addresses of the application",
    "people/seals.py": "signs with the application's key",
    "reminders/delivery.py": "sends by the application's settings",
    "reminders/digests.py": "writes letters by the application's settings",
    "reminders/invitations.py": "writes letters by the application's settings",
    "overview/frame.py": "the frame of every page",
    "overview/nav.py": "the menu marks the page that is open",
}
ADDRESSES = {"flask.url_for"}  # what prepares a page may write its links
OPENS_TRANSACTIONS = {
    "evidence/upkeep.py": "files and the network are read while no transaction is open",
    "people/doors.py": "a refusal is written down although the request is refused",
    "reminders/delivery.py": "claims and marks in transactions of their own: none is open while something is sent",
}
WORLD = (
    "flask",
    "sqlalchemy",
    "wtforms",
    "babel",
    "jinja2",
    "os",
    "io",
    "pathlib",
    "socket",
    "subprocess",
    "urllib",
    "random",
    "secrets",
)
LONGEST_VIEW = 20
CLOCKS = re.compile(
    r"(?:^|\.)(?:datetime\.(?:now|utcnow|today|fromtimestamp)|date\.today|time\.(?:time|localtime|gmtime|ctime))$"
)


def rules_are_pure(house: House) -> Iterator[str]:
    """Rules know neither app, database, language nor clock, and what they lean on in their room does not either."""
    for module in house.of_kind("rules", "geometry"):
        for near in (module, *_own_neighbours(house, module)):
            yield from (f"{near.place}: {fault}" for fault in _impurities(near))


def _own_neighbours(house: House, module: Module) -> list[Module]:
    seen: dict[str, Module] = {}
    front = [module]
    while front:
        homes = [home for at in front for _found, home in house.links(at) if home.room == module.room]
        front = [home for home in {home.name: home for home in homes}.values() if home.name not in seen and home is not module]
        seen |= {home.name: home for home in front}
    return list(seen.values())


def _impurities(module: Module) -> Iterator[str]:
    for found in module.imports():
        first, _dot, rest = found.target.partition(".")
        if first.startswith(WORLD) or found.target in {"ccc_pilot.dates.utc_now", "ccc_pilot.dates.today"}:
            yield f"a pure file imports {found.target}"
        if first == "ccc_pilot" and not rest.startswith(("dates", module.room)) or rest.startswith("dates.clock"):
            yield f"a pure file imports {found.target}"
    yield from (f"a pure file calls {name}" for _call, name in module.calls() if name in {"open", "print", "input"})


def models_only_hold(house: House) -> Iterator[str]:
    """Models ask nothing, store nothing, and know another room's tables by name alone."""
    for module in house.of_kind("models"):
        for _call, name in module.calls():
            if name.rsplit(".", 1)[-1] in {"select", "commit", "flush", "execute", "scalars", "scalar"} or ".session." in name:
                yield f"{module.place}: models call {name}"
        for _found, home in house.links(module):
            if home.kind == "models" and home.room != module.room:
                yield f"{module.place}: models import {home.name}"


def use_cases_leave_the_edge_alone(house: House) -> Iterator[str]:
    """What is neither view nor form of a feature neither commits nor knows of requests, but for those listed with their reason."""
    for module in _behind_the_edge(house):
        inner = module.place.removeprefix("ccc_pilot/")
        if inner not in OPENS_TRANSACTIONS:
            for _call, name in module.calls():
                if name.rsplit(".", 1)[-1] in {"commit", "rollback", "transaction"}:
                    yield f"{module.place}: a use case calls {name}"
        if inner not in READS_THE_REQUEST:
            for found in module.imports():
                if found.target.split(".")[0] in {"flask", "flask_wtf", "wtforms"} and found.target not in ADDRESSES:
                    yield f"{module.place}:{found.line} a use case imports {found.target}"


def _behind_the_edge(house: House) -> Iterator[Module]:
    return (
        module
        for module in house.modules.values()
        if module.room in ROOMS_OF_PAGES - {"web"} and module.kind not in EDGE | {"models", "rules"}
    )


def forms_know_no_database(house: House) -> Iterator[str]:
    """Forms look at the shape of what was typed; the use case asks the database."""
    for module in house.of_kind("forms"):
        if module.room == "web":
            continue
        for found in module.imports():
            if found.target.startswith(("sqlalchemy", "ccc_pilot.db")):
                yield f"{module.place}:{found.line} a form imports {found.target}"


def views_are_thin(house: House) -> Iterator[str]:
    """Each view bears the mark of its door, is short, asks no database, counts no dates and catches no faults."""
    for module in house.of_kind("views"):
        for found in module.imports():
            if found.target.startswith("sqlalchemy") or found.target.endswith(".timedelta"):
                yield f"{module.place}:{found.line} a file of views imports {found.target}"
        for node in module.nodes:
            if isinstance(node, ast.Try):
                yield f"{module.place}:{node.lineno} a view catches faults"
            if isinstance(node, ast.FunctionDef) and (fault := _view_fault(node)):
                yield f"{module.place}:{node.lineno} {node.name} {fault}"
        yield from (
            f"{module.place}: a view calls {name}"
            for _call, name in module.calls()
            if name.endswith((".query", ".session.execute", ".scalars"))
        )


def is_view(function: ast.FunctionDef) -> bool:
    """Whether a function answers at an address: it bears one, or the mark of a door."""
    return any(re.fullmatch(r"\w+\.(route|get|post|put|delete)|may|public", _name(mark)) for mark in function.decorator_list)


def _name(mark: ast.expr) -> str:
    return dotted(mark.func) if isinstance(mark, ast.Call) else dotted(mark)


def _view_fault(function: ast.FunctionDef) -> str:
    if not is_view(function):
        return ""
    if not {_name(mark) for mark in function.decorator_list} & {"may", "public"}:
        return "has no door"
    length = (function.end_lineno or 0) - function.body[0].lineno
    return f"is {length} lines long" if length > LONGEST_VIEW else ""


def one_clock(house: House) -> Iterator[str]:
    """Only the clock asks what time it is."""
    for module in house.modules.values():
        if module.name != "ccc_pilot.dates.clock":
            yield from (
                f"{module.place}:{call.lineno} asks the time by {name}" for call, name in module.calls() if CLOCKS.search(name)
            )


def no_trap_doors(house: House) -> Iterator[str]:
    """No text becomes code, an object or SQL."""
    for module in house.modules.values():
        for found in module.imports():
            if found.target.split(".")[0] in {"pickle", "marshal", "shelve", "yaml"}:
                yield f"{module.place}:{found.line} imports {found.target}"
        for call, name in module.calls():
            if name in {"eval", "exec", "compile", "__import__", "os.system"} or any(k.arg == "shell" for k in call.keywords):
                yield f"{module.place}:{call.lineno} calls {name}"
            if name.rsplit(".", 1)[-1] in {"text", "execute", "exec_driver_sql"} and any(map(_is_patched, call.args)):
                yield f"{module.place}:{call.lineno} SQL is put together from parts"


def _is_patched(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr | ast.BinOp) or (isinstance(node, ast.Call) and dotted(node.func).endswith("format"))


LAWS = (
    rules_are_pure, models_only_hold, use_cases_leave_the_edge_alone, forms_know_no_database, views_are_thin, one_clock, no_trap_doors,
)  # fmt: skip
