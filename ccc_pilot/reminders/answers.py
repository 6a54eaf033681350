"""How a thing one is reminded of is answered in place: by a mail's link, or on the page of the week. One line a kind of thing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ccc_pilot import said
from ccc_pilot.db import db
from ccc_pilot.errors import Forbidden, NotFound, Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people import doors
from ccc_pilot.people.models import Person
from ccc_pilot.people.policy import Access
from ccc_pilot.progress import service
from ccc_pilot.progress.models import MilestoneRow
from ccc_pilot.progress.rules import Status, Step
from ccc_pilot.reminders.deadlines import Deadline, kind_of, number_of

REPORT, COMPLETE = "milestone.progress", "milestone.complete"


@dataclass(frozen=True, slots=True)
class Answering:
    """How one kind is answered: ``action`` asks for the permission, ``target`` finds the row (with status, percent, comment and version),
    ``update`` and ``restore`` change it.
    """

    action: str
    target: Callable[[int], Any]
    update: Callable[..., Any]
    restore: Callable[..., Any]


def _row(number: int) -> MilestoneRow:
    row = db.session.get(MilestoneRow, number)
    if row is None:
        raise NotFound
    return row


def _restore(row: MilestoneRow, before: dict[str, Any], actor_id: int) -> None:
    after = Step(Status(before["status"]), int(before["percent"]))
    service.record(target=row, after=after, comment=str(before["comment"]), text=said.code("undone-answer"), actor_id=actor_id)


ANSWERS = {
    "milestone": Answering(REPORT, _row, service.update, _restore),
    "claim": Answering(COMPLETE, _row, service.update, _restore),
}


def can_by(access: Access, deadline: Deadline) -> bool:
    """Whether one with ``access`` may answer ``deadline`` in place."""
    answering = ANSWERS.get(kind_of(deadline.object))
    return answering is not None and access.may(answering.action, deadline.region)


def target(object_key: str) -> Any:
    """Return the row that an answer changes. Raises ``NotFound``."""
    answering = ANSWERS.get(kind_of(object_key))
    if answering is None:
        raise NotFound
    return answering.target(number_of(object_key))


def may_complete(access: Access, region: str) -> bool:
    """Whether "done" from one with ``access`` is done, and no claim."""
    return access.may(COMPLETE, region)


def answer(*, object_key: str, person: Person, status: str, percent: int | None, comment: str, version: int) -> dict[str, Any]:
    """Let ``person`` say where a thing stands; returns what it was before and its ``version`` now.

    Raises ``Forbidden`` where they may not (any more), ``Refused`` and ``Conflict`` as the room that keeps it does.
    """
    row, answering = target(object_key), ANSWERS[kind_of(object_key)]
    access = doors.access_of(person)[0]
    if not person.active or not access.may(answering.action, row.region):
        raise Forbidden
    before = {"status": row.status, "percent": row.percent, "comment": row.comment}
    saved = answering.update(
        target=row, status=status, percent=percent, comment=comment, version=version, actor_id=person.id,
        may_complete=may_complete(access, row.region),
    )  # fmt: skip
    return {"before": before, "version": saved.version}


def undo(*, object_key: str, before: dict[str, Any], version: int, person: Person) -> None:
    """Restore what a thing was before it was answered. Raises ``Refused`` when it was changed since, ``Forbidden`` as ``answer``."""
    row, answering = target(object_key), ANSWERS[kind_of(object_key)]
    db.session.refresh(row, with_for_update=True)
    if not person.active or not doors.access_of(person)[0].may(answering.action, row.region):
        raise Forbidden
    if row.version != version:
        raise Refused(_("It was changed since and stays as it is."))
    answering.restore(row, before, person.id)
