"""What the pages of results show: prepared values, so that templates neither decide nor count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import url_for

from ccc_pilot.assessment import words
from ccc_pilot.assessment.fact_records import Fact, Ratio, Yardstick
from ccc_pilot.assessment.measures import BY_KEY, FLAG_WORDS, MEASURES, Measure
from ccc_pilot.assessment.results import Results
from ccc_pilot.assessment.rules import Flag, Tally
from ccc_pilot.assessment.words import Standing
from ccc_pilot.catalogue.standard_records import Scale
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.pilots import Region
from ccc_pilot.web.charts import Radar, Segment, heat, radar, segments

MOST_LINES = 4  # in a radar; more cannot be told apart
HEADS = ("coverage", "conservative", "core_share", "evidence")


@dataclass(frozen=True, slots=True)
class Number:
    """A share with the address of the rows behind it."""

    percent: Decimal | None
    part: int
    whole: int
    url: str
    title: str = ""
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A chapter (or the whole): its bar, the count of each score with its rows, its numbers, its flag.

    ``url`` leads to its rows, ``page`` to it standard by standard (empty for the whole).
    """

    title: str
    url: str
    page: str
    bar: tuple[Segment, ...]
    counts: list[tuple[str, int, str]]
    numbers: list[Number]
    flag: Standing | None


def css_of(scale: Scale, code: str | None, stick: Yardstick) -> str:
    """Return the colour word of a score in a stacked bar: full, mostly, partial, not, not applicable, unscored."""
    if code is None:
        return "none"
    value = stick.value(code)
    if value is None:
        return "idle"
    if value == stick.top:
        return "done"
    return "late" if value == stick.bottom else "part" if code in stick.met_codes else "risk"


def parts(found: Results) -> list[tuple[str, str, str | None]]:
    """Return what a bar is made of: colour word, words and score, the best first and the unscored last."""
    told = [
        (css_of(found.edition.scale, level.code, found.stick), str(level.title), level.code)
        for level in found.edition.scale.levels
    ]
    return [*told, ("none", _("Not scored"), None)]


def rows_url(found: Results, which: str = "all", region: str = "", chapter: str = "", score: str = "") -> str:
    """Return the address of the rows behind a number."""
    given: dict[str, Any] = {"region": region, "chapter": chapter.split(":", 1)[-1], "score": score}
    return url_for("assessment.rows", number=found.round_.id, which=which, **{name: text for name, text in given.items() if text})


def number(found: Results, measure: Measure, counted: Tally, region: str = "", chapter: str = "") -> Number:
    """Return a number ready to be shown; its link leads to what is missing from it."""
    share: Ratio = measure.of(counted)
    return Number(
        share.percent,
        share.part,
        share.whole,
        rows_url(found, measure.rows, region, chapter),
        str(measure.title),
        str(measure.definition),
    )


def figures(found: Results, region: str, chapter: str = "") -> list[Number]:
    """Return the numbers at the head of the page."""
    return [number(found, BY_KEY[key], found.at(region, chapter), region, chapter) for key in HEADS]


def lines(found: Results, region: str) -> list[Line]:
    """Return the chapters and, last, the whole, over all regions or of one."""
    flags = found.flags() if not region else {}
    told = [_line(found, f"{chapter.number} {chapter.title}".strip(), region, chapter.key, flags) for chapter in found.chapters]
    return [*told, _line(found, _("All"), region, "", {})]


def _line(found: Results, title: str, region: str, chapter: str, flags: Mapping[str, Flag | None]) -> Line:
    counted, scored = found.at(region, chapter), found.scored(region, chapter)
    told = parts(found)
    counts = [
        (words_, scored[code], rows_url(found, "all" if code else "unscored", region, chapter, code or ""))
        for _css, words_, code in told
    ]
    flag = Standing(*_flag(flags[chapter])) if chapter in flags else None
    page = (
        url_for("assessment.chapter", number=found.round_.id, slug=chapter.split(":", 1)[1], region=region or None)
        if chapter
        else ""
    )
    return Line(
        title, rows_url(found, "all", region, chapter), page, segments((css, words_, scored[code]) for css, words_, code in told), counts,
        [number(found, measure, counted, region, chapter) for measure in MEASURES], flag,
    )  # fmt: skip


def _flag(value: Flag | None) -> tuple[str, str, str]:
    css, icon, said = FLAG_WORDS[value]
    return css, icon, str(said)


def chapter_radar(found: Results, regions: Sequence[Region], region: str) -> Radar | None:
    """Return the radar of the conservative index over the chapters: a line for each region (or the one told), else for all together."""
    seen = [one for one in regions if one.key in found.regions and region in {"", one.key}]
    labels = [chapter.number or chapter.key.split(":", 1)[1] for chapter in found.chapters]
    if 1 <= len(seen) <= MOST_LINES:
        return radar(
            labels, [(one.short, [found.at(one.key, c.key).conservative.percent for c in found.chapters]) for one in seen]
        )
    return radar(labels, [(_("All regions"), [found.at("", chapter.key).conservative.percent for chapter in found.chapters])])


@dataclass(frozen=True, slots=True)
class Heat:
    """A cell of the heat map."""

    css: str
    percent: Decimal | None
    url: str


def heat_map(found: Results) -> list[tuple[str, list[Heat]]]:
    """Return the conservative index of each chapter and region, in the order of the results' regions."""
    return [
        (f"{chapter.number} {chapter.title}".strip(), [_heat(found, region, chapter.key) for region in found.regions])
        for chapter in found.chapters
    ]


def _heat(found: Results, region: str, chapter: str) -> Heat:
    percent = found.at(region, chapter).conservative.percent
    return Heat(heat(percent), percent, rows_url(found, "all", region, chapter))


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer in a list: where it leads, its point, region and score."""

    url: str
    number: str
    text: str
    core: bool
    region: str
    score: Standing
    state: Standing
    proofs: int


def shown(found: Results, fact: Fact, shorts: dict[str, str]) -> Shown:
    """Return an answer ready to be shown in a list."""
    return Shown(
        answer_url(found, fact), fact.point.official or fact.point.number, str(fact.point.text), bool(fact.point.core), shorts[fact.region],
        words.score(found.edition.scale, fact.score), words.state(fact.state), len(fact.proofs),
    )  # fmt: skip


def answer_url(found: Results, fact: Fact) -> str:
    """Return the address of an answer's page."""
    slug = fact.point.key.split(":", 1)[1]
    return url_for("assessment.answer", number=found.round_.id, region=fact.region, slug=slug)
