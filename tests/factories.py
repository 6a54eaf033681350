"""What tests need to have: people who are logged in, without the detour over the log-in form."""

from flask import Flask
from sqlalchemy import select

from ccc_pilot.db import db, transaction
from ccc_pilot.demo.people import DOMAIN
from ccc_pilot.people import sessions
from ccc_pilot.people.models import Person, Pilot
from tests.support.pages import PageClient


def person(login: str) -> Person:
    """Return the demo person with the log-in name ``login``."""
    return db.session.scalars(select(Person).where(Person.email == f"{login}@{DOMAIN}")).one()


def pilot() -> Pilot:
    """Return the demo's pilot."""
    return db.session.scalars(select(Pilot)).one()


def client_of(app: Flask, login: str, language: str = "sv") -> PageClient:
    """Return a client in which the demo person ``login`` is logged in (their second factor set up), reading ``language``."""
    with app.app_context(), transaction():
        who = person(login)
        who.language = language
        who.factor_secret = who.factor_secret or "sealed elsewhere"
        token = sessions.begin(who)
    client = app.test_client()
    assert isinstance(client, PageClient)
    with client.session_transaction() as session:
        session["token"] = token
    return client
