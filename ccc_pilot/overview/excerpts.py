"""Texts compared and shown: folded as the search folds, in the database too, and the words around what was found."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func

from ccc_pilot.progress.loading import fold

BEFORE, AFTER = 60, 140
LETTERS = tuple(zip("åäöéüÅÄÖÉÜ", "aaoeuaaoeu", strict=True))


class Excerpt(NamedTuple):
    """A piece of a text: what comes before the first word that was found, that word, and what follows."""

    before: str
    found: str
    after: str


def folded(text: Any) -> ColumnElement[str]:
    """Return the column ``text`` as ``fold`` would leave it, on each engine alike (SQLite's own lower knows only a–z)."""
    for letter, plain in LETTERS:
        text = func.replace(text, letter, plain)
    return func.lower(text)


def excerpt(text: str, words: Sequence[str]) -> Excerpt | None:
    """Return the part of ``text`` around the first of the folded ``words`` in it; None where none of them is there."""
    plain = fold(text)
    places = [(plain.find(word), len(word)) for word in words if word in plain]
    if not places or len(plain) != len(text):
        return None
    at, length = min(places)
    start, end = max(0, at - BEFORE), at + length + AFTER
    return Excerpt(
        ("…" if start else "") + text[start:at],
        text[at : at + length],
        text[at + length : end] + ("…" if end < len(text) else ""),
    )
