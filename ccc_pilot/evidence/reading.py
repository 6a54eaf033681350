"""What proves a thing: the evidence linked to it, read for many things at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import aliased

from ccc_pilot.db import db
from ccc_pilot.evidence import finding, rules
from ccc_pilot.evidence.models import EvidenceItem, EvidenceLink, EvidenceVersion
from ccc_pilot.i18n import today
from ccc_pilot.people.doors import Current

AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Proof:
    """An item linked to a thing. ``version`` is the number of the item's latest version, ``state`` of ``rules.LinkState``.

    ``hidden``: it is confidential and the reader may not see it; then it has no title, place, file name or address, but it counts.
    ``also`` says how many other things the same item proves.
    """

    item_id: int
    version: int
    title: str
    kind: str
    state: str
    expired: bool
    stale: bool
    place: str
    confidential: bool
    hidden: bool
    link_id: int
    region: str
    reason: str
    linked_by: int
    uploaded_by: int
    filename: str
    size: int
    mimetype: str
    address: str
    address_state: str
    checked_at: datetime | None
    document_date: date | None
    valid_until: date | None
    also: int

    @property
    def valid(self) -> bool:
        """Whether it counts as proof: accepted by a second person and in force."""
        return self.state == rules.LinkState.ACCEPTED and not self.expired


def for_objects(object_keys: Sequence[str], who: Current | None = None, day: date | None = None) -> dict[str, tuple[Proof, ...]]:
    """Return the proofs of each of ``object_keys``, oldest link first; things without one have an empty tuple.

    ``who`` reads: what is confidential and not theirs is hidden (with nobody given, all that is confidential). ``day`` is the day on which
    something counts as expired or stale (today). One query for up to ``AT_ONCE`` things.
    """
    found: dict[str, list[Proof]] = {key: [] for key in object_keys}
    for keys in _batches(found):
        for row in db.session.execute(_statement(), {"keys": keys}):
            found[row.EvidenceLink.object_key].append(_proof(row, who, day or today()))
    return {key: tuple(proofs) for key, proofs in found.items()}


def _batches(keys: dict[str, list[Proof]]) -> Iterator[list[str]]:
    rest = iter(keys)
    while batch := list(islice(rest, AT_ONCE)):
        yield batch


@cache
def _statement() -> Select[Any]:
    """The question of what proves the things called ``keys``; it is put into words once."""
    other = aliased(EvidenceLink)
    also = (
        select(func.count(other.id))
        .where(other.item_id == EvidenceItem.id, other.removed_at.is_(None), other.id != EvidenceLink.id)
        .scalar_subquery()
        .label("also")
    )
    return (
        select(EvidenceLink, EvidenceItem, EvidenceVersion, also)
        .join(EvidenceItem, EvidenceItem.id == EvidenceLink.item_id)
        .join(EvidenceVersion, finding.newest())
        .where(
            EvidenceLink.object_key.in_(bindparam("keys", expanding=True)),
            EvidenceLink.removed_at.is_(None),
            EvidenceItem.withdrawn_at.is_(None),
        )
        .order_by(EvidenceLink.id)
    )


def _proof(row: Any, who: Current | None, day: date) -> Proof:
    link, item, version, also = row
    seen = finding.may_see(item.region, item.confidential, who) if who else not item.confidential
    return Proof(
        item.id, version.number, item.title if seen else "", item.kind, link.state, rules.is_expired(item.valid_until, day),
        rules.is_stale(item.document_date, day), link.place if seen else "", item.confidential, not seen, link.id, item.region,
        link.reason if seen else "", link.by_id, version.person_id, version.filename if seen else "", version.size, version.mimetype,
        version.address if seen else "", version.address_state, version.checked_at, item.document_date, item.valid_until, also,
    )  # fmt: skip
