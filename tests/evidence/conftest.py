"""Evidence put up by demo people, and what stands in the journal of it."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from ccc_pilot import journal
from ccc_pilot.config import Settings
from ccc_pilot.db import db, transaction
from ccc_pilot.evidence import items
from ccc_pilot.evidence.items import Carrier
from ccc_pilot.evidence.models import EvidenceItem
from ccc_pilot.people.doors import Current, current_of
from tests.factories import person
from tests.support.installation import settings_in

POINT = "oeci-3x-p:GOV-01.1"


@pytest.fixture
def who(pilot_context: Flask) -> Callable[[str], Current]:
    """Tells who a demo person is, with what they may do."""
    return lambda login: current_of(person(login))


@pytest.fixture
def put_up(who: Callable[[str], Current]) -> Callable[..., EvidenceItem]:
    """Puts up an address as evidence of Östergötland by its expert (arguments as ``items.add``'s)."""

    def put(title: str = "Rutin för MDK", *, login: str = "expert.ro", **given: Any) -> EvidenceItem:
        carrier = given.pop("carrier", Carrier(address="https://example.org/rutin"))
        with transaction():
            return items.add(carrier=carrier, by=who(login), title=title, **{"region": "ro", **given})

    return put


def events(item: EvidenceItem) -> list[tuple[str, str | None, dict[str, Any]]]:
    """Return what the journal says of ``item``: event, region and fields, oldest first."""
    assert list(journal.verify()) == []
    found = db.session.scalars(select(journal.Entry).where(journal.Entry.object_key == item.key).order_by(journal.Entry.seq))
    return [(entry.event, entry.region, entry.fields) for entry in found]


@pytest.fixture
def house(build_app: Callable[[Settings], Flask], loaded_sqlite: Path, tmp_path: Path) -> Flask:
    """The application with the demo's pilot and people, on SQLite: for pages, where the engine does not matter."""
    return build_app(settings_in(tmp_path, f"sqlite:///{shutil.copyfile(loaded_sqlite, tmp_path / 'pilot.sqlite')}"))
