"""What was found, shown with the words around it."""

from collections.abc import Sequence
from typing import NamedTuple

from ccc_pilot.folding import fold

BEFORE, AFTER = 60, 140


class Excerpt(NamedTuple):
    """A piece of a text: what comes before the first word that was found, that word, and what follows."""

    before: str
    found: str
    after: str


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
