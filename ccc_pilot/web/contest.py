"""What the page of a conflict shows: each field that both changed, with what the form showed, what is stored now and what was typed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from ccc_pilot.errors import Conflict
from ccc_pilot.web import filters, typed
from ccc_pilot.web.merging import Merge, merge, plain


@dataclass(frozen=True, slots=True)
class Side:
    """One of the texts to choose between: ``words`` for reading, ``text`` for sending."""

    words: str
    text: str


@dataclass(frozen=True, slots=True)
class Contested:
    """A field that both changed; ``field`` is where a third text is written (None where no form met the conflict)."""

    name: str
    label: Any
    base: str
    theirs: Side
    mine: Side
    field: Any


def merged(conflict: Conflict) -> Merge:
    """Return which fields of ``conflict`` are whose, by what the form just sent had shown."""
    return merge(typed.base(), conflict.theirs, conflict.mine, adds=conflict.adds)


def contested(conflict: Conflict) -> list[Contested]:
    """Return the fields that both changed, ready to be shown."""
    shown = typed.base()
    return [_contested(conflict, name, shown.get(name)) for name in merged(conflict).contested]


def _contested(conflict: Conflict, name: str, base: str | None) -> Contested:
    field = conflict.form[name] if conflict.form and name in conflict.form else None
    theirs, mine = (Side(_words(field, side[name]), plain(side[name])) for side in (conflict.theirs, conflict.mine))
    return Contested(name, field.label.text if field else name, _words(field, base), theirs, mine, field)


def settled(conflict: Conflict) -> dict[str, str]:
    """Return the fields that only one side changed, as they go with what is chosen, and the button that was pressed (to hand in, to stay)."""
    pressed = {name: text for name, text in typed.typed() if conflict.form is not None and name not in conflict.form}
    return pressed | {name: plain(value) for name, value in merged(conflict).taken.items() if name not in conflict.adds}


def added(conflict: Conflict) -> list[tuple[Any, Any]]:
    """Return the fields whose text is only added: each with what the other one wrote there."""
    names = [name for name in conflict.mine if name in conflict.adds] if conflict.form else []
    return [(conflict.form[name], conflict.theirs.get(name)) for name in names]


def base_now(conflict: Conflict) -> dict[str, str]:
    """Return what the page of the conflict shows as stored now: the base of what is sent from it."""
    return {name: plain(value) for name, value in conflict.theirs.items() if name not in conflict.adds}


def _words(field: Any, value: Any) -> str:
    choices = {plain(key): str(words) for key, words, *_rest in field.iter_choices()} if hasattr(field, "iter_choices") else {}
    if isinstance(value, date):
        return filters.day(value)
    return choices.get(plain(value), plain(value)) or filters.BLANK
