"""The network's answer on each point: by default the lowest applicable of the regions', else what they agreed on. Never a mean."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from ccc_pilot import journal
from ccc_pilot.assessment import comparison, facts, scope, sight
from ccc_pilot.assessment.comparison import Across
from ccc_pilot.assessment.fact_records import Yardstick
from ccc_pilot.assessment.models import AssessmentAnswer, AssessmentRound, NetworkAnswer
from ccc_pilot.assessment.stages import Stage
from ccc_pilot.catalogue.standard_records import Point
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import Conflict, Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.models import Person

LOWEST, AGREED = "lowest", "agreed"
DECIDED_IN = frozenset({Stage.OPEN, Stage.CONSOLIDATING})


@dataclass(frozen=True, slots=True)
class Joint:
    """A point with the regions side by side and the network's answer (None where nothing has been decided).

    ``reopened``: the point is open for clarification.
    """

    across: Across
    decided: NetworkAnswer | None
    reopened: bool = False

    @property
    def basis(self) -> dict[str, str | None]:
        """The regions' scores as they are now."""
        return {region: fact.score for region, fact in self.across.facts.items()}

    @property
    def outdated(self) -> bool:
        """Whether a region has changed its score since the network decided."""
        return self.decided is not None and self.decided.basis != self.basis

    @property
    def score(self) -> str | None:
        """The network's score: what was decided, else the lowest applicable."""
        return self.decided.score if self.decided else self.across.lowest

    @property
    def unsettled(self) -> bool:
        """Whether the point stands on the consensus list and waits for the network's answer."""
        return self.across.disputed and (self.decided is None or self.outdated)


def joints(round_: AssessmentRound) -> list[Joint]:
    """Return every point of a round with its regions and the network's answer. Three queries at most; for those who may see all."""
    decided = {row.point_key: row for row in db.session.scalars(select(NetworkAnswer).where(NetworkAnswer.round_id == round_.id))}
    stick = Yardstick.of(scope.edition_of(round_).scale)
    found = comparison.across(facts.load(round_, round_.region_keys), stick)
    return [Joint(across, decided.get(across.point.key)) for across in found]


def joint(round_: AssessmentRound, point: Point) -> Joint:
    """Return one point with its regions and the network's answer. Two queries."""
    rows = db.session.scalars(
        select(AssessmentAnswer).where(AssessmentAnswer.round_id == round_.id, AssessmentAnswer.point_key == point.key)
    ).all()
    decided = db.session.scalar(
        select(NetworkAnswer).where(NetworkAnswer.round_id == round_.id, NetworkAnswer.point_key == point.key)
    )
    stick = Yardstick.of(scope.edition_of(round_).scale)
    told = sorted(facts.of_answers(round_, rows), key=lambda fact: round_.region_keys.index(fact.region))
    reopened = round_.stage == Stage.CLARIFICATION and any(row.reopened for row in rows)
    return Joint(comparison.across(told, stick)[0], decided, reopened)


def unsettled(round_: AssessmentRound) -> int:
    """Return how many points on the consensus list wait for the network's answer."""
    return sum(one.unsettled for one in joints(round_))


def decide(
    *, round_: AssessmentRound, point: Point, score: str | None, reason: str, agreed: str, dissent: str, version: int, actor_id: int,
    day: date,
) -> NetworkAnswer:  # fmt: skip
    """Give the network its answer on a point: ``score``, why, which regions ``agreed`` ("ro rjl"), and the view of those who did not.

    ``version`` is that of the answer shown (0: there was none). Where the score is not the lowest, or the regions' pictures differ, it
    asks for a reason; where a region did not agree, for its view. Raises ``Refused`` with the field, or ``Conflict``.
    """
    db.session.refresh(round_, with_for_update=True)
    now = joint(round_, point)
    mine = {"score": score, "reason": reason.strip(), "agreed": agreed, "dissent": dissent.strip()}
    _guard(round_, now, mine, version, day)
    _check(round_, now, mine)
    row = now.decided or NetworkAnswer(round_id=round_.id, point_key=point.key, version=0)
    row.score, row.reason, row.dissent = str(score), mine["reason"] or "", mine["dissent"] or ""
    row.rule = LOWEST if score == now.across.lowest else AGREED
    row.agreed, row.basis, row.version = agreed.split(), now.basis, row.version + 1
    row.updated_at, row.updated_by_id = utc_now(), actor_id
    db.session.add(row)
    journal.write(
        "assessment.network_answer", point.key, actor_id=actor_id, round=round_.id, score=score, rule=row.rule, agreed=row.agreed,
        version=row.version,
    )  # fmt: skip
    return row


def _guard(round_: AssessmentRound, now: Joint, mine: dict[str, str | None], version: int, day: date) -> None:
    if not sight.is_revealed(round_, day):
        raise Refused(_("The regions still answer on their own; the network agrees when all are in or the due date has passed."))
    if Stage(round_.stage) not in DECIDED_IN and not now.reopened:
        raise Refused(_("The round is closed for answers just now, so nothing was changed."))
    stored = now.decided.version if now.decided else 0
    if stored == version:
        return
    row = now.decided
    by = db.session.get(Person, row.updated_by_id) if row and row.updated_by_id else None
    theirs = {"score": row.score, "reason": row.reason, "agreed": " ".join(row.agreed), "dissent": row.dissent} if row else {}
    raise Conflict(theirs=theirs, mine=mine, version=stored, by=by.name if by else "", at=row.updated_at if row else None)


def _check(round_: AssessmentRound, now: Joint, mine: dict[str, str | None]) -> None:
    if mine["score"] not in scope.values(scope.edition_of(round_)):
        raise Refused(_("Choose a score first."), "score")
    if not mine["reason"] and (mine["score"] != now.across.lowest or now.across.disputed):
        raise Refused(_("Say why the network answers so."), "reason")
    if not mine["dissent"] and set((mine["agreed"] or "").split()) != set(round_.region_keys):
        raise Refused(_("Not all regions agreed: write down the view of those who did not."), "dissent")
