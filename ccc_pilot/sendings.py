"""Forms that were carried out: the same form sent again (a double click, a retry after a lost answer) is not carried out twice."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, delete, inspect, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from ccc_pilot.dates import utc_now
from ccc_pilot.db import Base, UTCDateTime, db

KEPT_FOR = timedelta(days=7)
Pairs = Sequence[tuple[str, str]]


class ProcessedForm(Base):
    """A form that was carried out. ``key`` is its seal (see ``seal``), ``form_key`` the number it got when it was shown,
    ``result`` what the use case returned.
    """

    __tablename__ = "processed_form"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    form_key: Mapped[str] = mapped_column(String(40), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    result: Mapped[Any] = mapped_column(JSON, nullable=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


def seal(form_key: str, person_id: int | None, path: str, fields: Pairs) -> str:
    """Return what two sendings have in common that are one: who, where to, the form as it was shown and all that was typed.

    The text is part of it, so that a form opened again by the back button and changed is a new one.
    """
    told = json.dumps([form_key, person_id, path, list(fields)], ensure_ascii=True)
    return hashlib.sha256(told.encode()).hexdigest()


def claim(key: str, form_key: str, person_id: int | None) -> bool:
    """Claim a form for the transaction now open; False if it was already carried out. Another that does so now is waited for."""
    try:
        with db.session.begin_nested():
            db.session.add(ProcessedForm(key=key, form_key=form_key, person_id=person_id, at=utc_now()))
    except IntegrityError:
        return False
    return True


def remember(key: str, result: Any) -> None:
    """Keep what the use case returned: a row by its table and key, a number, a text; of anything else nothing."""
    db.session.flush()
    if not isinstance(result, (Base, int, str)):
        return
    if isinstance(result, Base):
        result = {"table": result.__tablename__, "id": list(inspect(result).identity or ())}
    db.session.execute(update(ProcessedForm).where(ProcessedForm.key == key).values(result=result))


def recall(key: str) -> Any:
    """Return what the use case returned when the form was carried out."""
    result = db.session.scalar(select(ProcessedForm.result).where(ProcessedForm.key == key))
    if not isinstance(result, dict) or set(result) != {"table", "id"}:
        return result
    row = next(mapper.class_ for mapper in Base.registry.mappers if mapper.class_.__tablename__ == result["table"])
    return db.session.get(row, tuple(result["id"]))


def is_done(form_key: str) -> bool:
    """Whether the form that was shown with ``form_key`` has been carried out."""
    return (
        bool(form_key)
        and db.session.scalar(select(ProcessedForm.key).where(ProcessedForm.form_key == form_key).limit(1)) is not None
    )


def sweep() -> int:
    """Forget forms carried out more than ``KEPT_FOR`` ago; returns how many."""
    return db.session.execute(delete(ProcessedForm).where(ProcessedForm.at < utc_now() - KEPT_FOR)).rowcount  # type: ignore[attr-defined,no-any-return]
