"""Spreadsheets that are sent in to a plan, and its own workbooks that come back: held while they are looked over, kept with what became of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from ccc_pilot.db import Base, UTCDateTime


class PlanSheet(Base):
    """A sheet that one person sent in. ``rows``: its cells as texts; ``head``: which row names the columns (from 0).

    ``mapping``: the field of each column by its place ("" leaves it out); ``made``: ids of the actions it became, once it was taken in.
    """

    __tablename__ = "improvement_sheet"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("improvement_plan.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    head: Mapped[int] = mapped_column(Integer, default=0)
    rows: Mapped[list[list[str]]] = mapped_column(JSON)
    mapping: Mapped[list[str]] = mapped_column(JSON)
    made: Mapped[list[int]] = mapped_column(JSON, default=list)
    taken_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class PlanWorkbook(Base):
    """A workbook of the plan that came back: what differed when it was read, what was taken in, and whether that was undone.

    ``cells``: the changed cells (row, column, mine, before, place, fault), a row by its action's id as text; ``unplaced``: places of rows
    that could not be placed; ``taken``: per action what stood there before and its version after.
    """

    __tablename__ = "improvement_workbook"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("improvement_plan.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    file_name: Mapped[str] = mapped_column(String(200))
    rows: Mapped[int] = mapped_column(Integer)
    cells: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    unplaced: Mapped[list[str]] = mapped_column(JSON)
    taken: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    taken_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
