"""Texts compared without regard to capitals, rings and dots: in Python, and in the database on each engine alike."""

from typing import Any

from sqlalchemy import ColumnElement, func

LETTERS = tuple(zip("åäöéüÅÄÖÉÜ", "aaoeuaaoeu", strict=True))
_PLAIN = str.maketrans("åäöéü", "aaoeu")


def fold(text: str) -> str:
    """Return ``text`` for comparing: lower case, å and ä as a, ö as o."""
    return text.casefold().translate(_PLAIN)


def folded(text: Any) -> ColumnElement[str]:
    """Return the column ``text`` as ``fold`` would leave it, on each engine alike (SQLite's own lower knows only a–z)."""
    for letter, plain in LETTERS:
        text = func.replace(text, letter, plain)
    return func.lower(text)
