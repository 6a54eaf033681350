"""People of the pilot at their pages, a hand that changes milestones, and a count of what is asked of the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event, select

from ccc_pilot.db import db, transaction
from ccc_pilot.people.doors import Current, access_of
from ccc_pilot.progress import finding, service, talk
from ccc_pilot.progress.models import MilestoneLine, MilestoneRow
from tests.factories import client_of, person, pilot
from tests.support.pages import PageClient

PLAN = "sosr-wp4-2025"


@pytest.fixture
def lead(pilot_app: Flask) -> PageClient:
    return client_of(pilot_app, "huvudprojektledare", "en")


@pytest.fixture
def regional(pilot_app: Flask) -> PageClient:
    return client_of(pilot_app, "projektledare.ro", "en")


@pytest.fixture
def administrator(pilot_app: Flask) -> PageClient:
    return client_of(pilot_app, "administrator", "en")


def report(app: Flask, slug: str, region: str, status: str, comment: str = "", login: str = "projektledare.ro") -> None:
    """Say where a milestone stands in a region, as the demo person ``login``."""
    with app.app_context(), transaction():
        row = service.row(pilot(), PLAN, slug, region)
        service.update(
            target=row, status=status, percent=None, comment=comment, version=row.version, actor_id=person(login).id,
            may_complete=login == "huvudprojektledare",
        )  # fmt: skip


def say(app: Flask, slug: str, text: str, region: str = "", login: str = "huvudprojektledare") -> None:
    """Comment on a milestone as the demo person ``login``."""
    with app.app_context(), transaction():
        who = person(login)
        access, _held = access_of(who)
        current = Current(who.id, who.name, who.email, who.initials, "en", access)
        talk.say(line=finding.line(pilot(), PLAN, slug), region=region, text=text, who=current)


def multiply(app: Flask, times: int) -> None:
    """Give the pilot ``times`` as many lines and rows of what it has; each copy is another time of the same item."""
    with app.app_context(), transaction():
        for line in list(db.session.scalars(select(MilestoneLine))):
            for number in range(times - 1):
                again = {"key": line.key, "occurrence": f"{line.occurrence}x{number}", "search": line.search}
                place = {
                    "position": line.position,
                    "phase": line.phase,
                    "owner_role": line.owner_role,
                    "reporting": line.reporting,
                }
                copy = MilestoneLine(pilot_id=line.pilot_id, plan_key=line.plan_key, **again, **place)
                same = ("pilot_id", "region", "status", "percent", "due", "first_due", "assumed")
                copy.rows = [MilestoneRow(**{name: getattr(row, name) for name in same}) for row in line.rows]
                db.session.add(copy)


@pytest.fixture
def queries(pilot_app: Flask) -> Callable[..., int]:
    """Counts the statements that a page asks of the database."""

    @contextmanager
    def counted(asked: list[str]) -> Iterator[None]:
        def note(_connection, _cursor, statement, *_rest):
            asked.append(statement)

        with pilot_app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        yield
        event.remove(engine, "before_cursor_execute", note)

    def count(client: PageClient, address: str) -> int:
        asked: list[str] = []
        with counted(asked):
            assert client.get(address).status_code == 200
        return len(asked)

    return count
