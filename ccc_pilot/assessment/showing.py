"""What the pages of assessment show: prepared values, so that templates neither decide nor count."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from flask import url_for

from ccc_pilot.assessment import comparison, facts, listing, scope, sight, stages, words
from ccc_pilot.assessment.assigning import Mine
from ccc_pilot.assessment.fact_records import Yardstick
from ccc_pilot.assessment.listing import Progress, Row
from ccc_pilot.assessment.models import AssessmentAnswer, AssessmentRound
from ccc_pilot.assessment.stages import Stage
from ccc_pilot.assessment.states import State
from ccc_pilot.assessment.words import Standing
from ccc_pilot.catalogue.standard_records import Chapter, Edition, Point
from ccc_pilot.evidence.reading import Proof
from ccc_pilot.evidence.rules import COUNTS
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import language
from ccc_pilot.people.doors import Current
from ccc_pilot.people.pilots import Region

LONGEST_NOTE = 140  # signs of a reason in the list


class Line(NamedTuple):
    """A row of the list: a point and how a region answers it. ``url`` leads to its page, ``edit_url`` to its small form (else empty).

    ``label`` says what that link does; ``score`` and ``state`` name how they are shown (see ``Lines.looks``).
    """

    id: int
    number: str
    title: str
    core: bool
    url: str
    edit_url: str
    label: str
    score: str
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class Group:
    """A chapter of the list, with its lines and how far it has come."""

    number: str
    title: str
    slug: str
    lines: list[Line]
    progress: Progress


@dataclass(frozen=True, slots=True)
class Side:
    """A region beside others on a point's page. ``score`` is None while it is not to be seen; ``proofs``: how many pieces of evidence."""

    key: str
    short: str
    url: str
    current: bool
    score: Standing | None
    state: Standing | None
    proofs: int


def frozen_state(round_: AssessmentRound, state: str, reopened: bool) -> str:
    """Return an answer's state as it is shown: frozen once the round is, but for points reopened for clarification."""
    before = Stage(round_.stage) in stages.BEFORE
    return state if before or (reopened and round_.stage == Stage.CLARIFICATION) else State.FROZEN


def groups(round_: AssessmentRound, rows: Mapping[str, Row], draw: "Lines") -> list[Group]:
    """Return a region's answers by chapter, drawn by ``draw``; chapters of which there are none are left out."""
    told = []
    for part in scope.edition_of(round_).chapters:
        if here := [(point, row) for point in part.points if (row := rows.get(point.key))]:
            lines = [draw.line(point, row) for point, row in here]
            told.append(
                Group(part.number, str(part.title), slug(part.key), lines, listing.of_rows(round_, (row for _point, row in here)))
            )
    return told


class Lines:
    """The rows of a region's list: what all of them have in common is worked out once for a whole page.

    ``looks``: every way in which a score or a state of the rows drawn so far is shown, by its name, so that a page draws each once.
    """

    def __init__(self, round_: AssessmentRound, region: str, who: Current):
        stage, may = Stage(round_.stage), who.may("assessment.answer", region)
        scale = scope.edition_of(round_).scale
        self.looks: dict[str, Standing] = {}
        self.language, self.answer = language(), _("Answer")
        self.below = url_for("assessment.answer", number=round_.id, region=region, slug="-").removesuffix("-")
        self.opens = {reopened: may and stages.may_write(stage, reopened=reopened) for reopened in (False, True)}
        self.score = cache(lambda code: self._look(f"score {code}", words.score(scale, code)))
        self.state = cache(
            lambda state, reopened: self._look(f"{state} {reopened}", words.state(frozen_state(round_, state, reopened)))
        )

    def _look(self, name: str, standing: Standing) -> tuple[str, str]:
        self.looks[name] = standing
        return name, standing.word

    def line(self, point: Point, row: Row) -> Line:
        """Return one row; it leads to its small form for whoever may answer, while the round takes answers."""
        where, number, (score, word) = self.below + slug(point.key), point.official or point.number, self.score(row.score)
        return Line(
            row.id, number, point.text.in_(self.language), bool(point.core), where, f"{where}/edit" if self.opens[row.reopened] else "",
            f"{word}. {self.answer} {number}", score, self.state(row.state, row.reopened)[0], _shortened(row.na_reason or row.note),
        )  # fmt: skip


