"""What the tests of meetings and decisions share: the application on SQLite with the pilot, and people who are logged in."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from ccc_pilot.config import Settings
from tests.factories import client_of
from tests.support.installation import settings_in
from tests.support.pages import PageClient


@pytest.fixture
def house(build_app: Callable[[Settings], Flask], loaded_sqlite: Path, tmp_path: Path) -> Flask:
    """The application with the demo's pilot and people, on SQLite: for pages, where the engine does not matter."""
    return build_app(settings_in(tmp_path, f"sqlite:///{shutil.copyfile(loaded_sqlite, tmp_path / 'pilot.sqlite')}"))


@pytest.fixture
def sqlite_pilot(house: Flask) -> Iterator[Flask]:
    """The same with its context entered: for services where the engine does not matter."""
    with house.app_context():
        yield house


@pytest.fixture
def head(house: Flask) -> PageClient:
    """The lead project manager's browser, in English."""
    return client_of(house, "huvudprojektledare", "en")


@pytest.fixture
def rsl(house: Flask) -> PageClient:
    """An RSL reader's browser, in English."""
    return client_of(house, "rsl", "en")
