"""The ladders: when one tells of each kind of deadline. The head lead may replace one; what stands here is how it begins.

Source of the days: the project's own proposal, 28, 14, 7 and 1 day before, on the day, 3 and 7 days after, then to the head lead.
"""

from dataclasses import asdict, fields, replace
from typing import Any

from sqlalchemy import select

from ccc_pilot import journal
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import Conflict, NotFound
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.reminders.models import ReminderLadder
from ccc_pilot.reminders.rules import Ladder

KINDS: dict[str, Any] = {
    "reporting": _l("Reports"),
    "milestone": _l("Milestones"),
    "claim": _l("To be approved"),
    "chain": _l("Steps of reports"),
    "action": _l("Improvement actions"),
    "assessment": _l("Self-assessment and reviews"),
    "decision": _l("Decisions"),
    "paragraph": _l("Paragraphs before a meeting"),
    "evidence": _l("Evidence that expires"),
    "mention": _l("Said to you"),
    "address": _l("Mail that does not arrive"),
}
DEFAULTS = {
    "reporting": Ladder(urgent=("-1", "0", "+3")),
    "milestone": Ladder(),
    "claim": Ladder(before=(7,), on_day=True, after=(7,), escalate=None, pause=True),
    "chain": Ladder(before=(14, 7, 1), urgent=("0", "+3")),
    "action": Ladder(before=(14, 3)),
    "assessment": Ladder(),
    "decision": Ladder(before=(14, 1)),
    "paragraph": Ladder(before=(7, 1), after=(3,), escalate=5),
    "evidence": Ladder(before=(60, 30, 7), after=(7,), escalate=None),
    "mention": Ladder(before=(), after=(), escalate=None, pause=False),
    "address": Ladder(before=(3,), after=(7,), escalate=None, pause=False),
}
NAMES = tuple(field.name for field in fields(Ladder))


def current() -> dict[str, Ladder]:
    """Return the ladder of every kind, the head lead's own where there is one."""
    own = {row.kind: _read(row.ladder) for row in db.session.scalars(select(ReminderLadder))}
    return {kind: own.get(kind, ladder) for kind, ladder in DEFAULTS.items()}


def version_of(kind: str) -> int:
    """Return the version of the kind's ladder; 0 while it is the one of ``DEFAULTS``."""
    row = db.session.get(ReminderLadder, kind)
    return row.version if row else 0


def change(
    *, kind: str, before: tuple[int, ...], on_day: bool, after: tuple[int, ...], escalate: int | None, shift: str, pause: bool, version: int,
    actor_id: int,
) -> Ladder:  # fmt: skip
    """Let the kind be told on other days, as the fields of ``Ladder`` say; what is urgent stays so.

    ``version`` is the one the form was based on. Raises ``NotFound`` for an unknown kind, or ``Conflict``.
    """
    if kind not in DEFAULTS:
        raise NotFound
    mine: dict[str, Any]
    mine = {"before": before, "on_day": on_day, "after": after, "escalate": escalate, "shift": shift, "pause": pause}
    row = db.session.get(ReminderLadder, kind, with_for_update=True, populate_existing=True)
    stored = current()[kind]
    if (row.version if row else 0) != version:
        theirs = {name: getattr(stored, name) for name in mine}
        raise Conflict(theirs=theirs, mine=mine, version=row.version if row else 0)
    if row is None:
        row = ReminderLadder(kind=kind, version=0)
        db.session.add(row)
    ladder = replace(stored, **{**mine, "before": tuple(sorted(before, reverse=True)), "after": tuple(sorted(after))})
    row.ladder, row.version, row.updated_at, row.updated_by_id = asdict(ladder), version + 1, utc_now(), actor_id
    journal.write(
        "reminder.ladder", f"ladder:{kind}", actor_id=actor_id, steps=[words(stored), words(ladder)], version=row.version
    )
    return ladder


def words(ladder: Ladder) -> str:
    """Return a ladder in a line, for the journal: "-28 -14 -7 -1 0 +3 +7 esc+14"."""
    named = [*(f"-{days}" for days in ladder.before), *(["0"] if ladder.on_day else []), *(f"+{days}" for days in ladder.after)]
    return " ".join([*named, *([f"esc+{ladder.escalate}"] if ladder.escalate is not None else [])])


def _read(told: dict[str, Any]) -> Ladder:
    lists: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in told.items() if name in NAMES
    }
    return Ladder(**lists)
