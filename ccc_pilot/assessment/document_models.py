"""Documents that are asked for of a round beside its points."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ccc_pilot.db import Base, UTCDateTime


class RoundDocument(Base):
    """What is recorded of a document of a round. ``number`` is the shelf's, or "own-3" for one that the round itself asks for (``title``).

    ``state`` of ``document_rules.DocumentState``; ``english``: it is in English or has an English summary ("yes", "no"; empty: nobody has said);
    ``reason``: why it is not needed; ``owner``: who sees to it. The document itself is evidence, linked by ``object_key``.
    """

    __tablename__ = "assessment_document"
    __table_args__ = (UniqueConstraint("round_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"))
    number: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[str] = mapped_column(String(20), default="missing")
    english: Mapped[str] = mapped_column(String(10), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    owner: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    updated_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    version: Mapped[int] = mapped_column(Integer, default=1)

    @property
    def object_key(self) -> str:
        """That by which evidence is linked to it: "round:7/01"."""
        return f"round:{self.round_id}/{self.number}"
