"""A milestone's history in words: who, when, from what to what, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ccc_pilot import said
from ccc_pilot.db import db
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.models import Person
from ccc_pilot.progress.listing import Line
from ccc_pilot.progress.models import MilestoneChange, MilestoneRow
from ccc_pilot.progress.rules import Status
from ccc_pilot.progress.words import STATUS_WORDS

MOST = 100


@dataclass(frozen=True, slots=True)
class Told:
    """One change, ready to be read."""

    at: Any
    by: str
    region: str
    text: str
    changes: list[tuple[str, str, str]]


def of(line: Line, shorts: Mapping[str, str]) -> list[Told]:
    """Return the latest changes of a line's rows, newest first; ``shorts`` gives the regions' short names."""
    statement = (
        select(MilestoneChange, MilestoneRow.region, Person.name)
        .join(MilestoneRow, MilestoneRow.id == MilestoneChange.row_id)
        .outerjoin(Person, Person.id == MilestoneChange.person_id)
        .where(MilestoneRow.line_id == line.line_id)
        .order_by(MilestoneChange.id.desc())
        .limit(MOST)
    )
    return [
        Told(change.at, by or "", shorts.get(region, _("Joint")), said.in_words(change.text), _differences(change))
        for change, region, by in db.session.execute(statement)
    ]


def _differences(change: MilestoneChange) -> list[tuple[str, str, str]]:
    told = []
    if change.status_to and change.status_from != change.status_to:
        told.append((_("Status"), str(STATUS_WORDS[Status(change.status_from)]), str(STATUS_WORDS[Status(change.status_to)])))
    if change.percent_to is not None and change.percent_from != change.percent_to:
        told.append((_("Percent"), str(change.percent_from), str(change.percent_to)))
    if change.due_to:
        told.append((_("Date"), change.due_from.isoformat() if change.due_from else "", change.due_to.isoformat()))
    return told
