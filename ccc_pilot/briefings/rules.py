"""Rules of the briefing: how things stood on an earlier day, what differs between two days, what a snapshot's seal is. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

OPEN = frozenset({"not_started", "ongoing", "at_risk"})
COMING_DAYS = 60


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a row stood: status, percent and due date (ISO)."""

    status: str
    percent: int
    due: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One later change of a row; empty or None: that was not changed by it."""

    status_from: str
    percent_from: int | None
    due_from: str | None
    moves: bool


def as_of(now: Standing, later: Iterable[Change]) -> Standing:
    """Return where a row stood before the changes ``later``, told newest first."""
    status, percent, due = now.status, now.percent, now.due
    for change in later:
        if change.status_from:
            status = change.status_from
        if change.percent_from is not None:
            percent = change.percent_from
        if change.moves:
            due = change.due_from
    return Standing(status, percent, due)


@dataclass(frozen=True, slots=True)
class Difference:
    """What happened to the rows between two snapshots, each by its id ("plan:slug@region").

    ``slipped`` and ``moved``: id, date before, date now (later: slipped; sooner: brought forward); ``changed``: id, status before, status now.
    """

    done: tuple[str, ...] = ()
    slipped: tuple[tuple[str, str, str], ...] = ()
    sooner: tuple[tuple[str, str, str], ...] = ()
    new: tuple[str, ...] = ()
    changed: tuple[tuple[str, str, str], ...] = ()


def difference(before: Mapping[str, list[Any]], after: Mapping[str, list[Any]], *, whole: bool = True) -> Difference:
    """Compare rows (id → [status, percent, due]) of two days. ``whole``: ``before`` holds all rows there were, so that others are new."""
    both = [row for row in after if row in before]
    dates = [(row, before[row][2], after[row][2]) for row in both if before[row][2] and after[row][2]]
    return Difference(
        done=tuple(row for row in both if after[row][0] == "done" != before[row][0]),
        slipped=tuple(one for one in dates if one[1] < one[2]),
        sooner=tuple(one for one in dates if one[1] > one[2]),
        new=tuple(row for row in after if row not in before) if whole else (),
        changed=tuple((row, before[row][0], after[row][0]) for row in both if before[row][0] != after[row][0] and after[row][0] != "done"),
    )  # fmt: skip


def is_late(status: str, due: str | None, day: date) -> bool:
    """Whether an open row is past its date on ``day``."""
    return status in OPEN and due is not None and due < day.isoformat()


def digest(snapshot: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a snapshot in a fixed form: the same content has the same seal."""
    told = json.dumps(snapshot, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def arranged(keys: list[str], key: str, move: str) -> list[str]:
    """Return ``keys`` with ``key`` one step "up" or "down"; at the end it stays."""
    at = keys.index(key)
    to = max(0, at - 1) if move == "up" else min(len(keys) - 1, at + 1)
    rest = [one for one in keys if one != key]
    return [*rest[:to], key, *rest[to:]]
