"""The limit: Flask and SQLAlchemy with the same tables and server, only the page's own query and a plain template.

No log-in, no permissions, no languages, no journal, no frame around the page. The product is measured against this.
Served by gunicorn as the product is (see bench/servers.py); the database file is named by ``BARE_DATABASE``.
"""

import os
import sqlite3
from datetime import UTC, date, datetime
from typing import Any

from flask import Flask, abort, render_template, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship, selectinload

PAGE_SIZE = 50


class Base(DeclarativeBase):
    """The base of the tables."""


class Line(Base):
    """A milestone."""

    __tablename__ = "milestone_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int]
    key: Mapped[str]
    position: Mapped[int]
    search: Mapped[str]
    phase: Mapped[str]
    rows: Mapped[list["Row"]] = relationship(back_populates="line", order_by="Row.id")


class Row(Base):
    """Where a milestone stands in a region."""

    __tablename__ = "milestone_row"

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("milestone_line.id"))
    region: Mapped[str]
    status: Mapped[str]
    percent: Mapped[int]
    comment: Mapped[str]
    due: Mapped[date | None]
    version: Mapped[int]
    line: Mapped[Line] = relationship(back_populates="rows")


class Change(Base):
    """A change of a row."""

    __tablename__ = "milestone_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    row_id: Mapped[int] = mapped_column(ForeignKey("milestone_row.id"))
    at: Mapped[datetime]
    status_from: Mapped[str]
    status_to: Mapped[str]
    percent_from: Mapped[int]
    percent_to: Mapped[int]
    due_from: Mapped[date | None]
    due_to: Mapped[date | None]
    text: Mapped[str]


app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{os.environ['BARE_DATABASE']}"
db = SQLAlchemy(app, model_class=Base)


def _on_connect(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    for setting in ("busy_timeout = 20000", "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {setting}")


with app.app_context():
    event.listen(db.engine, "connect", _on_connect)
    event.listen(
        db.engine,
        "begin",
        lambda connection: connection.exec_driver_sql(f"BEGIN {'IMMEDIATE' if request.method == 'POST' else ''}"),
    )


@app.get("/")
def index() -> str:
    """Fifty lines with their rows."""
    statement = select(Line).options(selectinload(Line.rows)).order_by(Line.position).limit(PAGE_SIZE)
    return render_template("index.html", lines=db.session.scalars(statement).all())


@app.get("/rows")
def rows() -> str:
    """Fifty rows."""
    statement = select(Row).options(joinedload(Row.line)).order_by(Row.id).limit(PAGE_SIZE)
    return render_template("rows.html", rows=db.session.scalars(statement).all())


@app.get("/<key>")
def show(key: str) -> str:
    """One milestone with its rows and their history."""
    line = db.session.scalar(select(Line).options(selectinload(Line.rows)).where(Line.key == key)) or abort(404)
    history = select(Change, Row.region).join(Row, Row.id == Change.row_id).where(Row.line_id == line.id)
    return render_template(
        "show.html", line=line, history=db.session.execute(history.order_by(Change.id.desc()).limit(100)).all()
    )


@app.post("/<key>/<region>")
def update(key: str, region: str) -> str:
    """Save where a row stands, with its history; answers with the line."""
    row = db.session.scalar(
        select(Row).join(Row.line).options(joinedload(Row.line)).where(Line.key == key, Row.region == region)
    ) or abort(404)
    if row.version != int(request.form["version"]):
        abort(409)
    status, percent = request.form["status"], int(request.form["percent"])
    db.session.add(
        Change(
            row_id=row.id, at=datetime.now(UTC), status_from=row.status, status_to=status, percent_from=row.percent,
            percent_to=percent, text=request.form["comment"],
        )
    )  # fmt: skip
    row.status, row.percent, row.comment, row.version = status, percent, request.form["comment"], row.version + 1
    db.session.commit()
    return render_template("_line.html", line=row.line)
