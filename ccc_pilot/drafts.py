"""Drafts: what somebody has typed in a form and not yet saved. Each is seen by its writer alone, and goes when the form is saved."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, Integer, String, UniqueConstraint, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from ccc_pilot.dates import utc_now
from ccc_pilot.db import Base, UTCDateTime, db

KEPT_FOR = timedelta(days=90)
LONGEST = 64_000
MOST = 50

Fields = dict[str, list[str]]


class Draft(Base):
    """What one person has typed in the form that is sent to ``form_path``.

    ``fields`` maps a field's name to the texts it would send, ``base_version`` is the version of the row that the form showed.
    """

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("person_id", "form_path"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    form_path: Mapped[str] = mapped_column(String(300))
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    base_version: Mapped[int | None] = mapped_column(Integer)
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


def keep(*, person_id: int, form_path: str, fields: Fields, base_version: int | None) -> datetime | None:
    """Keep what a person has typed in place of what was kept of that form before, within the transaction now open.

    Returns when it was kept, or None where it is too much to keep (``LONGEST`` characters in all, a path of more than 300). A
    person has at most ``MOST`` drafts; the oldest gives way.
    """
    if len(form_path) > 300 or sum(len(name) + sum(map(len, texts)) for name, texts in fields.items()) > LONGEST:
        return None
    told: dict[str, Any] = {"fields": fields, "base_version": base_version, "saved_at": utc_now()}
    if not _renew(person_id, form_path, told):
        _make_room(person_id)
        try:
            with db.session.begin_nested():
                db.session.add(Draft(person_id=person_id, form_path=form_path, **told))
        except IntegrityError:  # two windows at once: the other one made the row
            _renew(person_id, form_path, told)
    return told["saved_at"]  # type: ignore[no-any-return]


def _renew(person_id: int, form_path: str, told: dict[str, Any]) -> bool:
    statement = update(Draft).where(Draft.person_id == person_id, Draft.form_path == form_path).values(**told)
    return bool(db.session.execute(statement).rowcount)  # type: ignore[attr-defined]


def _make_room(person_id: int) -> None:
    newest = select(Draft.id).where(Draft.person_id == person_id).order_by(Draft.saved_at.desc(), Draft.id.desc())
    surplus = db.session.scalars(newest.offset(MOST - 1)).all()
    if surplus:
        db.session.execute(delete(Draft).where(Draft.id.in_(surplus)))


def of(person_id: int) -> dict[str, Draft]:
    """Return a person's drafts by the path of their form."""
    return {draft.form_path: draft for draft in db.session.scalars(select(Draft).where(Draft.person_id == person_id))}


def drop(person_id: int, form_path: str) -> None:
    """Remove a draft, if there is one, within the transaction now open."""
    db.session.execute(delete(Draft).where(Draft.person_id == person_id, Draft.form_path == form_path))


def sweep() -> int:
    """Remove the drafts that nobody has touched for ``KEPT_FOR``; returns how many."""
    return db.session.execute(delete(Draft).where(Draft.saved_at < utc_now() - KEPT_FOR)).rowcount  # type: ignore[attr-defined,no-any-return]
