"""How the laws of the house read it: its modules as syntax trees, and what each imports. Nothing is run."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

PACKAGE = "ccc_pilot"


@dataclass(frozen=True)
class Import:
    """An import: its line, the dotted name of what is imported, and whether it happens as soon as the module is loaded."""

    line: int
    target: str
    at_once: bool


@dataclass(frozen=True)
class Module:
    """A Python file: its dotted name, its place below the root, its text and tree."""

    name: str
    place: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.text)

    @property
    def room(self) -> str:
        """The part right below the package: "progress" of ccc_pilot.progress.rules; empty for the package's own face."""
        return (self.name.split(".") + [""])[1]

    @property
    def kind(self) -> str:
        """The file's own name: "rules", "views" (also of "login_views"), "forms" (also of "bulk_forms") …"""
        stem = self.place.rsplit("/", 1)[-1].removesuffix(".py")
        last = stem.rsplit("_", 1)[-1]
        return last if last in {"views", "forms"} else stem

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node of the tree."""
        return list(ast.walk(self.tree))

    def calls(self) -> Iterator[tuple[ast.Call, str]]:
        """Yield each call with the dotted name of what is called ("db.session.scalars"; the last part alone after a call)."""
        for node in self.nodes:
            if isinstance(node, ast.Call):
                yield node, dotted(node.func)

    def imports(self) -> Iterator[Import]:
        """Yield what the module imports; names under ``if TYPE_CHECKING`` are not imported."""
        yield from _imports(self.tree, at_once=True)


def _imports(node: ast.AST, *, at_once: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and dotted(child.test).endswith("TYPE_CHECKING"):
            continue
        if isinstance(child, ast.Import):
            yield from (Import(child.lineno, alias.name, at_once) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            base = "." * child.level + (child.module or "")
            yield from (Import(child.lineno, f"{base}.{alias.name}", at_once) for alias in child.names)
        else:
            yield from _imports(child, at_once=at_once and not isinstance(child, ast.FunctionDef))


def dotted(node: ast.AST) -> str:
    """Return the dotted name that ``node`` spells; what is not a name is left out."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}".lstrip(".")
    return ""


class House:
    """A tree to be looked over, at ``root``."""

    def __init__(self, root: Path):
        self.root = root

    @cached_property
    def modules(self) -> dict[str, Module]:
        """The modules of the package by dotted name."""
        return {module.name: module for module in self.python(PACKAGE)}

    def python(self, *folders: str) -> Iterator[Module]:
        """Yield the Python files below ``folders``."""
        for path in (path for folder in folders for path in sorted((self.root / folder).rglob("*.py"))):
            place = path.relative_to(self.root)
            name = ".".join(place.with_suffix("").parts).removesuffix(".__init__")
            yield Module(name, place.as_posix(), path.read_text("utf-8"))

    @cached_property
    def templates(self) -> dict[str, str]:
        """The templates' texts, without comments, by their path below templates/."""
        folder = self.root / "templates"
        found = sorted(path for path in folder.rglob("*") if path.suffix in {".html", ".txt"})
        return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in found}

    def home(self, target: str) -> Module | None:
        """Return the module in which an imported name of ours lives ("ccc_pilot.errors.Refused": errors), or None."""
        while target and target not in self.modules:
            target = target.rpartition(".")[0]
        return self.modules.get(target)

    def links(self, module: Module) -> Iterator[tuple[Import, Module]]:
        """Yield the modules of our own that ``module`` imports, each with the import."""
        for found in module.imports():
            if found.target.startswith(PACKAGE) and (home := self.home(found.target)) is not None:
                yield found, home

    def of_kind(self, *kinds: str) -> Iterator[Module]:
        """Yield the modules of these kinds."""
        return (module for module in self.modules.values() if module.kind in kinds)
