"""The sweep: from what is due on a day to reminders that are told once. It may be run by anybody, any number of times."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, cast

from sqlalchemy import Table, select
from sqlalchemy.dialects import postgresql, sqlite

from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.reminders import choices, ladders, rules, sources, staff, teams
from ccc_pilot.reminders.deadlines import Deadline
from ccc_pilot.reminders.models import Reminder
from ccc_pilot.reminders.rules import Step, Why

LOOK_BACK_DAYS = 45  # after a longer rest only what is younger is told
AT_A_TIME = 500
KEY = ("object_key", "due", "step", "receiver", "channel", "rule")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A reminder that ought to be there."""

    deadline: Deadline
    step: Step
    person_id: int | None
    channel: str
    why: Why
    urgent: bool

    @property
    def receiver(self) -> str:
        """The receiver as it stands in the table: a person, or a region's channel in Teams."""
        return f"teams:{self.deadline.region}" if self.person_id is None else f"person:{self.person_id}"

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes it one and the same: see ``Reminder``."""
        return (self.deadline.object, self.deadline.due, self.step.name, self.receiver, self.channel, self.deadline.kind)


def sweep(day: date) -> int:
    """Make every reminder that is due on ``day`` and not there yet; returns how many. Belongs in a transaction."""
    return sum(_store(_missing(part)) for part in _parts(wanted(day)))


def missing(day: date) -> list[Wanted]:
    """Return the reminders that ``sweep`` would make on ``day``, making none."""
    return [one for part in _parts(wanted(day)) for one in _missing(part)]


def wanted(day: date) -> Iterator[Wanted]:
    """Yield all reminders that ought to be there on ``day``: for each deadline the last step that is reached, for each who is told."""
    by_kind, there, chosen = ladders.current(), staff.on(day), choices.everybodys(day)
    connected = teams.hooks()
    first, last = rules.window(list(by_kind.values()), day, LOOK_BACK_DAYS)
    for deadline in sources.near(first, last):
        ladder = by_kind[deadline.kind]
        step = rules.reached(deadline.due, ladder, day, assumed=deadline.assumed)
        if step is not None:
            yield from _of_step(deadline, step, there, chosen, urgent=step.name in ladder.urgent)
            if deadline.region in connected and not deadline.told:
                yield Wanted(deadline, step, None, "teams", Why.OWN, urgent=False)


def _parts(found: Iterator[Wanted]) -> Iterator[list[Wanted]]:
    while part := list(islice(found, AT_A_TIME)):
        yield part


def _of_step(deadline: Deadline, step: Step, there: staff.Staff, chosen: choices.Choices, *, urgent: bool) -> Iterator[Wanted]:
    for told in there.told(deadline, escalated=step.is_escalation):
        own = chosen.step_for(told.person_id, deadline.object, step)
        if own is None:
            continue
        duty = deadline.reporting and told.why != Why.ESCALATED
        yield Wanted(deadline, own, told.person_id, "inbox", told.why, urgent)
        if told.mailed and (duty or not chosen.is_muted(told.person_id, deadline.kind)):
            yield Wanted(deadline, own, told.person_id, "mail", told.why, urgent)


def _missing(some: Sequence[Wanted]) -> list[Wanted]:
    objects = {one.deadline.object for one in some}
    columns = [getattr(Reminder, name) for name in KEY]
    there = {tuple(row) for row in db.session.execute(select(*columns).where(Reminder.object_key.in_(objects)))}
    return [one for one in some if one.key not in there]


def _store(some: Iterable[Wanted]) -> int:
    now = utc_now()
    rows = [{**dict(zip(KEY, one.key, strict=True)), **_rest(one), "at": now} for one in some]
    if not rows:
        return 0
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    made = insert(cast(Table, Reminder.__table__)).on_conflict_do_nothing(index_elements=KEY)
    return db.session.connection().execute(made, rows, execution_options={"preserve_rowcount": True}).rowcount


def _rest(one: Wanted) -> dict[str, Any]:
    return {
        "person_id": one.person_id, "region": one.deadline.region, "why": str(one.why), "urgent": one.urgent,
        "state": "shown" if one.channel == "inbox" else "waiting",
    }  # fmt: skip
