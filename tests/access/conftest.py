"""The pilot with all its demo people logged in, one for the tests of a file."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from ccc_pilot import create_app, demo
from ccc_pilot.db import Base, db, transaction
from ccc_pilot.people import sessions
from ccc_pilot.people.models import LoginSession, Person
from tests.access.table import ADM, EKO, JOINT, LPL, MEX, PEE, RCC, REV, RPL, RSL, VISITOR
from tests.support.installation import settings_in

# Log-in name of the demo -> role and region held.
PEOPLE = {
    "huvudprojektledare": (LPL, JOINT),
    "projektledare.ro": (RPL, "ro"),
    "projektledare.rjl": (RPL, "rjl"),
    "projektledare.rkl": (RPL, "rkl"),
    "expert.ro": (MEX, "ro"),
    "expert.rjl": (MEX, "rjl"),
    "expert.rkl": (MEX, "rkl"),
    "granskare.rcc": (RCC, JOINT),
    "ekonom": (EKO, JOINT),
    "rsl": (RSL, "ro"),
    "extern": (REV, JOINT),
    "administrator": (ADM, JOINT),
    "kollegial": (PEE, JOINT),
}
EVERYBODY = {**PEOPLE, VISITOR: (VISITOR, "")}


@dataclass
class House:
    """The application with its people inside."""

    app: Flask
    tokens: dict[str, str]
    clients: dict[str, FlaskClient] = field(default_factory=dict)

    def client(self, who: str) -> FlaskClient:
        """The browser of ``who`` (a log-in name of the demo, or VISITOR), logged in by a row of its own."""
        if who not in self.clients:
            self.clients[who] = self.fresh(who)
        return self.clients[who]

    def fresh(self, who: str) -> FlaskClient:
        """Another browser of ``who``."""
        client = self.app.test_client()
        if who != VISITOR:
            with client.session_transaction() as session:
                session["token"] = self.tokens[who]
        return client

    def contents(self, *but: str) -> dict[str, list[tuple]]:
        """All that the database holds, table by table, but for the tables named and for when a log-in was last seen."""
        with self.app.app_context():
            tables = [table for table in Base.metadata.sorted_tables if table.name not in but]
            columns = {
                table.name: [column for column in table.columns if column is not LoginSession.__table__.c.seen_at]
                for table in tables
            }
            return {name: sorted(map(repr, db.session.execute(select(*what)).all())) for name, what in columns.items()}


@pytest.fixture(scope="module")
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The application with its people, for all tests of a file: on SQLite, for who may do what does not depend on the engine.

    Where it does, a test asks for PostgreSQL: ``@pytest.mark.parametrize("house", ["postgres"], indirect=True)``.
    """
    folder = tmp_path_factory.mktemp("house")
    if getattr(request, "param", "sqlite") == "sqlite":
        shutil.copyfile(request.getfixturevalue("sqlite_template"), folder / "house.sqlite")
        url = f"sqlite:///{folder / 'house.sqlite'}"
    else:
        cluster = request.getfixturevalue("cluster")
        name = cluster.create(request.getfixturevalue("postgres_template"))
        url = cluster.url(name)
    app = create_app(replace(settings_in(folder, url), demo=True))
    yield House(app, _people(app))
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _people(app: Flask) -> dict[str, str]:
    with app.app_context():
        demo.load()
        with transaction():
            return {person.email.split("@")[0]: sessions.begin(person) for person in db.session.scalars(select(Person))}
