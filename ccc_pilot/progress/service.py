"""What people do with milestones: say where one stands, move its date, judge an assumption."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ccc_pilot import journal
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import Conflict, NotFound, Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.models import Person, Pilot
from ccc_pilot.progress import loading, rules, words
from ccc_pilot.progress.models import AssumptionVerdict, MilestoneChange, MilestoneLine, MilestoneRow
from ccc_pilot.progress.rules import Status, Step

LONGEST_COMMENT = 2_000


def row(pilot: Pilot, plan_key: str, slug: str, region: str) -> MilestoneRow:
    """Return the row of a line in a region. ``slug`` is the id within the plan, with "~occurrence" where it recurs. Raises ``NotFound``."""
    name, _tilde, occurrence = slug.partition("~")
    found = db.session.scalar(
        select(MilestoneRow)
        .join(MilestoneRow.line)
        .options(joinedload(MilestoneRow.line))
        .where(MilestoneLine.pilot_id == pilot.id, MilestoneLine.key == f"{plan_key}:{name}")
        .where(MilestoneLine.occurrence == occurrence, MilestoneRow.region == region)
    )
    if found is None:
        raise NotFound
    return found


def update(
    *,
    target: MilestoneRow,
    status: str,
    percent: int | None,
    comment: str,
    version: int,
    actor_id: int,
    may_complete: bool,
    held: bool = False,
) -> MilestoneRow:
    """Say where a row stands: ``status`` of ``rules.Status``, ``percent`` 0–100 (None: as before) and a line of ``comment``.

    ``version`` is the one that the form was based on; ``held``: the row has just been read and locked. One who may not complete makes a claim of "done". Raises ``Refused`` with the
    field, or ``Conflict`` when somebody else saved first.
    """
    comment = comment.strip()
    _guard(target, version, {"status": status, "percent": percent, "comment": comment}, adds=frozenset({"comment"}), held=held)
    try:
        after = rules.step(Status(status), percent, before=_step(target), comment=comment, may_complete=may_complete)
    except rules.Broken as broken:
        raise Refused(words.refusal(broken), broken.field) from broken
    if after == _step(target) and not comment:
        return target
    return record(target=target, after=after, comment=comment or target.comment, text=comment, actor_id=actor_id)


def record(*, target: MilestoneRow, after: Step, comment: str, text: str, actor_id: int) -> MilestoneRow:
    """Let a row become ``after`` with ``comment`` as its latest; ``text`` is what the history and the journal say of it.

    The row is locked and its version known to be the right one; returns it.
    """
    before = _step(target)
    target.status, target.percent, target.comment = after.status, after.percent, comment
    _touch(target, actor_id)
    db.session.add(
        MilestoneChange(
            row_id=target.id, at=utc_now(), person_id=actor_id, status_from=before.status, status_to=after.status,
            percent_from=before.percent, percent_to=after.percent, text=text,
        )
    )  # fmt: skip
    journal.write(
        "milestone.progress", target.place, actor_id=actor_id, region=target.region, comment=text, version=target.version,
        status=[before.status, after.status], percent=[before.percent, after.percent],
    )  # fmt: skip
    return target


def reschedule(*, target: MilestoneRow, due: date, reason: str, version: int, actor_id: int) -> MilestoneRow:
    """Set the date by hand; it no longer follows the pilot's start. The first date is kept. Raises ``Refused`` or ``Conflict``."""
    reason = reason.strip()
    _guard(target, version, {"due": due, "reason": reason})
    if not reason:
        raise Refused(_("Say why the date is moved; the reason goes into the history."), "reason")
    if due == target.due:
        raise Refused(_("That is the date it has already."), "due")
    before = target.due
    target.due, target.due_by_hand, target.due_reason, target.assumed = due, True, reason, False
    target.first_due = target.first_due or before or due
    _touch(target, actor_id)
    db.session.add(MilestoneChange(row_id=target.id, at=utc_now(), person_id=actor_id, due_from=before, due_to=due, text=reason))
    journal.write(
        "milestone.rescheduled",
        target.place,
        actor_id=actor_id,
        region=target.region,
        due=[before, due],
        reason=reason,
        version=target.version,
    )
    return target


def judge(*, pilot: Pilot, key: str, verdict: str, note: str, version: int, actor_id: int) -> AssumptionVerdict:
    """Confirm or correct an assumption of the catalogue; the catalogue itself stays as it is.

    ``version`` is that of the word that was shown (0: nobody had said anything). Raises ``Refused``, ``NotFound`` or ``Conflict``.
    """
    entry = loading.item(key)
    if entry.confidence == "fact":
        raise Refused(_("This is a fact with a source; there is no assumption to judge."))
    if verdict == "corrected" and not note.strip():
        raise Refused(_("Write what is right instead."), "note")
    rows, found = _rows_of(pilot, key), _word_on(pilot, key)
    if found.version != version:
        by = db.session.get(Person, found.person_id) if found.person_id else None
        mine, theirs = {"verdict": verdict, "note": note.strip()}, {"verdict": found.verdict, "note": found.note}
        raise Conflict(theirs=theirs, mine=mine, version=found.version, by=by.name if by else "", at=found.at)
    found.verdict, found.note, found.at, found.person_id = verdict, note.strip(), utc_now(), actor_id
    found.version += 1
    db.session.add(found)
    for row in rows:
        row.assumed = verdict != "confirmed" and not row.due_by_hand and row.due is not None
    journal.write("milestone.assumption", key, actor_id=actor_id, verdict=verdict, note=note.strip())
    return found


def _word_on(pilot: Pilot, key: str) -> AssumptionVerdict:
    """The word on an assumption as it is stored now; a new one of version 0 where there is none."""
    asked = select(AssumptionVerdict).where(AssumptionVerdict.pilot_id == pilot.id, AssumptionVerdict.key == key)
    found = db.session.scalar(asked.execution_options(populate_existing=True))
    return found or AssumptionVerdict(pilot_id=pilot.id, key=key, verdict="", note="", version=0)


def _rows_of(pilot: Pilot, key: str) -> Sequence[MilestoneRow]:
    """All rows of a milestone, read anew and held, in the order in which others hold several."""
    statement = select(MilestoneRow).join(MilestoneRow.line).where(MilestoneLine.pilot_id == pilot.id, MilestoneLine.key == key)
    held = statement.order_by(MilestoneRow.id).with_for_update(of=MilestoneRow).execution_options(populate_existing=True)
    return db.session.scalars(held).all()


def _step(target: MilestoneRow) -> Step:
    return Step(Status(target.status), target.percent)


def _touch(target: MilestoneRow, actor_id: int) -> None:
    target.version += 1
    target.updated_at, target.updated_by_id = utc_now(), actor_id


def _guard(
    target: MilestoneRow, version: int, mine: dict[str, object], adds: frozenset[str] = frozenset(), held: bool = False
) -> None:
    """Lock the row and refuse to write over what somebody else saved after the form was shown; ``adds`` as in ``Conflict``."""
    if not held:
        db.session.refresh(target, with_for_update={"of": MilestoneRow})
    if target.version == version:
        return
    by = db.session.get(Person, target.updated_by_id) if target.updated_by_id else None
    theirs = {name: getattr(target, {"reason": "due_reason"}.get(name, name)) for name in mine}
    raise Conflict(theirs=theirs, mine=mine, version=target.version, by=by.name if by else "", at=target.updated_at, adds=adds)
