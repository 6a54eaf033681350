"""Where the work itself is done of what cannot be answered in place: the first point without an answer, the new version, the paragraph."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import url_for
from sqlalchemy import or_, select

from ccc_pilot.assessment.models import AssessmentAnswer
from ccc_pilot.assessment.states import IN
from ccc_pilot.assessment.talk_models import AssessmentAssignment
from ccc_pilot.db import db
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.doors import Current
from ccc_pilot.reminders import words
from ccc_pilot.reminders.deadlines import Deadline, kind_of, number_of


@dataclass(frozen=True, slots=True)
class Way:
    """A link to where a thing is done, in words."""

    words: str
    url: str


def _to_version(deadline: Deadline, who: Current) -> Way | None:
    url = url_for("evidence.renewing", item_id=number_of(deadline.object))
    return Way(_("Add a new version"), url) if who.may("evidence.write", deadline.region) else None


def _to_part(deadline: Deadline, who: Current) -> Way | None:
    given = db.session.get_one(AssessmentAssignment, number_of(deadline.object))
    return _to_point(given.round_id, given.region, who, given.scope_key)


def _to_round(deadline: Deadline, who: Current) -> Way | None:
    return _to_point(number_of(deadline.object.partition("@")[0]), deadline.region, who)


def _to_point(round_id: int, region: str, who: Current, part: str = "") -> Way | None:
    """Return the way to the first point of a part (empty: of all) that is not handed in."""
    table = AssessmentAnswer
    wanted = table.round_id == round_id, table.region == region, table.state.not_in(IN)
    within = [or_(table.point_key == part, table.chapter_key == part)] if part else []
    found = db.session.scalar(select(table).where(*wanted, *within).order_by(table.position).limit(1))
    if found is None or not who.may("assessment.answer", region):
        return None
    url = url_for("assessment.answer", number=round_id, region=region, slug=found.slug)
    return Way(_("Answer the next point: %(point)s", point=found.slug), url)


def _to_paragraph(deadline: Deadline, who: Current) -> Way | None:
    may = who.may("briefing.contribute", deadline.region)
    return Way(_("Write the paragraph"), words.address(deadline)) if may else None


def _to_plan(deadline: Deadline, who: Current) -> Way | None:
    return Way(_("Review the plan"), words.address(deadline)) if who.may("improvement.review") else None


WAYS: dict[str, Callable[[Deadline, Current], Way | None]] = {
    "evidence": _to_version,
    "assignment": _to_part,
    "round": _to_round,
    "paragraph": _to_paragraph,
    "plan": _to_plan,
}


def way(deadline: Deadline, who: Current) -> Way | None:
    """Return the link to where ``deadline`` is done, for one who may; None where its page is all there is."""
    found = WAYS.get(kind_of(deadline.object))
    return found(deadline, who) if found else None
