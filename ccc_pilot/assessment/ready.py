"""What readiness is judged on: the round's answers and what is recorded of it, laid before the rules."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from ccc_pilot import journal
from ccc_pilot.assessment import designation, documents, facts, figures, readiness, scope
from ccc_pilot.assessment.designation import Verdict
from ccc_pilot.assessment.fact_records import Yardstick
from ccc_pilot.assessment.models import AssessmentRound, RoundWaiver
from ccc_pilot.assessment.readiness import Check
from ccc_pilot.assessment.result_models import AssessmentFigure
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import Refused
from ccc_pilot.i18n import gettext as _

UNAPPROVED = "R0"  # the house's own rule: every answer is approved by its region
RULES = (UNAPPROVED, *(f"R{number}" for number in range(1, 12)))


def checks(round_: AssessmentRound, day: date) -> list[Check]:
    """Return the rules of readiness with those that break them and the waivers given: the house's own first, then R1 to R11."""
    given = waivers(round_)
    found = facts.load(round_, round_.region_keys, lean=True)
    unapproved = tuple(fact.key for fact in found if fact.state != "approved")
    rows = figures.recorded(round_)
    own = Check(UNAPPROVED, not unapproved, unapproved, "" if not unapproved else given.get(UNAPPROVED, ""))
    grounds = readiness.Grounds(
        facts=found, stick=Yardstick.of(scope.edition_of(round_).scale), documents=documents.complete(documents.of(round_)), figures=figures.filled(round_, rows),
        designation=verdict(round_, rows), signed=round_.signed_on is not None, group=bool(round_.project_group), visit=round_.visit, today=day,
    )  # fmt: skip
    return [own, *readiness.checks(grounds, given)]


def verdict(round_: AssessmentRound, rows: Mapping[tuple[str, str], AssessmentFigure]) -> Verdict:
    """Return what the recorded figures say of the designation sought, all regions together."""
    if not figures.asked(round_):
        return Verdict.UNDETERMINED
    return designation.check(round_.designation, figures.for_rules(round_, rows, round_.region_keys)).verdict


def blocking(round_: AssessmentRound, day: date) -> tuple[str, ...]:
    """Return the rules that neither hold nor are waived, and so keep the round from being handed in."""
    return tuple(check.rule for check in checks(round_, day) if check.blocks and not check.passed and not check.waiver)


def waivers(round_: AssessmentRound) -> dict[str, str]:
    """Return the reasons for which rules are waived, by rule."""
    rows = db.session.execute(select(RoundWaiver.code, RoundWaiver.reason).where(RoundWaiver.round_id == round_.id))
    return {row.code: row.reason for row in rows}


def waive(*, round_: AssessmentRound, code: str, reason: str, actor_id: int) -> RoundWaiver:
    """Let a round pass without a rule of readiness, for a ``reason``. Raises ``Refused`` with the field."""
    if code not in RULES:
        raise Refused(_("There is no such rule."), "code")
    if not reason.strip():
        raise Refused(_("Say in a line why."), "reason")
    db.session.refresh(round_, with_for_update=True)
    row = db.session.scalar(select(RoundWaiver).where(RoundWaiver.round_id == round_.id, RoundWaiver.code == code))
    row = row or RoundWaiver(round_id=round_.id, code=code)
    row.reason, row.person_id, row.at = reason.strip(), actor_id, utc_now()
    db.session.add(row)
    journal.write("assessment.waived", round_.key, actor_id=actor_id, code=code, reason=row.reason)
    return row


def sign(
    *, round_: AssessmentRound, signed_on: date | None, signed_by: str, project_group: str, version: int, actor_id: int
) -> AssessmentRound:
    """Record who has signed for the assessment and when, and who is in the project group. Raises ``Refused`` with the field."""
    db.session.refresh(round_, with_for_update=True)
    if version != round_.version:
        raise Refused(_("The round has moved on since you saw it. Look at how it stands now."))
    if signed_on and not signed_by.strip():
        raise Refused(_("Say who has signed."), "signed_by")
    round_.signed_on, round_.signed_by, round_.project_group = signed_on, signed_by.strip(), project_group.strip()
    round_.version += 1
    journal.write("assessment.signed", round_.key, actor_id=actor_id, since=signed_on, name=round_.signed_by)
    return round_
