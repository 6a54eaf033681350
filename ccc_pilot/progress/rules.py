"""Rules of the milestones: pure, told today's date, tested without app or database."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

JOINT = "sosr"
SOON_DAYS = 14


class Status(StrEnum):
    """Where a milestone stands. Late and soon are worked out from the date, never stored.

    Unknown: the day has passed, or a decision was proposed, and no source tells the outcome. Unknown is neither done nor late.
    """

    NOT_STARTED = "not_started"
    ONGOING = "ongoing"
    AT_RISK = "at_risk"
    CLAIMED = "claimed"
    DONE = "done"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


OPEN = frozenset({Status.NOT_STARTED, Status.ONGOING, Status.AT_RISK})
SETTLED = frozenset({Status.DONE, Status.CANCELLED})


class Broken(ValueError):
    """A rule is broken. ``code`` names which, ``field`` the field at fault; the service puts it into words."""

    def __init__(self, code: str, field: str):
        super().__init__(code)
        self.code = code
        self.field = field


@dataclass(frozen=True, slots=True)
class Step:
    """What a row becomes."""

    status: Status
    percent: int


def step(wanted: Status, percent: int | None, *, before: Step, comment: str, may_complete: bool) -> Step:
    """Return what a row becomes when somebody chooses ``wanted`` and ``percent`` (0–100, None: leave it).

    Done asks for the one who may complete; from others it is a claim that the head lead settles. What is settled and left so
    stays as it is, whoever asks. At risk and cancelled ask for a reason. Raises ``Broken``.
    """
    if before.status in SETTLED and wanted != before.status and not may_complete and wanted not in {Status.DONE, Status.CLAIMED}:
        raise Broken("settled", "status")
    if percent is not None and not 0 <= percent <= 100:
        raise Broken("percent", "percent")
    if wanted == before.status and wanted in SETTLED:
        return before
    if wanted in {Status.AT_RISK, Status.CANCELLED} and wanted != before.status and not comment.strip():
        raise Broken("reason", "comment")
    if wanted == Status.CANCELLED and not may_complete:
        raise Broken("cancel", "status")
    if wanted in {Status.DONE, Status.CLAIMED}:
        return Step(Status.DONE if may_complete or before.status == Status.DONE else Status.CLAIMED, 100)
    if wanted == Status.NOT_STARTED:
        return Step(wanted, 0)
    given = before.percent if percent is None else percent
    return Step(wanted, min(given, 99) if before.status not in OPEN and percent is None else given)


def days_late(status: str, due: date | None, today: date) -> int:
    """Return how many days past its date an open row is; 0 when it is not late. The last day itself is not late."""
    return (today - due).days if due is not None and due < today and status in OPEN else 0


def is_soon(status: str, due: date | None, today: date) -> bool:
    """Whether an open row's date falls within the coming two weeks, today included."""
    return due is not None and status in OPEN and 0 <= (due - today).days <= SOON_DAYS


