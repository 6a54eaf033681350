"""The documents that are asked for of a round beside its points: which there are, what is recorded of each, what each lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ccc_pilot import journal
from ccc_pilot.assessment import proofs, scope, stages
from ccc_pilot.assessment.document_models import RoundDocument
from ccc_pilot.assessment.document_rules import DocumentState, Standing, lacks
from ccc_pilot.assessment.models import AssessmentRound
from ccc_pilot.assessment.proofs import Linked
from ccc_pilot.assessment.stages import Stage
from ccc_pilot.catalogue.editions import shelf_editions
from ccc_pilot.catalogue.standard_records import Edition, RequestedDocument
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import Conflict, NotFound, Refused
from ccc_pilot.i18n import Text
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.models import Person

OWN = "own-"
MOST_OWN = 200
WRITTEN_IN = stages.BEFORE | {Stage.CLARIFICATION}


@dataclass(frozen=True, slots=True)
class Asked:
    """A document that is asked for: what is recorded of it (``row``; version 0 where nothing is), what proves it and what it lacks.

    ``listed`` is the shelf's record, None for one that the round itself asks for.
    """

    number: str
    title: Text | str
    listed: RequestedDocument | None
    row: RoundDocument
    linked: Linked
    lacks: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether it lacks nothing."""
        return not self.lacks


def listed(edition: Edition) -> tuple[RequestedDocument, ...]:
    """Return the documents that an edition asks for.

    Of an imported edition, whose file holds points alone, they are those known of the same framework on the shelf.
    """
    if edition.documents or edition.origin != "imported":
        return edition.documents
    kin = (one for one in shelf_editions().values() if one.framework.casefold() == edition.framework.casefold())
    return next((one.documents for one in kin if one.documents), ())


def of(round_: AssessmentRound) -> list[Asked]:
    """Return the documents that are asked for of a round: those of its edition, then its own. Two queries."""
    table = RoundDocument
    rows = {row.number: row for row in db.session.scalars(select(table).where(table.round_id == round_.id).order_by(table.id))}
    known = {one.number: one for one in listed(scope.edition_of(round_))}
    told = [(number, known.get(number), rows.get(number)) for number in dict.fromkeys([*known, *rows])]
    rows_of_all = [row or _blank(round_, number) for number, _listed, row in told]
    linked = proofs.of([row.object_key for row in rows_of_all])
    return [
        _asked(number, found, row, linked.get(row.object_key, ()))
        for (number, found, _row), row in zip(told, rows_of_all, strict=True)
    ]


def _blank(round_: AssessmentRound, number: str) -> RoundDocument:
    return RoundDocument(
        round_id=round_.id,
        number=number,
        title="",
        state=DocumentState.MISSING,
        english="",
        reason="",
        owner="",
        note="",
        version=0,
    )


def _asked(number: str, found: RequestedDocument | None, row: RoundDocument, linked: Linked) -> Asked:
    standing = Standing(DocumentState(row.state), row.english, row.reason)
    return Asked(number, found.title if found else row.title, found, row, linked, lacks(standing, linked))


def one(round_: AssessmentRound, number: str) -> Asked:
    """Return one of the documents that are asked for of a round. Raises ``NotFound``."""
    found = next((asked for asked in of(round_) if asked.number == number), None)
    if found is None:
        raise NotFound
    return found


def complete(asked: Sequence[Asked]) -> Mapping[str, bool]:
    """Return whether each of these documents is complete, by number and title: what readiness is judged on."""
    return {f"{one.number} {one.title}": one.complete for one in asked}


def record(
    *, round_: AssessmentRound, number: str, state: str, english: str, reason: str, owner: str, note: str, version: int, actor_id: int
) -> RoundDocument:  # fmt: skip
    """Record how a document stands. ``version`` is that of what was shown (0: nothing yet).

    Raises ``NotFound``, ``Refused`` with the field, or ``Conflict`` when somebody else saved first.
    """
    _hold(round_)
    row = one(round_, number).row
    given: dict[str, Any] = {
        "state": state, "english": english, "reason": reason.strip(), "owner": owner.strip(), "note": note.strip(),
    }  # fmt: skip
    if row.version != version:
        by = db.session.get(Person, row.updated_by_id)
        theirs = {name: getattr(row, name) for name in given}
        raise Conflict(theirs=theirs, mine=given, version=row.version, by=by.name if by else "", at=row.updated_at)
    if state == DocumentState.NOT_NEEDED and not given["reason"]:
        raise Refused(_("Say why it is not needed."), "reason")
    for name, value in given.items():
        setattr(row, name, value)
    return _keep(row, actor_id)


def add(*, round_: AssessmentRound, title: str, actor_id: int) -> RoundDocument:
    """Ask for a further document of a round. Raises ``Refused`` with the field."""
    _hold(round_)
    if not title.strip():
        raise Refused(_("Say what the document is called."), "title")
    own = [int(asked.number.removeprefix(OWN)) for asked in of(round_) if asked.number.startswith(OWN)]
    if len(own) >= MOST_OWN:
        raise Refused(_("There are too many documents already."), "title")
    row = _blank(round_, f"{OWN}{max(own, default=0) + 1}")
    row.title = title.strip()
    return _keep(row, actor_id)


def _hold(round_: AssessmentRound) -> None:
    db.session.refresh(round_, with_for_update=True)
    if Stage(round_.stage) not in WRITTEN_IN:
        raise Refused(_("The round is handed in, so nothing was changed."))


def _keep(row: RoundDocument, actor_id: int) -> RoundDocument:
    row.version, row.updated_by_id, row.updated_at = row.version + 1, actor_id, utc_now()
    db.session.add(row)
    db.session.flush()
    journal.write(
        "assessment.document", row.object_key, actor_id=actor_id, round=row.round_id, title=row.title, verdict=row.state,
        version=row.version,
    )  # fmt: skip
    return row


def kept(round_: AssessmentRound) -> list[dict[str, Any]]:
    """Return the documents of a round as its snapshot holds them, each with what proves it."""
    return [
        {
            "number": one.number, "title": one.title.sv if isinstance(one.title, Text) else one.title, "state": one.row.state,
            "english": one.row.english, "reason": one.row.reason, "complete": one.complete,
            "evidence": [{"item": proof.item_id, "version": proof.version, "state": proof.state} for proof in one.linked],
        }
        for one in of(round_)
    ]  # fmt: skip
