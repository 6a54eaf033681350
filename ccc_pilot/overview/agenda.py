"""Meetings on the start page: the next one, whether the own region has sent its paragraph, and the decisions that nobody follows up."""

from dataclasses import dataclass
from datetime import date

from flask import url_for

from ccc_pilot.decisions import reading, words
from ccc_pilot.decisions.reading import MeetingFact
from ccc_pilot.decisions.showing import ASKING_BODY
from ccc_pilot.decisions.words import Standing
from ccc_pilot.overview import kin
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import Current
from ccc_pilot.people.models import Pilot

MOST = 5


@dataclass(frozen=True, slots=True)
class Owed:
    """A decision that is not followed up: what is owed, each in words."""

    title: str
    url: str
    owed: list[Standing]


@dataclass(frozen=True, slots=True)
class Agenda:
    """The next meeting (None: none is planned), where the own region's paragraph is still to be written (short name, address), the
    regions that have not sent theirs, and the first of the decisions that are owed something, with how many there are.
    """

    meeting: MeetingFact | None
    url: str
    mine: list[tuple[str, str]]
    missing: list[str]
    debts: list[Owed]
    total: int
    all_debts: str


def of(pilot: Pilot, who: Current, day: date) -> Agenda | None:
    """Return what the start page tells of meetings; None for those who may not read decisions."""
    if not who.may("decision.read"):
        return None
    meeting = reading.coming(pilot, day)
    missing = _missing(pilot, meeting) if meeting and meeting.body == ASKING_BODY else []
    owed = reading.in_debt(pilot, day, kin.started)
    return Agenda(
        meeting, url_for("decisions.meeting", meeting_id=meeting.id) if meeting else "",
        [(region.short, _paragraph(meeting, region.key)) for region in missing if meeting and who.may("briefing.contribute", region.key)],
        [region.short for region in missing],
        [
            Owed(" ".join(filter(None, (one.number, one.title))), url_for("decisions.decision", decision_id=one.id), words.debt(one.owed))
            for one in owed[:MOST]
        ],
        len(owed), url_for("decisions.log", status="debt"),
    )  # fmt: skip


def _missing(pilot: Pilot, meeting: MeetingFact) -> list[pilots.Region]:
    sent = {key for key, one in reading.paragraphs(meeting.id).items() if one.sent_at is not None}
    return [region for region in pilots.regions(pilot) if region.key not in sent]


def _paragraph(meeting: MeetingFact, region: str) -> str:
    return url_for("decisions.write_paragraph", meeting_id=meeting.id, region=region)