def slip_days(first: date | None, due: date | None) -> int:
    """Return by how many days the date was moved from the first one (later: positive); 0 where either is unknown."""
    return (due - first).days if first and due else 0


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows stand where; ``late`` and ``late_assumed`` (past a date that is only assumed) are also counted under their status."""

    total: int = 0
    done: int = 0
    claimed: int = 0
    ongoing: int = 0
    at_risk: int = 0
    not_started: int = 0
    cancelled: int = 0
    unknown: int = 0
    late: int = 0
    late_assumed: int = 0
    soon: int = 0

    @property
    def in_play(self) -> int:
        """All but the cancelled: what "n of m" is counted against."""
        return self.total - self.cancelled

    @property
    def done_percent(self) -> float | None:
        """Share done of what is in play; None (shown as a dash) where nothing is."""
        return 100 * self.done / self.in_play if self.in_play else None


class Group(NamedTuple):
    """Rows of a region with the same status, as the database groups them; ``late`` and ``soon``: how many by their date alone;
    ``assumed``: whether that date is only assumed.
    """

    region: str
    status: str
    total: int
    late: int
    soon: int
    assumed: bool = False


def count(groups: Iterable[Group]) -> Counts:
    """Add groups up; only open rows are late or soon."""
    tally: dict[str, int] = dict.fromkeys([*Status, "late", "late_assumed", "soon", "total"], 0)
    for group in groups:
        tally["total"] += group.total
        tally[group.status] += group.total
        if group.status in OPEN:
            tally["late_assumed" if group.assumed else "late"] += group.late
            tally["soon"] += group.soon
    return Counts(**{str(name): n for name, n in tally.items()})


def loop(edges: Mapping[str, Iterable[str]], item: str, on: str) -> list[str] | None:
    """Return the chain that would close if ``item`` came to wait for ``on``, or None. ``edges``: what each waits for."""
    trail: list[tuple[str, list[str]]] = [(on, [item, on])]
    seen: set[str] = set()
    while trail:
        at, path = trail.pop()
        if at == item:
            return path
        if at not in seen:
            seen.add(at)
            trail += [(following, [*path, following]) for following in edges.get(at, ())]
    return None


def waiting(waiters: Mapping[str, Iterable[str]], item: str) -> list[str]:
    """Return all that wait for ``item``, nearest first, each once; ``waiters``: what waits for each."""
    found: dict[str, None] = {}
    front = [item]
    while front:
        front = [
            name
            for name in dict.fromkeys(w for before in front for w in waiters.get(before, ()))
            if name not in found and name != item
        ]
        found |= dict.fromkeys(front)
    return list(found)


@dataclass(frozen=True, slots=True)
class Place:
    """A row as dependencies see it: its line's key, its region, where it stands and its date."""

    key: str
    region: str
    status: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Effect:
    """What a milestone does to an open row that waits for it.

    ``days_before``: by how many days that row is due before the milestone itself (0: it is not). ``free``: all that it waits for is done.
    ``held``: the milestone is at risk or cancelled.
    """

    key: str
    region: str
    days_before: int = 0
    free: bool = False
    held: bool = False


def meets(region: str, other: str) -> bool:
    """Whether a row in one region has to do with a row in the other: the same region, or one of them is joint."""
    return region == other or JOINT in (region, other)


def consequences(edges: Mapping[str, Iterable[str]], places: Iterable[Place], changed: str, region: str) -> list[Effect]:
    """Return what the line ``changed``, as it now stands in ``region``, does to each open row that waits for it.

    ``edges``: what each line waits for; ``places``: the rows of all lines concerned, as they now stand.
    """
    by_key: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        by_key[place.key].append(place)
    sources = [place for place in by_key[changed] if place.region == region]
    return [
        _effect(source, row, [place for key in on for place in by_key[key] if meets(place.region, row.region)])
        for source in sources
        for waiter, on in edges.items()
        if changed in on
        for row in by_key[waiter]
        if row.status in OPEN and meets(region, row.region)
    ]


def _effect(source: Place, row: Place, on: Sequence[Place]) -> Effect:
    early = (source.due - row.due).days if source.due and row.due and source.status in OPEN else 0
    return Effect(
        row.key, row.region, max(0, early), all(place.status == Status.DONE for place in on),
        source.status in {Status.AT_RISK, Status.CANCELLED},
    )  # fmt: skip


def latest(effects: Iterable[Effect]) -> list[Effect]:
    """Return one effect for each waiting row: a joint row is reached from every region, and the one that is finished last counts."""
    kept: dict[tuple[str, str], Effect] = {}
    for effect in effects:
        before = kept.setdefault((effect.key, effect.region), effect)
        days, held = max(before.days_before, effect.days_before), before.held or effect.held
        kept[effect.key, effect.region] = replace(effect, days_before=days, held=held)
    return list(kept.values())
