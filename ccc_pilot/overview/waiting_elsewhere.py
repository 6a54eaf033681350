"""What of the self-assessment and the improvement plan waits for the one who looks: points to answer, answers to verify and to approve,
actions that were sent back, that are theirs, to be verified or reviewed. One query tells of all."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from flask import url_for
from sqlalchemy import ColumnElement, Select, func, literal, or_, select, union_all

from ccc_pilot.assessment import assigning
from ccc_pilot.assessment.models import AssessmentAnswer, AssessmentRound
from ccc_pilot.assessment.stages import WRITTEN_IN
from ccc_pilot.assessment.states import State
from ccc_pilot.db import db
from ccc_pilot.i18n import ngettext
from ccc_pilot.improvement import mine
from ccc_pilot.improvement.models import Action, ImprovementPlan
from ccc_pilot.improvement.review_models import Mention, Remark
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import Current
from ccc_pilot.people.models import Pilot

MINE, ACTION, SAID = "mine", "action", "said"


class Way(NamedTuple):
    """Something that waits: in words, and where it is done."""

    words: str
    under: str
    url: str


class Waiting(NamedTuple):
    """What waits in the self-assessment, and in the improvement plan."""

    answers: list[Way]
    actions: list[Way]


def for_me(pilot: Pilot, who: Current, day: date) -> Waiting:
    """Return what waits for ``who`` on ``day``; one query, none for those who neither answer, verify nor approve, nor read the plan."""
    regions = [place.key for place in pilots.places(pilot)]
    kinds = mine.kinds(pilot, who, day) if who.may("improvement.read") else []
    asked = [_actions(pilot, title, condition) for title, condition in kinds] + ([_said(pilot, who)] if kinds else [])
    if any(who.may(f"assessment.{act}") for act in ("answer", "verify", "approve")):
        asked += [_points(pilot, who, regions), _steps(pilot, who, regions)]
    rows = db.session.execute(union_all(*asked)).all() if asked else []
    counted = {title: n for state, _number, title, _region, n in rows if state == ACTION and n}
    url, said = url_for("improvement.mine"), sum(n for state, *_rest, n in rows if state == SAID)
    actions = [Way(f"{title}: {counted[title]}", "", url) for title, _condition in kinds if title in counted]
    if said:
        words = ngettext("%(num)s comment speaks to you", "%(num)s comments speak to you", said)
        actions.append(Way(words, "", url_for("improvement.mine", _anchor="mentions")))
    return Waiting(_answers(pilot, [row for row in rows if row.state not in (ACTION, SAID)]), actions)


def _actions(pilot: Pilot, title: str, condition: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """How many actions of one kind wait."""
    return (
        select(literal(ACTION).label("state"), literal(0), literal(title), literal(""), func.count(Action.id))
        .join(Action.plan)
        .where(ImprovementPlan.pilot_id == pilot.id, condition)
    )


def _said(pilot: Pilot, who: Current) -> Select[*tuple[Any, ...]]:
    """How many remarks speak to ``who`` that they have not opened yet."""
    unseen = (Mention.person_id == who.person_id, Mention.seen_at.is_(None), Remark.retracted_at.is_(None))
    return (
        select(literal(SAID), literal(0), literal(""), literal(""), func.count(Remark.id))
        .join(Mention, Mention.remark_id == Remark.id)
        .join(ImprovementPlan, ImprovementPlan.id == Remark.plan_id)
        .where(ImprovementPlan.pilot_id == pilot.id, *unseen)
    )


def _answers(pilot: Pilot, rows: Sequence[Any]) -> list[Way]:
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


def _points(pilot: Pilot, who: Current, regions: list[str]) -> Select[*tuple[Any, ...]]:
    """How many points wait to be answered: given to ``who``, or returned in a region where they answer (as on their own page)."""
    own = who.access.regions("assessment.answer", regions)
    mine = assigning.is_mine(pilot, who.person_id, own)
    return (
        select(literal(MINE).label("state"), literal(0), literal(""), literal(""), func.count(AssessmentAnswer.id))
        .select_from(AssessmentAnswer)
        .where(mine)
    )


def _steps(pilot: Pilot, who: Current, regions: list[str]) -> Select[*tuple[Any, ...]]:
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
