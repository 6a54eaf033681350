"""Fixtures of the whole suite: the application on both engines, a client that reads strictly, a live server and a browser."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from jinja2 import FileSystemBytecodeCache
from playwright.sync_api import Browser, Page

from ccc_pilot import create_app, demo
from ccc_pilot.config import Settings
from ccc_pilot.db import db
from tests.support import browser as browsers
from tests.support.installation import settings_in
from tests.support.pages import PageClient
from tests.support.postgres import Cluster
from tests.support.server import Server

pytest_plugins = ["tests.support.databases"]
# On a busy machine a generator may stall for a second; that says nothing of what is tested.
hypothesis_settings.register_profile("house", suppress_health_check=[HealthCheck.too_slow], deadline=None)
hypothesis_settings.load_profile("house")


@pytest.fixture
def settings(engine_url: str, tmp_path: Path) -> Settings:
    """The settings of ``app``; for others: ``build_app(replace(settings, …))``."""
    return settings_in(tmp_path, engine_url)


@pytest.fixture
def build_app(session_folder: Path) -> Iterator[Callable[[Settings], Flask]]:
    """Builds an application of its own settings, with the test client that reads strictly; its connections close with the test."""
    built: list[Flask] = []

    def build(settings: Settings) -> Flask:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        app = create_app(settings)
        app.test_client_class = PageClient
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(session_folder))
        built.append(app)
        return app

    yield build
    for app in built:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def app(build_app: Callable[[Settings], Flask], settings: Settings) -> Flask:
    """The application on a fresh database; the test runs once on each engine."""
    return build_app(settings)


@pytest.fixture
def sqlite_app(build_app: Callable[[Settings], Flask], sqlite_url: str, tmp_path: Path) -> Flask:
    """The application on SQLite alone, for what does not touch the engine."""
    return build_app(settings_in(tmp_path, sqlite_url))


@pytest.fixture(scope="session")
def loaded_sqlite(sqlite_template: Path, session_folder: Path) -> Path:
    """A database file that holds the demo's pilot and people, for tests to copy."""
    file = session_folder / "loaded.sqlite"
    shutil.copyfile(sqlite_template, file)
    _load(session_folder, f"sqlite:///{file}")
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file


@pytest.fixture(scope="session")
def loaded_postgres(cluster: Cluster, postgres_template: str, session_folder: Path) -> str:
    """The name of a database that holds the demo's pilot and people, for tests to copy."""
    name = cluster.create(postgres_template)
    _load(session_folder, cluster.url(name))
    return name


def _load(folder: Path, url: str) -> None:
    app = create_app(settings_in(folder, url))
    with app.app_context():
        demo.load()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def pilot_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh database with the demo's pilot and people, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{shutil.copyfile(request.getfixturevalue('loaded_sqlite'), tmp_path / 'pilot.sqlite')}"
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    name = cluster.create(request.getfixturevalue("loaded_postgres"))
    yield cluster.url(name)
    cluster.drop(name)


@pytest.fixture
def pilot_app(build_app: Callable[[Settings], Flask], pilot_url: str, tmp_path: Path) -> Flask:
    """The application with the demo's pilot and people (see tests/factories.py), on each engine."""
    return build_app(settings_in(tmp_path, pilot_url))


@pytest.fixture
def pilot_context(pilot_app: Flask) -> Iterator[Flask]:
    """``pilot_app`` with its context entered, for tests of services."""
    with pilot_app.app_context():
        yield pilot_app


@pytest.fixture
def context(app: Flask) -> Iterator[Flask]:
    """The application with its context entered, for tests of services; not together with ``client``: they would share ``g``."""
    with app.app_context():
        yield app


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A visitor's browser without script, which reads every page it fetches strictly (see tests/support/pages.py)."""
    found = app.test_client()
    assert isinstance(found, PageClient)
    return found


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts servers (arguments as ``Server``'s; a data folder of its own unless given), which are stopped with the test."""
    started: list[Server] = []

    def start(*arguments: str, data_dir: Path | None = None, **settings: object) -> Server:
        server = Server(data_dir or tmp_path / "data", arguments, settings)
        started.append(server)
        return server.start()

    yield start
    for server in started:
        server.stop()


@pytest.fixture(scope="module")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The program with the demo's pilot, as its users run it; one for all tests of a file."""
    server = Server(tmp_path_factory.mktemp("live") / "data").start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser for all tests of this process."""
    try:
        browsers.program()
    except LookupError as missing:
        pytest.fail(str(missing), pytrace=False)
    with browsers.launched() as found:
        yield found


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages in contexts of their own (arguments as Playwright's ``new_context``); a complaint of the browser fails the test."""
    opened: list[tuple[Page, browsers.Complaints]] = []

    def open_page(**options: object) -> Page:
        page = browser.new_context(**{"locale": "sv-SE", "timezone_id": "Europe/Stockholm", **options}).new_page()
        page.set_default_timeout(10_000)
        opened.append((page, browsers.Complaints(page)))
        return page

    yield open_page
    found = [complaint for _, complaints in opened for complaint in complaints.found]
    for page, _ in opened:
        page.context.close()
    assert not found, "\n".join(found)


@pytest.fixture
def page(new_page: Callable[..., Page], live_server: Server) -> Page:
    """A Swedish visitor's page at ``live_server`` (addresses may be relative)."""
    return new_page(base_url=live_server.url)
