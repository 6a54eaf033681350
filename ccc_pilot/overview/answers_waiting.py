"""What of the self-assessment waits for the one who looks: points to answer, answers to verify and to approve."""

from typing import NamedTuple

from flask import url_for
from sqlalchemy import func, or_, select

from ccc_pilot.assessment import assigning
from ccc_pilot.assessment.models import AssessmentAnswer, AssessmentRound
from ccc_pilot.assessment.stages import WRITTEN_IN
from ccc_pilot.assessment.states import State
from ccc_pilot.db import db
from ccc_pilot.i18n import ngettext
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import Current
from ccc_pilot.people.models import Pilot


class Way(NamedTuple):
    """Something that waits: in words, and where it is done."""

    words: str
    under: str
    url: str


def for_me(pilot: Pilot, who: Current) -> list[Way]:
    """Return what of the self-assessment waits for ``who``; at most three queries, none for those who neither answer nor verify."""
    regions = [region.key for region in pilots.regions(pilot)]
    own = who.access.regions("assessment.answer", regions)
    found = []
    if own and (points := assigning.mine(pilot, who.person_id, own)):
        words = ngettext("%(num)s point to answer", "%(num)s points to answer", len(points))
        found.append(Way(words, "", url_for("assessment.mine")))
    if who.may("assessment.verify"):
        found += _steps(pilot, who, regions)
    return found


def _steps(pilot: Pilot, who: Current, regions: list[str]) -> list[Way]:
    """Answers to verify that others wrote, and verified ones to approve, by round and region. One query."""
    table, shorts = AssessmentAnswer, {region.key: region.short for region in pilots.regions(pilot)}
    verify, approve = (who.access.regions(f"assessment.{act}", regions) for act in ("verify", "approve"))
    others = (table.state == State.PROPOSED) & table.region.in_(verify) & (table.written_by_id != who.person_id)
    rows = db.session.execute(
        select(AssessmentRound.id, AssessmentRound.title, table.region, table.state, func.count())
        .join(AssessmentRound, AssessmentRound.id == table.round_id)
        .where(AssessmentRound.pilot_id == pilot.id, AssessmentRound.stage.in_(WRITTEN_IN))
        .where(or_(others, (table.state == State.VERIFIED) & table.region.in_(approve)))
        .group_by(AssessmentRound.id, AssessmentRound.title, table.region, table.state)
        .order_by(AssessmentRound.id, table.region, table.state)
    )
    return [
        Way(
            _told(state, n),
            f"{shorts[region]} · {title}",
            url_for("assessment.region", number=number, region=region, state=state),
        )
        for number, title, region, state, n in rows
    ]


def _told(state: str, n: int) -> str:
    if state == State.PROPOSED:
        return ngettext("%(num)s answer to verify", "%(num)s answers to verify", n)
    return ngettext("%(num)s answer to approve", "%(num)s answers to approve", n)
