"""The house's calendar: what is open and due in any room, and the meetings, so far as one may read them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ccc_pilot.decisions.models import Meeting
from ccc_pilot.people.models import Pilot
from ccc_pilot.people.policy import NETWORK, Access
from ccc_pilot.reminders import meetings, sources
from ccc_pilot.reminders.deadlines import Deadline

# What one must be allowed in order to see a kind of deadline; all others are milestones.
READ = {
    "decision": "decision.read",
    "paragraph": "decision.read",
    "assessment": "assessment.read",
    "evidence": "evidence.read",
    "action": "improvement.read",
}
MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What is asked for: a region (with what is joint) and a kind; empty: all."""

    region: str = ""
    kind: str = ""


def may_see(access: Access, deadline: Deadline) -> bool:
    """Whether one with ``access`` may read of ``deadline``."""
    demanded = {READ.get(deadline.kind, "milestone.read"), deadline.read} - {""}
    return all(access.may(action, deadline.region) for action in demanded)


def deadlines(pilot: Pilot, first: date, last: date, access: Access, asked: Narrowed) -> Sequence[Deadline]:
    """Return what is open in ``pilot`` and due from ``first`` to ``last``, by day, so far as ``access`` goes."""
    return sorted(_fitting(pilot, first, last, access, asked), key=lambda one: (one.due, one.kind, str(one.title)))


def _fitting(pilot: Pilot, first: date, last: date, access: Access, asked: Narrowed) -> Iterator[Deadline]:
    for one in sources.in_calendars(first, last) if asked.kind != MEETING else ():
        here = one.pilot_id == pilot.id and (not asked.region or one.region in {asked.region, NETWORK})
        if here and asked.kind in {"", one.kind} and may_see(access, one):
            yield one


def held(pilot: Pilot, first: date, last: date, access: Access, asked: Narrowed) -> Sequence[Meeting]:
    """Return the meetings of ``pilot`` from ``first`` to ``last``; none for who may not read of them. They are joint, so in every region."""
    if asked.kind not in {"", MEETING} or not access.may(meetings.READ):
        return ()
    return meetings.between(first, last, pilot.id)
