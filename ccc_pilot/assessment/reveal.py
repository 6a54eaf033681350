"""When the regions begin to see one another: as soon as all have handed in, and in any case after the due date."""

from sqlalchemy import exists, select

from ccc_pilot import journal
from ccc_pilot.assessment.models import AssessmentAnswer, AssessmentRound
from ccc_pilot.assessment.states import IN
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db


def if_all_are_in(round_: AssessmentRound) -> bool:
    """Reveal a round whose every answer has been handed in, within the transaction now open; returns whether that was so now.

    The round is held by the one who hands in, so that two who hand in the last two do not both miss it.
    """
    if round_.revealed_at is not None or not round_.independent or _lacks_any(round_):
        return False
    round_.revealed_at = utc_now()
    journal.write("assessment.revealed", round_.key, actor_id=None, how="all are in")
    return True


def _lacks_any(round_: AssessmentRound) -> bool:
    db.session.flush()
    waiting = select(AssessmentAnswer.id).where(AssessmentAnswer.round_id == round_.id, AssessmentAnswer.state.not_in(IN))
    return bool(db.session.scalar(select(exists(waiting))))
