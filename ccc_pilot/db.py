"""The database: one session per request, one transaction per use case.

Writing requests on SQLite begin with BEGIN IMMEDIATE: two who write wait for one another instead of failing with "database is locked".
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from random import uniform
from time import monotonic, sleep
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Engine, MetaData, event
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, InstanceState
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
PATIENCE_SECONDS = 20
GAVE_WAY = frozenset({"40001", "40P01"})  # serialization_failure, deadlock_detected
PATIENT = f"PRAGMA busy_timeout = {PATIENCE_SECONDS * 1000}"
# A host that has fallen off the network holds locks no longer than half a minute: both ends ask whether the other is there.
KEEPALIVES = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 25_000}
SERVERS_KEEPALIVES = (
    "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3; SET tcp_user_timeout = 25000"
)
# What the session notes of an object it has loaded, most of it not until it lets go of it (sqlalchemy.orm.state.InstanceState).
NOTED = (
    "key", "identity_token", "session_id", "_instance_dict", "load_options", "load_path", "runid", "insert_order", "_strong_obj", "modified",
    "expired", "_deleted", "_load_pending", "_orphaned_outside_of_session", "_last_known_values", "callables", "parents",
    "_pending_mutations", "_empty_collections",
)  # fmt: skip
_writing: ContextVar[bool] = ContextVar("writing", default=False)


class Base(DeclarativeBase):
    """Every table's base; names of constraints are given, so that migrations can name them on both engines."""

    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base)


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC; SQLite gives back naive ones, which are then marked as UTC again."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _make_room_for_notes() -> None:
    """Let all that a session notes of an object have its place from the first object on.

    Python 3.11 gives the attributes of a class their places while its first objects are made; one that is set later turns the object's
    attributes into a dictionary. If the garbage collector runs in that moment and takes the mapped object, whose end is noted at the same
    place, the dictionary is made twice over the same memory and the process falls (3.12 collects only between two steps of a program).
    """
    first: InstanceState[Any] = InstanceState.__new__(InstanceState)
    for name in NOTED:
        setattr(first, name, None)


_make_room_for_notes()


def prepare(engine: Engine) -> Engine:
    """Give a SQLite engine its rules (WAL, foreign keys, waiting, our own BEGIN, å/ä/ö), another its keepalives. Returns the engine."""
    if not getattr(engine, "_ccc_prepared", False):
        sqlite = engine.dialect.name == "sqlite"
        event.listen(engine, "connect", _on_connect if sqlite else _on_server_connect)
        if sqlite:
            event.listen(engine, "begin", _on_begin)
        engine._ccc_prepared = True  # type: ignore[attr-defined]
    return engine


def _on_server_connect(connection: Any, _record: Any) -> None:
    connection.execute(SERVERS_KEEPALIVES)
    connection.commit()


def _on_connect(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    connection.execute(PATIENT)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.create_function("casefold", 1, lambda text: text.casefold() if text is not None else None, deterministic=True)


def _on_begin(connection: Connection) -> None:
    if _writing.get():
        _begin_writing(connection)
    else:
        connection.exec_driver_sql("BEGIN")


def _begin_writing(connection: Connection) -> None:
    """Begin with the write lock. SQLite itself waits in ever longer naps, and whoever has just written gets in again before those
    asleep; asking often and at uneven times lets all in, and nobody waits until the database counts as locked.
    """
    raw = connection.connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)
    until = monotonic() + PATIENCE_SECONDS
    raw.execute("PRAGMA busy_timeout = 0")
    try:
        while not _locks(raw):
            if monotonic() > until:
                connection.exec_driver_sql("BEGIN IMMEDIATE")  # tells what is wrong, as an error of the usual kind
                return
            sleep(uniform(0.001, 0.006))
    finally:
        raw.execute(PATIENT)


def _locks(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


@contextmanager
def writing() -> Iterator[None]:
    """Within this block a transaction that begins on SQLite takes the write lock at once."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


@contextmanager
def transaction() -> Iterator[None]:
    """The edge's transaction: all of the block is stored, or nothing. Services never commit; views, jobs and commands use this.

    Raises ``RuntimeError`` within another: what the outer one promises to store whole would be stored in parts.
    """
    if db.session.info.get("writing"):
        raise RuntimeError("a transaction within a transaction")
    with writing():
        if db.session().in_transaction():
            db.session.commit()  # end the reading transaction, so that the one that writes can take its lock at the start
        db.session.info["writing"] = True
        try:
            yield
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise
        finally:
            db.session.info.pop("writing", None)


def gave_way(error: DBAPIError) -> bool:
    """Whether PostgreSQL ended the transaction only so that another could go on (a deadlock, or an order that cannot be kept).

    Nothing of it is stored, and the same done once more has every chance.
    """
    return getattr(error.orig, "sqlstate", None) in GAVE_WAY


def init_app(app: Flask, url: str) -> None:
    """Bind ``app`` to the database at ``url`` (a SQLAlchemy address)."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = (
        {}
        if url.startswith("sqlite")
        else {"pool_pre_ping": True, "pool_size": 5, "max_overflow": 10, "connect_args": {"connect_timeout": 10, **KEEPALIVES}}
    )
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
