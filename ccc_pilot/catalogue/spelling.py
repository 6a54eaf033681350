"""An edition in use changes only in spelling: what that means, as a rule. Pure."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from ccc_pilot.catalogue.standard_records import Edition, Point
from ccc_pilot.i18n import LANGUAGES

SAME_MEANING = 0.6  # the least likeness of two texts that may pass for a mended spelling
STRUCTURE = (
    *("standard", "chapter", "order", "official", "core", "core_status", "applies", "pdca", "weight", "requires", "was"),
    "stage_months",
)


@dataclass(frozen=True, slots=True)
class Change:
    """A text that differs: of which key, how it was and how it would be; ``spelling`` whether that passes for mended spelling."""

    key: str
    before: str
    after: str
    spelling: bool


def same_structure(old: Edition, new: Edition) -> bool:
    """Whether both have the same chapters, standards, points, marks, kinds of evidence and levels, whatever their texts say."""
    return _skeleton(old) == _skeleton(new)


def _skeleton(edition: Edition) -> tuple[Any, ...]:
    points = [(point.key, *(getattr(point, name) for name in STRUCTURE)) for point in edition.points]
    standards = [standard.key for chapter in edition.chapters for standard in chapter.standards]
    levels = [(level.code, level.value) for level in edition.scale.levels]
    return points, standards, [chapter.key for chapter in edition.chapters], levels, sorted(edition.kinds)


def changes(old: Edition, new: Edition) -> list[Change]:
    """Return every text of a point, standard or chapter that differs between two editions of the same structure."""
    found = []
    for before, after in zip(_texts(old), _texts(new), strict=True):
        for language in LANGUAGES:
            one, other = getattr(before[1], language), getattr(after[1], language)
            if one != other:
                found.append(Change(after[0], one, other, _alike(one, other)))
    return found


def _texts(edition: Edition) -> list[tuple[str, Any]]:
    texts = []
    for chapter in edition.chapters:
        texts.append((chapter.key, chapter.title))
        for standard in chapter.standards:
            texts.append((standard.key, standard.title))
            texts += [pair for point in standard.points for pair in _of_point(point)]
    return texts


def _of_point(point: Point) -> list[tuple[str, Any]]:
    return [(point.key, point.text), (point.key, point.guidance)]


def _alike(one: str, other: str) -> bool:
    """Whether two texts may mean the same; a text that is added where none was, such as a translation, changes no meaning."""
    if not one:
        return True
    matcher = SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False)
    return matcher.quick_ratio() >= SAME_MEANING and matcher.ratio() >= SAME_MEANING
