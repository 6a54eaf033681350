"""What is searched for, and what is found: the question, a hit, a group of hits of one kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_
from sqlalchemy.orm import InstrumentedAttribute

from ccc_pilot.db import db
from ccc_pilot.folding import fold, folded
from ccc_pilot.overview.excerpts import Excerpt
from ccc_pilot.people.doors import Current
from ccc_pilot.people.models import Pilot

SHORTEST = 2
MOST_WORDS = 8
MOST = 10


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found: what it is, where it is, and the words around what was searched for."""

    title: str
    url: str
    under: str = ""
    text: Excerpt | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind: the first ``MOST``, and how many there are in all. ``rest_url`` lists them, where there is a list."""

    key: str
    title: str
    hits: list[Hit]
    total: int
    rest_url: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is searched for, and where: every word must be found, in ``folded`` form."""

    words: list[str]
    typed: str
    pilot: Pilot
    who: Current
    day: date

    def fits(self, *texts: InstrumentedAttribute[str]) -> ColumnElement[bool]:
        """The condition that each word stands in one of the columns ``texts``, whatever its case, rings and dots."""
        return and_(*(or_(*(folded(text).contains(word, autoescape=True) for text in texts)) for word in self.words))


def words_of(typed: str) -> list[str]:
    """Return the words of a question, folded; none where it is too short to find anything by (fewer than ``SHORTEST`` letters)."""
    words = fold(typed).split()[:MOST_WORDS]
    return words if any(len(word) >= SHORTEST for word in words) else []


def first(statement: Select[*tuple[Any, ...]]) -> tuple[Sequence[Any], int]:
    """Return the first ``MOST`` rows of ``statement`` and how many there are in all, in one query."""
    found = db.session.execute(statement.add_columns(func.count().over()).limit(MOST)).all()
    return [row[:-1] for row in found], found[0][-1] if found else 0
