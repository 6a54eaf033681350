"""The language in which the office speaks, where a test reads its words."""

from collections.abc import Iterator

import pytest
from flask import Flask

from ccc_pilot.i18n import force_locale


@pytest.fixture
def english(sqlite_app: Flask) -> Iterator[None]:
    """Within an application whose visitor reads English."""
    with sqlite_app.test_request_context(), force_locale("en"):
        yield
