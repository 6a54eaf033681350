"""Editions that the network has imported: stored whole, one row each, and read into the same records as those of the shelf."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from flask import has_app_context
from sqlalchemy import ForeignKey, Integer, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from ccc_pilot.catalogue.standard_records import Edition
from ccc_pilot.db import Base, UTCDateTime, db

HELD = "imported_editions"


class ImportedEdition(Base):
    """An edition read from a file: ``tree`` as standard.toml would have it, and ``sheet``, the rows of the file as they came (both JSON).

    ``seal`` is the SHA-256 of the tree: the same seal is the same edition, in whatever process.
    """

    __tablename__ = "imported_edition"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    tree: Mapped[str] = mapped_column(Text)
    sheet: Mapped[str] = mapped_column(Text)
    seal: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[str] = mapped_column(String(200))
    file_sha256: Mapped[str] = mapped_column(String(64))
    version: Mapped[int] = mapped_column(Integer, default=1)
    imported_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    imported_at: Mapped[datetime] = mapped_column(UTCDateTime)

    @property
    def rows(self) -> list[list[Any]]:
        """The rows of the file as they came."""
        return list(json.loads(self.sheet))


def imported_editions() -> Mapping[str, Edition]:
    """Return the imported editions by their key; none outside an application. One small query in a session, however often it is asked."""
    if not has_app_context():
        return MappingProxyType({})
    held: Mapping[str, Edition] | None = db.session.info.get(HELD)
    if held is None:
        seals = db.session.execute(select(ImportedEdition.key, ImportedEdition.seal).order_by(ImportedEdition.key)).all()
        held = MappingProxyType({key: _edition(key, seal) for key, seal in seals})
        db.session.info[HELD] = held
    return held


def forget() -> None:
    """Let the session ask again which editions are imported; whoever stores one calls this."""
    db.session.info.pop(HELD, None)


@lru_cache(maxsize=64)
def _edition(key: str, seal: str) -> Edition:
    statement = select(ImportedEdition.tree).where(ImportedEdition.key == key, ImportedEdition.seal == seal)
    from ccc_pilot.catalogue.standards import parse_tree

    return parse_tree(json.loads(db.session.scalars(statement).one()), key)
