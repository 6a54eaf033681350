"""What of the self-assessment waits for the one who looks: points to answer, answers to verify and to approve."""

from typing import Any, NamedTuple

from flask import url_for
from sqlalchemy import Select, func, literal, or_, select, union_all

from ccc_pilot.assessment import assigning
from ccc_pilot.assessment.models import AssessmentAnswer, AssessmentRound
from ccc_pilot.assessment.stages import WRITTEN_IN
from ccc_pilot.assessment.states import State
from ccc_pilot.db import db
from ccc_pilot.i18n import ngettext
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import Current
from ccc_pilot.people.models import Pilot

MINE = "mine"


class Way(NamedTuple):
    """Something that waits: in words, and where it is done."""

    words: str
    under: str
    url: str


def for_me(pilot: Pilot, who: Current) -> list[Way]:
    """Return what of the self-assessment waits for ``who``; one query, none for those who neither answer nor verify nor approve."""
    regions = [place.key for place in pilots.places(pilot)]
    if not any(who.may(f"assessment.{act}") for act in ("answer", "verify", "approve")):
        return []
    rows = db.session.execute(union_all(_points(pilot, who, regions), _steps(pilot, who, regions))).all()
    shorts = pilots.shorts(pilot)
    points = [n for state, *_rest, n in rows if state == MINE and n]
    return [
        *(
            Way(ngettext("%(num)s point to answer", "%(num)s points to answer", n), "", url_for("assessment.mine"))
            for n in points
        ),
        *(
            Way(
                _told(state, n),
                f"{shorts[region]} · {title}",
                url_for("assessment.region", number=number, region=region, state=state),
            )
            for state, number, title, region, n in sorted(rows, key=lambda row: (row[1], row[3], row[0]))
            if state != MINE
        ),
    ]


def _points(pilot: Pilot, who: Current, regions: list[str]) -> Select[Any]:
    """How many points wait to be answered: given to ``who``, or returned in a region where they answer (as on their own page)."""
    own = who.access.regions("assessment.answer", regions)
    mine = assigning.is_mine(pilot, who.person_id, own)
    return (
        select(literal(MINE), literal(0), literal(""), literal(""), func.count(AssessmentAnswer.id))
        .select_from(AssessmentAnswer)
        .where(mine)
    )


def _steps(pilot: Pilot, who: Current, regions: list[str]) -> Select[Any]:
    """Answers to verify that others wrote, and verified ones to approve, by round and region."""
    table = AssessmentAnswer
    verify, approve = (who.access.regions(f"assessment.{act}", regions) for act in ("verify", "approve"))
    others = (table.state == State.PROPOSED) & table.region.in_(verify) & (table.written_by_id != who.person_id)
    return (
        select(table.state, AssessmentRound.id, AssessmentRound.title, table.region, func.count())
        .join(AssessmentRound, AssessmentRound.id == table.round_id)
        .where(AssessmentRound.pilot_id == pilot.id, AssessmentRound.stage.in_(WRITTEN_IN))
        .where(or_(others, (table.state == State.VERIFIED) & table.region.in_(approve)))
        .group_by(AssessmentRound.id, AssessmentRound.title, table.region, table.state)
    )


def _told(state: str, n: int) -> str:
    if state == State.PROPOSED:
        return ngettext("%(num)s answer to verify", "%(num)s answers to verify", n)
    return ngettext("%(num)s answer to approve", "%(num)s answers to approve", n)
