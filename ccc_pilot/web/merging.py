"""Two who saved the same form: which field is whose, and which was changed by both. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any


@dataclass(frozen=True, slots=True)
class Merge:
    """``taken``: the value of each field that only one side changed; ``contested``: the fields that both changed, each its way."""

    taken: dict[str, Any]
    contested: tuple[str, ...]


def plain(value: Any) -> str:
    """Return a value as the text of a form field, so that what was shown, stored and typed can be compared."""
    if value is None:
        return ""
    if isinstance(value, Enum):
        return str(value.value)
    return value.isoformat() if isinstance(value, date) else str(value)


def merge(base: Mapping[str, str], theirs: Mapping[str, Any], mine: Mapping[str, Any], *, adds: Collection[str] = ()) -> Merge:
    """Compare field by field what the form showed (``base``, as text), what is stored now (``theirs``) and what was typed (``mine``).

    None in ``mine`` means "leave it". Fields named by ``adds`` are added to a history and replace nothing: mine is always taken.
    A field without a base is contested as soon as the two sides differ.
    """
    taken: dict[str, Any] = {}
    contested = []
    for name, value in mine.items():
        before, stored, typed = base.get(name), plain(theirs.get(name)), plain(value)
        if name in adds or typed == stored or before == stored:
            taken[name] = value
        elif value is None or before == typed:
            taken[name] = theirs.get(name)
        else:
            contested.append(name)
    return Merge(taken, tuple(contested))
