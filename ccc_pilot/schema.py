"""The schema's version: is the database up to date, and how it is brought there. A backup is made before every upgrade."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

from ccc_pilot.dates import utc_now
from ccc_pilot.db import Base, db, writing
from ccc_pilot.shelves import shelf

LOCK_KEY = 7_220_001


class NewerSchema(Exception):
    """The database was written by a later version of the program."""


def known() -> list[str]:
    """Return the numbers of all migrations on the shelf, oldest first."""
    return sorted(path.name.split("_", 1)[0] for path in (shelf("migrations") / "versions").glob("[0-9]*.py"))


def current(connection: Connection) -> str | None:
    """Return the number of the migration the database stands at; None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def is_current() -> bool:
    """Whether the database of the application stands at the newest migration. Raises ``NewerSchema``."""
    with db.engine.connect() as connection:
        at = current(connection)
    if at is not None and at not in known():
        raise NewerSchema(at)
    return at == known()[-1]


def upgrade(backups: Path, to: str = "head") -> Path | None:
    """Bring the database to migration ``to``, in one transaction. Returns the backup made first (SQLite with data), or None.

    Two processes that start at once do it once: the second waits and finds nothing to do. Raises ``NewerSchema``.
    """
    from alembic import command

    with writing(), db.engine.connect() as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK_KEY})
        at = current(connection)
        if at is not None and at not in known():
            raise NewerSchema(at)
        goal = known()[-1] if to == "head" else to
        backup = back_up(backups, f"before-{goal}") if at is not None and at != goal else None
        command.upgrade(alembic_config(connection), to)
    return backup


def alembic_config(connection: Connection) -> Any:
    """Return Alembic's configuration for the shelf of migrations on ``connection``."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(shelf("migrations")).replace("%", "%%"))
    config.attributes.update(connection=connection, metadata=Base.metadata)
    return config


def back_up(folder: Path, name: str) -> Path | None:
    """Copy the SQLite database with its own backup call (a plain file copy can lack rows) and check the copy.

    Returns the copy, or None on PostgreSQL. Raises ``OSError`` when the copy is not whole.
    """
    source = db.engine.url.database
    if db.engine.dialect.name != "sqlite" or not source:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{utc_now():%Y%m%dT%H%M%S}-{name}.sqlite"
    unfinished = target.with_suffix(".unfinished")
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(unfinished)) as copy:
        live.backup(copy)
        if copy.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise OSError(f"the backup {unfinished} did not pass its check")
    unfinished.rename(target)
    return target
