"""The meeting of the pilot's own paper, and a briefing frozen for it."""

import pytest
from flask import Flask

from ccc_pilot.briefings.models import Briefing
from tests.briefings.freezing import frozen


@pytest.fixture
def briefing(pilot_context: Flask) -> Briefing:
    return frozen()
