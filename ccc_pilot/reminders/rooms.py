"""The deadlines of the other rooms: decisions to carry out and to look at again, rounds to answer, peer reviews, evidence that expires."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select

from ccc_pilot.assessment.models import AssessmentRound
from ccc_pilot.assessment.review_models import PeerReview
from ccc_pilot.assessment.stages import Stage
from ccc_pilot.db import db
from ccc_pilot.decisions.models import Decision
from ccc_pilot.decisions.rules import DecisionState
from ccc_pilot.evidence.models import EvidenceItem
from ccc_pilot.i18n import Text
from ccc_pilot.improvement.listing import NOT_CLAIMED
from ccc_pilot.improvement.models import Action
from ccc_pilot.people.models import Pilot, PilotRegion, Post
from ccc_pilot.people.policy import NETWORK, Role
from ccc_pilot.reminders.deadlines import Deadline, Source, number_of

TO_CARRY_OUT = (DecisionState.DECIDED, DecisionState.EXECUTING)
IN_FORCE = (*TO_CARRY_OUT, DecisionState.EXECUTED, DecisionState.REPORTED)


def _source(
    kind: str,
    title: Any,
    column: Any,
    open_: Callable[[], list[ColumnElement[bool]]],
    told: Callable[[Iterable[Any]], Iterator[Deadline]],
) -> Source:
    """Return the source of the rows with ``column`` as their date for which ``open_`` holds; ``told`` makes deadlines of rows."""
    model = column.class_

    def near(first: date, last: date) -> Iterator[Deadline]:
        return told(db.session.scalars(select(model).where(column.between(first, last), *open_()).order_by(model.id)))

    def open_ones(keys: Iterable[str]) -> Mapping[str, Deadline]:
        wanted = set(keys)
        numbers = {number_of(key.partition("@")[0]) for key in wanted}
        rows = db.session.scalars(select(model).where(model.id.in_(numbers), column.is_not(None), *open_()))
        return {one.object: one for one in told(rows) if one.object in wanted}

    return Source(kind, title, near, open_ones)


def _decision(row: Decision, prefix: str, due: date | None) -> Iterator[Deadline]:
    if due is not None:
        yield Deadline(
            f"{prefix}:{row.id}", "decision", Text(row.title), NETWORK, row.pilot_id, due, Role.HEAD_LEAD, row.number or "",
            "decisions.decision", (("decision_id", str(row.id)),), version=row.version, changed=row.updated_at,
        )  # fmt: skip


def _to_carry_out(rows: Iterable[Decision]) -> Iterator[Deadline]:
    return (one for row in rows for one in _decision(row, "decision", row.due))


def _to_look_at_again(rows: Iterable[Decision]) -> Iterator[Deadline]:
    return (one for row in rows for one in _decision(row, "review", row.review_on))


def _rounds(rows: Iterable[AssessmentRound]) -> Iterator[Deadline]:
    for row, region in ((each, key) for each in rows for key in each.region_keys):
        yield Deadline(
            f"round:{row.id}@{region}", "assessment", Text(row.title), region, row.pilot_id, row.due, Role.REGIONAL_LEAD, "",
            "assessment.region", (("number", str(row.id)), ("region", region)), everywhere=row.joint, version=row.version,
            changed=row.opened_at,
        )  # fmt: skip


def _peer_reviews(rows: Iterable[PeerReview]) -> Iterator[Deadline]:
    for row in rows:
        round_ = db.session.get_one(AssessmentRound, row.round_id)
        yield Deadline(
            f"peer:{row.id}", "assessment", Text(round_.title), NETWORK, round_.pilot_id, row.until, Role.PEER_REVIEWER, "",
            "assessment.show", (("number", str(round_.id)),), person_id=row.person_id, followed=False, changed=row.at,
        )  # fmt: skip


def _evidence(rows: Iterable[EvidenceItem]) -> Iterator[Deadline]:
    pilots = first_pilots()
    for row in rows:
        if row.valid_until is not None and row.region in pilots:
            yield Deadline(
                f"evidence:{row.id}", "evidence", Text(row.title), row.region, pilots[row.region], row.valid_until, Role.REGIONAL_LEAD,
                "", "evidence.show", (("item_id", str(row.id)),), version=row.version, changed=row.updated_at,
                read="evidence.confidential" if row.confidential else "",
            )  # fmt: skip


def _actions(rows: Iterable[Action]) -> Iterator[Deadline]:
    for row in rows:
        post = db.session.get(Post, row.post_key) if row.post_key else None
        if row.due is not None:
            yield Deadline(
                f"action:{row.id}", "action", Text(row.title), row.region, row.plan.pilot_id, row.due,
                post.role if post else Role.REGIONAL_LEAD, row.code, "improvement.show", (("action_id", str(row.id)),),
                person_id=row.owner_id, version=row.version, changed=row.updated_at,
            )  # fmt: skip


def first_pilots() -> dict[str, int]:
    """The first pilot in which each region takes part, by its key (for what is joint: the first there is). One query."""
    found: dict[str, int] = {}
    rows = select(Pilot.id, PilotRegion.organisation_key).outerjoin(PilotRegion, PilotRegion.pilot_id == Pilot.id)
    for number, region in db.session.execute(rows.order_by(Pilot.id)):
        found.setdefault(NETWORK, number)
        found.setdefault(region, number)
    return found


def sources(titles: Mapping[str, Any]) -> tuple[Source, ...]:
    """Return the sources of these rooms; ``titles``: their words by the kind that their keys begin with."""
    return (
        _source(
            "decision", titles["decision"], Decision.due,
            lambda: [Decision.status.in_(TO_CARRY_OUT), Decision.follow_up.is_(True)], _to_carry_out,
        ),
        _source(
            "review", titles["review"], Decision.review_on,
            lambda: [Decision.status.in_(IN_FORCE), Decision.reviewed_on.is_(None)], _to_look_at_again,
        ),
        _source("action", titles["action"], Action.due, lambda: [Action.state.in_(NOT_CLAIMED)], _actions),
        _source("round", titles["round"], AssessmentRound.due, lambda: [AssessmentRound.stage == Stage.OPEN], _rounds),
        _source("peer", titles["peer"], PeerReview.until, lambda: [PeerReview.finished_at.is_(None)], _peer_reviews),
        _source("evidence", titles["evidence"], EvidenceItem.valid_until, lambda: [EvidenceItem.withdrawn_at.is_(None)], _evidence),
    )  # fmt: skip
