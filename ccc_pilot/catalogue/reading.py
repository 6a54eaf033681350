"""From the text of a catalogue file to checked shapes: what plans and every later kind of catalogue share."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ccc_pilot.catalogue.faults import Findings

MAX_BYTES = 2_000_000
MAX_DEPTH = 8
MAX_DOTS = 500  # on one line: a key of thousands of parts would keep the parser busy for minutes
_DOUBLED = re.compile(r"overwrite|twice|mutate|Duplicate", re.IGNORECASE)
_CODES = {
    "missing": "missing",
    "extra_forbidden": "unknown_key",
    "string_type": "not_text",
    "int_type": "not_whole",
    "bool_type": "not_bool",
    "list_type": "not_list",
    "model_type": "not_table",
    "date_type": "not_date",
    "string_pattern_mismatch": "bad_id",
    "string_too_long": "bad_length",
    "string_too_short": "bad_length",
    "too_long": "bad_length",
    "too_short": "bad_length",
}
AnyShape = TypeVar("AnyShape", bound=BaseModel)


def read_file(path: Path, findings: Findings) -> str | None:
    """Return the text of ``path``, or None with the reason among the ``findings``."""
    if path.stat().st_size > MAX_BYTES:
        findings.add("", "too_large", limit=MAX_BYTES)
        return None
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        findings.add("", "not_utf8")
        return None


def read_tree(text: str, findings: Findings) -> dict[str, Any] | None:
    """Return the TOML tree of ``text``, or None with the reason among the ``findings``."""
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        findings.add("", "too_large", limit=MAX_BYTES)
        return None
    if any(line.count(".") > MAX_DOTS for line in text.splitlines()):
        findings.add("", "too_deep", limit=MAX_DEPTH)
        return None
    try:
        tree = tomllib.loads(text)
    except RecursionError:
        findings.add("", "too_deep", limit=MAX_DEPTH)
        return None
    except ValueError as fault:
        findings.add("", "doubled_key" if _DOUBLED.search(str(fault)) else "not_toml", reason=fault)
        return None
    if _deeper_than(tree, MAX_DEPTH):
        findings.add("", "too_deep", limit=MAX_DEPTH)
        return None
    return tree


def _deeper_than(value: Any, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_deeper_than(part, levels - 1) for part in inner)


def read_shape(shape: type[AnyShape], data: Any, place: str, findings: Findings) -> AnyShape | None:
    """Return ``data`` as ``shape``, or None with everything that is wrong with it among the ``findings``; ``place`` says where it stands."""
    try:
        return shape.model_validate(data)
    except ValidationError as refused:
        for error in refused.errors(include_url=False, include_input=False):
            code, parameters = _worded(error)
            findings.add(".".join(filter(None, (place, _path(error["loc"])))), code, **parameters)
        return None


def _worded(error: Mapping[str, Any]) -> tuple[str, dict[str, object]]:
    kind, context = error["type"], error.get("ctx") or {}
    if kind in _CODES:
        return _CODES[kind], {}
    if kind in ("greater_than_equal", "less_than_equal"):
        return "out_of_range", {"limits": f"≥ {context['ge']}" if "ge" in context else f"≤ {context['le']}"}
    if "code" in context:  # raised by a check of ours
        return context["code"], {name: value for name, value in context.items() if name != "code"}
    return "bad_value", {"reason": error["msg"]}


def _path(loc: tuple[int | str, ...]) -> str:
    steps = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in loc)
    return "".join(steps).lstrip(".")
