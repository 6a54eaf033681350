"""What a review found: strengths, and opportunities to improve that the improvement plan answers (key "finding:<id>")."""

from collections.abc import Sequence

from sqlalchemy import select

from ccc_pilot import journal
from ccc_pilot.assessment import scope
from ccc_pilot.assessment.models import AssessmentRound
from ccc_pilot.assessment.review_models import Finding
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import Forbidden, NotFound, Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.doors import Current

STRENGTH, OPPORTUNITY = "strength", "opportunity"
KINDS = (STRENGTH, OPPORTUNITY)
LONGEST = 4_000


def find(
    *,
    round_: AssessmentRound,
    kind: str,
    text: str,
    points: Sequence[str],
    region: str = "",
    who: Current,
    review_id: int | None = None,
) -> Finding:
    """Write down a finding of ``kind`` on some points (their ids), addressed to a region or (empty) to all. Raises ``Refused``."""
    known = {point.key for point in scope.points(round_)}
    keys = [round_.point_key(slug) for slug in points]
    if strange := [slug for slug, key in zip(points, keys, strict=True) if key not in known]:
        raise Refused(_("There is no point called %(names)s in this round.", names=", ".join(strange)), "points")
    row = Finding(
        round_id=round_.id, review_id=review_id, kind=kind, text=text.strip(), point_keys=keys, region=region, at=utc_now(), person_id=who.person_id
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    journal.write(
        "assessment.finding", row.key, actor_id=who.person_id, region=region or None, kind=kind, points=keys, verdict="written"
    )
    return row


def retract(*, round_: AssessmentRound, number: int, who: Current) -> None:
    """Take a finding back; it is kept out of sight. Raises ``NotFound``, or ``Forbidden`` for all but its writer and the head lead."""
    row = db.session.get(Finding, number, with_for_update=True)
    if row is None or row.round_id != round_.id or row.retracted_at is not None:
        raise NotFound
    if row.person_id != who.person_id and not who.may("assessment.steer"):
        raise Forbidden
    row.retracted_at = utc_now()
    journal.write(
        "assessment.finding", row.key, actor_id=who.person_id, region=row.region or None, kind=row.kind, points=row.point_keys,
        verdict="retracted",
    )  # fmt: skip


def of(round_: AssessmentRound, review_id: int | None = None) -> list[Finding]:
    """Return a round's findings (of one review, if told), strengths after opportunities, oldest first."""
    rows = select(Finding).where(Finding.round_id == round_.id, Finding.retracted_at.is_(None)).order_by(Finding.kind, Finding.id)
    return list(db.session.scalars(rows.where(Finding.review_id == review_id) if review_id is not None else rows))
