"""What tests of self-assessment share: the application where the engine does not matter."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from ccc_pilot.config import Settings
from tests.support.installation import settings_in


@pytest.fixture
def house(build_app: Callable[[Settings], Flask], loaded_sqlite: Path, tmp_path: Path) -> Flask:
    """The application with the demo's pilot and people, on SQLite."""
    return build_app(settings_in(tmp_path, f"sqlite:///{shutil.copyfile(loaded_sqlite, tmp_path / 'pilot.sqlite')}"))


@pytest.fixture
def entered(pilot_app: Flask) -> Iterator[Flask]:
    """``pilot_app`` with its context entered, on one engine drawn by the test's name: for services whose engine is tested elsewhere.

    Those that write answers, agree and race run on both (``pilot_context``).
    """
    with pilot_app.app_context():
        yield pilot_app
