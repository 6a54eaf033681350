"""Finding evidence, and only what the reader may see: confidential items are for their own region, the head lead and RCC."""

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import joinedload

from ccc_pilot.db import db
from ccc_pilot.errors import NotFound
from ccc_pilot.evidence.models import EvidenceItem, EvidenceLink, EvidenceVersion
from ccc_pilot.evidence.neighbours import neighbours
from ccc_pilot.i18n import today
from ccc_pilot.people.doors import Current
from ccc_pilot.people.policy import NETWORK


def may_see(item_region: str, confidential: bool, who: Current) -> bool:
    """Whether ``who`` may see an item of ``item_region``, confidential or not."""
    return who.may("evidence.read", item_region) and (not confidential or who.may("evidence.confidential", item_region))


def visible(who: Current) -> ColumnElement[bool]:
    """The condition that ``who`` may see an item."""
    if who.may("evidence.confidential", NETWORK):
        return true()
    own = [grant.region for grant in who.access.grants if who.may("evidence.confidential", grant.region)]
    return or_(EvidenceItem.confidential.is_(False), EvidenceItem.region.in_(own))


def item(item_id: int, who: Current, *, lock: bool = False) -> EvidenceItem:
    """Return an item that ``who`` may see, held against others who write if ``lock``. Raises ``NotFound``."""
    found = db.session.get(EvidenceItem, item_id, with_for_update=lock, populate_existing=lock)
    if found is None or not may_see(found.region, found.confidential, who):
        raise NotFound
    return found


def link(link_id: int, who: Current) -> EvidenceLink:
    """Return a link in force that ``who`` may see, and whose item they may see, held against others who write. Raises ``NotFound``."""
    found = db.session.get(EvidenceLink, link_id, with_for_update=True, populate_existing=True)
    if found is None or found.removed_at is not None:
        raise NotFound
    item(found.item_id, who)
    if neighbours().hiding(who, today())(found.object_key, found.at):
        raise NotFound
    return found


def version(target: EvidenceItem, number: int | None = None) -> EvidenceVersion:
    """Return a version of ``target`` (None: the latest). Raises ``NotFound``."""
    found = db.session.scalar(
        select(EvidenceVersion).where(
            EvidenceVersion.item_id == target.id, EvidenceVersion.number == (target.latest if number is None else number)
        )
    )
    if found is None:
        raise NotFound
    return found


def newest() -> ColumnElement[bool]:
    """The condition that joins an item with its latest version."""
    return and_(EvidenceVersion.item_id == EvidenceItem.id, EvidenceVersion.number == EvidenceItem.latest)


def links_of(target: EvidenceItem) -> list[EvidenceLink]:
    """Return the links of ``target`` that are in force, oldest first."""
    statement = (
        select(EvidenceLink)
        .options(joinedload(EvidenceLink.item))
        .where(EvidenceLink.item_id == target.id, EvidenceLink.removed_at.is_(None))
        .order_by(EvidenceLink.id)
    )
    return list(db.session.scalars(statement))


def links_shown(target: EvidenceItem, who: Current) -> tuple[list[EvidenceLink], int]:
    """Return the links of ``target`` that ``who`` may know of, and how many there are besides."""
    hidden, found = neighbours().hiding(who, today()), links_of(target)
    shown = [one for one in found if not hidden(one.object_key, one.at)]
    return shown, len(found) - len(shown)


def linked_to(object_key: str, who: Current, *, ever: bool = False) -> set[int]:
    """Return the ids of the items linked to ``object_key`` (``ever``: or that were, or were declined for it), so far as ``who`` may know."""
    hidden = neighbours().hiding(who, today())
    asked = select(EvidenceLink.item_id, EvidenceLink.at).where(EvidenceLink.object_key == object_key)
    rows = db.session.execute(asked if ever else asked.where(EvidenceLink.removed_at.is_(None)))
    return {number for number, at in rows if not hidden(object_key, at)}


def same_file(sha256: str, who: Current) -> EvidenceItem | None:
    """Return the oldest item in force that ``who`` may see and whose latest version is the file with this hash."""
    statement = (
        select(EvidenceItem)
        .join(EvidenceVersion, newest())
        .where(EvidenceVersion.sha256 == sha256, EvidenceItem.withdrawn_at.is_(None), visible(who))
        .order_by(EvidenceItem.id)
        .limit(1)
    )
    return db.session.scalar(statement)
