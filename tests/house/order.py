"""Order: names, sizes, words to the reader, lists that must be complete, templates and migrations in their places."""

import ast
import re
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import PurePosixPath

from tests.house.kinds import is_view
from tests.house.reading import PACKAGE, House, Module, dotted

LONGEST = {PACKAGE: 250, "scripts": 250, "bench": 250, "tests": 450}
NO_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "tools"}
FREE_TEMPLATES = re.compile(r"(?:.*/)?_[^/]*|base\.html|(?:errors|mail|office)/.*")
NAMED = re.compile(r"[\"']((?:[\w-]+/)*[\w-]+\.(?:html|txt))[\"']")
INLINE = re.compile(r"<style\b|<script\b(?![^>]*\ssrc=)|<[a-z][^>]*\s(?:style|on[a-z]+|hx-on[:\w-]*)\s*=", re.IGNORECASE)
SHELVES = ("milestones", "standards", "templates", "migrations")


def names_say_something(house: House) -> Iterator[str]:
    """No module is called after nothing in particular."""
    yield from (f"{module.place}: says nothing of what is in it" for module in house.modules.values() if module.kind in NO_NAMES)


def files_are_short(house: House) -> Iterator[str]:
    """A file past its length is split by noun. (A first migration is as long as the schema.)"""
    for folder, longest in LONGEST.items():
        for module in house.python(folder):
            if (lines := module.text.count("\n")) > longest:
                yield f"{module.place}: {lines} lines"


def all_is_told(house: House) -> Iterator[str]:
    """Every public function, class and method has a docstring; methods that a library's base class names may go without."""
    for module in house.modules.values():
        for node in _public(module.tree, inherits=False):
            if not ast.get_docstring(node):
                yield f"{module.place}:{node.lineno} {node.name} has no docstring"


def _public(parent: ast.AST, *, inherits: bool) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    for node in ast.iter_child_nodes(parent):
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and not inherits:
            yield node
            yield from _public(node, inherits=bool(node.bases))
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not inherits:
            yield node


def packages_are_named(house: House) -> Iterator[str]:
    """setup.cfg names every package, and none that is not there."""
    setup = ConfigParser()
    setup.read(house.root / "setup.cfg", "utf-8")
    named = set(setup.get("options", "packages", fallback="").split())
    folders = {path.parent.relative_to(house.root).as_posix().replace("/", ".") for path in (house.root / PACKAGE).rglob("*.py")}
    shelves = {f"{PACKAGE}.{shelf}" for shelf in SHELVES if (house.root / shelf).is_dir()}
    for name in sorted(named ^ (folders | shelves)):
        yield f"setup.cfg: {name} is " + ("named but not there" if name in named else "not named among the packages")


def registries_are_complete(house: House) -> Iterator[str]:
    """The roof names every file with tables, and every blueprint: where it is made, or where the views upon it are gathered."""
    roof = house.modules.get(f"{PACKAGE}.roof")
    pages, tables = _strings(roof, "BLUEPRINTS"), _strings(roof, "MODELS")
    yield from (f"roof.BLUEPRINTS does not lead to {name}" for name in sorted(_with_pages(house) - _gathered(house, pages)))
    yield from (f"roof.MODELS lacks {name}" for name in sorted(_with_tables(house) - tables))
    yield from (f"the roof names {name}, which is not there" for name in sorted((pages | tables) - house.modules.keys()))


def _with_pages(house: House) -> set[str]:
    return {
        module.name for module in house.modules.values() if module.kind == "views" or "\nblueprint = Blueprint(" in module.text
    }


def _gathered(house: House, named: set[str]) -> set[str]:
    """The modules named, and those of their own room that they import."""
    seen: set[str] = set()
    front = named & house.modules.keys()
    while front:
        seen |= front
        modules = [house.modules[name] for name in front]
        front = {home.name for module in modules for _found, home in house.links(module) if home.room == module.room} - seen
    return seen


def _with_tables(house: House) -> set[str]:
    return {module.name for module in house.modules.values() if "\n    __tablename__ = " in module.text}


def _strings(module: Module | None, title: str) -> set[str]:
    for node in module.tree.body if module else ():
        if isinstance(node, ast.Assign) and dotted(node.targets[0]) == title:
            return set(ast.literal_eval(node.value))
    return set()


def endpoints(house: House) -> set[str]:
    """Return the endpoints that the views declare: "progress.show"."""
    found = set()
    for module in house.of_kind("views"):
        names = {module.room, *re.findall(r"\bBlueprint\(\s*[\"'](\w+)", module.text)}
        views = [node for node in module.nodes if isinstance(node, ast.FunctionDef) and is_view(node)]
        found |= {f"{name}.{_endpoint(view)}" for name in names for view in views}
    return found


def _endpoint(view: ast.FunctionDef) -> str:
    words = (
        word for mark in view.decorator_list if isinstance(mark, ast.Call) for word in mark.keywords if word.arg == "endpoint"
    )
    return next((ast.literal_eval(word.value) for word in words), view.name)


def templates_answer_to_endpoints(house: House) -> Iterator[str]:
    """A page's path is its endpoint, or the endpoint and the state it is shown in ("reset_asked"); parts begin with _."""
    known = endpoints(house)
    for path in house.templates:
        name = PurePosixPath(path).with_suffix("").as_posix().replace("/", ".")
        if not FREE_TEMPLATES.fullmatch(path) and not any(name == one or name.startswith(f"{one}_") for one in known):
            yield f"templates/{path}: there is no such endpoint"


def templates_are_there(house: House) -> Iterator[str]:
    """Every template that somebody names exists, and every one that exists is named (letters go by their folder)."""
    texts = {f"templates/{path}": text for path, text in house.templates.items()}
    texts |= {module.place: module.text for module in house.modules.values()}
    named = {name: place for place, text in texts.items() for name in NAMED.findall(text)}
    yield from (
        f"{place}: there is no template {name}"
        for name, place in named.items()
        if name not in house.templates and not _is_letter(name)
    )
    yield from (
        f"templates/{path}: nobody names it" for path in house.templates if path not in named and not path.startswith("mail/")
    )


def _is_letter(name: str) -> bool:
    return "/" not in name


def templates_hold_markup_only(house: House) -> Iterator[str]:
    """No style and no script within a page: the Content-Security-Policy lets none run. Letters are read elsewhere."""
    for path, text in house.templates.items():
        bare = re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
        if not path.startswith(("mail/", "office/")) and (found := INLINE.search(bare)):
            yield f"templates/{path}: {found.group()[:60]}"


def migrations_stand_alone(house: House) -> Iterator[str]:
    """Migrations are numbered sentences without gaps, go both ways, and do not lean on code that will change."""
    found = list(house.python("migrations/versions"))
    for number, module in enumerate(found, 1):
        stem = module.place.rsplit("/", 1)[-1]
        if not re.fullmatch(rf"{number:04}(_[a-z0-9]+){{3,}}\.py", stem):
            yield f"{module.place}: is not called {number:04}_a_sentence.py"
        if not {"upgrade", "downgrade"} <= {node.name for node in module.tree.body if isinstance(node, ast.FunctionDef)}:
            yield f"{module.place}: does not go both ways"
        yield from (
            f"{module.place}:{line.line} imports {line.target}" for line in module.imports() if line.target.startswith(PACKAGE)
        )


LAWS = (
    names_say_something, files_are_short, all_is_told, packages_are_named, registries_are_complete, templates_answer_to_endpoints,
    templates_are_there, templates_hold_markup_only, migrations_stand_alone,
)  # fmt: skip
