"""What is recorded beside the points: figures for the designation, and the documents that are asked for."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from sqlalchemy import select

from ccc_pilot import journal
from ccc_pilot.assessment.designation import CC, CCC, CRITERIA, Figure, Kind
from ccc_pilot.assessment.models import AssessmentRound
from ccc_pilot.assessment.result_models import AssessmentFigure
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import Conflict, NotFound, Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.models import Person

TRIAL_PATIENTS = "trial_patients"
# Recorded of each region; a share is not recorded but worked out. Source: the thresholds as the regional cancer centres publish them.
ITEMS: dict[str, Kind] = {one.key: one.kind for one in CRITERIA if one.kind is not Kind.SHARE}
ITEMS[TRIAL_PATIENTS] = Kind.SUM
LONGEST = 12  # digits


def asked(round_: AssessmentRound) -> tuple[str, ...]:
    """Return the items that the designation sought asks for; none where no limits are published for it."""
    if round_.designation not in {CC, CCC}:
        return ()
    wanted = {one.key for one in CRITERIA if round_.designation in one.limits}
    return tuple(item for item in ITEMS if item in wanted or (item == TRIAL_PATIENTS and round_.designation == CCC))


def recorded(round_: AssessmentRound) -> dict[tuple[str, str], AssessmentFigure]:
    """Return what is recorded of a round, by item and region. One query."""
    found = db.session.scalars(select(AssessmentFigure).where(AssessmentFigure.round_id == round_.id))
    return {(row.item, row.region): row for row in found}


def for_rules(
    round_: AssessmentRound, rows: Mapping[tuple[str, str], AssessmentFigure], regions: Sequence[str]
) -> dict[str, list[Figure]]:
    """Return the figures as the designation check takes them: one for each item and region, unknown where nothing is recorded."""
    return {item: [_figure(rows.get((item, region))) for region in regions] for item in ITEMS}


def _figure(row: AssessmentFigure | None) -> Figure:
    if row is None:
        return Figure()
    names = frozenset(name.strip().casefold() for name in row.names.splitlines() if name.strip())
    return Figure(Fraction(row.value) if row.value else None, names)


def filled(round_: AssessmentRound, rows: Mapping[tuple[str, str], AssessmentFigure]) -> dict[str, bool]:
    """Return whether each item that is asked for is filled or explained in each region: "beds@ro" to yes or no."""
    return {
        f"{item}@{region}": (row := rows.get((item, region))) is not None and bool(row.value or row.names or row.explanation)
        for item in asked(round_)
        for region in round_.region_keys
    }


def of(round_: AssessmentRound, region: str, item: str) -> AssessmentFigure:
    """Return what is recorded of an item in a region; a new row where nothing is. Raises ``NotFound`` for an unknown item or region."""
    if item not in ITEMS or region not in round_.region_keys:
        raise NotFound
    where = AssessmentFigure.round_id == round_.id, AssessmentFigure.region == region, AssessmentFigure.item == item
    found = db.session.scalar(select(AssessmentFigure).where(*where))
    return found or AssessmentFigure(
        round_id=round_.id, region=region, item=item, value="", names="", explanation="", source="", version=0
    )


def record(
    *, round_: AssessmentRound, region: str, item: str, value: str, names: str, explanation: str, source: str, version: int, actor_id: int
) -> AssessmentFigure:  # fmt: skip
    """Record an item's value with its source. ``value`` is a number as people write it, "yes" or "no" where that is asked, or empty.

    Raises ``Refused`` with the field, or ``Conflict`` when somebody else saved first.
    """
    db.session.refresh(round_, with_for_update={"read": True})
    row = of(round_, region, item)
    given: dict[str, Any] = {"value": value, "names": names, "explanation": explanation, "source": source}
    if row.version != version:
        by = db.session.get(Person, row.updated_by_id)
        theirs = {name: getattr(row, name) for name in given}
        raise Conflict(theirs=theirs, mine=given, version=row.version, by=by.name if by else "", at=row.updated_at)
    row.value = number(value, ITEMS[item])
    row.names, row.explanation, row.source = names.strip(), explanation.strip(), source.strip()
    if (row.value or row.names) and not row.source:
        raise Refused(_("Say where the figure is from."), "source")
    row.version, row.updated_by_id, row.updated_at = version + 1, actor_id, utc_now()
    db.session.add(row)
    counted = len(row.names.splitlines())
    journal.write(
        "assessment.figure",
        round_.key,
        actor_id=actor_id,
        region=region,
        item=item,
        value=row.value,
        names=counted,
        version=row.version,
    )
    return row


def number(text: str, kind: Kind) -> str:
    """Return a number as it is stored: digits with a point, no sign. Raises ``Refused`` at the field ``value``."""
    if kind in {Kind.JUDGED, Kind.ANY}:
        if text not in {"", "1", "0"}:
            raise Refused(_("Choose yes, no or not known."), "value")
        return text
    plain = "".join(text.split()).replace("\u202f", "").replace(",", ".")
    whole, _dot, part = plain.partition(".")
    if plain and not (plain.isascii() and whole.isdigit() and (part.isdigit() or not part) and len(plain) <= LONGEST):
        raise Refused(_("Write a number, such as 125 or 62,5."), "value")
    return plain.removesuffix(".")
