"""The answers of a round as lists: rows of a region, how far each region and chapter has come. Lean rows, few queries."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, func, or_, select, text

from ccc_pilot.assessment import scope, sight
from ccc_pilot.assessment.models import AnswerChange, AssessmentAnswer, AssessmentRound
from ccc_pilot.assessment.states import IN, State
from ccc_pilot.catalogue.standard_records import Point
from ccc_pilot.db import db
from ccc_pilot.people.doors import Current
from ccc_pilot.people.models import Person

MOST = 50


class Row(NamedTuple):
    """An answer in a list."""

    id: int
    point_key: str
    score: str | None
    state: str
    note: str
    na_reason: str
    version: int
    reopened: bool


class Progress(NamedTuple):
    """How far answers have come: ``total`` of them, of which so many are scored, handed in, approved and returned.

    A "not applicable" is scored when it has its reason.
    """

    total: int = 0
    scored: int = 0
    handed_in: int = 0
    approved: int = 0
    returned: int = 0

    @property
    def percent(self) -> float | None:
        """Share scored; None where there is nothing to score."""
        return 100 * self.scored / self.total if self.total else None

    @property
    def parts(self) -> list[tuple[str, float]]:
        """Shares for a bar: approved, handed in, scored."""
        if not self.total:
            return []
        shares = (("done", self.approved), ("go", self.handed_in - self.approved), ("part", self.scored - self.handed_in))
        return [(css, 100 * max(n, 0) / self.total) for css, n in shares]


def rows(round_: AssessmentRound, region: str, chapter: str = "", state: str = "") -> dict[str, Row]:
    """Return a region's answers by the key of their point (of one chapter or in one state, if told), in order. One query."""
    told = (
        {"round": round_.id, "region": region} | ({"chapter": chapter} if chapter else {}) | ({"state": state} if state else {})
    )
    found = db.session.execute(_rows(bool(chapter), bool(state)), told)
    return {row.point_key: row for row in map(Row._make, found)}


@cache
def _rows(by_chapter: bool, by_state: bool) -> Select[*tuple[Any, ...]]:
    """The question behind the list; it is put into words once."""
    table = AssessmentAnswer
    wanted = [table.round_id == bindparam("round"), table.region == bindparam("region")]
    wanted += [table.chapter_key == bindparam("chapter")] * by_chapter + [table.state == bindparam("state")] * by_state
    return select(*(getattr(table, name) for name in Row._fields)).where(*wanted).order_by(table.position)


def beside(round_: AssessmentRound, point: Point, who: Current, day: date) -> Mapping[str, AssessmentAnswer]:
    """Return the answers on a point of all the regions that ``who`` sees on ``day``, by region. One query."""
    found = db.session.scalars(
        select(AssessmentAnswer).where(
            AssessmentAnswer.round_id == round_.id, AssessmentAnswer.point_key == point.key,
            AssessmentAnswer.region.in_(sight.regions(round_, who, day)),
        )
    )  # fmt: skip
    return {answer.region: answer for answer in found}


def progress(round_: AssessmentRound, region: str = "") -> dict[tuple[str, str], Progress]:
    """Return how far each region (or the one told) has come in each chapter, by (region, chapter).

    How far is no secret; what is answered may be. One query.
    """
    told = {"round": round_.id, "na": scope.na_codes(round_)} | ({"region": region} if region else {})
    found: dict[tuple[str, str], list[Progress]] = {}
    for where, chapter, state, scored, n in db.session.execute(_progress_of(bool(region)), told):
        found.setdefault((where, chapter), []).append(_progress(state, bool(scored), n))
    return {cell: _sum(parts) for cell, parts in found.items()}


@cache
def _progress_of(by_region: bool) -> Select[*tuple[Any, ...]]:
    """The question of how far answers have come; it is put into words once."""
    table = AssessmentAnswer
    said = or_(
        table.score.not_in(bindparam("na", expanding=True)), and_(table.score.is_not(None), func.trim(table.na_reason) != "")
    )
    where = table.region, table.chapter_key, table.state
    wanted = [table.round_id == bindparam("round")] + [table.region == bindparam("region")] * by_region
    return select(*where, said.label("said"), func.count()).where(*wanted).group_by(*where, text("said"))


def of_rows(round_: AssessmentRound, rows: Iterable[Row]) -> Progress:
    """Return how far these rows of a round have come."""
    na = scope.na_codes(round_)
    counted = Counter((row.state, row.score is not None and (row.score not in na or bool(row.na_reason.strip()))) for row in rows)
    return _sum([_progress(state, scored, n) for (state, scored), n in counted.items()])


def _progress(state: str, scored: bool, n: int) -> Progress:
    return Progress(n, n * scored, n * (state in IN), n * (state == State.APPROVED), n * (state == State.RETURNED))


def of_region(found: Mapping[tuple[str, str], Progress], region: str) -> Progress:
    """Return how far a region has come over all chapters."""
    return _sum([one for (where, _chapter), one in found.items() if where == region])


def _sum(parts: Sequence[Progress]) -> Progress:
    return Progress(*map(sum, zip(*parts, strict=True))) if parts else Progress()


def neighbours(round_: AssessmentRound, point: Point) -> tuple[Point | None, Point | None]:
    """Return the points before and after ``point`` in the round."""
    points = scope.points(round_)
    place = points.index(point) if point in points else 0
    return (points[place - 1] if place else None), (points[place + 1] if place + 1 < len(points) else None)


class Told(NamedTuple):
    """One step of an answer's history."""

    at: datetime
    by: str
    act: str
    state_to: str
    score_from: str | None
    score_to: str | None
    comment: str


def history(answer: AssessmentAnswer) -> list[Told]:
    """Return what has been done with an answer, newest first (at most ``MOST`` steps). One query."""
    table = AnswerChange
    found = db.session.execute(
        select(table.at, Person.name, table.act, table.state_to, table.score_from, table.score_to, table.comment)
        .outerjoin(Person, Person.id == table.person_id)
        .where(table.answer_id == answer.id)
        .order_by(table.id.desc())
        .limit(MOST)
    )
    return [Told(*row) for row in found]
