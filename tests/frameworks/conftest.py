"""What the tests of standards share: the application on SQLite for pages, people who are logged in, and sheets as files."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from xlsxwriter import Workbook

from ccc_pilot.config import Settings
from tests.factories import client_of
from tests.support.installation import settings_in
from tests.support.pages import PageClient

HEADINGS = ["Kapitel", "Standard", "Standardtitel", "Nr", "Krav", "Kärna", "Extra"]
BODY = [
    ["GOV", "S1", "Styrning", "1", "Det finns ett mandat", "ja", "- behålls"],
    ["", "", "", "2", "Mandatet följs upp", "nej", "=1+1"],
    ["PAT", "S2", "Patienter", "1", "Patienter deltar", "", None],
]


def workbook(*sheets: tuple[str, list[list[Any]]]) -> bytes:
    """Return an Excel workbook with the sheets given as (name, rows)."""
    target = io.BytesIO()
    with Workbook(target, {"strings_to_formulas": False}) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return target.getvalue()


@pytest.fixture
def house(build_app: Callable[[Settings], Flask], loaded_sqlite: Path, tmp_path: Path) -> Flask:
    """The application with the demo's pilot and people, on SQLite: for pages, where the engine does not matter."""
    return build_app(settings_in(tmp_path, f"sqlite:///{shutil.copyfile(loaded_sqlite, tmp_path / 'pilot.sqlite')}"))


@pytest.fixture
def head(house: Flask) -> PageClient:
    """The lead project manager's browser, in English."""
    return client_of(house, "huvudprojektledare", "en")


@pytest.fixture
def reader(house: Flask) -> PageClient:
    """A medical expert's browser, in English."""
    return client_of(house, "expert.ro", "en")
