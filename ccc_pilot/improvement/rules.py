"""Rules of the improvement plan: what is overdue or incomplete, and its results C10–C12. Pure, told today's date.

A ratio with denominator 0 is None (shown as a dash). Source of C10–C12: the project's definitions of computed results.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from ccc_pilot.improvement.machine import OPEN, State

MISSING = ("goal", "measure", "owner", "proof")
QUIET_DAYS = 60


def days_over(state: str, due: date | None, today: date) -> int:
    """Return how many days past its date an action is that is not yet verified or cancelled; 0 when it is not. The last day is in time."""
    return (today - due).days if due is not None and due < today and state in OPEN else 0


def lacks(*, owner: bool, due: bool, goal: bool, proof: bool) -> tuple[str, ...]:
    """Return the codes of what an action must tell before it goes to review and does not."""
    told = {"owner": owner, "due": due, "goal": goal, "proof": proof}
    return tuple(name for name, there in told.items() if not there)


@dataclass(frozen=True, slots=True)
class Share:
    """A count against its whole; ``percent`` is None where the whole is nothing."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """The share in per cent, one decimal kept, half up; None where the whole is 0."""
        return None if not self.whole else (self.part * 2000 // self.whole + 1) // 2 / 10


@dataclass(frozen=True, slots=True)
class Need:
    """A gap or finding that the plan must answer: its key, whether it concerns a core point, whether its risk was accepted."""

    key: str
    core: bool = False
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Coverage:
    """C10. ``all``: needs with at least one action that is not cancelled, or a risk decision, against all; ``core``: the same of the
    core ones; ``open``: the keys that have neither.
    """

    all: Share
    core: Share
    open: tuple[str, ...]


def coverage(needs: Sequence[Need], answered: Iterable[str]) -> Coverage:
    """Return C10 of ``needs``; ``answered``: the keys that an action which is not cancelled comes from."""
    there = set(answered)
    met = [need for need in needs if need.accepted or need.key in there]
    core = [need for need in needs if need.core]
    return Coverage(
        Share(len(met), len(needs)),
        Share(sum(need.core for need in met), len(core)),
        tuple(need.key for need in needs if not need.accepted and need.key not in there),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """An action as the results see it. ``done_on``: the day it was claimed done; ``touched``: the day of its last update."""

    state: str
    region: str = ""
    owner: str = ""
    due: date | None = None
    first_due: date | None = None
    done_on: date | None = None
    touched: date | None = None
    shifts: int = 0
    indicator: bool = False
    effect: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """C11: actions by state, what is overdue and by how many days in the middle, what was done by its first date of what is verified,
    what nobody has touched for ``QUIET_DAYS`` days, and how often dates were moved. ``shifts_each``: moves per action.
    """

    total: int = 0
    by_state: dict[str, int] = field(default_factory=dict)
    overdue: int = 0
    median_over: float | None = None
    on_time: Share = Share(0, 0)
    quiet: int = 0
    shifts: int = 0

    @property
    def shifts_each(self) -> float | None:
        """How often a date was moved per action; None where there is none."""
        return round(self.shifts / self.total, 1) if self.total else None


def health(lines: Iterable[Line], today: date) -> Health:
    """Return C11 of ``lines`` on ``today``."""
    all_lines = list(lines)
    over = [days for line in all_lines if (days := days_over(line.state, line.due, today))]
    verified = [line for line in all_lines if line.state in {State.VERIFIED, State.EFFECT_CHECKED}]
    return Health(
        len(all_lines),
        dict(Counter(str(line.state) for line in all_lines)),
        len(over),
        _middle(over),
        Share(sum(_in_time(line) for line in verified), len(verified)),
        sum(_is_quiet(line, today) for line in all_lines),
        sum(line.shifts for line in all_lines),
    )


def _middle(days: Sequence[int]) -> float | None:
    """The middle one, whole where it is."""
    found = median(days) if days else None
    return int(found) if found is not None and found == int(found) else found


def _in_time(line: Line) -> bool:
    """By its first date, not by the one it was moved to."""
    return line.done_on is not None and line.first_due is not None and line.done_on <= line.first_due


def _is_quiet(line: Line, today: date) -> bool:
    return line.state in OPEN and line.touched is not None and (today - line.touched).days > QUIET_DAYS


def health_by(lines: Iterable[Line], of: str, today: date) -> dict[str, Health]:
    """Return C11 for each region or owner (``of``: the name of that field of a line), in the order in which they come."""
    groups: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        groups[getattr(line, of)].append(line)
    return {name: health(group, today) for name, group in groups.items()}


def effects(lines: Iterable[Line]) -> Share:
    """Return C12: actions whose effect was checked and whose indicator reached its target, against all with an indicator."""
    told = [line for line in lines if line.indicator and line.state != State.CANCELLED]
    return Share(sum(line.state == State.EFFECT_CHECKED and line.effect == "met" for line in told), len(told))


def circle(edges: Mapping[str, Iterable[str]], item: str, on: str) -> list[str] | None:
    """Return the chain that would close if ``item`` came to wait for ``on``, or None. ``edges``: what each waits for."""
    trail, seen = [[item, on]], set[str]()
    while trail:
        path = trail.pop()
        if path[-1] == item:
            return path
        if path[-1] not in seen:
            seen.add(path[-1])
            trail += [[*path, following] for following in edges.get(path[-1], ())]
    return None
