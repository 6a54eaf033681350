"""Proofs of very many things at once, with no more than what numbers are made of: plain rows of one query."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from ccc_pilot.db import db
from ccc_pilot.evidence import rules
from ccc_pilot.evidence.models import EvidenceItem, EvidenceLink
from ccc_pilot.evidence.rules import LinkState

COUNTS_NOT = (LinkState.SUGGESTED, LinkState.REJECTED)


class Counted(NamedTuple):
    """A proof as it is counted; of what is confidential the title is left out. ``version`` is the number of the item's latest version."""

    item_id: int
    version: int
    kind: str
    state: str
    expired: bool
    title: str
    hidden: bool
    document_date: date | None
    valid_until: date | None


def below(prefix: str, day: date) -> dict[str, tuple[Counted, ...]]:
    """Return what is linked to the things whose keys begin with ``prefix``, by key; ``day`` says what has expired.

    Links that are only suggested, or rejected, are left out. One query.
    """
    link, item = EvidenceLink, EvidenceItem
    columns = (
        link.object_key, item.id, item.latest, item.kind, link.state, item.title, item.confidential, item.document_date, item.valid_until,
    )  # fmt: skip
    there = link.removed_at.is_(None), item.withdrawn_at.is_(None), link.state.not_in(COUNTS_NOT)
    statement = (
        select(*columns).join(item, item.id == link.item_id).where(link.object_key.startswith(prefix, autoescape=True), *there)
    )
    found: dict[str, list[Counted]] = {}
    for key, number, latest, kind, state, title, confidential, dated, until in db.session.execute(statement.order_by(link.id)):
        told = Counted(
            number, latest, kind, state, rules.is_expired(until, day), "" if confidential else title, confidential, dated, until
        )
        found.setdefault(key, []).append(told)
    return {key: tuple(proofs) for key, proofs in found.items()}
