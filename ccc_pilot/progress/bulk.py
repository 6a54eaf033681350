"""Several rows at once: one transaction, each row with the version it was chosen at. What cannot be saved is told, never overwritten."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from ccc_pilot import journal, said
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import Conflict, NotFound, Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import local
from ccc_pilot.people.models import Pilot
from ccc_pilot.people.policy import Access
from ccc_pilot.progress import service
from ccc_pilot.progress.models import MilestoneBatch, MilestoneBatchPart, MilestoneRow
from ccc_pilot.progress.rules import Status, Step

MOST = 500
REPORT, COMPLETE = "milestone.progress", "milestone.complete"


class Outcome(StrEnum):
    """How it went with one row."""

    SAVED = "saved"
    SAME = "same"
    CHANGED = "changed"
    REFUSED = "refused"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the rows shall become: ``status`` (empty: as it is), ``percent`` 0–100 (None: as it is) and a line of ``comment``."""

    status: str
    percent: int | None
    comment: str


def update(*, pilot: Pilot, picked: Mapping[int, int], wish: Wish, access: Access, actor_id: int) -> MilestoneBatch:
    """Let the rows ``picked`` (row id to the version it was chosen at) become what is wished, each by the rules of its own region.

    Rows that somebody changed meanwhile, or that the rules refuse, are left and told in the batch; the others are saved. Raises
    ``Refused`` where nothing at all could be saved, and ``NotFound`` for a row of another pilot.
    """
    batch = MilestoneBatch(pilot_id=pilot.id, person_id=actor_id, at=utc_now())
    rows = _locked(pilot, picked)
    with journal.together():
        batch.parts = [_one(row, picked[row.id], wish, access, actor_id) for row in rows]
    if not any(part.outcome == Outcome.SAVED for part in batch.parts):
        raise Refused(_("Nothing was saved. %(why)s", why=next((part.why for part in batch.parts), "")))
    db.session.add(batch)
    db.session.flush()
    return batch


def undo(*, batch: MilestoneBatch, access: Access, actor_id: int) -> int:
    """Restore what the rows of ``batch`` were, as a new change of each; rows that were changed since stay. Returns how many were restored.

    Raises ``Refused`` the second time.
    """
    db.session.refresh(batch, with_for_update=True)
    if batch.undone_at is not None:
        raise Refused(_("That has been undone already."))
    batch.undone_at = utc_now()
    rows = {row.id: row for row in _lock(part.row_id for part in batch.parts if part.outcome == Outcome.SAVED)}
    with journal.together():
        return sum(_restored(part, rows[part.row_id], access, actor_id) for part in batch.parts if part.row_id in rows)


def batch_of(pilot: Pilot, number: int, actor_id: int) -> MilestoneBatch:
    """Return the batch ``number`` with its rows, to the one who made it. Raises ``NotFound``."""
    found = db.session.scalar(
        select(MilestoneBatch)
        .options(selectinload(MilestoneBatch.parts).joinedload(MilestoneBatchPart.row).joinedload(MilestoneRow.line))
        .where(MilestoneBatch.id == number, MilestoneBatch.pilot_id == pilot.id, MilestoneBatch.person_id == actor_id)
    )
    if found is None:
        raise NotFound
    return found


def _locked(pilot: Pilot, picked: Mapping[int, int]) -> Sequence[MilestoneRow]:
    found = _lock(picked)
    if len(found) < len(picked) or any(row.pilot_id != pilot.id for row in found):
        raise NotFound
    return found


def _lock(ids: Iterable[int]) -> Sequence[MilestoneRow]:
    """Lock rows in the order of their ids, so that two batches wait for one another instead of for each other."""
    statement = select(MilestoneRow).options(joinedload(MilestoneRow.line, innerjoin=True)).where(MilestoneRow.id.in_(list(ids)))
    statement = statement.order_by(MilestoneRow.id).with_for_update(of=MilestoneRow)
    return db.session.scalars(statement, execution_options={"populate_existing": True}).all()


def _one(row: MilestoneRow, version: int, wish: Wish, access: Access, actor_id: int) -> MilestoneBatchPart:
    part = MilestoneBatchPart(row=row, status_before=row.status, percent_before=row.percent, comment_before=row.comment)
    part.outcome, part.why = _attempt(row, version, wish, access, actor_id)
    part.version = row.version
    return part


def _attempt(row: MilestoneRow, version: int, wish: Wish, access: Access, actor_id: int) -> tuple[Outcome, str]:
    if not access.may(REPORT, row.region):
        return Outcome.REFUSED, _("It belongs to another region.")
    try:
        service.update(
            target=row, status=wish.status or row.status, percent=wish.percent, comment=wish.comment, version=version,
            actor_id=actor_id, may_complete=bool(wish.status) and access.may(COMPLETE, row.region), held=True,
        )  # fmt: skip
    except Conflict as conflict:
        return Outcome.CHANGED, _by(conflict)
    except Refused as refused:
        return Outcome.REFUSED, str(refused.message)
    if row.version > version:
        return Outcome.SAVED, ""
    fits = wish.percent in {None, row.percent}
    return Outcome.SAME, _("It stands so already.") if fits else _(
        "The percent does not go with its status; choose a status too."
    )


def _by(conflict: Conflict) -> str:
    at = f"{local(conflict.at):%H:%M}" if conflict.at else "–"
    return _("%(by)s changed it at %(at)s.", by=conflict.by or _("Somebody else"), at=at)


def _restored(part: MilestoneBatchPart, row: MilestoneRow, access: Access, actor_id: int) -> bool:
    if row.version != part.version or not access.may(REPORT, row.region):
        part.why = _("It was changed since and stays as it is.")
        return False
    before = Step(Status(part.status_before), part.percent_before)
    service.record(target=row, after=before, comment=part.comment_before, text=said.code("undone-several"), actor_id=actor_id)
    part.outcome = Outcome.UNDONE
    return True
