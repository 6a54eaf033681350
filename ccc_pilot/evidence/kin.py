"""What else an item might prove: points of other editions that crosswalks tie to those it proves. Offered, never linked by itself."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from ccc_pilot.catalogue.crosswalks import Relation, related
from ccc_pilot.catalogue.editions import editions
from ccc_pilot.catalogue.standard_records import Edition, Point
from ccc_pilot.db import db
from ccc_pilot.evidence import finding
from ccc_pilot.evidence.models import EvidenceItem, EvidenceLink
from ccc_pilot.evidence.neighbours import neighbours
from ccc_pilot.evidence.rules import COUNTS, keeper, region_of
from ccc_pilot.i18n import today
from ccc_pilot.people.doors import Current

PLACEHOLDER = "placeholder"  # of a text that is not public: nothing can be proved of it yet


@dataclass(frozen=True, slots=True)
class Offer:
    """A thing that an item might prove: the ``point`` of ``edition`` in ``region``, as ``relation`` of ``proved``, which it proves at ``place``."""

    object_key: str
    region: str
    edition: Edition
    point: Point
    proved: Point
    relation: Relation
    place: str


def offers(item: EvidenceItem, links: Sequence[EvidenceLink], who: Current) -> list[Offer]:
    """Return what ``item`` might prove beside ``links`` (those ``who`` may know of), where ``who`` may link: each once, as the editions stand.

    What it was linked to before, or declined for, is not offered again. One query.
    """
    counting = [link for link in links if link.state in COUNTS and who.may("evidence.write", keeper(link.region))]
    if not counting or item.withdrawn_at is not None:
        return []
    known = set(db.session.scalars(select(EvidenceLink.object_key).where(EvidenceLink.item_id == item.id)))
    found: dict[str, Offer] = {}
    for link in counting:
        for offer in _offers_of(link, known):
            found.setdefault(offer.object_key, offer)
    order = list(editions())
    return sorted(found.values(), key=lambda offer: (order.index(offer.edition.key), offer.point.order, offer.region))


def _offers_of(link: EvidenceLink, known: Collection[str]) -> Iterator[Offer]:
    proved = _point(link.object_key.partition("@")[0])
    if proved is None or "@" not in link.object_key:
        return
    for relation in related(proved[1].key):
        key, other = f"{relation.other}@{region_of(link.object_key)}", _point(relation.other)
        if other is not None and other[1].status != PLACEHOLDER and key not in known:
            yield Offer(key, region_of(link.object_key), *other, proved[1], relation, link.place)


def _point(key: str) -> tuple[Edition, Point] | None:
    home = editions().get(key.partition(":")[0])
    found = home.at(key) if home else None
    return (home, found) if home is not None and isinstance(found, Point) else None


def items(object_key: str, who: Current) -> list[tuple[EvidenceItem, str]]:
    """Return the items that prove a point related to ``object_key`` ("edition:point@region") there, each with the key of that point.

    Those that were linked to ``object_key`` before, or declined for it, are left out, and what ``who`` may not know of yet. None where
    nothing is related.
    """
    point, _at, region = object_key.partition("@")
    keys = [f"{relation.other}@{region}" for relation in related(point)] if region else []
    if not keys:
        return []
    linked = EvidenceLink.object_key.in_(keys), EvidenceLink.removed_at.is_(None), EvidenceLink.state.in_(COUNTS)
    known, hidden = finding.linked_to(object_key, who, ever=True), neighbours().hiding(who, today())
    rows = db.session.execute(
        select(EvidenceItem, EvidenceLink.object_key, EvidenceLink.at)
        .join(EvidenceLink, EvidenceLink.item_id == EvidenceItem.id)
        .where(*linked, EvidenceItem.withdrawn_at.is_(None), EvidenceItem.id.not_in(known), finding.visible(who))
        .order_by(EvidenceItem.id, EvidenceLink.id)
    )
    told: dict[int, tuple[EvidenceItem, str]] = {}
    for item, key, at in rows:
        if not hidden(key, at):
            told.setdefault(item.id, (item, key.partition("@")[0]))
    return list(told.values())
