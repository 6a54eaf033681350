"""What is said of a point: questions with their answers, jointly or within a region, until they are resolved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ccc_pilot import journal
from ccc_pilot.assessment.models import AssessmentRound
from ccc_pilot.assessment.talk_models import AssessmentComment, AssessmentThread
from ccc_pilot.catalogue.standard_records import Point
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import Forbidden, NotFound, Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.doors import Current
from ccc_pilot.people.models import Person
from ccc_pilot.people.policy import NETWORK

LONGEST = 4_000
MOST = 50


@dataclass(frozen=True, slots=True)
class Said:
    """A comment as it is read."""

    by: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Thread:
    """A question with its answers. ``about``: the region's short name, or that it is joint; ``resolved_by`` is empty while it is open."""

    id: int
    about: str
    comments: list[Said]
    resolved_by: str
    resolved_at: datetime | None
    may_say: bool


def threads(round_: AssessmentRound, point: Point, sees: Sequence[str], shorts: Mapping[str, str], who: Current) -> list[Thread]:
    """Return what is said of a point: jointly, and within the regions that ``who`` ``sees``; open ones first. Three queries."""
    found = db.session.scalars(
        select(AssessmentThread)
        .options(selectinload(AssessmentThread.comments))
        .where(AssessmentThread.round_id == round_.id, AssessmentThread.point_key == point.key)
        .where(AssessmentThread.region.in_(["", *sees]))
        .order_by(AssessmentThread.resolved_at.is_not(None), AssessmentThread.id)
        .limit(MOST)
    ).all()
    ids = {one.person_id for thread in found for one in thread.comments} | {thread.resolved_by_id for thread in found}
    names = (
        {row.id: row.name for row in db.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids - {None})))}
        if ids
        else {}
    )
    return [
        Thread(
            one.id, shorts.get(one.region, _("Joint")), [Said(names.get(c.person_id, ""), c.at, c.text) for c in one.comments],
            names.get(one.resolved_by_id, ""), one.resolved_at, who.may("assessment.comment", one.region or NETWORK),
        )
        for one in found
    ]  # fmt: skip


def ask(*, round_: AssessmentRound, point: Point, region: str, text: str, sees: Sequence[str], who: Current) -> AssessmentThread:
    """Begin a thread on a point, jointly (``region`` empty) or within a region that ``who`` ``sees``. Raises ``Forbidden``."""
    if region and region not in sees or not who.may("assessment.comment", region or NETWORK):
        raise Forbidden
    thread = AssessmentThread(round_id=round_.id, point_key=point.key, region=region, at=utc_now())
    db.session.add(thread)
    db.session.flush()
    _add(thread, text, who)
    return thread


def say(*, thread: AssessmentThread, text: str, who: Current) -> AssessmentComment:
    """Answer in a thread. Raises ``Refused`` where it is resolved."""
    _hold(thread, who)
    if thread.resolved_at is not None:
        raise Refused(_("This is resolved. Open it again first."))
    return _add(thread, text, who)


def resolve(*, thread: AssessmentThread, who: Current) -> None:
    """Let a thread count as resolved, or open it again."""
    _hold(thread, who)
    done = thread.resolved_at is None
    thread.resolved_at, thread.resolved_by_id = (utc_now(), who.person_id) if done else (None, None)
    verdict = "resolved" if done else "opened again"
    journal.write(
        "assessment.thread",
        thread.point_key,
        actor_id=who.person_id,
        region=thread.region or None,
        comment=thread.id,
        verdict=verdict,
    )


def found(round_: AssessmentRound, number: int, sees: Sequence[str]) -> AssessmentThread:
    """Return a thread of a round that is joint or within one of the regions of ``sees``. Raises ``NotFound``."""
    thread = db.session.get(AssessmentThread, number)
    if thread is None or thread.round_id != round_.id or thread.region not in {"", *sees}:
        raise NotFound
    return thread


def _hold(thread: AssessmentThread, who: Current) -> None:
    if not who.may("assessment.comment", thread.region or NETWORK):
        raise Forbidden
    db.session.refresh(thread, with_for_update=True)


def _add(thread: AssessmentThread, text: str, who: Current) -> AssessmentComment:
    comment = AssessmentComment(thread_id=thread.id, person_id=who.person_id, at=utc_now(), text=text.strip())
    db.session.add(comment)
    journal.write(
        "assessment.comment",
        thread.point_key,
        actor_id=who.person_id,
        region=thread.region or None,
        round=thread.round_id,
        comment=thread.id,
    )
    return comment
