"""Fixtures of people: a small network with posts, persons, and browsers that have logged in."""

from collections.abc import Callable
from datetime import date, timedelta

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select

from ccc_pilot import dates, journal
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db, transaction
from ccc_pilot.people import accounts, posts
from ccc_pilot.people.models import Organisation, Person, Pilot, PilotRegion, Post
from ccc_pilot.people.policy import SECOND_FACTOR_ROLES
from tests.support.pages import PageClient

PASSWORD = "kantarell under gran"
REGIONS = (("ro", "RÖ"), ("rjl", "RJL"), ("rkl", "RKL"))
POSTS = (
    ("lead", "head_lead", "sosr"),
    ("lead_ro", "regional_lead", "ro"),
    ("lead_rjl", "regional_lead", "rjl"),
    ("lead_rkl", "regional_lead", "rkl"),
    ("reviewer", "rcc_reviewer", "sosr"),
    ("economist", "economist", "sosr"),
    ("admin", "administrator", "sosr"),
    ("admin2", "administrator", "sosr"),
)


def today() -> date:
    """Today's date where the pilot is."""
    return dates.today("Europe/Stockholm")


@pytest.fixture
def network(app: Flask) -> Flask:
    """The application with a pilot of three regions and vacant posts."""
    with app.app_context(), transaction():
        db.session.add(Organisation(key="sosr", short="SÖSR", name_sv="Sydöstra sjukvårdsregionen", kind="network"))
        db.session.flush()
        for key, short in REGIONS:
            db.session.add(Organisation(key=key, short=short, name_sv=f"Region {short}", kind="region", parent_key="sosr"))
        pilot = Pilot(key="pilot", kind="regional", name_sv="Piloten", network_key="sosr", plan_keys=[])
        pilot.regions = [PilotRegion(organisation_key=key, position=n) for n, (key, _short) in enumerate(REGIONS)]
        db.session.add(pilot)
        db.session.flush()
        for n, (key, role, place) in enumerate(POSTS):
            db.session.add(
                Post(key=key, role=role, organisation_key=place, title_sv=f"Post {key}", title_en=f"The post {key}", position=n)
            )
    return app


@pytest.fixture
def person_factory(network: Flask) -> Callable[..., int]:
    """Makes a person (English, name@example.org) who holds ``post`` since yesterday; returns the id.

    Those whose role asks for a second factor have one, unless ``factor`` is False.
    """

    def make(name: str, post: str | None = None, *, password: str = PASSWORD, factor: bool = True) -> int:
        with network.test_request_context(), transaction():
            person = accounts.create(f"{name}@example.org", f"{name.title()} Test", password, "en")
            if post:
                holding = posts.hold(post, person.id, today() - timedelta(days=1))
                if factor and holding.post.role in SECOND_FACTOR_ROLES:
                    person.factor_secret = pyotp.random_base32()
            return person.id

    return make


@pytest.fixture
def browser_of(network: Flask) -> Callable[..., PageClient]:
    """Gives a browser in which the person of this name has logged in, with their second factor if they have one."""

    def enter(name: str, password: str = PASSWORD) -> PageClient:
        client = network.test_client()
        response = log_in(client, name, password)
        if response.location == "/login/factor":
            with network.app_context():
                factor = pyotp.TOTP(accounts.by_email(f"{name}@example.org").factor_secret)
            response = client.submit("/login/factor", code=code_now(factor))
        assert response.status_code == 302, response.text
        return client

    return enter


def log_in(client: PageClient, name: str, password: str = PASSWORD, **more: str):
    """Send the log-in form for ``name``@example.org."""
    return client.submit("/login", email=f"{name}@example.org", password=password, **more)


@pytest.fixture
def events(network: Flask) -> Callable[[str], list[dict]]:
    """Reads the fields of all journal entries of one event, with actor and region."""

    def read(event: str) -> list[dict]:
        with network.app_context():
            rows = db.session.scalars(select(journal.Entry).where(journal.Entry.event == event).order_by(journal.Entry.seq))
            return [{**row.fields, "actor": row.actor_id, "key": row.object_key, "region": row.region} for row in rows]

    return read


@pytest.fixture
def with_factor(network: Flask) -> Callable[[int], pyotp.TOTP]:
    """Gives a person a second factor; returns its generator."""

    def enrol(person_id: int) -> pyotp.TOTP:
        secret = pyotp.random_base32()
        with network.app_context(), transaction():
            db.session.get(Person, person_id).factor_secret = secret
        return pyotp.TOTP(secret)

    return enrol


def code_now(factor: pyotp.TOTP, *, steps: int = 0) -> str:
    """Return the code of a factor now, or some steps of 30 seconds away."""
    return factor.at(utc_now(), counter_offset=steps)
