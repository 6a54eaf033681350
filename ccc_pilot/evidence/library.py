"""The library as it is searched: narrowed by the address, paged, and only what the reader may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select

from ccc_pilot.dates import add_months
from ccc_pilot.db import db
from ccc_pilot.evidence import finding
from ccc_pilot.evidence.models import EvidenceItem, EvidenceLink, EvidenceText, EvidenceVersion
from ccc_pilot.evidence.rules import STALE_MONTHS, AddressState, LinkState
from ccc_pilot.folding import fold
from ccc_pilot.people.doors import Current

PAGE_SIZE = 25
MOST_WORDS = 8
STANDINGS = ("unlinked", "waiting", "suggested", "rejected", "expired", "stale", "dead", "withdrawn")
SORTS = ("changed", "title", "document_date", "valid_until")


@dataclass(frozen=True, slots=True)
class Query:
    """What the library is narrowed to; each field is a parameter of the address, empty means all that is not withdrawn."""

    q: str = ""
    region: str = ""
    kind: str = ""
    standing: str = ""
    language: str = ""
    sort: str = "changed"
    page: int = 1


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page of the library: (item, its latest version, how many things it proves, how many of them are accepted)."""

    rows: list[tuple[EvidenceItem, EvidenceVersion, int, int]]
    total: int
    number: int
    pages: int


def shelf(query: Query, who: Current, day: date, size: int = PAGE_SIZE) -> Shelf:
    """Return the page of the library that ``query`` asks for. Two queries, however much there is."""
    conditions = [finding.visible(who), *_conditions(query, day)]
    whole = select(func.count(EvidenceItem.id)).join(EvidenceVersion, finding.newest())
    total = db.session.scalar(whole.where(*conditions)) or 0
    pages = max(1, -(-total // size))
    number = min(query.page, pages)
    statement = _with_links().where(*conditions).order_by(*_order(query.sort)).offset((number - 1) * size).limit(size)
    return Shelf([tuple(row) for row in db.session.execute(statement)], total, number, pages)


def wanted(query: Query, who: Current, day: date) -> Select[EvidenceItem, EvidenceVersion]:
    """Return the statement for all that ``query`` asks for, each item with its latest version, not yet cut into pages."""
    statement = select(EvidenceItem, EvidenceVersion).join(EvidenceVersion, finding.newest())
    return statement.where(finding.visible(who), *_conditions(query, day)).order_by(*_order(query.sort))


def counts(query: Query, who: Current, day: date) -> dict[str, int]:
    """Return how many items stand in each of ``STANDINGS``, and "" for all, within the other filters of ``query``. One query."""
    others = _others(query)
    sums = [func.sum(case((condition, 1), else_=0)).label(name) for name, condition in _standings(day).items()]
    in_force = func.sum(case((EvidenceItem.withdrawn_at.is_(None), 1), else_=0)).label("all")
    statement = select(in_force, *sums).select_from(EvidenceItem).join(EvidenceVersion, finding.newest())
    row = db.session.execute(statement.where(finding.visible(who), *others)).one()
    return {"" if name == "all" else name: int(number or 0) for name, number in row._mapping.items()}


def to_choose(words: str, who: Current, without: str, most: int) -> Sequence[EvidenceItem]:
    """Return the first ``most`` items in force that fit ``words`` and, so far as ``who`` may know, do not yet prove ``without`` (an
    object's key), newest first."""
    known = EvidenceItem.id.in_(finding.linked_to(without, who))
    statement = (
        select(EvidenceItem)
        .where(finding.visible(who), EvidenceItem.withdrawn_at.is_(None), ~known, *_says(words))
        .order_by(EvidenceItem.updated_at.desc(), EvidenceItem.id.desc())
    )
    return db.session.scalars(statement.limit(most)).all()


def texts_of(version_ids: Sequence[int]) -> dict[int, str]:
    """Return the text read out of each of these versions, by the version's id; those without one are left out."""
    statement = select(EvidenceText.version_id, EvidenceText.text).where(EvidenceText.version_id.in_(version_ids))
    return dict(db.session.execute(statement).all())


def _with_links() -> Select[Any]:
    of_item = and_(EvidenceLink.item_id == EvidenceItem.id, EvidenceLink.removed_at.is_(None))
    links = select(func.count(EvidenceLink.id)).where(of_item).scalar_subquery()
    accepted = select(func.count(EvidenceLink.id)).where(of_item, EvidenceLink.state == LinkState.ACCEPTED).scalar_subquery()
    return select(EvidenceItem, EvidenceVersion, links, accepted).join(EvidenceVersion, finding.newest())


def _conditions(query: Query, day: date) -> list[ColumnElement[bool]]:
    standing = _standings(day).get(query.standing, EvidenceItem.withdrawn_at.is_(None))
    return [standing, *_others(query)]


def _others(query: Query) -> list[ColumnElement[bool]]:
    columns = ((EvidenceItem.region, query.region), (EvidenceItem.kind, query.kind), (EvidenceItem.language, query.language))
    return [*(column == value for column, value in columns if value), *_says(query.q)]


def _says(words: str) -> list[ColumnElement[bool]]:
    """The conditions that each word stands in the particulars or in the text of the latest version."""
    return [
        or_(EvidenceItem.search.contains(word, autoescape=True), _in_text(EvidenceText.folded.contains(word, autoescape=True)))
        for word in fold(words).split()[:MOST_WORDS]
    ]


def _in_text(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    newest = and_(EvidenceVersion.item_id == EvidenceItem.id, EvidenceVersion.number == EvidenceItem.latest)
    inner = select(EvidenceText.version_id).join(EvidenceVersion, EvidenceVersion.id == EvidenceText.version_id)
    return exists(inner.where(newest, condition).correlate(EvidenceItem))


def _standings(day: date) -> dict[str, ColumnElement[bool]]:
    in_force = EvidenceItem.withdrawn_at.is_(None)
    old = add_months(day, -STALE_MONTHS)
    return {
        "unlinked": and_(in_force, ~_linked()),
        "waiting": and_(in_force, _linked(EvidenceLink.state == LinkState.LINKED)),
        "suggested": and_(in_force, _linked(EvidenceLink.state == LinkState.SUGGESTED)),
        "rejected": and_(in_force, _linked(EvidenceLink.state == LinkState.REJECTED)),
        "expired": and_(in_force, EvidenceItem.valid_until < day),
        "stale": and_(in_force, EvidenceItem.document_date < old),
        "dead": and_(in_force, EvidenceVersion.address_state == AddressState.DEAD),
        "withdrawn": EvidenceItem.withdrawn_at.is_not(None),
    }


def _linked(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists(
        select(EvidenceLink.id)
        .where(EvidenceLink.item_id == EvidenceItem.id, EvidenceLink.removed_at.is_(None), *conditions)
        .correlate(EvidenceItem)
    )


def _order(sort: str) -> Sequence[Any]:
    orders: dict[str, Sequence[Any]] = {
        "title": (func.lower(EvidenceItem.title), EvidenceItem.id),
        "document_date": (EvidenceItem.document_date.desc().nulls_last(), EvidenceItem.id),
        "valid_until": (EvidenceItem.valid_until.asc().nulls_last(), EvidenceItem.id),
    }
    return orders.get(sort, (EvidenceItem.updated_at.desc(), EvidenceItem.id.desc()))
