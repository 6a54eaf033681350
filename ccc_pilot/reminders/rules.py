"""Rules of reminders, pure: which step of a ladder a deadline has reached on a day, on which days one tells, how long one waits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Literal

from ccc_pilot.dates import is_free_day

PAUSE_WEEKS = range(28, 32)  # July, when nobody reads. Source: the project's own habit, to be confirmed by the network.
SUMMER_WEEK = 25
LONGEST_SNOOZE = 60
MINUTE = 60
WAITS = tuple(minutes * MINUTE for minutes in (1, 5, 15, 30, 60, 120))
LONG_WAIT = 4 * 3600
GREY_WAIT = 5 * MINUTE  # a server that says "later" (450, 451) wants to see the same letter again after some minutes
GIVE_UP_AFTER = timedelta(hours=72)
FAILURES_IN_A_ROW = 5
SHORTEST_SHUT, LONGEST_SHUT = 60, 15 * MINUTE


class Why(StrEnum):
    """Why somebody is told."""

    OWN = "own"
    LEAD = "lead"
    DEPUTY = "deputy"
    ESCALATED = "escalated"


@dataclass(frozen=True, slots=True)
class Ladder:
    """When one tells of a deadline: days ``before`` and ``after`` it, on the day itself, and after how many days it goes to the head lead.

    ``shift``: a step before the date that falls on a free day is told on the working day before it or after it. ``pause``: nothing but the
    day itself is told in July; what would be is told before it, or after. ``urgent``: steps that may go in a mail of their own.
    """

    before: tuple[int, ...] = (28, 14, 7, 1)
    on_day: bool = True
    after: tuple[int, ...] = (3, 7)
    escalate: int | None = 14
    shift: Literal["before", "after"] = "before"
    pause: bool = True
    urgent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a ladder for one deadline: its lasting name ("-14", "0", "+3", "esc+14", "summer") and the day it is told."""

    name: str
    day: date

    @property
    def is_escalation(self) -> bool:
        """Whether it goes to the head lead instead."""
        return self.name.startswith("esc")


@lru_cache(maxsize=8192)
def steps(due: date, ladder: Ladder, *, assumed: bool = False) -> tuple[Step, ...]:
    """Return the steps for a deadline on ``due`` in the order in which they are told.

    A date that is only ``assumed`` (nobody has confirmed it) gives no blame: nothing is told after it. On one day only the last is told.
    """
    named = sorted(_steps(due, ladder, assumed), key=lambda step: (step[1].day, step[0]))
    last_of_day = {step.day: step for _offset, step in named}
    return tuple(last_of_day[day] for day in sorted(last_of_day))


def _steps(due: date, ladder: Ladder, assumed: bool) -> Iterator[tuple[int, Step]]:
    for days in ladder.before:
        yield -days, Step(f"-{days}", _told_before(due - timedelta(days=days), due, ladder))
    if ladder.on_day:
        yield 0, Step("0", _working(due, -1))
    if ladder.pause and is_pause(due):
        monday = date.fromisocalendar(due.isocalendar().year, SUMMER_WEEK, 1)
        yield -(due - monday).days, Step("summer", monday)
    if assumed:
        return
    for days in ladder.after:
        yield days, Step(f"+{days}", _told_after(due + timedelta(days=days), ladder))
    if ladder.escalate is not None:
        yield ladder.escalate, Step(f"esc+{ladder.escalate}", _told_after(due + timedelta(days=ladder.escalate), ladder))


def _told_before(day: date, due: date, ladder: Ladder) -> date:
    shifted = _working(day, -1 if ladder.shift == "before" else 1)
    day = min(shifted, due) if ladder.shift == "after" else shifted
    while ladder.pause and is_pause(day):
        day = _working(day - timedelta(days=1), -1)
    return day


def _told_after(day: date, ladder: Ladder) -> date:
    day = _working(day, 1)
    while ladder.pause and is_pause(day):
        day = _working(day + timedelta(days=1), 1)
    return day


def _working(day: date, direction: int) -> date:
    while is_free_day(day):
        day += timedelta(days=direction)
    return day


def is_pause(day: date) -> bool:
    """Whether ``day`` lies in the weeks of July in which reminders rest."""
    return day.isocalendar().week in PAUSE_WEEKS


def reached(due: date, ladder: Ladder, today: date, *, assumed: bool = False) -> Step | None:
    """Return the last step whose day has come on ``today``; None when the first has not. Earlier ones that were missed are not made up for."""
    return next((step for step in reversed(steps(due, ladder, assumed=assumed)) if step.day <= today), None)


def told_between(due: date, ladder: Ladder, first: date, last: date, *, assumed: bool = False) -> tuple[Step, ...]:
    """Return the steps whose day lies from ``first`` to ``last`` (both included): what is to come, for a preview."""
    return tuple(step for step in steps(due, ladder, assumed=assumed) if first <= step.day <= last)


def window(ladders: Sequence[Ladder], today: date, behind: int) -> tuple[date, date]:
    """Return the first and the last due date that can have a step on ``today``; ``behind``: for how many days nobody looked."""
    before = max((days for ladder in ladders for days in ladder.before), default=0)
    after = max((days for ladder in ladders for days in (*ladder.after, ladder.escalate or 0)), default=0)
    slack = 50  # holidays, and July with the weeks before it
    return today - timedelta(days=after + behind + slack), today + timedelta(days=before + slack)


def wait_seconds(attempts: int, *, grey: bool, jitter: float) -> int:
    """Return for how long one waits after the ``attempts``-th failed try (1 is the first). ``jitter`` from -0.2 to 0.2; never under a minute.

    Source: growing waits up to four hours, as big senders do; a server that asks for a later try is given five minutes.
    """
    plain = WAITS[attempts - 1] if attempts <= len(WAITS) else LONG_WAIT
    return max(MINUTE, round(max(plain, GREY_WAIT if grey else 0) * (1 + jitter)))


def shut_seconds(failures: int) -> int:
    """Return for how long a channel is left alone after ``failures`` in a row; 0 while there are few of them."""
    if failures < FAILURES_IN_A_ROW:
        return 0
    return min(LONGEST_SHUT, SHORTEST_SHUT * int(2 ** min(failures - FAILURES_IN_A_ROW, 10)))


def wants_mail(weekdays: str, hour: int, day: date, local_hour: int) -> bool:
    """Whether the day's mail may go: one of the chosen ``weekdays`` ("01234": Monday to Friday), and the chosen ``hour`` has begun."""
    return str(day.weekday()) in weekdays and local_hour >= hour