def _shortened(text: str) -> str:
    """Return the beginning of a long text, whole words of it."""
    return text if len(text) <= LONGEST_NOTE else f"{text[:LONGEST_NOTE].rsplit(' ', 1)[0]} …"


def sides(
    round_: AssessmentRound, point: Point, regions: Iterable[Region], answers: Mapping[str, AssessmentAnswer],
    linked: Mapping[str, Sequence[Proof]], here: str,
) -> list[Side]:  # fmt: skip
    """Return the regions of a round beside each other on a point; those not in ``answers`` are there, but not to be seen."""
    scale = scope.edition_of(round_).scale
    return [
        Side(
            region.key, region.short, url_for("assessment.answer", number=round_.id, region=region.key, slug=slug(point.key)),
            region.key == here, words.score(scale, answers[region.key].score) if region.key in answers else None,
            words.state(frozen_state(round_, answers[region.key].state, answers[region.key].reopened)) if region.key in answers else None,
            _counting(linked.get(answers[region.key].object_key, ())) if region.key in answers else 0,
        )
        for region in regions
        if region.key in round_.region_keys
    ]  # fmt: skip


def _counting(linked: Iterable[Proof]) -> int:
    return sum(proof.state in COUNTS for proof in linked)


def differs(round_: AssessmentRound, answers: Mapping[str, AssessmentAnswer]) -> bool:
    """Whether the answers seen here are so far apart that they go to the consensus list."""
    stick = Yardstick.of(scope.edition_of(round_).scale)
    return any(point.disputed for point in comparison.across(facts.of_answers(round_, answers.values()), stick))


def chapters(round_: AssessmentRound) -> list[tuple[str, str]]:
    """Return the chapters that a round asks for: the id that stands in addresses, and how it is called."""
    asked = {point.chapter for point in scope.points(round_)}
    told = (one for one in scope.edition_of(round_).chapters if one.key in asked)
    return [(slug(one.key), f"{one.number} {one.title}".strip()) for one in told]


def slug(key: str) -> str:
    """Return the id of a point or chapter as it stands in addresses: its key without the edition."""
    return key.split(":", 1)[1]


@dataclass(frozen=True, slots=True)
class Matrix:
    """How far each region has come in each chapter: the round's own page."""

    chapters: list[tuple[Chapter, str, list[Progress]]]
    totals: list[Progress]


def matrix(round_: AssessmentRound) -> Matrix:
    """Return how far each region (in the round's order) has come in each chapter, and over all. One query."""
    found = listing.progress(round_)
    chapters = [
        (chapter, slug(chapter.key), [found.get((region, chapter.key), Progress()) for region in round_.region_keys])
        for chapter in scope.edition_of(round_).chapters
        if any((region, chapter.key) in found for region in round_.region_keys)
    ]
    return Matrix(chapters, [listing.of_region(found, region) for region in round_.region_keys])


def seen(round_: AssessmentRound, who: Current, day: date) -> frozenset[str]:
    """Return the regions whose answers ``who`` sees."""
    return frozenset(sight.regions(round_, who, day))


def sees_all(round_: AssessmentRound, who: Current, day: date) -> bool:
    """Whether ``who`` sees every region's answers, and so the network's."""
    return seen(round_, who, day) == frozenset(round_.region_keys)


def part_title(found: Edition, key: str) -> str:
    """Return how a chapter or a point is called: its number and title."""
    chapter = next((one for one in found.chapters if one.key == key), None)
    if chapter:
        return f"{chapter.number} {chapter.title}"
    point = found.point(key)
    return f"{point.official or point.number} {point.text}"


@dataclass(frozen=True, slots=True)
class Task:
    """A point that waits for somebody. ``url`` leads to the point; ``late``: past its day."""

    title: str
    number: str
    url: str
    round: str
    region: str
    due: date
    late: bool
    state: Standing


def tasks(found: Iterable[Mine], day: date) -> list[Task]:
    """Return the points that wait for somebody, ready to be shown."""
    return [_task(one, scope.edition_of(one.round).point(one.answer.point_key), day) for one in found]


def _task(one: Mine, point: Point, day: date) -> Task:
    url = url_for("assessment.answer", number=one.round.id, region=one.answer.region, slug=one.answer.slug)
    return Task(
        str(point.text), point.official or point.number, url, one.round.title, one.answer.region, one.due, one.due < day,
        words.state(one.answer.state),
    )  # fmt: skip
