"""Fixtures of the databases: a migrated template per engine and test process, copied for each test."""

import shutil
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from ccc_pilot import create_app, schema
from ccc_pilot.db import db
from tests.support.installation import settings_in
from tests.support.postgres import Cluster

ENGINES = ("sqlite", "postgres")
DRAWN = ("engine_url", "empty_url", "pilot_url")  # the fixtures that have an engine
ENTERED = {"context", "pilot_context"}  # a test that asks for one of these calls services


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--every-engine``: run the tests of pages on both engines too."""
    parser.addoption("--every-engine", action="store_true", help="run the tests of pages on SQLite and on PostgreSQL, each")


def pytest_configure(config: pytest.Config) -> None:
    """Register the marks of the tests that run on both engines although they ask for pages, and on one although they call services."""
    config.addinivalue_line("markers", "every_engine: runs on SQLite and on PostgreSQL, for what it tests depends on the engine")
    config.addinivalue_line(
        "markers", "sqlite_alone: services that do not depend on the engine, or whose parts are tested on both elsewhere"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave each test of pages one engine, drawn by its name, so that half of a file's tests meet each.

    Tests of services run on both, but for those that bear the mark ``sqlite_alone``, and so do those that bear ``every_engine``;
    ``--every-engine`` runs all on both.
    """
    if config.getoption("every_engine"):
        return
    left = [item for item in items if not _stays(item)]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if _stays(item)]


def _stays(item: pytest.Item) -> bool:
    drawn = getattr(item, "callspec", None)
    engine = next((drawn.params[name] for name in DRAWN if name in drawn.params), None) if drawn else None
    if engine is not None and item.get_closest_marker("sqlite_alone"):
        return engine == "sqlite"
    if engine is None or ENTERED & set(item.fixturenames) or item.get_closest_marker("every_engine"):  # type: ignore[attr-defined]
        return True
    name = item.nodeid.replace(engine, "")
    return ENGINES[zlib.crc32(name.encode()) % len(ENGINES)] == engine


@pytest.fixture(scope="session")
def session_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that lives as long as the test process."""
    return tmp_path_factory.mktemp("session")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A private PostgreSQL server of this test process."""
    try:
        server = Cluster()
    except LookupError as missing:
        pytest.fail(str(missing), pytrace=False)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def postgres_template(cluster: Cluster, session_folder: Path) -> str:
    """The name of a migrated database that tests copy."""
    name = cluster.create()
    _migrate(session_folder, cluster.url(name))
    return name


@pytest.fixture(scope="session")
def sqlite_template(session_folder: Path) -> Path:
    """A migrated database file that tests copy."""
    file = session_folder / "template.sqlite"
    _migrate(session_folder, f"sqlite:///{file}")
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file


def _migrate(folder: Path, url: str) -> None:
    app = create_app(settings_in(folder, url))
    with app.app_context():
        schema.upgrade(folder / "backups")
        db.engine.dispose()


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a fresh, migrated SQLite database."""
    file = tmp_path / "test.sqlite"
    shutil.copyfile(sqlite_template, file)
    return f"sqlite:///{file}"


@pytest.fixture
def postgres_url(cluster: Cluster, postgres_template: str) -> Iterator[str]:
    """The address of a fresh, migrated PostgreSQL database."""
    name = cluster.create(postgres_template)
    yield cluster.url(name)
    cluster.drop(name)


@pytest.fixture(params=ENGINES)
def engine_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh, migrated database; each test runs on SQLite and on PostgreSQL."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=ENGINES)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite'}"
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    name = cluster.create()
    yield cluster.url(name)
    cluster.drop(name)
