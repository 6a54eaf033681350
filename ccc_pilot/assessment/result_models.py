"""What is recorded for a round's results: figures for the designation, and sheets of answers that came back."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ccc_pilot.db import Base, UTCDateTime


class AssessmentFigure(Base):
    """What a region (empty: the round as a whole) has recorded of an ``item`` that is asked for beside the points.

    ``value`` is a number as text, "1" for yes and "0" for no, empty while it is not known; ``names`` are the identifiers of what is counted,
    a line each; ``explanation`` says why there is no value; ``source`` where it is from.
    """

    __tablename__ = "assessment_figure"
    __table_args__ = (UniqueConstraint("round_id", "region", "item"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"))
    region: Mapped[str] = mapped_column(String(20))
    item: Mapped[str] = mapped_column(String(40))
    value: Mapped[str] = mapped_column(String(40), default="")
    names: Mapped[str] = mapped_column(Text, default="")
    explanation: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(300), default="")
    updated_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    version: Mapped[int] = mapped_column(Integer, default=1)


class AssessmentSheet(Base):
    """A sheet of a region's answers that came back: what differed when it was read, what was taken in, and whether that was undone.

    ``cells``: the changed cells (row, column, mine, before, place, fault), a row by its answer's id as text; ``unplaced``: places of rows that could not be placed;
    ``taken``: per answer what stood there before and its version after.
    """

    __tablename__ = "assessment_sheet"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"), index=True)
    region: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    file_name: Mapped[str] = mapped_column(String(200))
    rows: Mapped[int] = mapped_column(Integer)
    cells: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    unplaced: Mapped[list[str]] = mapped_column(JSON)
    taken: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    taken_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    @property
    def key(self) -> str:
        """Its name in the journal."""
        return f"sheet:{self.id}"
