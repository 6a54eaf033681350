"""Points, proofs and answers for tests of rules, and the worked example that the definitions come with."""

from dataclasses import dataclass
from datetime import date

from ccc_pilot.assessment.fact_records import Fact, Yardstick

STICK = Yardstick({"yes": 3, "mostly": 2, "partially": 1, "no": 0, "na": None})


@dataclass(frozen=True)
class Asked:
    """A kind of evidence that a point asks for."""

    kind: str
    mandatory: bool = True
    min_count: int = 1


@dataclass(frozen=True)
class Point:
    """What the rules read of a catalogue's point."""

    key: str
    number: str
    chapter: str
    standard: str
    order: int = 0
    core: bool | None = False
    requires: tuple[Asked, ...] = ()
    was: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proof:
    """What the rules read of a proof."""

    item_id: int = 1
    kind: str = "policy"
    state: str = "accepted"
    expired: bool = False
    document_date: date | None = None
    valid_until: date | None = None


def point(number: str, *, core: bool | None = False, needs: int = 0, order: int = 0, was: tuple[str, ...] = ()) -> Point:
    """Return a point; its chapter and standard are read from its number, ``needs`` pieces of evidence are mandatory."""
    requires = (Asked("policy", True, needs),) if needs else ()
    return Point(f"e:{number}", number, number[:3], number.split(".")[0], order, core, requires, was)


def fact(
    number: str, score: str | None = None, *, core: bool | None = False, has: int = 0, needs: int = 0, region: str = "ro", order: int = 0,
    was: tuple[str, ...] = (), **more: str,
) -> Fact:  # fmt: skip
    """Return an answer with ``has`` of ``needs`` accepted pieces of evidence."""
    proofs = tuple(Proof(n) for n in range(has))
    return Fact(point(number, core=core, needs=needs, order=order, was=was), region, score, proofs=proofs, **more)


EXAMPLE = (
    fact("GOV-01.1", "yes", core=True, has=1, needs=1, order=1),
    fact("GOV-01.2", "mostly", has=1, needs=1, order=2),
    fact("GOV-02.1", "partially", core=True, has=1, needs=2, order=3),
    fact("GOV-04.1", "na", na_reason="Not in this region", order=4),
    fact("PAT-01.1", "no", core=True, needs=1, order=5),
    fact("PAT-01.2", "yes", has=1, needs=1, order=6),
    fact("PAT-02.1", core=True, needs=1, order=7),
)
