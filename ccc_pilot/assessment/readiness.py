"""Ready to submit? (C5) Eleven rules, each with those that break it. Pure; ``today`` is an argument.

Nobody outside has published a threshold: the rules say what a machine can see, the accrediting body decides itself.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ccc_pilot.assessment.designation import Verdict
from ccc_pilot.assessment.fact_records import Fact, Yardstick, valid_proofs
from ccc_pilot.assessment.rules import evidence
from ccc_pilot.dates import add_months

WARNINGS = frozenset({"R9", "R11"})
MONTHS_BEFORE_VISIT = 2


class Readiness(StrEnum):
    """What the rules say together."""

    READY = "ready"
    WAIVED = "ready_with_waivers"
    NOT_READY = "not_ready"


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """All that the rules look at.

    ``facts``: the round's answers; ``improved``: keys of answers at which an improvement is planned elsewhere (beside what the answer itself says);
    ``documents``: requested documents, each with whether it is complete; ``figures``: quantitative items, each with whether it is filled or
    explained (either empty: none is known to be asked for); ``designation``: the verdict for the sought type; ``signed``, ``group``: the director's signature and the project group, None where
    nothing is recorded; ``visit``: the day of the visit, None while it is not set.
    """

    facts: Sequence[Fact]
    stick: Yardstick
    improved: Collection[str] = ()
    documents: Mapping[str, bool]
    figures: Mapping[str, bool]
    designation: Verdict
    signed: bool | None = None
    group: bool | None = None
    visit: date | None = None
    today: date


@dataclass(frozen=True, slots=True)
class Check:
    """A rule's outcome. ``passed`` is None where it cannot be said (yet). ``offenders``: answers' keys, or names of documents and items.

    ``asked``: there is something that the rule is about; else nothing can be said, and nothing is held up.
    """

    rule: str
    passed: bool | None
    offenders: tuple[str, ...] = ()
    waiver: str = ""
    asked: bool = True

    @property
    def blocks(self) -> bool:
        """Whether a round cannot be sent while this is not passed: all but R9 and R11, which warn, and what is not asked for."""
        return self.asked and self.rule not in WARNINGS


def checks(grounds: Grounds, waivers: Mapping[str, str] | None = None) -> list[Check]:
    """Return R1 to R11 with their offenders. ``waivers``: reasons by rule, given by the head project leader."""
    given = waivers or {}
    unasked = {rule for rule, about in (("R5", grounds.documents), ("R8", grounds.figures)) if not about}
    return [
        Check(rule, passed, tuple(offenders), "" if passed else given.get(rule, ""), asked=rule not in unasked)
        for rule, passed, offenders in (*_of_answers(grounds), *_of_the_round(grounds))
    ]


def readiness(found: Iterable[Check]) -> Readiness:
    """Return ready, ready with waivers, or not ready: what is neither passed nor waived blocks, warnings aside."""
    open_ones = [check for check in found if check.blocks and not check.passed]
    if not all(check.waiver for check in open_ones):
        return Readiness.NOT_READY
    return Readiness.WAIVED if open_ones else Readiness.READY


Outcome = tuple[str, bool | None, Sequence[str]]


def _of_answers(grounds: Grounds) -> Iterator[Outcome]:
    stick, facts = grounds.stick, grounds.facts
    scored = [fact for fact in facts if stick.value(fact.score) is not None]
    broken = {
        "R1": [fact for fact in facts if stick.counted(fact) is None],
        "R2": [fact for fact in facts if stick.is_na(fact.score) and not fact.na_reason.strip()],
        "R3": [fact for fact in scored if not fact.note.strip() and not valid_proofs(fact)],
        "R4": [fact for fact in facts if not stick.is_na(stick.counted(fact)) and _lacks_evidence(fact)],
    }
    for rule, found in broken.items():
        yield rule, not found, [fact.key for fact in found]
    yield _of_list("R5", grounds.documents)
    english = [fact.key for fact in scored if not fact.summary_en.strip()]
    yield "R6", not english, english
    unmet = (fact for fact in scored if fact.score not in stick.met_codes)
    unplanned = [fact.key for fact in unmet if not fact.improvement.strip() and fact.key not in grounds.improved]
    yield "R7", not unplanned, unplanned


def _lacks_evidence(fact: Fact) -> bool:
    needed, shown = evidence(fact)
    return shown < needed


def _of_the_round(grounds: Grounds) -> Iterator[Outcome]:
    yield _of_list("R8", grounds.figures)
    yield "R9", grounds.designation is not Verdict.FAILED, []
    missing = [name for name, there in (("signed", grounds.signed), ("group", grounds.group)) if not there]
    yield "R10", not missing, missing
    yield "R11", _in_time(grounds.visit, grounds.today), []


def _of_list(rule: str, told: Mapping[str, bool]) -> Outcome:
    """Return the outcome of a rule about things that are asked for; of none known nothing can be said."""
    return rule, all(told.values()) if told else None, [name for name, there in told.items() if not there]


def _in_time(visit: date | None, today: date) -> bool | None:
    return None if visit is None else today <= add_months(visit, -MONTHS_BEFORE_VISIT)
