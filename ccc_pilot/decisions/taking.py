"""Proposals that were found in a text and that a person has ticked: kept at a meeting, each told where it was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ccc_pilot.decisions import planning, recording
from ccc_pilot.decisions.models import AgendaPoint, Decision, Meeting
from ccc_pilot.decisions.rules import PointKind
from ccc_pilot.errors import Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.models import Pilot


@dataclass(frozen=True, slots=True)
class Taken:
    """A proposal as the person left it: ``where`` tells the place in the text, ``kind`` what the text calls it (proposal, decision)."""

    title: str
    text: str
    kind: str
    where: str
    due: date | None = None
    paragraph: int | None = None


def take(*, pilot: Pilot, meeting: Meeting, taken: Sequence[Taken], actor_id: int) -> list[Decision]:
    """Keep what was ticked as proposals at ``meeting``, each under a point of its own; deciding them is another step.

    Raises ``Refused`` where nothing is ticked or the minutes are approved.
    """
    if not taken:
        raise Refused(_("Tick at least one, or go back to the meeting."))
    return [_keep(pilot, meeting, one, actor_id) for one in taken]


def _keep(pilot: Pilot, meeting: Meeting, one: Taken, actor_id: int) -> Decision:
    point = _point(meeting, one, actor_id)
    called = _("The text calls it a decision.") if one.kind == "decision" else _("The text calls it a proposal.")
    return recording.propose(
        pilot=pilot, meeting=meeting, point=point, title=one.title, kind="decision", proposal=one.text, due=one.due,
        paragraph=recording.if_free(meeting, one.paragraph), evidence=f"{called} {one.where}", actor_id=actor_id,
    )  # fmt: skip


def _point(meeting: Meeting, one: Taken, actor_id: int) -> AgendaPoint:
    same = next((point for point in meeting.points if point.title == one.title), None)
    return same or planning.add_point(target=meeting, title=one.title, kind=PointKind.DECISION, actor_id=actor_id)
