"""What became of all proposals of a meeting, recorded in one step: approved as they stand or amended, rejected, deferred, referred back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ccc_pilot.decisions import finding, recording
from ccc_pilot.decisions.models import Decision, Meeting
from ccc_pilot.decisions.rules import OPEN_STATES, DecisionState
from ccc_pilot.errors import Conflict, NotFound, Refused
from ccc_pilot.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a person says of one proposal: ``outcome`` of ``rules.OUTCOMES``; ``decided`` its words, amended or as they stood."""

    decision_id: int
    version: int
    outcome: str
    decided: str


def waiting(meeting: Meeting) -> list[Decision]:
    """Return the proposals of ``meeting`` that are not settled, in their order."""
    return [row for row in finding.decisions_at(meeting.id) if row.status in OPEN_STATES]


def settle_all(*, meeting: Meeting, outcomes: Sequence[Outcome], today: date, actor_id: int) -> list[Decision]:
    """Record all ``outcomes`` together, or none of them. Raises ``Refused`` with the proposal's name where one cannot be, ``NotFound``."""
    if not outcomes:
        raise Refused(_("Say what became of at least one proposal."))
    rows = {row.id: row for row in finding.decisions_at(meeting.id)}
    return [_settled(rows, one, today, actor_id) for one in outcomes]


def _settled(rows: dict[int, Decision], one: Outcome, today: date, actor_id: int) -> Decision:
    row = rows.get(one.decision_id)
    if row is None:
        raise NotFound
    words = one.decided if one.outcome == DecisionState.DECIDED or one.decided != row.proposal else ""
    try:
        return recording.settle(
            target=row, outcome=one.outcome, decided=words, paragraph=None, version=one.version, today=today, actor_id=actor_id
        )
    except Conflict:
        raise Refused(
            _("%(title)s: somebody else has changed it meanwhile. Look at it below and choose again.", title=row.title)
        ) from None
    except Refused as refusal:
        raise Refused(f"{row.title}: {refusal.message}") from refusal
