"""The designation check and the pace of a round, ready to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from flask import url_for
from sqlalchemy import select

from ccc_pilot.assessment import designation, figures, pace, ready
from ccc_pilot.assessment.designation import CRITERIA, Criterion, Kind
from ccc_pilot.assessment.designation_words import GROUP_WORDS, ITEM_WORDS, OUTCOME_WORDS, VERDICT_WORDS
from ccc_pilot.assessment.models import AssessmentAnswer, AssessmentRound
from ccc_pilot.assessment.pace import Forecast
from ccc_pilot.assessment.results import Results
from ccc_pilot.assessment.words import Standing
from ccc_pilot.db import db
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import local
from ccc_pilot.people.doors import Current
from ccc_pilot.people.pilots import Region

APPROVED = frozenset({"approved", "frozen"})


@dataclass(frozen=True, slots=True)
class Recorded:
    """What one region has recorded: its value as text, its source, and where it is changed (None: not by this reader)."""

    region: str
    text: str
    source: str
    explanation: str
    url: str | None


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A criterion: its limit, what all regions together come to, whether that is enough, and each region's part."""

    title: str
    group: str
    limit: str
    together: str
    outcome: Standing
    parts: list[Recorded]


def check(round_: AssessmentRound, regions: Sequence[Region], who: Current) -> dict[str, Any]:
    """Return what the page of the designation shows."""
    rows = figures.recorded(round_)
    told = figures.for_rules(round_, rows, round_.region_keys)
    asked = [one for one in CRITERIA if round_.designation in one.limits] if figures.asked(round_) else []
    lines = [_criterion(round_, one, told, rows, regions, who) for one in asked]
    if figures.TRIAL_PATIENTS in figures.asked(round_):
        parts = [_recorded(round_, figures.TRIAL_PATIENTS, rows, region, who) for region in regions]
        lines.append(
            CriterionLine(
                str(ITEM_WORDS[figures.TRIAL_PATIENTS]), "", "", "", Standing("idle", "route", _("part of the share")), parts
            )
        )
    verdict = ready.verdict(round_, rows)
    css, icon, said = VERDICT_WORDS[verdict]
    return {"lines": lines, "verdict": Standing(css, icon, str(said))}


def _criterion(
    round_: AssessmentRound, one: Criterion, told: Any, rows: Any, regions: Sequence[Region], who: Current
) -> CriterionLine:  # fmt: skip
    css, icon, said = OUTCOME_WORDS[designation.outcome(one, round_.designation, told)]
    parts = [] if one.kind is Kind.SHARE else [_recorded(round_, one.key, rows, region, who) for region in regions]
    return CriterionLine(
        str(ITEM_WORDS[one.key]), str(GROUP_WORDS[one.group]), _limit(one, one.limits[round_.designation]),
        _together(one, designation.bounds(one, told)), Standing(css, icon, str(said)), parts,
    )  # fmt: skip


def _limit(one: Criterion, limit: Fraction) -> str:
    if one.kind in {Kind.JUDGED, Kind.ANY}:
        return _("yes")
    return f"> {_said(one, limit)}"


def _said(one: Criterion, value: Fraction) -> str:
    return f"{float(100 * value):.1f} %" if one.kind is Kind.SHARE else f"{float(value):g}"


def _together(one: Criterion, found: designation.Bounds) -> str:
    if one.kind in {Kind.JUDGED, Kind.ANY} or (found.high is None and not found.low):
        return "–"
    if found.high == found.low:
        return _said(one, found.low)
    if found.high is None:
        return _("at least %(low)s", low=_said(one, found.low))
    return _("%(low)s to %(high)s", low=_said(one, found.low), high=_said(one, found.high))


def _recorded(round_: AssessmentRound, item: str, rows: Any, region: Region, who: Current) -> Recorded:
    row = rows.get((item, region.key))
    may = who.may("assessment.answer", region.key)
    url = url_for("assessment.figure", number=round_.id, region=region.key, item=item) if may else None
    if row is None:
        return Recorded(region.short, "–", "", "", url)
    yes_no = {"1": _("yes"), "0": _("no")} if figures.ITEMS[item] in {Kind.JUDGED, Kind.ANY} else {}
    named = len(row.names.splitlines())
    text = yes_no.get(row.value, row.value) or (_("%(n)s named", n=named) if named else "–")
    return Recorded(region.short, text, row.source, row.explanation, url)


def forecasts(found: Results, regions: Sequence[Region], today: date) -> list[tuple[str, Forecast]]:
    """Return the forecast of each region that is seen, at the pace of the last four weeks. One query."""
    table = AssessmentAnswer
    rows = db.session.execute(
        select(table.region, table.approved_at).where(table.round_id == found.round_.id, table.approved_at.is_not(None))
    ).all()
    told = []
    for region in regions:
        if region.key in found.regions:
            left = sum(fact.region == region.key and fact.state not in APPROVED for fact in found.facts)
            days = [local(at).date() for one, at in rows if at and one == region.key]
            told.append((region.short, pace.forecast(left, days, found.round_.due, today)))
    return told
