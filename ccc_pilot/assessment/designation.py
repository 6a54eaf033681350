"""Would the numbers do for the designation sought? (C6) Three-valued throughout: what is not known is neither met nor failed. Pure.

Limits are "greater than", as the regional cancer centres publish them (OECI 3.x, cancercentrum.se, CC vs CCC); none are published for networks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

CC, CCC, NET = "CC", "CCC", "NET"
AT_LEAST_OF_RESEARCH, AT_LEAST_OF_EACH = 4, 2


class Kind(StrEnum):
    """How a criterion's value comes about for several units.

    JUDGED: yes or no in each; SUM: numbers or money added up; DISTINCT: things that two units may both count (publications, trials), told
    apart by their identifiers; ANY: yes in one is enough; SHARE: two sums divided.
    """

    JUDGED = "judged"
    SUM = "sum"
    DISTINCT = "distinct"
    ANY = "any"
    SHARE = "share"


class Group(StrEnum):
    """Which part of the rule a criterion belongs to."""

    GENERAL = "general"
    PUBLICATIONS = "publications"
    TRIALS = "trials"


class Verdict(StrEnum):
    """What the check says: failed only if it cannot be reached even if all that is unknown were met."""

    MET = "met"
    FAILED = "failed"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True, eq=False)
class Criterion:
    """A criterion: its limit for each designation (absent: not asked for). ``of``: for a share, the keys of what is divided."""

    key: str
    group: Group
    kind: Kind
    limits: Mapping[str, Fraction]
    of: tuple[str, str] | None = None


def _limits(cc: int | Fraction | None, ccc: int | Fraction) -> dict[str, Fraction]:
    return {CCC: Fraction(ccc)} | ({CC: Fraction(cc)} if cc is not None else {})


CRITERIA = (
    Criterion("departments", Group.GENERAL, Kind.JUDGED, _limits(0, 0)),
    Criterion("care_budget", Group.GENERAL, Kind.SUM, _limits(25, 50)),
    Criterion("research_budget", Group.GENERAL, Kind.SUM, _limits(None, 8)),
    Criterion("beds", Group.GENERAL, Kind.SUM, _limits(100, 150)),
    Criterion("physicians", Group.GENERAL, Kind.SUM, _limits(30, 50)),
    Criterion("new_patients", Group.GENERAL, Kind.SUM, _limits(1_500, 2_500)),
    Criterion("publications", Group.PUBLICATIONS, Kind.DISTINCT, _limits(35, 125)),
    Criterion("publications_if10", Group.PUBLICATIONS, Kind.DISTINCT, _limits(None, 17)),
    Criterion("publications_if5", Group.PUBLICATIONS, Kind.DISTINCT, _limits(None, 50)),
    Criterion("trials", Group.TRIALS, Kind.DISTINCT, _limits(20, 75)),
    Criterion("phase_1", Group.TRIALS, Kind.ANY, _limits(None, 0)),
    Criterion("trial_share", Group.TRIALS, Kind.SHARE, _limits(None, Fraction(1, 10)), ("trial_patients", "new_patients")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """What one unit has recorded of an item: a number (yes is 1, no is 0; None: not known), or the identifiers of what is counted.

    ``names``: DOIs or trial numbers; given, they are what is counted, so that two units' common ones count once.
    """

    number: Fraction | None = None
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where a value lies: exactly known when both ends are equal; ``high`` None: nobody knows how high."""

    low: Fraction
    high: Fraction | None

    def exceeds(self, limit: Fraction) -> bool | None:
        """Whether the value is greater than ``limit``; None where the bounds leave it open."""
        if self.low > limit:
            return True
        return False if self.high is not None and self.high <= limit else None


def outcome(criterion: Criterion, designation: str, figures: Mapping[str, Iterable[Figure]]) -> bool | None:
    """Return whether ``criterion`` is met for ``designation``. ``figures``: by item, one for each unit."""
    limit = criterion.limits[designation]
    return bounds(criterion, figures).exceeds(limit)


def bounds(criterion: Criterion, figures: Mapping[str, Iterable[Figure]]) -> Bounds:
    """Return where the value of all units together lies."""
    if criterion.of:
        part, whole = (_sum(list(figures.get(item, ()))) for item in criterion.of)
        known = part.low == part.high and whole.low == whole.high and whole.low > 0
        return Bounds(part.low / whole.low, part.low / whole.low) if known else Bounds(Fraction(0), None)
    found = list(figures.get(criterion.key, ()))
    if criterion.kind in {Kind.JUDGED, Kind.ANY}:
        return _yes_or_no(found, criterion.kind)
    return _distinct(found) if criterion.kind is Kind.DISTINCT else _sum(found)


def _yes_or_no(found: list[Figure], kind: Kind) -> Bounds:
    said = [figure.number for figure in found]
    settles = Fraction(1 if kind is Kind.ANY else 0)  # one yes settles ANY, one no settles JUDGED
    if settles in said:
        return Bounds(settles, settles)
    return Bounds(Fraction(0), Fraction(1)) if None in said or not said else Bounds(1 - settles, 1 - settles)


def _sum(found: list[Figure]) -> Bounds:
    known = sum((figure.number for figure in found if figure.number is not None), Fraction(0))
    return Bounds(known, known if found and all(figure.number is not None for figure in found) else None)


def _distinct(found: list[Figure]) -> Bounds:
    """Named ones count once; of those only counted, all may be the same as the others', or none."""
    named = Fraction(len(frozenset[str]().union(*(figure.names for figure in found))))
    counted = [figure.number for figure in found if not figure.names and figure.number is not None]
    unknown = not found or any(figure.number is None and not figure.names for figure in found)
    return Bounds(max([named, *counted]), None if unknown else named + sum(counted, Fraction(0)))


@dataclass(frozen=True, slots=True)
class Designation:
    """The check: each criterion asked for with its outcome, and the verdict."""

    outcomes: Mapping[str, bool | None]
    verdict: Verdict


def check(designation: str, figures: Mapping[str, Iterable[Figure]]) -> Designation:
    """Check the recorded figures against ``designation`` (CC or CCC); for a network's none are published: undetermined."""
    asked = {criterion: outcome(criterion, designation, figures) for criterion in CRITERIA if designation in criterion.limits}
    return Designation({criterion.key: met for criterion, met in asked.items()}, verdict(designation, asked))


def verdict(designation: str, asked: Mapping[Criterion, bool | None]) -> Verdict:
    """CCC: all general, at least four of six for research, of which two for publications and two for trials. CC: all that is asked for."""
    if not asked:
        return Verdict.UNDETERMINED
    rule = _all_and_research if designation == CCC else _all
    if rule(asked, {True}):
        return Verdict.MET
    return Verdict.UNDETERMINED if rule(asked, {True, None}) else Verdict.FAILED


def _all(asked: Mapping[Criterion, bool | None], good: set[bool | None]) -> bool:
    return all(met in good for met in asked.values())


def _all_and_research(asked: Mapping[Criterion, bool | None], good: set[bool | None]) -> bool:
    count = {group: sum(met in good for one, met in asked.items() if one.group is group) for group in Group}
    general = sum(one.group is Group.GENERAL for one in asked)
    research = count[Group.PUBLICATIONS], count[Group.TRIALS]
    return count[Group.GENERAL] == general and min(research) >= AT_LEAST_OF_EACH and sum(research) >= AT_LEAST_OF_RESEARCH
