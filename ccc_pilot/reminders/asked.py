"""What people are asked to write by a day: a region's paragraph before a meeting, a part of a self-assessment that was given to somebody."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Select, and_, exists, func, or_, select

from ccc_pilot.assessment import scope
from ccc_pilot.assessment.models import AssessmentAnswer, AssessmentRound
from ccc_pilot.assessment.stages import WRITTEN_IN
from ccc_pilot.assessment.states import IN
from ccc_pilot.assessment.talk_models import AssessmentAssignment
from ccc_pilot.db import db
from ccc_pilot.decisions.models import Meeting, Paragraph
from ccc_pilot.decisions.rules import BEFORE
from ccc_pilot.decisions.showing import ASKING_BODY
from ccc_pilot.errors import NotFound
from ccc_pilot.i18n import Text, today
from ccc_pilot.people.models import PilotRegion
from ccc_pilot.people.policy import Role
from ccc_pilot.reminders.deadlines import Deadline, number_of

BEFORE_MEETING = timedelta(days=7)  # the project's own proposal: time to read before the meeting
DUE = func.coalesce(AssessmentAssignment.due, AssessmentRound.due)
EPOCH = datetime(2025, 1, 1, tzinfo=UTC)


def paragraphs_near(first: date, last: date) -> Iterator[Deadline]:
    """Yield the paragraphs that are not sent yet and due from ``first`` to ``last``: a week before their meeting, which is still to come."""
    return _paragraphs(_unsent().where(Meeting.day.between(first + BEFORE_MEETING, last + BEFORE_MEETING)))


def open_paragraphs(keys: Iterable[str]) -> Mapping[str, Deadline]:
    """Return those of the paragraphs ``keys`` that are still waited for, by key."""
    wanted = set(keys)
    meetings = {number_of(key.partition("@")[0]) for key in wanted}
    return {one.object: one for one in _paragraphs(_unsent().where(Meeting.id.in_(meetings))) if one.object in wanted}


def _unsent() -> Select[Meeting, str]:
    sent = and_(
        Paragraph.meeting_id == Meeting.id, Paragraph.region == PilotRegion.organisation_key, Paragraph.sent_at.is_not(None)
    )
    return (
        select(Meeting, PilotRegion.organisation_key)
        .join(PilotRegion, PilotRegion.pilot_id == Meeting.pilot_id)
        .where(Meeting.body_key == ASKING_BODY, Meeting.state.in_(BEFORE), Meeting.day >= today(), ~exists().where(sent))
        .order_by(Meeting.id, PilotRegion.organisation_key)
    )


def _paragraphs(statement: Select[Meeting, str]) -> Iterator[Deadline]:
    for row, region in db.session.execute(statement):
        title = Text(f"Stycke inför {row.title} {row.day}", f"Paragraph before {row.title} {row.day}")
        yield Deadline(
            f"paragraph:{row.id}@{region}", "paragraph", title, region, row.pilot_id, row.day - BEFORE_MEETING, Role.REGIONAL_LEAD, "",
            "decisions.write_paragraph", (("meeting_id", str(row.id)), ("region", region)), version=row.version, changed=row.updated_at,
        )  # fmt: skip


def assignments_near(first: date, last: date) -> Iterator[Deadline]:
    """Yield the parts that wait for whom they were given to and are due from ``first`` to ``last`` (without a day of their own: the round's)."""
    return _assignments(_unanswered().where(DUE.between(first, last)))


def open_assignments(keys: Iterable[str]) -> Mapping[str, Deadline]:
    """Return those of the parts ``keys`` that still wait, by key."""
    numbers = [number_of(key) for key in keys]
    return {one.object: one for one in _assignments(_unanswered().where(AssessmentAssignment.id.in_(numbers)))}


def _unanswered() -> Select[AssessmentAssignment, AssessmentRound]:
    given, answer = AssessmentAssignment, AssessmentAnswer
    part = or_(answer.point_key == given.scope_key, answer.chapter_key == given.scope_key)
    waits = and_(answer.round_id == given.round_id, answer.region == given.region, part, answer.state.not_in(IN))
    return (
        select(given, AssessmentRound)
        .join(AssessmentRound, AssessmentRound.id == given.round_id)
        .where(given.removed_at.is_(None), AssessmentRound.stage.in_(WRITTEN_IN), exists().where(waits))
        .order_by(given.id)
    )


def _assignments(statement: Select[AssessmentAssignment, AssessmentRound]) -> Iterator[Deadline]:
    for row, round_ in db.session.execute(statement):
        yield Deadline(
            f"assignment:{row.id}", "assessment", _part(round_, row.scope_key), row.region, round_.pilot_id, row.due or round_.due,
            Role.REGIONAL_LEAD, "", "assessment.region", (("number", str(round_.id)), ("region", row.region)),
            person_id=row.person_id, followed=False, version=_changes(row, round_), changed=row.at,
        )  # fmt: skip


def _part(round_: AssessmentRound, key: str) -> Text:
    """The chapter or point that was given; where its edition is gone, its key."""
    try:
        edition = scope.edition_of(round_)
    except NotFound:
        return Text(key)
    chapter = next((one for one in edition.chapters if one.key == key), None)
    if chapter is None:
        found = edition.point(key)
        number, text = found.official or found.number, found.text
    else:
        number, text = chapter.number, chapter.title
    return Text(f"{number} {text.in_('sv')}", f"{number} {text.in_('en')}")


def _changes(row: AssessmentAssignment, round_: AssessmentRound) -> int:
    """A number that grows when the part is given anew or the round is moved; the row itself counts no changes."""
    return int((row.at - EPOCH).total_seconds()) + round_.version
